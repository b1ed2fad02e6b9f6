"""What came late of an essay: one of the texts may become the essay, by decision."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from quizapp.attempts import late
from quizapp.attempts.essay_saving import replace_text
from quizapp.db import session
from quizapp.models import Attempt, Essay, EssayRevision, LateChange, LateDecision
from quizapp.models.base import from_microseconds, to_microseconds
from quizapp.rules.words import count_words


@dataclass(frozen=True)
class LateText:
    """A text of the essay that came late, against the one that is stored."""

    change: LateChange
    written_at: datetime | None
    words: int
    is_newer: bool
    is_counted: bool

    @property
    def key(self) -> str:
        return f"{self.change.slot}-{self.change.number}"

    @property
    def may_count(self) -> bool:
        return self.is_newer and self.words > 0


def texts_of(attempt: Attempt, decision: LateDecision | None) -> list[LateText]:
    """Return what came late of the essay, in the order in which it was written."""
    stored, counted = _number(session.get(Essay, attempt.id)), late.counted(decision)
    return [
        LateText(
            *(each, late.written_at(each), count_words(each.answer or "")),
            is_newer=each.number > stored,
            is_counted=(each.slot, each.number) in counted,
        )
        for each in late.changes_of(attempt)
        if each.slot == 0
    ]


def chosen(attempt: Attempt, changes: Sequence[LateChange], picked: Collection[late.Place]) -> LateChange | None:
    """Return the newest of the picked texts that has a word and is newer than what is stored."""
    stored = _number(session.get(Essay, attempt.id))
    found = [each for each in changes if each.slot == 0 and (0, each.number) in picked and each.number > stored]
    return max((each for each in found if count_words(each.answer or "")), key=lambda each: each.number, default=None)


def count(attempt: Attempt, change: LateChange) -> dict[str, Any]:
    """Let a late text be the essay, which no judge has; return what stood there before, for `restore`.

    The old text stays among the revisions. An attempt that had no mark to get for its essay waits for one now.
    """
    essay = session.get(Essay, attempt.id)
    before = {"number": essay.number, "saved_at": to_microseconds(essay.saved_at)} if essay else None
    kept = {"essay": before, "essay_mark": attempt.essay_mark}
    replace_text(attempt, change.number, change.answer or "", saved_at=change.received_at)
    attempt.essay_mark = None
    return kept


def restore(attempt: Attempt, kept: dict[str, Any], *, now: datetime) -> None:
    """Let the essay be again what it was before a late text was counted."""
    was = kept["essay"]
    if was is None:
        replace_text(attempt, 0, "", saved_at=now)
    else:
        revision = session.get_one(EssayRevision, (attempt.id, was["number"]))
        replace_text(attempt, revision.number, revision.text, saved_at=from_microseconds(was["saved_at"]))
    attempt.essay_mark = kept["essay_mark"]


def _number(essay: Essay | None) -> int:
    return essay.number if essay else 0
