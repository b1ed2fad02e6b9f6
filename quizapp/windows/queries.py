"""Finds what was changed of a contest's hours, whom an outage cut off, and what those who sit are to be told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from quizapp.contests.windows import concerns, pause_among, standing
from quizapp.db import session
from quizapp.models import Attempt, Contest, GivenTime, Person, Round, WindowChange
from quizapp.rules.wording import span

MOST_CUT_OFF = 200


@dataclass(frozen=True)
class Told:
    """A change as the list shows it. helped: how many attempts got time by it."""

    change: WindowChange
    helped: int
    undone_by: Person | None


@dataclass(frozen=True)
class Notice:
    text: str
    made_at: datetime


def trace(contest: Contest) -> list[Told]:
    """Return all that was changed of a contest's hours, the latest first, what was taken back included."""
    asked = (
        select(WindowChange)
        .where(WindowChange.contest_id == contest.id)
        .options(joinedload(WindowChange.round), joinedload(WindowChange.person), joinedload(WindowChange.union))
        .options(joinedload(WindowChange.made_by))
        .order_by(WindowChange.id.desc())
    )
    found = session.scalars(asked).all()
    counted = select(GivenTime.change_id, func.count()).where(GivenTime.change_id.in_([each.id for each in found]))
    helped = dict(session.execute(counted.group_by(GivenTime.change_id)).tuples().all())
    undoers = {each.undone_by_id for each in found if each.undone_by_id}
    people = {each.id: each for each in session.scalars(select(Person).where(Person.id.in_(undoers)))}
    return [Told(each, helped.get(each.id, 0), people.get(each.undone_by_id or 0)) for each in found]


def cut_off(change: WindowChange, rounds: Sequence[Round]) -> list[Attempt]:
    """Return attempts that the server handed in during an outage, since their time was up."""
    ended = (Attempt.submitted_at.is_(None)) | (Attempt.submitted_at == Attempt.closes_at)
    asked = (
        select(Attempt)
        .where(
            Attempt.round_id.in_([each.id for each in rounds if change.round_id in (None, each.id)]),
            Attempt.closes_at.between(change.starts_at, change.ends_at),
            ended,
        )
        .options(joinedload(Attempt.person).joinedload(Person.union), joinedload(Attempt.round))
        .order_by(Attempt.closes_at, Attempt.id)
        .limit(MOST_CUT_OFF)
    )
    return [each for each in session.scalars(asked) if concerns(change, each.round_id, each.person_id, _path(each))]


def sitting(contest: Contest, now: datetime) -> int:
    """Return how many attempts of a contest run."""
    asked = select(func.count()).select_from(Attempt).join(Round).where(Round.contest_id == contest.id)
    return session.scalar(asked.where(Attempt.submitted_at.is_(None), Attempt.closes_at > now)) or 0


def pause_of(contest_id: int) -> WindowChange | None:
    return pause_among(standing(contest_id))


def notice_of(attempt: Attempt) -> Notice | None:
    """Return what the latest change that gave an attempt time is to say; None: none did."""
    asked = (
        select(WindowChange, GivenTime.closed_at_before, GivenTime.seconds)
        .join(GivenTime, GivenTime.change_id == WindowChange.id)
        .where(GivenTime.attempt_id == attempt.id, WindowChange.undone_at.is_(None))
        .order_by(WindowChange.id.desc())
        .limit(1)
    )
    row = session.execute(asked).first()
    if row is None:
        return None
    change, before, seconds = row
    # Who goes through the questions one way has a close that comes sooner with each that is left early.
    more = timedelta(seconds=seconds) if attempt.at_slot else attempt.closes_at - before
    return Notice(f"Bạn được thêm {span(more)}: {change.reason}", change.ends_at or change.made_at) if more else None


def rounds_of(contest: Contest) -> Sequence[Round]:
    asked = select(Round).where(Round.contest_id == contest.id)
    return session.scalars(asked.order_by(Round.position, Round.id)).all()


def _path(attempt: Attempt) -> str:
    union = attempt.person.union
    return union.path if union else ""
