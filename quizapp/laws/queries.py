"""Finds texts of law of the register, and how many questions cite each."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import func, select

from quizapp.db import session
from quizapp.models import LegalDocument, Question, QuestionVersion
from quizapp.rules.citations import law_key
from quizapp.rules.vietnamese import fold


def listed(words: str) -> Sequence[LegalDocument]:
    """Return the texts whose number or title has the words, without regard to case and marks; the newest first."""
    asked = select(LegalDocument).order_by(LegalDocument.in_force_from.desc(), LegalDocument.number)
    sought = fold(words).split()
    return [law for law in session.scalars(asked) if all(word in fold(f"{law.number} {law.title}") for word in sought)]


def cited() -> Counter[str]:
    """Return how many questions in use cite a text, by what spellings of its number share."""
    asked = (
        select(QuestionVersion.document, func.count())
        .join(Question, Question.current_id == QuestionVersion.id)
        .where(QuestionVersion.document != "")
        .group_by(QuestionVersion.document)
    )
    counts: Counter[str] = Counter()
    for document, count in session.execute(asked).tuples():
        counts[law_key(document)] += count
    return counts
