"""Finds banks and their questions, with keys: for organisers and for writing files, never for contestants."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from quizapp.db import session
from quizapp.formats.questions.drafts import BankDraft, OptionDraft, QuestionDraft
from quizapp.models import AnswerKey, Question, QuestionBank, QuestionVersion
from quizapp.rules.vietnamese import fold
from quizapp.vocabulary import Confidence, Level, QuestionKind

ON_A_PAGE = 20


@dataclass(frozen=True)
class ListedBank:
    bank: QuestionBank
    questions: int


@dataclass(frozen=True)
class KeyedQuestion:
    """The current version of a question, with its key as positions of right options."""

    ref: str
    version: QuestionVersion
    right: frozenset[int]

    @property
    def kind(self) -> QuestionKind:
        return QuestionKind(self.version.kind)

    @property
    def level(self) -> Level:
        return Level(self.version.level)

    @property
    def confidence(self) -> Confidence:
        return Confidence(self.version.confidence)


@dataclass(frozen=True)
class Wanted:
    """Which questions of a bank are wanted; what is empty does not narrow. `q`: words to look for."""

    q: str = ""
    topic: str = ""
    level: str = ""


def listed_banks() -> list[ListedBank]:
    """Return all banks by title, each with the number of questions that are in it now."""
    counted = (
        select(QuestionBank, func.count(Question.current_id))
        .outerjoin(Question, Question.bank_id == QuestionBank.id)
        .group_by(QuestionBank.id)
        .order_by(QuestionBank.title)
    )
    return [ListedBank(bank, count) for bank, count in session.execute(counted)]


def bank_of(code: str) -> QuestionBank | None:
    return session.scalar(select(QuestionBank).where(QuestionBank.code == code))


def keyed_questions(bank: QuestionBank, wanted: Wanted | None = None) -> list[KeyedQuestion]:
    """Return the bank's questions that are wanted, in the order in which they came into the bank.

    Words are looked for without regard to case, marks and order, in prompt, options, source and id.
    """
    wanted = wanted or Wanted()
    asked = (
        select(Question)
        .where(Question.bank_id == bank.id, Question.current_id.is_not(None))
        .join(QuestionVersion, QuestionVersion.id == Question.current_id)
        .options(joinedload(Question.current).selectinload(QuestionVersion.options))
        .order_by(Question.id)
    )
    if wanted.topic:
        asked = asked.where(QuestionVersion.topic == wanted.topic)
    if wanted.level:
        asked = asked.where(QuestionVersion.level == wanted.level)
    keys = _keys(bank)
    found = [
        KeyedQuestion(each.ref, each.current, frozenset(keys.get(each.current.id, ())))
        for each in session.scalars(asked)
        if each.current is not None
    ]
    words = fold(wanted.q).split()
    return [each for each in found if not words or _has(each, words)]


def page_of(questions: Sequence[KeyedQuestion], page: int) -> tuple[Sequence[KeyedQuestion], int]:
    """Return a page, from 1, and the number of pages."""
    return questions[(page - 1) * ON_A_PAGE : page * ON_A_PAGE], -(-len(questions) // ON_A_PAGE)


def draft_of(bank: QuestionBank) -> BankDraft:
    """Return the bank as its file would give it."""
    return BankDraft(
        code=bank.code,
        title=bank.title,
        about=bank.about,
        checked_on=bank.checked_on,
        topics=bank.topics,
        questions=tuple(_draft(each, n) for n, each in enumerate(keyed_questions(bank), start=1)),
    )


def _draft(question: KeyedQuestion, n: int) -> QuestionDraft:
    version = question.version
    return QuestionDraft(
        kind=question.kind,
        prompt=version.prompt,
        options=tuple(OptionDraft(each.text, each.position in question.right, each.pinned) for each in version.options),
        explanation=version.explanation,
        source=version.source,
        topic=version.topic,
        level=question.level,
        confidence=question.confidence,
        valid_from=version.valid_from,
        valid_to=version.valid_to,
        ref=question.ref,
        n=n,
    )


def _keys(bank: QuestionBank) -> dict[int, list[int]]:
    asked = (
        select(AnswerKey.version_id, AnswerKey.position)
        .join(Question, Question.current_id == AnswerKey.version_id)
        .where(Question.bank_id == bank.id)
    )
    keys: dict[int, list[int]] = {}
    for version_id, position in session.execute(asked):
        keys.setdefault(version_id, []).append(position)
    return keys


def _has(question: KeyedQuestion, words: Sequence[str]) -> bool:
    version = question.version
    text = fold(" ".join([question.ref, version.prompt, version.source, *(each.text for each in version.options)]))
    return all(word in text for word in words)
