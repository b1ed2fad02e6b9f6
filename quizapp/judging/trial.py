"""Trial marking as the desk sees it: a round's samples, how far a judge is with them, whether they bar the way.

A judge marks all samples before the first real essay. Who has begun the real work, by as much as a draft, is not held
up by a sample that comes later: it is offered, no more.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, select

from quizapp.db import session
from quizapp.judging.drafts import Sheet, most_of
from quizapp.models import Allocation, Assessment, JudgeSeat, Round, TrialAssessment, TrialEssay


@dataclass(frozen=True)
class Sample:
    """A sample in a judge's trial. number: from 1, in the order of the round."""

    number: int
    trial: TrialEssay
    own: TrialAssessment | None

    @property
    def off(self) -> int | None:
        """How far the judge's total is from the known one, in hundredths."""
        return self.own.total - self.trial.total if self.own else None


@dataclass(frozen=True)
class Trial:
    """A judge's trial of a round. is_barring: no real essay before it is done."""

    samples: Sequence[Sample]
    is_barring: bool

    @property
    def done(self) -> int:
        return sum(each.own is not None for each in self.samples)

    @property
    def next_sample(self) -> Sample | None:
        return next((each for each in self.samples if each.own is None), None)


def samples(round_: Round) -> Sequence[TrialEssay]:
    """Return the samples of a round that are not withdrawn, in order."""
    asked = select(TrialEssay).where(TrialEssay.round_id == round_.id, TrialEssay.withdrawn_at.is_(None))
    return session.scalars(asked.order_by(TrialEssay.position, TrialEssay.id)).all()


def of_seat(seat: JudgeSeat) -> Trial:
    """Return how far a judge is with the samples."""
    mine = and_(TrialAssessment.trial_id == TrialEssay.id, TrialAssessment.seat_id == seat.id)
    asked = (
        select(TrialEssay, TrialAssessment)
        .outerjoin(TrialAssessment, mine)
        .where(TrialEssay.round_id == seat.round_id, TrialEssay.withdrawn_at.is_(None))
        .order_by(TrialEssay.position, TrialEssay.id)
    )
    rows = session.execute(asked).tuples().all()
    found = [Sample(number, trial, own) for number, (trial, own) in enumerate(rows, start=1)]
    lacking = any(each.own is None for each in found)
    return Trial(found, is_barring=lacking and seat.trial_waived_at is None and not has_begun(seat))


def left(seat: JudgeSeat) -> int:
    """Return how many samples a judge must mark before going on with real essays."""
    trial = of_seat(seat)
    return len(trial.samples) - trial.done if trial.is_barring else 0


def has_begun(seat: JudgeSeat) -> bool:
    """Return whether a judge has kept anything about a real essay of the round."""
    asked = select(Assessment.allocation_id).join(Allocation).where(Allocation.seat_id == seat.id)
    return session.scalar(asked.limit(1)) is not None


def sheet_of(trial: TrialEssay) -> Sheet:
    return Sheet(trial.rubric.content if trial.rubric else None, most_of(trial.round))
