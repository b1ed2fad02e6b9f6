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
from quizapp.models import Attempt, LateChange, Paper, Response, Round
from quizapp.models.base import EPOCH, from_microseconds, to_microseconds
from quizapp.rules.deadlines import accepts_answers, counts_if_closing_after, is_written_in_time
from quizapp.rules.one_way import Walk

MOST_LATE = 200
PAPERS_REMEMBERED = 20_000
_ONCE = {each.dialect.name: each.insert(LateChange).on_conflict_do_nothing() for each in (postgresql, sqlite)}


@dataclass(frozen=True, slots=True)
class Saved:
    """acknowledged: the highest number that is now on disk; taken_over: another page has the attempt now.

    closed_at: when the attempt closed or was handed in, None while it takes answers. walk: at which question it is,
    where they come one after the other; missed: the questions whose answers came when these were not shown.
    """

    acknowledged: int
    closes_at: datetime
    taken_over: bool
    closed_at: datetime | None = None
    walk: Walk | None = None
    missed: tuple[int, ...] = ()


def record_responses(
    attempt_id: int, token_hash: str, opening: int, changes: list[Change], *, now: datetime
) -> Saved | None:
    """Store changes of answers; return what the phone may forget, or None when this log-in has no such attempt.

    Commits by itself. A change with a lower number than the stored one is passed over; the same number again is the
    same answer. After the close nothing of the attempt changes: what the phone wrote before it is kept apart as
    evidence, and `closed_at` says so. So it is with a question that has seconds of its own when they are over, and
    `missed` says so. Raises BadShape; then nothing is stored.
    """
    paper = _paper(database(), attempt_id)
    if paper is None:
        return None
    changes = trimmed(changes)
    wrong = _problem(changes, paper.shape)
    highest = max((change.number for change in changes), default=0)
    standing = _save(attempt_id, token_hash, paper, [] if wrong else newest(changes), highest, now)
    if standing is None:
        return None
    if standing[-1] != paper.receipt:  # a rehearsal was thrown away, and SQLite gave its id again
        _known_paper.cache_clear()
        return record_responses(attempt_id, token_hash, opening, changes, now=now)
    if wrong:
        raise wrong
    check_numbers(highest, standing[2])
    return _outcome(attempt_id, paper, standing, opening, changes, now)


@dataclass(frozen=True, slots=True)
class _Drawn:
    id: int
    receipt: str  # of the attempt
    shape: str
    seconds: int | None  # of each question, where they come one after the other


@lru_cache(maxsize=PAPERS_REMEMBERED)
def _known_paper(kept_in: Database, attempt_id: int) -> _Drawn:
    """Return the paper of an attempt, which never changes. Raises LookupError, which is not remembered."""
    with kept_in.begin(writes=False) as reading:
        asked = select(Paper.id, Attempt.receipt, Paper.shape, Round.rules).join(Attempt, Attempt.paper_id == Paper.id)
        row = reading.execute(asked.join(Round, Round.id == Paper.round_id).where(Attempt.id == attempt_id)).first()
    if row is None:
        raise LookupError(attempt_id)
    return _Drawn(row.id, row.receipt, row.shape, row.rules.seconds_per_question)


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


def _save(
    attempt_id: int, token_hash: str, paper: _Drawn, changes: list[Change], highest: int, now: datetime
) -> statements.Standing | None:
    kept_in = database()
    save = statements.Save(
        attempt=attempt_id,
        receipt=paper.receipt,
        paper=paper.id,
        token=token_hash,
        now=to_microseconds(now),
        closing_after=to_microseconds(counts_if_closing_after(now)),
        block=BLOCK,
        highest=highest,
        changes=changes,
        span=paper.seconds and paper.seconds * 1_000_000,
    )
    with kept_in.bare() as cursor:
        return (statements.on_sqlite if kept_in.is_sqlite else statements.on_postgresql)(cursor, save)


def _outcome(
    attempt_id: int, paper: _Drawn, standing: statements.Standing, opening: int, changes: list[Change], now: datetime
) -> Saved:
    """Keep as evidence what came too late; return how the attempt stands, which has stored the rest."""
    closes_at, submitted_at, takeovers, at_slot, since, _ = standing
    closes, handed_in = from_microseconds(closes_at), None if submitted_at is None else from_microseconds(submitted_at)
    highest, walk = max((change.number for change in changes), default=0), None
    if paper.seconds and at_slot is not None and since is not None:
        walk = Walk(at_slot, from_microseconds(since), paper.seconds, last=len(paper.shape.split()))
    saved = Saved(highest, closes, taken_over=opening < takeovers * BLOCK, walk=walk and walk.at(now))
    if not accepts_answers(closes, handed_in, now):
        with transaction():
            keep_late(attempt_id, _evidence(changes, walk, handed_in or closes), now)
        return replace(saved, closed_at=handed_in or closes)
    missed = [change for change in changes if walk and not walk.takes(change.slot, now)]
    if missed:
        with transaction():
            missed = _not_stored(attempt_id, missed)
            keep_late(attempt_id, _evidence(missed, walk, now), now)
    return replace(saved, missed=tuple(sorted({change.slot for change in missed})))


def _not_stored(attempt_id: int, changes: list[Change]) -> list[Change]:
    """Return the changes that the server did not have already: a phone that heard no answer sends again."""
    asked = select(Response.slot, Response.number).where(Response.attempt_id == attempt_id)
    stored = dict(session.execute(asked).tuples().all())
    return [change for change in changes if change.number > stored.get(change.slot, 0)]


def _evidence(changes: list[Change], walk: Walk | None, until: datetime) -> list[Change]:
    """Return what may have been written in time: of a question that had seconds of its own, not after them.

    until: when the attempt had ended, or now; a question that had not come by then cannot have been answered.
    """
    if walk is None:
        return changes
    return [
        change
        for change in changes
        if change.slot <= walk.at(until).slot
        and (change.written_ms is None or is_written_in_time(_instant(change.written_ms), walk.ended_at(change.slot)))
    ]


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
