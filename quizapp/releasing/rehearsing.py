"""Rounds that organisers sit before the contest is public: real runtime, rows of their own, gone afterwards."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Table, delete, select

from quizapp.db import session
from quizapp.models import Base, Contest, Person, Round
from quizapp.refusals import RehearsedAfterPublishing
from quizapp.releasing import queries
from quizapp.releasing.audit import note
from quizapp.rules.round_rules import rehearsal_round
from quizapp.vocabulary import Purpose


def begin(contest: Contest, *, length: timedelta, by: Person, now: datetime) -> None:
    """Open every round of a contest for its organisers, now and for so long; what was rehearsed before is thrown away.

    Raises RehearsedAfterPublishing.
    """
    session.refresh(contest, with_for_update={"of": Contest})
    if contest.published_at is not None:
        raise RehearsedAfterPublishing()
    forget(contest)
    opens_at = now.replace(second=0, microsecond=0)
    for position, each in enumerate(contest.rules.rounds):
        rules = rehearsal_round(each, opens_at=opens_at, closes_at=opens_at + length)
        made = Round(contest_id=contest.id, position=position, key=rules.key, title=rules.title, rules=rules)
        made.opens_at, made.closes_at, made.purpose = rules.opens_at, rules.closes_at, Purpose.REHEARSAL.value
        session.add(made)
    note("begin_rehearsal", contest, by, now, minutes=int(length.total_seconds()) // 60)


def end(contest: Contest, *, by: Person, now: datetime) -> None:
    """Throw away the rehearsal with all that was sat in it."""
    session.refresh(contest, with_for_update={"of": Contest})
    attempts = len(queries.rehearsed(contest))
    forget(contest)
    note("end_rehearsal", contest, by, now, attempts=attempts)


def forget(contest: Contest) -> None:
    """Delete the rounds of the rehearsal, and whatever hangs on them."""
    ids = [each.id for each in queries.rehearsal_rounds(contest)]
    if ids:
        rounds = Base.metadata.tables[Round.__tablename__]
        _delete(rounds, rounds.c.id.in_(ids))
        session.expire_all()


def _delete(table: Table, condition: ColumnElement[bool]) -> None:
    """Delete rows after all rows of other tables that name them, as the schema knows them: none can be forgotten."""
    for other in Base.metadata.sorted_tables:
        for key in other.foreign_key_constraints:
            if key.referred_table is table and other is not table:
                first = key.elements[0]
                _delete(other, first.parent.in_(select(first.column).where(condition)))
    session.execute(delete(table).where(condition))
