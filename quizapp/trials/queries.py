"""What organisers see of trial marking: the samples of a round, and how far each judge was off."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from quizapp.db import session
from quizapp.judging import trial
from quizapp.judging.queries import essay_rule
from quizapp.models import Allocation, Assessment, Essay, JudgeSeat, Round, TrialAssessment, TrialEssay
from quizapp.rules.rubrics import Criterion
from quizapp.rules.trial import Accuracy, Tried, accuracies


@dataclass(frozen=True)
class Member:
    """A judge of the round in the trial. accuracy: None before the first sample."""

    seat: JudgeSeat
    has_begun: bool  # the real essays
    accuracy: Accuracy | None

    @property
    def done(self) -> int:
        return self.accuracy.samples if self.accuracy else 0


def sample(round_: Round, trial_id: int) -> TrialEssay | None:
    """Return a sample of a round; a withdrawn one, too."""
    found = session.get(TrialEssay, trial_id)
    return found if found and found.round_id == round_.id else None


def listed(round_: Round) -> list[tuple[TrialEssay, int]]:
    """Return the samples of a round in order, each with how many judges have marked it."""
    asked = select(TrialAssessment.trial_id, func.count()).group_by(TrialAssessment.trial_id)
    counts = dict(session.execute(asked).tuples().all())
    return [(each, counts.get(each.id, 0)) for each in trial.samples(round_)]


def is_in_use(sample: TrialEssay) -> bool:
    asked = select(TrialAssessment.seat_id).where(TrialAssessment.trial_id == sample.id)
    return session.scalar(asked.limit(1)) is not None


def assessment(sample: TrialEssay, seat: JudgeSeat) -> TrialAssessment | None:
    return session.get(TrialAssessment, (sample.id, seat.id))


def members(round_: Round) -> list[Member]:
    """Return the judges who sit, or have marked a sample that still counts, with how far they were off."""
    found = accuracies(_tried(round_), gap=essay_rule(round_).gap)
    begun = set(session.scalars(select(Allocation.seat_id).join(Assessment).distinct()))
    asked = select(JudgeSeat).where(JudgeSeat.round_id == round_.id).order_by(JudgeSeat.id)
    seats = session.scalars(asked.options(joinedload(JudgeSeat.person)))
    return [
        Member(each, each.id in begun, found.get(each.id)) for each in seats if each.left_at is None or each.id in found
    ]


def criteria(round_: Round) -> list[Criterion]:
    """Return the criteria that the samples of a round were marked by, each key once."""
    found: dict[str, Criterion] = {}
    for each in trial.samples(round_):
        for criterion in trial.sheet_of(each).criteria:
            found.setdefault(criterion.key, criterion)
    return list(found.values())


def essay_of_code(code: str) -> Essay | None:
    """Return an essay of any contest by its code."""
    return session.scalar(select(Essay).where(Essay.code == code))


def _tried(round_: Round) -> list[Tried]:
    asked = (
        select(TrialAssessment, TrialEssay)
        .join(TrialEssay, TrialEssay.id == TrialAssessment.trial_id)
        .where(TrialEssay.round_id == round_.id, TrialEssay.withdrawn_at.is_(None))
        .order_by(TrialEssay.position, TrialEssay.id)
    )
    return [
        Tried(own.seat_id, own.marks, own.total, known.marks, known.total)
        for own, known in session.execute(asked).tuples()
    ]
