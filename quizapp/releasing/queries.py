"""Finds the rehearsal of a contest, its draft, and what keeps it from being published."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from quizapp.contests import checking
from quizapp.db import session
from quizapp.errors import BadFile, RowProblem
from quizapp.formats.contest_file import ContestFile, read_contest
from quizapp.formats.contest_writing import write_contest
from quizapp.models import Attempt, Contest, Round
from quizapp.vocabulary import Purpose


def rehearsal_rounds(contest: Contest) -> Sequence[Round]:
    """Return the rounds in which organisers rehearse a contest, in their order; none where no rehearsal was begun."""
    asked = select(Round).where(Round.contest_id == contest.id, Round.purpose == Purpose.REHEARSAL)
    return session.scalars(asked.order_by(Round.position)).all()


def rehearsed(contest: Contest) -> Sequence[Attempt]:
    """Return what was sat in the rehearsal, the newest first."""
    asked = (
        select(Attempt)
        .join(Round)
        .where(Round.contest_id == contest.id, Round.purpose == Purpose.REHEARSAL)
        .options(joinedload(Attempt.round), joinedload(Attempt.person))
        .order_by(Attempt.started_at.desc(), Attempt.id.desc())
    )
    return session.scalars(asked).all()


def file_of(contest: Contest) -> ContestFile:
    """Return the rules of a contest as the file that they make today. Raises BadFile when a reader refuses it."""
    return read_contest(write_contest(contest.rules))


def problems(contest: Contest) -> Sequence[RowProblem]:
    """Return what contradicts the rules of a contest today: banks, unions and rubrics may have changed meanwhile."""
    try:
        return checking.problems(file_of(contest), contest, None)
    except BadFile as error:
        return error.problems
