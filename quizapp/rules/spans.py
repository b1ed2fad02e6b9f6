"""The spans in which attempts are counted against a limit: a day, a week, a sitting, in the contest's zone."""

from datetime import datetime, timedelta, tzinfo

from quizapp.rules.round_rules import Sittings
from quizapp.rules.sittings import Span, around, midnight
from quizapp.vocabulary import LimitPer


def span_of(per: LimitPer, now: datetime, zone: tzinfo, sittings: Sittings | None) -> Span | None:
    """Return the span of that kind in which `now` lies, the end exclusive; None: the whole round or contest.

    Weeks run from Monday to Sunday. A sitting's span between two sittings is the time between them; a round without
    sittings is one sitting.
    """
    day = now.astimezone(zone).date()
    if per is LimitPer.DAY:
        return midnight(day, zone), midnight(day + timedelta(days=1), zone)
    if per is LimitPer.WEEK:
        monday = day - timedelta(days=day.weekday())
        return midnight(monday, zone), midnight(monday + timedelta(days=7), zone)
    if per is LimitPer.SITTING and sittings is not None:
        return _sitting_around(sittings, now, zone)
    return None


def _sitting_around(sittings: Sittings, now: datetime, zone: tzinfo) -> Span:
    before = now
    for begin, end in around(sittings, now, zone):
        if end <= now:
            before = end
        elif begin <= now:
            return begin, end
        else:
            return before, begin
    raise ValueError("there is a sitting in every week")
