"""Who has taken part: an attempt that was handed in, also when its essay was opened again since."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from quizapp.db import session
from quizapp.models import Attempt, EssayRevision

_LAST = func.max(EssayRevision.handed_in_at)


def handed_in_before(attempt: Attempt) -> datetime | None:
    """Return when an attempt that was opened again had last been handed in."""
    return session.scalar(select(_LAST).where(EssayRevision.attempt_id == attempt.id))


def takes_part_since() -> ColumnElement[datetime]:
    """Return when an attempt was handed in last, be it open again or not; NULL: never.

    Whoever opens an essay again has taken part all the same: counts and boards go by this, so that nobody vanishes.
    """
    before = select(_LAST).where(EssayRevision.attempt_id == Attempt.id)
    return func.coalesce(Attempt.submitted_at, before.correlate(Attempt).scalar_subquery())
