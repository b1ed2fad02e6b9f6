"""Which earlier states of a text are worth keeping, and which go when there are too many."""

from collections.abc import Sequence
from datetime import datetime, timedelta

MOST_LOST = 40  # so many characters may vanish without a trace of their own
APART = timedelta(minutes=1)
MOST_KEPT = 50
NEWEST = 10  # are never thinned out


def lost(old: str, new: str) -> int:
    """Return how many characters of the old text the new one leaves out, seen as one cut in one place."""
    if new.startswith(old):
        return 0
    shorter = min(len(old), len(new))
    head = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    tail = next((at for at in range(shorter - head) if old[-1 - at] != new[-1 - at]), shorter - head)
    return len(old) - head - tail


def is_worth_keeping(old: str, new: str, *, kept_at: datetime | None, now: datetime) -> bool:
    """Return whether a replaced text becomes a revision. kept_at: when the newest revision had been saved."""
    if not old or old == new:
        return False
    return kept_at is None or now - kept_at > APART or lost(old, new) > MOST_LOST


def to_drop(saved: Sequence[datetime]) -> list[int]:
    """Return the places, in a list ordered by time, of what goes: of the older ones those that follow closest."""
    places = list(range(len(saved)))
    dropped = []
    while len(places) > MOST_KEPT:
        older = range(1, len(places) - NEWEST)
        closest = min(older, key=lambda at: saved[places[at]] - saved[places[at - 1]])
        dropped.append(places.pop(closest))
    return dropped
