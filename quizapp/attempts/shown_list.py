"""What a contestant is told of all their attempts, the newest first."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from quizapp.attempts import queries
from quizapp.attempts.reopening import is_allowed, may_reopen
from quizapp.attempts.taking_part import handed_in_before
from quizapp.models import Attempt
from quizapp.rules.deadlines import attempt_state
from quizapp.web.attempt_notes import Note


def shown_attempts(
    attempts: Sequence[Attempt], notes: Mapping[int, Sequence[Note]], now: datetime
) -> list[dict[str, Any]]:
    """Return what the list shows of each attempt; its mark as far as it is time for it."""
    return [
        {
            "id": attempt.id,
            "contest": attempt.round.contest.title,
            "round": attempt.round.title,
            "number": attempt.number,
            "started_at": attempt.started_at,
            "state": attempt_state(attempt.closes_at, attempt.submitted_at, now),
            "mark": attempt.total if queries.result_is_shown(attempt, now) else None,
            "max_mark": attempt.max_mark,
            "waits_for_essay": attempt.waits_for_essay,
            "is_only_essay": not attempt.round.rules.asks_questions,
            "notes": notes.get(attempt.id, ()),
            "closes_at": attempt.closes_at,
            "may_reopen": may_reopen(attempt, now),
            **reopened(attempt),
        }
        for attempt in attempts
    ]


def reopened(attempt: Attempt) -> dict[str, Any]:
    """Return what pages say of handing in again."""
    allowed = is_allowed(attempt)
    return {"again": allowed, "handed_in_before": handed_in_before(attempt) if allowed else None}
