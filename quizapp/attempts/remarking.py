"""Notes that marks, or what counts of them, changed, so that boards made before are known to be old."""

from sqlalchemy import update

from quizapp.db import session
from quizapp.models import Attempt, Contest


def note_remarking(attempt: Attempt) -> None:
    """Note that a mark changed after hand-in: boards that were made from the old one are old now."""
    make_boards_old(attempt.round.contest_id)


def make_boards_old(contest_id: int) -> None:
    """Note that what boards and prizes are made from changed, other than by handing in."""
    session.execute(update(Contest).where(Contest.id == contest_id).values(remarkings=Contest.remarkings + 1))
