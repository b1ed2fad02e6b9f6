"""Keeps what a browser without JavaScript sends: all that its page shows, at once."""

from datetime import datetime
from typing import Any

from quizapp.attempts import predicting
from quizapp.attempts.essay_saving import record_essay
from quizapp.attempts.paper_form import essay_from_form, from_form
from quizapp.attempts.saving import Saved, record_responses
from quizapp.attempts.takeovers import take_over
from quizapp.db import transaction
from quizapp.models import Attempt


def save(attempt: Attempt, token_hash: str, form: Any, *, now: datetime) -> Saved | None:
    """Store what was changed on the page; return how the attempt stands, None when this log-in has no such attempt.

    Commits by itself: the page takes the attempt over, then come guess, answers and essay. Raises BadShape.
    """
    with transaction():
        taken = take_over(attempt, now=now)
        changed, guess = predicting.from_form(form)
        if changed:
            predicting.keep(attempt, guess, opening=taken.base, now=now)
    changes = from_form(form, shape=attempt.paper.shape, base=taken.base)
    saved = record_responses(attempt.id, token_hash, taken.base, changes, now=now)
    if texts := essay_from_form(form, base=taken.base):
        saved = record_essay(attempt.id, token_hash, taken.base, texts, now=now)
    return saved
