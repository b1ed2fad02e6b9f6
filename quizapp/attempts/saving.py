"""The hot path: one short transaction that begins as a writer, three statements, no ORM objects, nothing rendered."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from quizapp.attempts.changes import BLOCK, Change, check_places
from quizapp.db import session
from quizapp.models import Attempt, LateChange, LogInSession, Paper, Person, Response
from quizapp.models.base import EPOCH
from quizapp.rules.deadlines import accepts_answers

MOST_LATE = 200


@dataclass(frozen=True, slots=True)
class Saved:
    """acknowledged: the highest number that is now on disk; taken_over: another page has the attempt now."""

    acknowledged: int
    closes_at: datetime
    taken_over: bool
    closed: bool = False


# Only the owner's log-in finds the row, so one statement asks both who it is and what may be saved. The lock lets
# saves of one attempt pass each other but not a hand-in, which would mark without them.
_STANDING = (
    select(Attempt.closes_at, Attempt.submitted_at, Attempt.takeovers, Attempt.paper_id, Paper.shape)
    .join(Paper, Paper.id == Attempt.paper_id)
    .join(LogInSession, LogInSession.person_id == Attempt.person_id)
    .join(Person, Person.id == Attempt.person_id)
    .where(
        Attempt.id == bindparam("attempt"),
        LogInSession.token_hash == bindparam("token"),
        LogInSession.expires_at > bindparam("now"),
        Person.disabled_at.is_(None),
    )
    .with_for_update(read=True, key_share=True, of=Attempt)
)


def _upsert(dialect: Any) -> Any:
    new = dialect.insert(Response)
    return new.on_conflict_do_update(
        index_elements=[Response.attempt_id, Response.slot],
        set_={name: new.excluded[name] for name in ("number", "answer", "flagged", "saved_at")},
        where=Response.number < new.excluded.number,
    )


_UPSERT = {"sqlite": _upsert(sqlite), "postgresql": _upsert(postgresql)}


def record_responses(
    attempt_id: int, token_hash: str, opening: int, changes: list[Change], *, now: datetime
) -> Saved | None:
    """Store changes of answers; return what the phone may forget, or None when this log-in has no such attempt.

    A change with a lower number than the stored one is passed over; the same number again is the same answer. After
    the close nothing of the attempt changes: what the phone wrote before it is kept apart as evidence, and `closed`
    says so. Raises BadShape.
    """
    connection = session.connection()
    row = connection.execute(_STANDING, {"attempt": attempt_id, "token": token_hash, "now": now}).first()
    if row is None:
        return None
    check_places(changes, row.shape, limit=(row.takeovers + 1) * BLOCK)
    acknowledged = max((change.number for change in changes), default=0)
    saved = Saved(acknowledged, row.closes_at, taken_over=opening < row.takeovers * BLOCK)
    if not accepts_answers(row.closes_at, row.submitted_at, now):
        _keep_late(attempt_id, changes, now)
        return Saved(acknowledged, row.closes_at, saved.taken_over, closed=True)
    if changes:
        connection.execute(
            _UPSERT[connection.dialect.name],
            [
                {
                    "attempt_id": attempt_id,
                    "slot": change.slot,
                    "paper_id": row.paper_id,
                    "number": change.number,
                    "answer": change.answer,
                    "flagged": change.flagged,
                    "saved_at": now,
                }
                for change in changes
            ],
        )
    return saved


def _keep_late(attempt_id: int, changes: list[Change], now: datetime) -> None:
    """Keep late changes as evidence, each once, and not without end."""
    of_attempt = LateChange.attempt_id == attempt_id
    if (session.scalar(select(func.count()).where(of_attempt)) or 0) + len(changes) > MOST_LATE:
        return
    kept = set(session.execute(select(LateChange.slot, LateChange.number).where(of_attempt)).tuples())
    fresh = {(each.slot, each.number): each for each in changes if (each.slot, each.number) not in kept}
    if fresh:
        session.execute(
            insert(LateChange),
            [
                {
                    "attempt_id": attempt_id,
                    "slot": change.slot,
                    "number": change.number,
                    "answer": change.answer,
                    "written_at": _instant(change.written_ms),
                    "received_at": now,
                }
                for change in fresh.values()
            ],
        )


def _instant(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else EPOCH + timedelta(milliseconds=milliseconds)
