"""Long lists are shown page by page; pages are numbered from 1."""


def page_count(count: int, on_a_page: int) -> int:
    """Return how many pages a list of `count` fills: an empty one has a page, too."""
    return max(1, -(-count // on_a_page))


def page_within(page: int, count: int, on_a_page: int) -> int:
    """Return the page that is meant: before the first is the first, past the last is the last."""
    return min(max(1, page), page_count(count, on_a_page))
