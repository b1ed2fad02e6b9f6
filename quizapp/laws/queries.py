"""Finds texts of law of the register, and how many questions of which bank cite each."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from quizapp.db import session
from quizapp.models import LegalDocument, Question, QuestionBank, QuestionVersion
from quizapp.rules.citations import law_key
from quizapp.rules.vietnamese import fold


@dataclass(frozen=True)
class Citing:
    """Questions in use of a bank that cite a text by one spelling of its number."""

    bank: QuestionBank
    document: str
    count: int


def listed(words: str) -> Sequence[LegalDocument]:
    """Return the texts whose number or title has the words, without regard to case and marks; the newest first."""
    asked = select(LegalDocument).order_by(LegalDocument.in_force_from.desc(), LegalDocument.number)
    sought = fold(words).split()
    return [law for law in session.scalars(asked) if all(word in fold(f"{law.number} {law.title}") for word in sought)]


def citing(banks: Iterable[QuestionBank]) -> dict[str, list[Citing]]:
    """Return which banks have questions in use that cite a text, by what spellings of its number share."""
    by_id = {bank.id: bank for bank in banks}
    asked = (
        select(Question.bank_id, QuestionVersion.document, func.count())
        .join(Question, Question.current_id == QuestionVersion.id)
        .where(QuestionVersion.document != "", Question.bank_id.in_(by_id))
        .group_by(Question.bank_id, QuestionVersion.document)
        .order_by(Question.bank_id, QuestionVersion.document)
    )
    found: defaultdict[str, list[Citing]] = defaultdict(list)
    for bank_id, document, count in session.execute(asked).tuples():
        found[law_key(document)].append(Citing(by_id[bank_id], document, count))
    return found
