"""How often a log-in may be tried: ten times freely, then after growing waits, a hundred times in a row at most."""

from datetime import datetime, timedelta

FREE_TRIES = 10
MOST_TRIES = 100
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)


def wait_after(failures: int) -> timedelta:
    """Return how long to wait after this many wrong tries in a row: 0 below ten, then 30 s, 1, 2, 4, 8, 15 minutes."""
    if failures < FREE_TRIES:
        return timedelta()
    doublings = min(failures - FREE_TRIES, 10)  # enough to reach the longest wait
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def next_try_at(failures: int, last_at: datetime) -> datetime | None:
    """Return from when on the next try is allowed; None: never, only a new first-time code helps.

    failures: wrong tries in a row, the last of them at `last_at`.
    Source: NIST SP 800-63B, 5.2.2: no more than 100 consecutive failed attempts on a single account.
    """
    return None if failures >= MOST_TRIES else last_at + wait_after(failures)
