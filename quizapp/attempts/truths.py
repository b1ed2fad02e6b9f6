"""Rounds whose prediction can be measured by now, and the truths that were written down."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from quizapp.contests.windows import latest_close
from quizapp.db import session
from quizapp.models import Attempt, Contest, PredictionTruth, Round
from quizapp.rules.contest_rules import BoardRules
from quizapp.rules.predicting import is_countable


def known_truths(contest: Contest) -> Mapping[int, PredictionTruth]:
    """Return the truths of a contest that are frozen, by their round's id."""
    asked = select(PredictionTruth).join(Round).where(Round.contest_id == contest.id)
    return {each.round_id: each for each in session.scalars(asked)}


def told(contest: Contest, board: BoardRules) -> list[tuple[str, str, int | None]]:
    """Return of each round of a board that asks for a guess: title, what was to be guessed, the number when known."""
    keys = {each.key for each in contest.rules.rounds_of(board) if each.prediction}
    if not keys:
        return []
    known = known_truths(contest)
    return [
        (each.title, each.rules.prediction.target.label, known[each.id].people if each.id in known else None)
        for each in contest.rounds
        if each.key in keys and each.rules.prediction
    ]


def countable(contest: Contest, now: datetime) -> list[Round]:
    """Return the rounds with a prediction whose truth is not written down yet though nobody can take part any more."""
    asking = [each for each in contest.rounds if each.rules.prediction and each.closes_at <= now]
    if not asking:
        return []
    known = known_truths(contest)
    return [
        each
        for each in asking
        if each.id not in known
        and _has_taken_part(each)
        and is_countable(latest_close([each]), is_anyone_sitting=_is_anyone_sitting(each), now=now)
    ]


def _has_taken_part(round_: Round) -> bool:
    """Return whether there is anybody to count: results of a sitting on paper may come days later."""
    asked = select(Attempt.id).where(Attempt.round_id == round_.id, Attempt.submitted_at.is_not(None)).limit(1)
    return session.scalar(asked) is not None


def _is_anyone_sitting(round_: Round) -> bool:
    asked = select(Attempt.id).where(Attempt.round_id == round_.id, Attempt.submitted_at.is_(None)).limit(1)
    return session.scalar(asked) is not None
