"""What organisers have to do about essays: give them out, decide, answer; publish again when all have a mark."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from quizapp.contests.queries import essay_rounds
from quizapp.db import session
from quizapp.essays.queries import stuck
from quizapp.judging import states
from quizapp.judging.queries import has_chair
from quizapp.models import Allocation, Appeal, Assessment, Attempt, Contest, Round
from quizapp.rules.deadlines import GRACE
from quizapp.vocabulary import EssayState, Giving


@dataclass(frozen=True)
class EssayWork:
    """How many essays of a round wait for the organisers. unallocated: once the round is over, where they give out."""

    round: Round
    unallocated: int
    stuck: int
    for_the_chair: int
    has_chair: bool
    appeals: int

    @property
    def is_some(self) -> bool:
        return bool(self.unallocated or self.stuck or self.for_the_chair or self.appeals)


def essay_work(contest: Contest, now: datetime) -> list[EssayWork]:
    """Return the rounds of a contest in which something about essays waits for the organisers."""
    found = [_work(each, now) for each in essay_rounds(contest) if each.opens_at <= now]
    return [each for each in found if each.is_some]


def waiting_essays(contest: Contest) -> int:
    """Return how many attempts that were handed in have no mark for their essay yet."""
    rounds = [each.id for each in essay_rounds(contest)]
    asked = select(func.count()).select_from(Attempt)
    handed_in = Attempt.round_id.in_(rounds), Attempt.submitted_at.is_not(None), Attempt.essay_mark.is_(None)
    return session.scalar(asked.where(*handed_in)) or 0 if rounds else 0


def _work(round_: Round, now: datetime) -> EssayWork:
    counts, rule = states.counts(round_), round_.rules.essay
    gives_out = round_.closes_at + GRACE <= now and not (rule and rule.giving is Giving.PULL)
    return EssayWork(
        round=round_,
        unallocated=counts[EssayState.UNALLOCATED] if gives_out else 0,
        stuck=len(stuck(round_)) if counts[EssayState.FAR_APART] else 0,
        for_the_chair=counts[EssayState.FOR_THE_CHAIR],
        has_chair=has_chair(round_),
        appeals=_appeals(round_),
    )


def _appeals(round_: Round) -> int:
    """Return how many appeals wait for the organisers: to be given to a judge, or to be decided."""
    is_theirs = or_(
        Appeal.allocation_id.is_(None), Allocation.withdrawn_at.is_not(None), Assessment.finished_at.is_not(None)
    )
    asked = (
        select(func.count())
        .select_from(Appeal)
        .join(Attempt, Attempt.id == Appeal.attempt_id)
        .outerjoin(Allocation, Allocation.id == Appeal.allocation_id)
        .outerjoin(Assessment, Assessment.allocation_id == Appeal.allocation_id)
        .where(Attempt.round_id == round_.id, Appeal.decided_at.is_(None), Appeal.withdrawn_at.is_(None), is_theirs)
    )
    return session.scalar(asked) or 0
