"""What later changes make of a round's window, and of the time of those who are sitting in it.

Nothing depends on the order in which changes were made: hours are moved first, then what was lost is given back, the
earliest interval first. So taking a change back is leaving it out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from quizapp.rules.deadlines import closing_time
from quizapp.rules.round_rules import RoundRules
from quizapp.vocabulary import WindowChangeKind

# While a pause lasts nobody knows its length: every end that it holds up moves out of reach, and back when it is over.
HOLD = timedelta(days=30)


@dataclass(frozen=True)
class Window:
    opens_at: datetime
    closes_at: datetime  # exclusive


@dataclass(frozen=True)
class Change:
    """EXTENSION, SHIFT: `minutes`. OUTAGE, PAUSE: from `starts_at` to `ends_at`, None while it lasts.

    moves_close: of an outage, whether the window closes later, too, or only those who sat through it get its time.
    """

    kind: WindowChangeKind
    minutes: int = 0
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    moves_close: bool = True


def effective(window: Window, changes: Iterable[Change]) -> Window:
    """Return what a window has become by changes; they may come in any order."""
    changes = list(changes)
    later = {kind: sum(each.minutes for each in changes if each.kind is kind) for kind in WindowChangeKind}
    shift, extension = later[WindowChangeKind.SHIFT], later[WindowChangeKind.EXTENSION]
    opens_at = window.opens_at + timedelta(minutes=shift)
    closes_at = window.closes_at + timedelta(minutes=shift + extension)
    counted_to = opens_at
    for start, end in sorted(filter(None, (interval(each) for each in changes if each.moves_close))):
        if start < closes_at and end > counted_to:
            closes_at += end - max(start, counted_to)
            counted_to = end
    return Window(opens_at, closes_at)


def interval(change: Change) -> tuple[datetime, datetime] | None:
    """Return the time that does not count; None: the change takes none out."""
    if change.starts_at is None:
        return None
    return change.starts_at, change.starts_at + HOLD if change.ends_at is None else change.ends_at


def lost(change: Change, started_at: datetime) -> timedelta:
    """Return how much of the time that does not count lies in an attempt begun at `started_at`."""
    taken_out = interval(change)
    if taken_out is None:
        return timedelta(0)
    start, end = taken_out
    return max(end - max(start, started_at), timedelta(0))


def overlap(one: Change, other: Change) -> bool:
    """Return whether two changes take the same time out: it would be given back twice."""
    first, second = interval(one), interval(other)
    return bool(first and second and first[0] < second[1] and second[0] < first[1])


def time_allowed(rules: RoundRules) -> timedelta | None:
    """Return how long an attempt may last; None: until the round closes."""
    if rules.seconds_per_question is None:
        return rules.time_limit
    return timedelta(seconds=rules.seconds_per_question * rules.questions)


def attempt_closes(
    started_at: datetime,
    limit: timedelta | None,
    closes_at: datetime,
    given: timedelta = timedelta(0),
    beyond: timedelta = timedelta(0),
) -> datetime:
    """Return when an attempt closes that was given time beside its limit; the window's close holds all the same.

    beyond: how much of that time was given past the close, too, since the close did not move for it.
    """
    return closing_time(started_at, None if limit is None else limit + given, closes_at + beyond)
