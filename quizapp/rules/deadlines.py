"""Windows and closing times: phases and states are derived from stored instants, so no job has to run at midnight."""

from datetime import datetime, timedelta

from quizapp.vocabulary import AttemptState, Phase, ShownWhen

# For the way through the wire: an answer tapped in the last second may arrive this much later and still counts.
GRACE = timedelta(seconds=2)


def phase(opens_at: datetime, closes_at: datetime, now: datetime) -> Phase:
    """Return where `now` lies against a window; the window is open at `opens_at` and no longer at `closes_at`."""
    if now < opens_at:
        return Phase.UPCOMING
    return Phase.OPEN if now < closes_at else Phase.CLOSED


def closing_time(started_at: datetime, time_limit: timedelta | None, round_closes: datetime) -> datetime:
    """Return when an attempt closes: its own limit or the round's end, the sooner; without a limit, the round's end."""
    return round_closes if time_limit is None else min(started_at + time_limit, round_closes)


def counts_if_closing_after(now: datetime) -> datetime:
    """Return the instant after which an attempt must close for an answer that arrives now to count."""
    return now - GRACE


def accepts_answers(closes_at: datetime, submitted_at: datetime | None, now: datetime) -> bool:
    """Return whether an answer that arrives now still counts."""
    return submitted_at is None and closes_at > counts_if_closing_after(now)


def is_written_in_time(written_at: datetime | None, ended_at: datetime) -> bool:
    """Return whether a change was written before its attempt ended, or in the grace, by the phone's own clock."""
    return written_at is not None and written_at <= ended_at + GRACE


def attempt_state(closes_at: datetime, submitted_at: datetime | None, now: datetime) -> AttemptState:
    """Return the state of an attempt; an attempt past its time is overdue until the server has marked it."""
    if submitted_at is not None:
        return AttemptState.HANDED_IN
    return AttemptState.OPEN if accepts_answers(closes_at, submitted_at, now) else AttemptState.OVERDUE


def handed_in_at(closes_at: datetime, now: datetime) -> datetime:
    """Return the instant that stands on the receipt: never after the close, however late the server got to it."""
    return min(now, closes_at)


def seconds_used(started_at: datetime, submitted_at: datetime) -> int:
    """Return the whole seconds from start to hand-in, the resolution of the rules' tie-break."""
    return int((submitted_at - started_at).total_seconds())


def is_shown(when: ShownWhen, *, now: datetime, round_closes: datetime, contest_closes: datetime) -> bool:
    """Return whether a result or the keys may be seen by one whose own attempt has ended.

    The grace is waited for: while somebody's last answer may still count, no key is shown.
    """
    if when is ShownWhen.AT_ONCE:
        return True
    if when is ShownWhen.NEVER:
        return False
    return now >= (round_closes if when is ShownWhen.AFTER_ROUND else contest_closes) + GRACE
