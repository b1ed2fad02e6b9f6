"""The two statements of the hot path in each database's own tongue, on the driver's bare cursor."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from quizapp.attempts.changes import Change

# Only the owner's log-in finds the row, so one statement asks both who it is and what may be saved.
_SQLITE_STANDING = """
    SELECT attempts.closes_at, attempts.submitted_at, attempts.takeovers, attempts.at_slot, attempts.at_slot_since,
        attempts.receipt
    FROM attempts
    JOIN log_in_sessions ON log_in_sessions.person_id = attempts.person_id
    JOIN people ON people.id = attempts.person_id
    WHERE attempts.id = ? AND log_in_sessions.token_hash = ? AND log_in_sessions.expires_at > ?
        AND people.disabled_at IS NULL
"""
_SQLITE_UPSERT = """
    INSERT INTO responses (attempt_id, paper_id, slot, number, answer, flagged, saved_at) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (attempt_id, slot) DO UPDATE SET number = excluded.number, answer = excluded.answer,
        flagged = excluded.flagged, saved_at = excluded.saved_at
    WHERE responses.number < excluded.number
"""

# One statement is one way to the server and back, and commits itself. The lock lets saves of one attempt pass each
# other but not a hand-in, which would mark without them; behind a hand-in, the row is read again. Which questions take
# answers is `Walk.takes` of `rules.one_way`.
_POSTGRESQL = """
    WITH standing AS (
        SELECT attempts.closes_at, attempts.submitted_at, attempts.takeovers, attempts.at_slot, attempts.at_slot_since,
            attempts.receipt
        FROM attempts
        JOIN log_in_sessions ON log_in_sessions.person_id = attempts.person_id
        JOIN people ON people.id = attempts.person_id
        WHERE attempts.id = %(attempt)s AND log_in_sessions.token_hash = %(token)s
            AND log_in_sessions.expires_at > %(now)s AND people.disabled_at IS NULL
        FOR KEY SHARE OF attempts
    ), saved AS (
        INSERT INTO responses (attempt_id, paper_id, slot, number, answer, flagged, saved_at)
        SELECT %(attempt)s, %(paper)s, slot, number, answer, flagged, %(now)s FROM standing,
            unnest(%(slots)s::int[], %(numbers)s::bigint[], %(answers)s::text[], %(flags)s::boolean[])
            AS sent (slot, number, answer, flagged)
        WHERE receipt = %(receipt)s AND submitted_at IS NULL AND closes_at > %(closing_after)s
            AND %(highest)s < %(block)s * (takeovers + 1)
            AND (at_slot IS NULL OR %(span)s::bigint IS NULL OR slot BETWEEN
                at_slot + GREATEST((%(closing_after)s - at_slot_since) / %(span)s::bigint, 0)
                AND at_slot + GREATEST((%(now)s - at_slot_since) / %(span)s::bigint, 0))
        ON CONFLICT (attempt_id, slot) DO UPDATE SET number = excluded.number, answer = excluded.answer,
            flagged = excluded.flagged, saved_at = excluded.saved_at
        WHERE responses.number < excluded.number
    )
    SELECT closes_at, submitted_at, takeovers, at_slot, at_slot_since, receipt FROM standing
"""


@dataclass(frozen=True, slots=True)
class Save:
    """What is to be saved, instants in microseconds. Each slot comes once.

    Kept only while the attempt is not handed in, closes after `closing_after`, and has given out the numbers of the
    changes: `highest` of them stays below `block` × (takeovers + 1). span: how long each question takes answers, where
    they come one after the other, None where not; then only what is of the question that is shown now is kept.
    receipt: of the attempt that has this paper; nothing is kept for another one that got its id later.
    """

    attempt: int
    receipt: str
    paper: int
    token: str
    now: int
    closing_after: int
    block: int
    highest: int
    changes: Sequence[Change]
    span: int | None = None


# closes_at, submitted_at, takeovers, at_slot, at_slot_since, receipt
Standing = tuple[int, int | None, int, int | None, int | None, str]


def on_sqlite(cursor: Any, save: Save) -> Standing | None:
    """Save inside the writer's transaction; return how the attempt stands, None when the log-in has no such attempt."""
    row: Standing | None = cursor.execute(_SQLITE_STANDING, (save.attempt, save.token, save.now)).fetchone()
    if row is None:
        return None
    closes_at, submitted_at, takeovers, at_slot, since, receipt = row
    if receipt != save.receipt:
        return row
    if submitted_at is None and closes_at > save.closing_after and save.highest < save.block * (takeovers + 1):
        cursor.executemany(
            _SQLITE_UPSERT,
            [
                (save.attempt, save.paper, each.slot, each.number, each.answer, each.flagged, save.now)
                for each in save.changes
                if _takes(save, at_slot, since, each.slot)
            ],
        )
    return row


def _takes(save: Save, at_slot: int | None, since: int | None, slot: int) -> bool:
    if save.span is None or at_slot is None or since is None:
        return True
    first, last = (max((instant - since) // save.span, 0) for instant in (save.closing_after, save.now))
    return first <= slot - at_slot <= last


def on_postgresql(cursor: Any, save: Save) -> Standing | None:
    """Save in one statement; return how the attempt stands, None when this log-in has no such attempt."""
    sent = {
        "attempt": save.attempt,
        "receipt": save.receipt,
        "paper": save.paper,
        "token": save.token,
        "now": save.now,
        "closing_after": save.closing_after,
        "block": save.block,
        "highest": save.highest,
        "span": save.span,
        "slots": [each.slot for each in save.changes],
        "numbers": [each.number for each in save.changes],
        "answers": [each.answer for each in save.changes],
        "flags": [each.flagged for each in save.changes],
    }
    row: Standing | None = cursor.execute(_POSTGRESQL, sent).fetchone()
    return row
