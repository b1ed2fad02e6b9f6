"""Notes that a mark changed, so that boards made before are known to be old."""

from sqlalchemy import update

from quizapp.db import session
from quizapp.models import Attempt, Contest


def note_remarking(attempt: Attempt) -> None:
    """Note that a mark changed after hand-in: boards that were made from the old one are old now."""
    contest_id = attempt.round.contest_id
    session.execute(update(Contest).where(Contest.id == contest_id).values(remarkings=Contest.remarkings + 1))
