"""Lets the page that asks last go on with an attempt."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from quizapp.attempts.changes import BLOCK
from quizapp.db import session
from quizapp.models import Attempt


@dataclass(frozen=True)
class TakenOver:
    """What a page needs to go on with an attempt: its numbers of changes count up from `base`."""

    base: int
    closes_at: datetime


def take_over(attempt: Attempt, *, now: datetime) -> TakenOver:
    """Let the page that asks go on with the attempt; pages that had it before learn so at their next save."""
    count = session.scalar(
        update(Attempt)
        .where(Attempt.id == attempt.id)
        .values(takeovers=Attempt.takeovers + 1)
        .returning(Attempt.takeovers)
    )
    return TakenOver(base=(count or 0) * BLOCK, closes_at=attempt.closes_at)
