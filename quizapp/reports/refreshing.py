"""Closes what is overdue and makes fresh snapshots, in transactions of its own: long work never holds up writers."""

from datetime import datetime

from quizapp.attempts.actions import close_overdue
from quizapp.db import session, transaction
from quizapp.models import Contest
from quizapp.standings import actions
from quizapp.standings.making import make


def close_some(now: datetime) -> int:
    """Hand in some overdue attempts in a transaction of their own; return how many."""
    with transaction():
        return close_overdue(now=now)


def close_all(now: datetime) -> None:
    """Hand in everything that is overdue, some at a time."""
    while close_some(now):
        pass


def refresh(contest_id: int, now: datetime) -> int:
    """Rank while only reading, then store the result: writers wait for the storing alone. Return the snapshot's id."""
    with transaction(writes=False):
        made = make(session.get_one(Contest, contest_id), now=now)
    with transaction():
        return actions.keep(session.get_one(Contest, contest_id), made).id
