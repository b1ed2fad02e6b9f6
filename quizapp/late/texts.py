"""What came late of an essay: to be read, not to be counted."""

from dataclasses import dataclass
from datetime import datetime

from quizapp.attempts import late
from quizapp.db import session
from quizapp.models import Attempt, Essay, LateChange
from quizapp.rules.words import count_words


@dataclass(frozen=True)
class LateText:
    """A text of the essay that came late, against the one that is stored."""

    change: LateChange
    written_at: datetime | None
    words: int
    is_newer: bool


def texts_of(attempt: Attempt) -> list[LateText]:
    """Return what came late of the essay, in the order in which it was written."""
    essay = session.get(Essay, attempt.id)
    stored = essay.number if essay else 0
    return [
        LateText(each, late.written_at(each), count_words(each.answer or ""), is_newer=each.number > stored)
        for each in late.changes_of(attempt)
        if each.slot == 0
    ]
