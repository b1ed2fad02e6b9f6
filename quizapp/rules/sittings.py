"""Sittings: the hours inside a round's window in which one may start, as instants."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from quizapp.rules import deadlines
from quizapp.rules.round_rules import Sittings
from quizapp.vocabulary import Phase, Weekday

Span = tuple[datetime, datetime]  # the second exclusive

_A_WEEK_AND_A_DAY = 8  # the same weekday comes again, however the clocks were turned
_WEEKDAYS = tuple(Weekday)
_MINUTES_OF_A_DAY = 1440


def is_in_sitting(sittings: Sittings | None, now: datetime, zone: tzinfo) -> bool:
    """Return whether one may start at `now`; without sittings always."""
    return sittings is None or sitting_at(sittings, now, zone) is not None


def sitting_at(sittings: Sittings, now: datetime, zone: tzinfo) -> Span | None:
    """Return begin and end of the sitting in which `now` lies, None outside of them."""
    return next((each for each in around(sittings, now, zone) if each[0] <= now < each[1]), None)


def next_sitting(sittings: Sittings, now: datetime, zone: tzinfo, *, until: datetime) -> Span | None:
    """Return the first sitting that begins after `now` and before `until`, the close of the round."""
    return next((each for each in around(sittings, now, zone) if now < each[0] < until), None)


def phase_of(window: Span, sittings: Sittings | None, now: datetime, zone: tzinfo) -> Phase:
    """Return where `now` lies against a round's window and its sittings: always in exactly one phase."""
    found = deadlines.phase(*window, now)
    if found is Phase.OPEN and not is_in_sitting(sittings, now, zone):
        return Phase.BETWEEN
    return found


def around(sittings: Sittings, now: datetime, zone: tzinfo) -> Iterator[Span]:
    """Give the sittings of the week before `now` and of the week after it, in order, none over another."""
    today = now.astimezone(zone).date()
    ended = midnight(today - timedelta(days=_A_WEEK_AND_A_DAY), zone)
    for days in range(-_A_WEEK_AND_A_DAY, _A_WEEK_AND_A_DAY + 1):
        for begin, end in _of_day(sittings, today + timedelta(days=days), zone):
            # Where clocks are put forward two may fall on the same instants: those belong to the first.
            if max(begin, ended) < end:
                yield max(begin, ended), end
                ended = end


def midnight(day: date, zone: tzinfo) -> datetime:
    """Return the instant at which a day begins in a zone, in UTC."""
    return _instant(day, 0, zone)


def _of_day(sittings: Sittings, day: date, zone: tzinfo) -> Iterator[Span]:
    if _WEEKDAYS[day.weekday()] in sittings.weekdays:
        for begin, end in sittings.hours:
            yield _instant(day, begin, zone), _instant(day, end, zone)


def _instant(day: date, minute: int, zone: tzinfo) -> datetime:
    day, minute = day + timedelta(days=minute // _MINUTES_OF_A_DAY), minute % _MINUTES_OF_A_DAY
    return datetime.combine(day, time(minute // 60, minute % 60), zone).astimezone(UTC)
