"""Finds what the figures about a jury rest on: who sits in it, what each gave, samples with known marks."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import case, select

from quizapp.db import session
from quizapp.judging.queries import ACTIVE
from quizapp.models import (
    Allocation,
    Assessment,
    Essay,
    JudgeSeat,
    Person,
    Round,
    Rubric,
    TradeUnion,
    TrialAssessment,
    TrialEssay,
)
from quizapp.rules.judge_figures import Marking
from quizapp.rules.rubrics import RubricContent
from quizapp.vocabulary import Turn


@dataclass(frozen=True)
class Judge:
    """Who sits, or sat, in the jury."""

    seat_id: int
    name: str
    union: str | None
    has_left: bool


@dataclass(frozen=True)
class Trial:
    """A sample's agreed total, and what a judge gave; hundredths."""

    seat_id: int
    position: int
    agreed: int
    given: int

    @property
    def difference(self) -> int:
        return self.given - self.agreed


def judges(round_: Round) -> list[Judge]:
    """Return all judges of a round, in the order in which they were seated; who left comes last."""
    asked = (
        select(JudgeSeat.id, Person.full_name, TradeUnion.name, JudgeSeat.left_at.is_not(None))
        .join(Person, Person.id == JudgeSeat.person_id)
        .outerjoin(TradeUnion, TradeUnion.id == Person.union_id)
        .where(JudgeSeat.round_id == round_.id)
        .order_by(case((JudgeSeat.left_at.is_(None), 0), else_=1), JudgeSeat.id)
    )
    return [Judge(*row) for row in session.execute(asked)]


def markings(round_: Round) -> list[Marking]:
    """Return all that was finished for a round's essays, in one question; what a judge gave back is left out."""
    asked = (
        select(
            Allocation.seat_id,
            Allocation.attempt_id,
            Allocation.turn,
            Assessment.total,
            Assessment.marks,
            Assessment.finished_at,
        )
        .join(JudgeSeat, JudgeSeat.id == Allocation.seat_id)
        .join(Assessment, Assessment.allocation_id == Allocation.id)
        .where(JudgeSeat.round_id == round_.id, ACTIVE)
        .order_by(Allocation.id)
    )
    turns = {each.value: each for each in Turn}
    return [
        Marking(judge, essay, turns[turn], total, marks, finished_at)
        for judge, essay, turn, total, marks, finished_at in session.execute(asked.where(Assessment.total.is_not(None)))
        if total is not None and finished_at is not None
    ]


def rubric_of(round_: Round) -> RubricContent | None:
    """Return what the essays of a round were marked by; None: by one free mark, or not at all yet."""
    used = select(Rubric).join(Allocation).join(JudgeSeat).where(JudgeSeat.round_id == round_.id).limit(1)
    found = session.scalar(used)
    return found.content if found else None


def codes(essays: Collection[int]) -> dict[int, str]:
    """Return the codes of these essays."""
    asked = select(Essay.attempt_id, Essay.code).where(Essay.attempt_id.in_(essays))
    return dict(session.execute(asked).tuples().all())


def trials(round_: Round) -> list[Trial]:
    """Return what judges gave to samples that still stand, by judge in the samples' order."""
    asked = (
        select(TrialAssessment.seat_id, TrialEssay.position, TrialEssay.total, TrialAssessment.total)
        .join(TrialEssay, TrialEssay.id == TrialAssessment.trial_id)
        .where(TrialEssay.round_id == round_.id, TrialEssay.withdrawn_at.is_(None))
        .order_by(TrialAssessment.seat_id, TrialEssay.position, TrialEssay.id)
    )
    return [Trial(*row) for row in session.execute(asked)]
