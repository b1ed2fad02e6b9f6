"""Finds banks and their questions, with keys: for organisers and for writing files, never for contestants."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from quizapp.db import session
from quizapp.formats.questions.drafts import BankDraft, Citation, OptionDraft, PictureDraft, QuestionDraft
from quizapp.models import (
    AcceptedAnswer,
    AnswerKey,
    Person,
    Picture,
    Question,
    QuestionBank,
    QuestionImport,
    QuestionVersion,
    SuggestedAnswer,
    VersionPicture,
)
from quizapp.rules import permissions
from quizapp.rules.question_content import STEM
from quizapp.rules.twins import Asked
from quizapp.rules.vietnamese import fold
from quizapp.vocabulary import Confidence, Level, QuestionKind

ON_A_PAGE = 20


@dataclass(frozen=True)
class ListedBank:
    bank: QuestionBank
    questions: int


@dataclass(frozen=True)
class KeyedQuestion:
    """The current version of a question, with its key: positions of right options, or what may be typed."""

    ref: str
    version: QuestionVersion
    right: frozenset[int]
    accepted: Sequence[AcceptedAnswer] = ()
    suggested: str = ""
    pictures: Sequence[VersionPicture] = ()

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


@dataclass(frozen=True)
class Known:
    """A question of a bank as new ones are compared with it."""

    asked: Asked
    digest: str


def listed_banks(by: Person | None = None) -> list[ListedBank]:
    """Return the banks that `by` may use by title, each with the number of questions in use. by: None for a command."""
    counted = (
        select(QuestionBank, func.count(Question.current_id))
        .outerjoin(Question, Question.bank_id == QuestionBank.id)
        .group_by(QuestionBank.id)
        .order_by(QuestionBank.title)
        .options(selectinload(QuestionBank.union))
    )
    found = (ListedBank(bank, count) for bank, count in session.execute(counted))
    return [each for each in found if by is None or permissions.may_use_bank(by, each.bank)]


def bank_of(code: str) -> QuestionBank | None:
    return session.scalar(select(QuestionBank).where(QuestionBank.code == code).options(joinedload(QuestionBank.union)))


def keyed_questions(bank: QuestionBank, wanted: Wanted | None = None) -> list[KeyedQuestion]:
    """Return the bank's questions that are wanted, in the order in which they came into the bank.

    Words are looked for without regard to case, marks and order, in prompt, options, source, law, tags and id.
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
    words = fold(wanted.q).split()
    found = {each.current.id: each for each in session.scalars(asked) if each.current is not None}
    keys, pictures = _keys(bank), _pictures(found)
    accepted, suggested = _rows(AcceptedAnswer, found), _rows(SuggestedAnswer, found)
    return [
        KeyedQuestion(
            ref=each.ref,
            version=each.current,
            right=frozenset(keys.get(number, ())),
            accepted=accepted.get(number, ()),
            suggested="".join(row.text for row in suggested.get(number, ())),
            pictures=pictures.get(number, ()),
        )
        for number, each in found.items()
        if each.current is not None and (not words or has_words(each.ref, each.current, words))
    ]


def has_words(ref: str, version: QuestionVersion, words: Sequence[str]) -> bool:
    """Return whether a question has all the words, folded, wherever they stand in what is told of it."""
    said = [ref, version.prompt, version.source, version.document, *version.tags]
    text = fold(" ".join([*said, *(option.text for option in version.options)]))
    return all(word in text for word in words)


def page_of(questions: Sequence[KeyedQuestion], page: int) -> tuple[Sequence[KeyedQuestion], int]:
    """Return a page, from 1, and the number of pages."""
    return questions[(page - 1) * ON_A_PAGE : page * ON_A_PAGE], -(-len(questions) // ON_A_PAGE)


def draft_of(bank: QuestionBank) -> BankDraft:
    """Return the bank as its file would give it."""
    questions = keyed_questions(bank)
    return BankDraft(
        code=bank.code,
        title=bank.title,
        about=bank.about,
        checked_on=bank.checked_on,
        topics=bank.topics,
        questions=tuple(drafts_of({each.ref: each.version for each in questions}, with_pictures=True)),
    )


def newest_of(bank: QuestionBank) -> dict[str, QuestionVersion]:
    """Return the newest version of each question that is not retired, by the question's id in the bank."""
    asked = (
        select(Question.ref, QuestionVersion)
        .join(QuestionVersion, QuestionVersion.question_id == Question.id)
        .where(Question.bank_id == bank.id, Question.retired_at.is_(None))
        .order_by(QuestionVersion.number)
        .options(selectinload(QuestionVersion.options))
    )
    return dict(session.execute(asked).tuples().all())


def known_questions(bank: QuestionBank) -> dict[str, Known]:
    """Return, by id, what new questions are compared with."""
    newest = newest_of(bank)
    pictures = _pictures(version.id for version in newest.values())
    drafts = drafts_of(newest)
    return {
        draft.ref: Known(asked_of(draft, [each.picture.digest for each in pictures[version.id]]), version.digest)
        for draft, version in zip(drafts, newest.values(), strict=True)
    }


def asked_of(draft: QuestionDraft, pictures: Iterable[str]) -> Asked:
    """Return what a question is compared by. pictures: their digests."""
    options = tuple(option.text for option in draft.options)
    return Asked(draft.prompt, options, (*draft.right_texts, *draft.accepted), tuple(pictures))


def drafts_of(versions: Mapping[str, QuestionVersion], *, with_pictures: bool = False) -> list[QuestionDraft]:
    """Return versions as drafts with their keys. versions: by the id of their question."""
    ids = [version.id for version in versions.values()]
    right = _rows(AnswerKey, ids)
    accepted = _rows(AcceptedAnswer, ids)
    suggested = _rows(SuggestedAnswer, ids)
    pictures = _pictures(ids) if with_pictures else {}
    return [
        _draft(ref, version, n, right[version.id], accepted[version.id], suggested[version.id], pictures)
        for n, (ref, version) in enumerate(versions.items(), start=1)
    ]


def pictures_of(digests: Iterable[str]) -> dict[str, Picture]:
    """Return those of the pictures that are stored, by digest."""
    return {each.digest: each for each in session.scalars(select(Picture).where(Picture.digest.in_([*digests])))}


def imports_of(bank: QuestionBank, by: Person) -> Sequence[QuestionImport]:
    """Return the files that came into a bank, and those that `by` has not imported yet, the newest first."""
    asked = (
        select(QuestionImport)
        .where(QuestionImport.bank_id == bank.id)
        .where(QuestionImport.imported_at.is_not(None) | (QuestionImport.imported_by_id == by.id))
        .options(joinedload(QuestionImport.imported_by))
        .order_by(QuestionImport.id.desc())
    )
    return session.scalars(asked.limit(ON_A_PAGE)).all()


def used_topics(bank: QuestionBank) -> Sequence[str]:
    """Return the codes of topics that versions of the bank's questions are of."""
    asked = select(QuestionVersion.topic).join(Question, Question.id == QuestionVersion.question_id)
    return session.scalars(asked.where(Question.bank_id == bank.id, Question.current_id.is_not(None)).distinct()).all()


def _draft(
    ref: str,
    version: QuestionVersion,
    n: int,
    right: Sequence[AnswerKey],
    accepted: Sequence[AcceptedAnswer],
    suggested: Sequence[SuggestedAnswer],
    pictures: Mapping[int, Sequence[VersionPicture]],
) -> QuestionDraft:
    places = {each.position for each in right}
    cited = (version.document, version.article, version.clause, version.link)
    return QuestionDraft(
        kind=QuestionKind(version.kind),
        prompt=version.prompt,
        options=tuple(OptionDraft(each.text, each.position in places, each.pinned) for each in version.options),
        explanation=version.explanation,
        source=version.source,
        topic=version.topic,
        level=Level(version.level),
        confidence=Confidence(version.confidence),
        valid_from=version.valid_from,
        valid_to=version.valid_to,
        ref=ref,
        marks=version.marks,
        accepted=tuple(each.text for each in accepted),
        tolerance=accepted[0].tolerance if accepted else "",
        case_matters=version.case_matters,
        accents_matter=version.accents_matter,
        suggested=suggested[0].text if suggested else "",
        tags=tuple(version.tags),
        citation=Citation(*cited) if any(cited) else None,
        pictures=tuple(
            PictureDraft(each.alt, each.picture.content, None if each.position == STEM else each.position)
            for each in pictures.get(version.id, ())
        ),
        n=n,
    )


def _rows(kind: type[Any], versions: Iterable[int]) -> dict[int, list[Any]]:
    """Return the rows of a table of keys by version, in their order."""
    found: dict[int, list[Any]] = defaultdict(list)
    order = list(kind.__table__.primary_key)
    for row in session.scalars(select(kind).where(kind.version_id.in_([*versions])).order_by(*order)):
        found[row.version_id].append(row)
    return found


def _pictures(versions: Iterable[int]) -> dict[int, list[VersionPicture]]:
    found: dict[int, list[VersionPicture]] = defaultdict(list)
    asked = select(VersionPicture).where(VersionPicture.version_id.in_([*versions]))
    places = (VersionPicture.version_id, VersionPicture.place)
    for row in session.scalars(asked.options(joinedload(VersionPicture.picture)).order_by(*places)):
        found[row.version_id].append(row)
    return found


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
