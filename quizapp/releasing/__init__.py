"""The wing between a draft and a public contest: looking at it, rehearsing it, what is missing, publishing it."""
