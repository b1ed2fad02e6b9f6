"""The rounds in which a contest's rounds are practised: rows of their own, so that no total can count them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, select

from quizapp.db import session
from quizapp.models import Attempt, Contest, Paper, PaperSlot, Round
from quizapp.rules.round_rules import PRACTICE_ENDING, RoundRules, practice_round
from quizapp.vocabulary import Purpose


def practice_rounds(contest: Contest) -> Sequence[Round]:
    """Return the rounds in which a contest is practised, in the order of those that they are for."""
    asked = select(Round).where(Round.contest_id == contest.id, Round.purpose == Purpose.PRACTICE)
    return session.scalars(asked.order_by(Round.position)).all()


def practised(round_: Round) -> str:
    """Return the key of the round for which this one is the practice."""
    return round_.key.removesuffix(PRACTICE_ENDING)


def write_practice(contest: Contest, *, now: datetime) -> None:
    """Let the practice rounds be what the contest's rules say; what somebody has sat is closed, never deleted.

    A contest that is not public has none.
    """
    stored = {each.key: each for each in practice_rounds(contest)}
    for position, rules in enumerate(contest.rules.rounds):
        wanted = practice_round(rules, public_at=contest.published_at) if contest.published_at else None
        if wanted is not None:
            kept = stored.pop(wanted.key) if wanted.key in stored else Round(contest_id=contest.id, key=wanted.key)
            _write(kept, wanted, position)
    for gone in stored.values():
        if _is_sat(gone):
            gone.closes_at = max(gone.opens_at + timedelta(minutes=1), min(gone.closes_at, now))
            gone.rules = replace(gone.rules, closes_at=gone.closes_at)
        else:
            delete_round(gone)
    session.flush()


def delete_round(round_: Round) -> None:
    """Delete a round that nobody has sat; papers that were made ahead go with it."""
    papers = select(Paper.id).where(Paper.round_id == round_.id)
    session.execute(delete(PaperSlot).where(PaperSlot.paper_id.in_(papers)))
    session.execute(delete(Paper).where(Paper.round_id == round_.id))
    session.delete(round_)


def _write(round_: Round, rules: RoundRules, position: int) -> None:
    if round_.id is not None and _is_sat(round_):
        # Attempts are marked by the rules under which they were begun: only what marks none of them may change.
        rules = replace(
            round_.rules,
            title=rules.title,
            opens_at=rules.opens_at,
            closes_at=rules.closes_at,
            attempts=rules.attempts,
            show=rules.show,
        )
    round_.position, round_.title, round_.rules = position, rules.title, rules
    round_.opens_at, round_.closes_at = rules.opens_at, rules.closes_at
    round_.purpose = Purpose.PRACTICE.value
    session.add(round_)


def _is_sat(round_: Round) -> bool:
    return bool(session.scalar(select(exists().where(Attempt.round_id == round_.id))))
