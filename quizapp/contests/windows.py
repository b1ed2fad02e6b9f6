"""The hours of rounds after all that was changed of them, for everybody and for a person; whether all is paused."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select

from quizapp.db import session
from quizapp.models import Attempt, Contest, Person, Round, WindowChange
from quizapp.rules.windows import Change, Window, effective
from quizapp.vocabulary import WindowChangeKind


def standing(contest_id: int) -> Sequence[WindowChange]:
    """Return the changes of a contest that were not taken back, the oldest first."""
    asked = select(WindowChange).where(WindowChange.contest_id == contest_id, WindowChange.undone_at.is_(None))
    return session.scalars(asked.order_by(WindowChange.id)).all()


def pause_among(changes: Iterable[WindowChange]) -> WindowChange | None:
    """Return the pause that lasts."""
    return next((each for each in changes if each.kind == WindowChangeKind.PAUSE and each.ends_at is None), None)


def window_of(round_: Round, person: Person, changes: Sequence[WindowChange]) -> Window:
    """Return when a round is open for a person. changes: those that stand in its contest."""
    return window_for(round_, person.id, person.union.path if person.union else "", changes)


def window_for(round_: Round, person_id: int, union_path: str, changes: Sequence[WindowChange]) -> Window:
    """Return the same, of a person whose union has this path; '': of none."""
    mine = [each for each in changes if concerns(each, round_.id, person_id, union_path)]
    if all(is_for_all(each) for each in mine):
        return Window(round_.opens_at, round_.closes_at)
    return effective(planned(round_), map(as_rule, mine))


def window_of_all(round_: Round, changes: Iterable[WindowChange]) -> Window:
    """Return what the columns of a round are to say."""
    mine = (each for each in changes if is_for_all(each) and each.round_id in (None, round_.id))
    return effective(planned(round_), map(as_rule, mine))


def latest_close(rounds: Collection[Round]) -> datetime:
    """Return when nobody can sit these rounds of one contest any more, as things stand.

    It is the latest close of anybody's own window, and of any attempt that runs.
    """
    changes = standing(next(iter(rounds)).contest_id)
    own = [each for each in changes if not is_for_all(each)]
    whose = [(each.person_id or 0, _path(each)) for each in own]
    windows = (window_for(each, *who, changes).closes_at for each in rounds for who in whose)
    running = select(func.max(Attempt.closes_at)).where(
        Attempt.round_id.in_([each.id for each in rounds]), Attempt.submitted_at.is_(None)
    )
    known = (*(each.closes_at for each in rounds), *windows, session.scalar(running))
    return max(filter(None, known))


def planned(round_: Round) -> Window:
    return Window(round_.rules.opens_at, round_.rules.closes_at)


def is_for_all(change: WindowChange) -> bool:
    return change.person_id is None and change.union_id is None


def concerns(change: WindowChange, round_id: int, person_id: int, union_path: str) -> bool:
    """Return whether a change is of this round and of this person."""
    if change.round_id not in (None, round_id):
        return False
    if change.person_id is not None:
        return change.person_id == person_id
    return change.union is None or union_path.startswith(change.union.path)


def as_rule(change: WindowChange) -> Change:
    hours = change.minutes or 0, change.starts_at, change.ends_at
    return Change(WindowChangeKind(change.kind), *hours, moves_close=change.moves_close)


def move_again(contest: Contest) -> None:
    """Let the columns of all rounds say what the rules and all that stands make of their hours."""
    changes = standing(contest.id)
    for each in session.scalars(select(Round).where(Round.contest_id == contest.id)):
        window = window_of_all(each, changes)
        each.opens_at, each.closes_at = window.opens_at, window.closes_at
    session.flush()


def _path(change: WindowChange) -> str:
    union = change.person.union if change.person else change.union
    return union.path if union else ""


def forget_changes(rounds: Collection[Round]) -> None:
    """Drop what was changed of rounds that nobody has sat and that are to go; the audit keeps it."""
    if rounds:
        session.execute(delete(WindowChange).where(WindowChange.round_id.in_([each.id for each in rounds])))
