"""What a jury's papers are made of: finished assessments, layers of marks, appeals, writers, a seat's essays."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, undefer

from quizapp.db import session
from quizapp.errors import RubricMissing
from quizapp.judging import states
from quizapp.judging.drafts import Sheet, most_of
from quizapp.judging.giving import rubric_of
from quizapp.judging.queries import ACTIVE, FINISHED, essay_rule
from quizapp.models import (
    Allocation,
    Appeal,
    Assessment,
    Attempt,
    Essay,
    EssayFile,
    JudgeSeat,
    Person,
    Round,
    Rubric,
    Settlement,
    TradeUnion,
)
from quizapp.standings.queries import published
from quizapp.vocabulary import EssayState, Turn


@dataclass(frozen=True)
class Given:
    """A finished assessment of an essay; `alias`: what its judge knew the essay by, where that is not `code`."""

    attempt_id: int
    code: str
    alias: str | None
    turn: Turn
    judge: str
    union: str
    rubric: Rubric | None
    assessment: Assessment

    @property
    def total(self) -> int:
        return self.assessment.total or 0


@dataclass(frozen=True)
class Layer:
    """A settlement; number: of the essay's layers, from 1; by None: the rule."""

    code: str
    number: int
    settlement: Settlement
    by: str | None


@dataclass(frozen=True)
class Taken:
    """An allocation of a seat with what its judge gave so far."""

    allocation: Allocation
    assessment: Assessment | None

    @property
    def is_finished(self) -> bool:
        return self.assessment is not None and self.assessment.finished_at is not None


def open_essays(round_: Round) -> int:
    """Return how many essays have no mark yet."""
    counts = states.counts(round_)
    return sum(counts.values()) - counts[EssayState.SETTLED]


def may_name_writers(round_: Round) -> bool:
    """Return whether codes may be opened: every essay has its mark, or the contest's results are published."""
    return open_essays(round_) == 0 or published(round_.contest) is not None


def finished(round_: Round) -> list[Given]:
    """Return all finished assessments of a round by code, those of one essay in the order of giving."""
    asked = (
        select(Allocation, Essay.code, Person.full_name, TradeUnion.name, Assessment)
        .join(Essay, Essay.attempt_id == Allocation.attempt_id)
        .join(JudgeSeat, JudgeSeat.id == Allocation.seat_id)
        .join(Person, Person.id == JudgeSeat.person_id)
        .outerjoin(TradeUnion, TradeUnion.id == Person.union_id)
        .join(Assessment, Assessment.allocation_id == Allocation.id)
        .where(JudgeSeat.round_id == round_.id, ACTIVE, FINISHED)
        .order_by(Essay.code, Allocation.allocated_at, Allocation.id)
        .options(joinedload(Allocation.rubric))
    )
    return [
        Given(
            attempt_id=allocation.attempt_id,
            code=code,
            alias=allocation.alias,
            turn=Turn(allocation.turn),
            judge=judge,
            union=union or "",
            rubric=allocation.rubric,
            assessment=assessment,
        )
        for allocation, code, judge, union, assessment in session.execute(asked)
    ]


def layers(round_: Round) -> list[Layer]:
    """Return all settlements of a round by code, the oldest of an essay first."""
    asked = (
        select(Essay.code, Settlement, Person.full_name)
        .join(Essay, Essay.attempt_id == Settlement.attempt_id)
        .join(Attempt, Attempt.id == Settlement.attempt_id)
        .outerjoin(Person, Person.id == Settlement.settled_by_id)
        .where(Attempt.round_id == round_.id)
        .order_by(Essay.code, Settlement.id)
    )
    found: list[Layer] = []
    for code, settlement, by in session.execute(asked):
        before = found[-1].number if found and found[-1].code == code else 0
        found.append(Layer(code, before + 1, settlement, by))
    return found


def pages(round_: Round) -> dict[int, int]:
    """Return how many photos and pages belong to each essay."""
    asked = select(Essay.attempt_id, Essay.files).join(Attempt).where(Attempt.round_id == round_.id)
    return dict(session.execute(asked).tuples().all())


def writers(round_: Round) -> list[tuple[str, int | None, Person, TradeUnion | None]]:
    """Return code, mark, writer and the writer's union of each essay that was handed in to be judged, by code."""
    asked = (
        select(Essay.code, Attempt.essay_mark, Person, TradeUnion)
        .join(Attempt, Attempt.id == Essay.attempt_id)
        .join(Person, Person.id == Attempt.person_id)
        .outerjoin(TradeUnion, TradeUnion.id == func.coalesce(Attempt.union_id, Person.union_id))
        .where(Attempt.round_id == round_.id, Attempt.submitted_at.is_not(None), Essay.is_written)
        .order_by(Essay.code)
    )
    return [(code, mark, person, union) for code, mark, person, union in session.execute(asked)]


def appeals(round_: Round) -> Sequence[Appeal]:
    """Return the appeals that were not taken back."""
    asked = select(Appeal).join(Attempt, Attempt.id == Appeal.attempt_id)
    return session.scalars(asked.where(Attempt.round_id == round_.id, Appeal.withdrawn_at.is_(None))).all()


def sheet_of(round_: Round) -> Sheet:
    """Return what the judges of a round fill in."""
    rubric = rubric_of(round_)
    return Sheet(rubric.content if rubric else None, most_of(round_))


def rubric_title(round_: Round) -> str | None:
    """Return what the rubric of a round is called: by its code while nobody has written it."""
    try:
        rubric = rubric_of(round_)
    except RubricMissing:
        return essay_rule(round_).rubric
    return rubric.title if rubric else None


def taken(seat: JudgeSeat) -> list[Taken]:
    """Return what a seat has now, in the judge's own order."""
    asked = (
        select(Allocation, Assessment)
        .outerjoin(Assessment, Assessment.allocation_id == Allocation.id)
        .where(Allocation.seat_id == seat.id, ACTIVE)
        .order_by(Allocation.position, Allocation.id)
        .options(joinedload(Allocation.essay), joinedload(Allocation.rubric))
    )
    return [Taken(allocation, assessment) for allocation, assessment in session.execute(asked)]


def given_back(seat: JudgeSeat) -> set[str]:
    """Return the codes of essays that the seat had and has no more."""
    asked = select(Allocation).where(Allocation.seat_id == seat.id, Allocation.withdrawn_at.is_not(None))
    return {each.code for each in session.scalars(asked.options(joinedload(Allocation.essay)))}


def all_codes(round_: Round) -> set[str]:
    """Return every code by which somebody knows an essay of a round."""
    codes = select(Essay.code).join(Attempt).where(Attempt.round_id == round_.id)
    aliases = select(Allocation.alias).join(JudgeSeat).where(JudgeSeat.round_id == round_.id)
    return {*session.scalars(codes), *filter(None, session.scalars(aliases))}


def pictures(essay: Essay) -> list[bytes]:
    """Return an essay's photos and pages as WebP, in their order."""
    asked = select(EssayFile).where(EssayFile.attempt_id == essay.attempt_id).order_by(EssayFile.position, EssayFile.id)
    return [each.content for each in session.scalars(asked.options(undefer(EssayFile.content)))]
