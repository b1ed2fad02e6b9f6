"""What judges see: their seats, their queue, and an essay without its writer."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import joinedload

from quizapp.db import session
from quizapp.errors import NotFound
from quizapp.models import (
    Allocation,
    Appeal,
    Assessment,
    Attempt,
    Contest,
    Essay,
    JudgeSeat,
    Person,
    Round,
    TradeUnion,
)
from quizapp.rules import blinding
from quizapp.rules.allocation import barred_paths
from quizapp.rules.round_rules import EssayRule
from quizapp.rules.union_tree import ids_on
from quizapp.vocabulary import Turn

ACTIVE = Allocation.withdrawn_at.is_(None)
COUNTED_TURNS = (Turn.FIRST.value, Turn.THIRD.value)  # make the essay's mark
LAPSED = and_(Allocation.withdrawn_at.is_not(None), Allocation.leased_until.is_not(None))  # nobody gave it back
COUNTED = and_(ACTIVE, Allocation.turn.in_(COUNTED_TURNS))
FINISHED = Assessment.finished_at.is_not(None)


@dataclass(frozen=True)
class Queue:
    """A judge's seat with its progress. next_id: the allocation to go on with, None: all is done."""

    seat: JudgeSeat
    done: int
    count: int
    in_doubt: int
    next_id: int | None

    @property
    def percent_hundredths(self) -> int:
        return 10_000 * self.done // self.count if self.count else 0


@dataclass(frozen=True)
class Listed:
    """One essay of a judge's queue."""

    allocation: Allocation
    code: str
    assessment: Assessment | None

    @property
    def is_done(self) -> bool:
        return self.assessment is not None and self.assessment.finished_at is not None


def essay_rule(round_: Round) -> EssayRule:
    """Return what the rules say of a round's essay. Raises NotFound."""
    if round_.rules.essay is None:
        raise NotFound()
    return round_.rules.essay


def seat_of(round_: Round, seat_id: int) -> JudgeSeat | None:
    return session.scalar(select(JudgeSeat).where(JudgeSeat.id == seat_id, JudgeSeat.round_id == round_.id))


def queues(person: Person) -> list[Queue]:
    """Return the seats that a person has not left, the newest first."""
    seats = session.scalars(
        select(JudgeSeat)
        .where(JudgeSeat.person_id == person.id, JudgeSeat.left_at.is_(None))
        .options(joinedload(JudgeSeat.round).joinedload(Round.contest).joinedload(Contest.organiser))
        .order_by(JudgeSeat.seated_at.desc(), JudgeSeat.id.desc())
    )
    return [queue_of(seat) for seat in seats]


def queue_of(seat: JudgeSeat) -> Queue:
    """Return the progress of a seat."""
    asked = (
        select(
            func.count(),
            func.count(case((FINISHED, 1))),
            func.count(case((Assessment.is_in_doubt, 1))),
        )
        .select_from(Allocation)
        .outerjoin(Assessment)
        .where(Allocation.seat_id == seat.id, ACTIVE)
    )
    count, done, in_doubt = session.execute(asked).one()
    return Queue(seat, done, count, in_doubt, next_id(seat))


def waiting(person: Person) -> int:
    """Return how many essays wait for a judge, over all seats."""
    asked = (
        select(func.count())
        .select_from(Allocation)
        .join(JudgeSeat)
        .outerjoin(Assessment)
        .where(JudgeSeat.person_id == person.id, JudgeSeat.left_at.is_(None), ACTIVE, Assessment.finished_at.is_(None))
    )
    return session.scalar(asked) or 0


def next_id(seat: JudgeSeat, after: int = 0) -> int | None:
    """Return the next allocation that is not finished: behind the position `after`, then from the front again."""
    return session.scalar(
        select(Allocation.id)
        .outerjoin(Assessment)
        .where(Allocation.seat_id == seat.id, ACTIVE, Assessment.finished_at.is_(None))
        .order_by(case((Allocation.position > after, 0), else_=1), Allocation.position, Allocation.id)
        .limit(1)
    )


def listed(seat: JudgeSeat) -> list[Listed]:
    """Return a judge's whole queue, in the judge's own order."""
    asked = (
        select(Allocation, func.coalesce(Allocation.alias, Essay.code), Assessment)
        .join(Essay, Essay.attempt_id == Allocation.attempt_id)
        .outerjoin(Assessment)
        .where(Allocation.seat_id == seat.id, ACTIVE)
        .order_by(Allocation.position, Allocation.id)
    )
    return [Listed(*row) for row in session.execute(asked)]


def assessment_of(allocation: Allocation) -> Assessment | None:
    return session.get(Assessment, allocation.id)


def allocation_of(essay_id: int, seat_id: int, turn: Turn) -> Allocation | None:
    """Return what gave an essay to a judge in one turn."""
    asked = select(Allocation).where(Allocation.attempt_id == essay_id, Allocation.seat_id == seat_id)
    return session.scalar(asked.where(Allocation.turn == turn.value))


def lapsed(seat: JudgeSeat) -> list[Listed]:
    """Return what a judge had begun when the time for it ran out, and has not taken up again."""
    asked = (
        select(Allocation, func.coalesce(Allocation.alias, Essay.code), Assessment)
        .join(Essay, Essay.attempt_id == Allocation.attempt_id)
        .join(Assessment)
        .where(Allocation.seat_id == seat.id, LAPSED)
        .order_by(Allocation.position, Allocation.id)
    )
    return [Listed(*row) for row in session.execute(asked)]


def finished_judges(essay_id: int) -> int:
    """Return how many judges whose marks count have finished an essay."""
    asked = select(func.count()).select_from(Allocation).join(Assessment)
    return session.scalar(asked.where(Allocation.attempt_id == essay_id, COUNTED, FINISHED)) or 0


def is_locked(allocation: Allocation, judges: int) -> bool:
    """Return whether a judge may no longer change the own marks: enough judges have finished, this one among them.

    Marks for an appeal may be changed until it is decided.
    """
    own = assessment_of(allocation)
    if own is None or own.finished_at is None:
        return False
    if allocation.turn == Turn.APPEAL.value:
        appeal = session.get(Appeal, allocation.attempt_id)
        return appeal is None or appeal.decided_at is not None
    return finished_judges(allocation.attempt_id) >= judges


def blind_text(essay: Essay) -> str:
    """Return an essay's text as judges read it: name and phone of the writer and the unions above it hidden."""
    asked = (
        select(Person.full_name, Person.member_number, Person.union_id, TradeUnion.path)
        .join(Attempt, Attempt.person_id == Person.id)
        .outerjoin(TradeUnion, TradeUnion.id == func.coalesce(Attempt.union_id, Person.union_id))
        .where(Attempt.id == essay.attempt_id)
    )
    name, member_number, own, path = session.execute(asked).one()
    ids = {own, *(ids_on(path) if path else ())} - {None}
    unions = session.scalars(select(TradeUnion.name).where(TradeUnion.id.in_(ids))).all()
    return blinding.hidden(essay.text, filter(None, (name, member_number)), unions)


def essay_of(round_id: int, code: str) -> Essay | None:
    """Return an essay of a round by its code."""
    return session.scalar(select(Essay).join(Attempt).where(Essay.code == code, Attempt.round_id == round_id))


def has_chair(round_: Round, essay: Essay | None = None) -> bool:
    """Return whether somebody sits who decides where the rule leaves it to the chair; essay: about this one."""
    asked = select(JudgeSeat).join(JudgeSeat.person).where(JudgeSeat.round_id == round_.id, JudgeSeat.is_chair)
    found = session.scalars(asked.where(JudgeSeat.left_at.is_(None), Person.disabled_at.is_(None)))
    return any(essay is None or may_decide(each, essay) for each in found)


def may_decide(seat: JudgeSeat, essay: Essay) -> bool:
    """Return whether a chair may decide about an essay: not about the own one, nor about one of the own union."""
    attempt, union = essay.attempt, seat.person.union
    barred = barred_paths(union.path, seat.round.contest.organiser.path) if union else ()
    path = attempt.union.path if attempt.union else ""
    return attempt.person_id != seat.person_id and not path.startswith(barred)


def decidable(seat: JudgeSeat, attempts: Iterable[int]) -> set[int]:
    """Return those of these essays that a chair may decide about."""
    asked = select(Essay).where(Essay.attempt_id.in_(list(attempts)))
    asked = asked.options(joinedload(Essay.attempt).joinedload(Attempt.union))
    return {each.attempt_id for each in session.scalars(asked) if may_decide(seat, each)}
