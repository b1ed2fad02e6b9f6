"""The wing of changed hours: more time, other hours, outages and pauses, and how those who sit learn of them."""
