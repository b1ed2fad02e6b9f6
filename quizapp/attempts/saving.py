"""The hot path: one short transaction that begins as a writer, two statements, no ORM objects, nothing rendered."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from quizapp.attempts import statements
from quizapp.attempts.changes import BLOCK, Change, check_numbers, check_places, newest, trimmed
from quizapp.db import Database, database, session, transaction
from quizapp.errors import BadShape
from quizapp.models import Attempt, LateChange, Paper
from quizapp.models.base import EPOCH, from_microseconds, to_microseconds
from quizapp.rules.deadlines import accepts_answers, counts_if_closing_after

MOST_LATE = 200
PAPERS_REMEMBERED = 20_000
_ONCE = {each.dialect.name: each.insert(LateChange).on_conflict_do_nothing() for each in (postgresql, sqlite)}


@dataclass(frozen=True, slots=True)
class Saved:
    """acknowledged: the highest number that is now on disk; taken_over: another page has the attempt now.

    closed_at: when the attempt closed or was handed in, None while it takes answers.
    """

    acknowledged: int
    closes_at: datetime
    taken_over: bool
    closed_at: datetime | None = None


def record_responses(
    attempt_id: int, token_hash: str, opening: int, changes: list[Change], *, now: datetime
) -> Saved | None:
    """Store changes of answers; return what the phone may forget, or None when this log-in has no such attempt.

    Commits by itself. A change with a lower number than the stored one is passed over; the same number again is the
    same answer. After the close nothing of the attempt changes: what the phone wrote before it is kept apart as
    evidence, and `closed_at` says so. Raises BadShape; then nothing is stored.
    """
    paper = _paper(database(), attempt_id)
    if paper is None:
        return None
    changes = trimmed(changes)
    wrong = _problem(changes, paper.shape)
    highest = max((change.number for change in changes), default=0)
    standing = _save(
        statements.Save(
            attempt=attempt_id,
            paper=paper.id,
            token=token_hash,
            now=to_microseconds(now),
            closing_after=to_microseconds(counts_if_closing_after(now)),
            block=BLOCK,
            highest=highest,
            changes=[] if wrong else newest(changes),
        )
    )
    if standing is None:
        return None
    if wrong:
        raise wrong
    closes_at, submitted_at, takeovers = standing
    check_numbers(highest, takeovers)
    closes, handed_in = from_microseconds(closes_at), None if submitted_at is None else from_microseconds(submitted_at)
    saved = Saved(highest, closes, taken_over=opening < takeovers * BLOCK)
    if accepts_answers(closes, handed_in, now):
        return saved
    with transaction():
        keep_late(attempt_id, changes, now)
    return replace(saved, closed_at=handed_in or closes)


@dataclass(frozen=True, slots=True)
class _Drawn:
    id: int
    shape: str


@lru_cache(maxsize=PAPERS_REMEMBERED)
def _known_paper(kept_in: Database, attempt_id: int) -> _Drawn:
    """Return the paper of an attempt, which never changes. Raises LookupError, which is not remembered."""
    with kept_in.begin(writes=False) as reading:
        asked = select(Paper.id, Paper.shape).join(Attempt, Attempt.paper_id == Paper.id)
        row = reading.execute(asked.where(Attempt.id == attempt_id)).first()
    if row is None:
        raise LookupError(attempt_id)
    return _Drawn(*row)


def _paper(kept_in: Database, attempt_id: int) -> _Drawn | None:
    try:
        return _known_paper(kept_in, attempt_id)
    except LookupError:
        return None


def _problem(changes: list[Change], shape: str) -> BadShape | None:
    """Return what is wrong with the changes; it is told only to the owner, so it is not raised yet."""
    try:
        check_places(changes, shape)
    except BadShape as problem:
        return problem
    return None


def _save(save: statements.Save) -> statements.Standing | None:
    kept_in = database()
    with kept_in.bare() as cursor:
        return (statements.on_sqlite if kept_in.is_sqlite else statements.on_postgresql)(cursor, save)


def keep_late(attempt_id: int, changes: list[Change], now: datetime, *, most: int = MOST_LATE) -> None:
    """Keep late changes as evidence, each once however often and at once it comes, and not without end.

    All are of answers, or all of the essay (slot 0): each kind has its own end.
    """
    is_essay = bool(changes) and changes[0].slot == 0
    asked = select(func.count()).where(LateChange.attempt_id == attempt_id, (LateChange.slot == 0) == is_essay)
    count = session.scalar(asked) or 0
    if changes and count + len(changes) <= most:
        session.execute(
            _ONCE[session.get_bind().dialect.name],
            [
                {
                    "attempt_id": attempt_id,
                    "slot": change.slot,
                    "number": change.number,
                    "answer": change.answer,
                    "written_at": _instant(change.written_ms),
                    "received_at": now,
                }
                for change in changes
            ],
        )


def _instant(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else EPOCH + timedelta(milliseconds=milliseconds)
