"""The essay of an attempt as its writer sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from quizapp.attempts.essay_files import files_of
from quizapp.db import session
from quizapp.models import Attempt, Essay, EssayFile, EssayRevision
from quizapp.rules.round_rules import EssayRule
from quizapp.rules.words import count_words


@dataclass(frozen=True)
class ShownEssay:
    """What is asked for and what is written so far."""

    rule: EssayRule
    text: str
    words: int
    number: int = 0  # of the change that is stored
    files: Sequence[EssayFile] = ()  # photos and pages that belong to it

    @property
    def is_too_long(self) -> bool:
        return self.rule.most_words is not None and self.words > self.rule.most_words

    @property
    def is_too_short(self) -> bool:
        return self.rule.least_words is not None and 0 < self.words < self.rule.least_words


@dataclass(frozen=True)
class ShownRevision:
    """An earlier state of the text."""

    revision: EssayRevision
    words: int


def shown_essay(attempt: Attempt) -> ShownEssay | None:
    """Return the essay of an attempt; None: its round asks for none."""
    rule = attempt.round.rules.essay
    if rule is None:
        return None
    essay = session.get(Essay, attempt.id)
    if essay is None:
        return ShownEssay(rule, "", 0)
    return ShownEssay(rule, essay.text, essay.words, essay.number, files_of(attempt.id) if essay.files else ())


def stored_essay(attempt: Attempt) -> dict[str, Any] | None:
    """Return what is stored of the essay, as the phone takes it over."""
    essay = session.get(Essay, attempt.id)
    return {"slot": 0, "answer": essay.text, "number": essay.number} if essay else None


def revisions_of(attempt: Attempt) -> list[ShownRevision]:
    """Return the kept earlier states of an essay, the newest first."""
    asked = select(EssayRevision).where(EssayRevision.attempt_id == attempt.id)
    found = session.scalars(asked.order_by(EssayRevision.saved_at.desc(), EssayRevision.number.desc()))
    return [ShownRevision(each, count_words(each.text)) for each in found]
