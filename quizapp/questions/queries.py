"""Finds the questions of a bank with all their versions and keys, and where they are used: for organisers alone."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from quizapp.banks.queries import has_words
from quizapp.db import session
from quizapp.models import (
    AcceptedAnswer,
    AnswerKey,
    Contest,
    Paper,
    PaperSlot,
    Person,
    Picture,
    Question,
    QuestionBank,
    QuestionFigures,
    QuestionVersion,
    Round,
    SuggestedAnswer,
    VersionPicture,
)
from quizapp.rules import permissions
from quizapp.rules.question_content import CHOSEN, OptionContent, PictureContent, QuestionContent
from quizapp.rules.question_review import Standing, review_refusal, state_of
from quizapp.rules.vietnamese import fold
from quizapp.vocabulary import Confidence, Level, Purpose, QuestionKind, QuestionState


@dataclass(frozen=True)
class Listed:
    """A question with its newest version, as lists and its own page show it."""

    question: Question
    version: QuestionVersion
    undescribed: int = 0  # pictures of the version of which nobody said what they show

    @property
    def standing(self) -> Standing:
        used, newest = self.question.current, self.version
        return Standing(
            newest=newest.number,
            in_use=used.number if used else None,
            is_retired=self.question.retired_at is not None,
            is_reviewed=newest.reviewed_at is not None,
            why=newest.why,
            made_by=newest.made_by_id,
        )

    @property
    def state(self) -> QuestionState:
        return state_of(self.standing)

    @property
    def kind(self) -> QuestionKind:
        return QuestionKind(self.version.kind)

    @property
    def level(self) -> Level:
        return Level(self.version.level)


@dataclass(frozen=True)
class Wish:
    """Which questions are wanted; what is empty does not narrow. A topic stands for those below it, too."""

    q: str = ""
    kind: str = ""
    topic: str = ""
    level: str = ""
    tag: str = ""
    state: str = ""
    document: str = ""
    flagged: str = ""
    undescribed: str = ""


@dataclass(frozen=True)
class RoundUse:
    """A round that drew a version, in how many papers."""

    round: Round
    version: int  # its number
    papers: int


def listed(bank: QuestionBank) -> list[Listed]:
    """Return all questions of a bank with their newest versions, in the order in which they came into it."""
    newest = _newest().where(Question.bank_id == bank.id).subquery()
    asked = (
        select(Question, QuestionVersion)
        .join(newest, newest.c.question_id == Question.id)
        .join(QuestionVersion, (QuestionVersion.question_id == Question.id) & (QuestionVersion.number == newest.c.last))
        .options(joinedload(Question.current), selectinload(QuestionVersion.options))
        .order_by(Question.id)
    )
    bare = _undescribed(bank)
    return [Listed(question, version, bare.get(version.id, 0)) for question, version in session.execute(asked)]


def matching(questions: Iterable[Listed], wish: Wish) -> list[Listed]:
    """Return those that are wanted; words are looked for without regard to case, marks and order."""
    words = fold(wish.q).split()
    return [
        each
        for each in questions
        if _fits(each, wish) and (not words or has_words(each.question.ref, each.version, words))
    ]


def one(bank: QuestionBank, question_id: int, *, hold: bool = False) -> Listed | None:
    """Return a question of the bank. hold: nobody else changes it until the transaction ends."""
    asked = select(Question).where(Question.id == question_id, Question.bank_id == bank.id)
    asked = asked.options(selectinload(Question.current))  # PostgreSQL locks no outer-joined row
    question = session.scalar(asked.with_for_update() if hold else asked)
    newest = versions(question)[0] if question else None
    return Listed(question, newest) if question and newest else None


def versions(question: Question) -> Sequence[QuestionVersion]:
    """Return all versions, the newest first."""
    return session.scalars(
        select(QuestionVersion)
        .where(QuestionVersion.question_id == question.id)
        .options(
            selectinload(QuestionVersion.options),
            joinedload(QuestionVersion.made_by),
            joinedload(QuestionVersion.reviewed_by),
        )
        .order_by(QuestionVersion.number.desc())
    ).all()


def content_of(version: QuestionVersion) -> QuestionContent:
    """Return what a version says, with its key."""
    right = set(session.scalars(select(AnswerKey.position).where(AnswerKey.version_id == version.id)))
    accepted = session.execute(
        select(AcceptedAnswer.text, AcceptedAnswer.tolerance)
        .where(AcceptedAnswer.version_id == version.id)
        .order_by(AcceptedAnswer.position)
    ).all()
    pictures = session.execute(
        select(Picture.digest, VersionPicture.position, VersionPicture.alt)
        .join(Picture, Picture.id == VersionPicture.picture_id)
        .where(VersionPicture.version_id == version.id)
        .order_by(VersionPicture.position, VersionPicture.place)
    )
    return QuestionContent(
        kind=QuestionKind(version.kind),
        prompt=version.prompt,
        topic=version.topic,
        level=Level(version.level),
        options=tuple(OptionContent(each.text, each.position in right, each.pinned) for each in version.options),
        explanation=version.explanation,
        source=version.source,
        confidence=Confidence(version.confidence),
        valid_from=version.valid_from,
        valid_to=version.valid_to,
        tags=tuple(version.tags or ()),
        marks=version.marks,
        accepted=tuple(text for text, _ in accepted),
        tolerance=next((tolerance for _, tolerance in accepted), ""),
        case_matters=version.case_matters,
        accents_matter=version.accents_matter,
        suggested=session.scalar(select(SuggestedAnswer.text).where(SuggestedAnswer.version_id == version.id)) or "",
        document=version.document,
        article=version.article,
        clause=version.clause,
        link=version.link,
        pictures=tuple(PictureContent(digest, position, alt) for digest, position, alt in pictures),
    )


def to_review(questions: Iterable[Listed], person_id: int) -> list[Listed]:
    """Return those whose newest version waits for a second person, and this person may be it."""
    open_states = (QuestionState.DRAFT, QuestionState.REVISED)
    return [each for each in questions if each.state in open_states and not review_refusal(each.standing, person_id)]


def drawable(questions: Iterable[Listed]) -> Counter[tuple[str, str]]:
    """Return how many questions contests can draw, by topic and level of the version in use."""
    used = (each.question.current for each in questions)
    return Counter((version.topic, version.level) for version in used if version and version.kind in CHOSEN)


def round_uses(question: Question, viewer: Person) -> list[RoundUse]:
    """Return which rounds drew which version, in how many papers, the newest round first; those the viewer may know."""
    asked = (
        select(Round, QuestionVersion.number, func.count())
        .join(Paper, Paper.round_id == Round.id)
        .join(PaperSlot, PaperSlot.paper_id == Paper.id)
        .join(QuestionVersion, QuestionVersion.id == PaperSlot.version_id)
        .where(QuestionVersion.question_id == question.id)
        .group_by(Round.id, QuestionVersion.number)
        .order_by(Round.opens_at.desc(), QuestionVersion.number)
        .options(selectinload(Round.contest))
    )
    return [
        RoundUse(each, number, papers) for each, number, papers in session.execute(asked) if _may_know(viewer, each)
    ]


def drawing_rounds(bank: QuestionBank, version: QuestionVersion | None, viewer: Person) -> list[Round]:
    """Return the rounds whose rules may draw a version: bank, topic and level fit; those the viewer may know."""
    if version is None or version.kind not in CHOSEN:
        return []
    rounds = session.scalars(
        select(Round).join(Contest).options(joinedload(Round.contest)).order_by(Round.opens_at.desc())
    )
    return [
        each
        for each in rounds
        if _may_know(viewer, each)
        and any(
            draw.bank == bank.code and draw.topic in (None, version.topic) and draw.level in (None, version.level)
            for draw in each.rules.draws
        )
    ]


def _may_know(viewer: Person, round_: Round) -> bool:
    """A bank serves many unions: of a contest that is not public only its organisers know, and nobody of rehearsals."""
    contest = round_.contest
    return round_.purpose != Purpose.REHEARSAL and (
        contest.published_at is not None or permissions.may_organise(viewer, contest)
    )


def figures_of(version_ids: Iterable[int]) -> dict[int, QuestionFigures]:
    found = session.scalars(select(QuestionFigures).where(QuestionFigures.version_id.in_(list(version_ids))))
    return {each.version_id: each for each in found}


def changeable_banks(by: Person) -> list[QuestionBank]:
    """Return the banks whose questions a person may change, by title."""
    banks = session.scalars(
        select(QuestionBank).options(joinedload(QuestionBank.union)).order_by(QuestionBank.title, QuestionBank.id)
    )
    return [bank for bank in banks if permissions.may_change_bank(by, bank)]


def free_ref(bank: QuestionBank) -> str:
    """Return a name for a new question of the bank that no question of it has."""
    taken = set(session.scalars(select(Question.ref).where(Question.bank_id == bank.id)))
    number = len(taken) + 1
    while f"{bank.code}-{number:04d}" in taken:
        number += 1
    return f"{bank.code}-{number:04d}"


def has_ref(bank: QuestionBank, ref: str) -> bool:
    asked = select(Question.id).where(Question.bank_id == bank.id, Question.ref == ref)
    return session.scalar(asked.limit(1)) is not None


def _undescribed(bank: QuestionBank) -> dict[int, int]:
    """Return how many pictures without a description each version has."""
    asked = (
        select(VersionPicture.version_id, func.count())
        .join(QuestionVersion, QuestionVersion.id == VersionPicture.version_id)
        .join(Question, Question.id == QuestionVersion.question_id)
        .where(Question.bank_id == bank.id, func.trim(VersionPicture.alt) == "")
        .group_by(VersionPicture.version_id)
    )
    return dict(session.execute(asked).tuples().all())


def _newest() -> Select[tuple[int, int]]:
    return (
        select(QuestionVersion.question_id, func.max(QuestionVersion.number).label("last"))
        .join(Question, Question.id == QuestionVersion.question_id)
        .group_by(QuestionVersion.question_id)
    )


def _fits(each: Listed, wish: Wish) -> bool:
    version = each.version
    return (
        wish.kind in ("", version.kind)
        and (not wish.topic or version.topic == wish.topic or version.topic.startswith(wish.topic + "/"))
        and wish.level in ("", version.level)
        and (not wish.tag or wish.tag in (version.tags or ()))
        and wish.state in ("", each.state)
        and wish.document in ("", version.document)
        and (not wish.flagged or bool(version.why))
        and (not wish.undescribed or each.undescribed > 0)
    )
