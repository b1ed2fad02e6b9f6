"""Loads banks from drafts: a question that changed gets a new version, one that is gone is taken out but kept."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime

from sqlalchemy import select

from quizapp.db import session
from quizapp.formats.questions.drafts import BankDraft, QuestionDraft
from quizapp.models import AnswerKey, AnswerOption, AuditEvent, Person, Question, QuestionBank, QuestionVersion


@dataclass
class Loaded:
    """What loading a bank did, by the ids of its questions."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    taken_out: list[str] = field(default_factory=list)


def load_bank(draft: BankDraft, *, now: datetime, by: Person | None = None) -> Loaded:
    """Make the bank of a draft, or bring the one with its code to the draft; return what changed.

    A version that is stored is never changed: papers point at it. by: None for a command on the server.
    """
    bank = _locked(draft.code) or QuestionBank(code=draft.code)
    bank.title, bank.about, bank.checked_on = draft.title, draft.about, draft.checked_on
    bank.topics = dict(draft.topics)
    session.add(bank)
    session.flush()
    stored = _stored(bank)
    loaded = _write(bank, stored, draft.questions)
    kept = {question.ref for question in draft.questions}
    for ref, question in stored.items():
        if ref not in kept and question.current_id is not None:
            question.current_id = None
            loaded.taken_out.append(ref)
    return _finish(bank, loaded, "load_bank", now, by)


def add_questions(draft: BankDraft, *, now: datetime, by: Person | None = None) -> Loaded:
    """Add a draft's questions to the bank with its code, which is made when there is none; return what changed.

    Questions with an id that the bank has get a new version when they differ; all others of the bank stay.
    """
    bank = _locked(draft.code)
    if bank is None:
        return load_bank(draft, now=now, by=by)
    bank.topics = {**draft.topics, **bank.topics}
    loaded = _write(bank, _stored(bank), draft.questions)
    return _finish(bank, loaded, "import_questions", now, by)


def _locked(code: str) -> QuestionBank | None:
    """Hold the bank: two loads of it come one after the other."""
    return session.scalar(select(QuestionBank).where(QuestionBank.code == code).with_for_update())


def _stored(bank: QuestionBank) -> dict[str, Question]:
    return {each.ref: each for each in session.scalars(select(Question).where(Question.bank_id == bank.id))}


def _newest(bank: QuestionBank) -> dict[int, QuestionVersion]:
    """Return the newest version of each question, which a question that was taken out has, too."""
    asked = (
        select(QuestionVersion)
        .join(Question, Question.id == QuestionVersion.question_id)
        .where(Question.bank_id == bank.id)
        .order_by(QuestionVersion.number)
    )
    return {version.question_id: version for version in session.scalars(asked)}


def _write(bank: QuestionBank, stored: dict[str, Question], drafts: Iterable[QuestionDraft]) -> Loaded:
    loaded = Loaded()
    newest = _newest(bank)
    for draft in drafts:
        question = stored.get(draft.ref)
        if question is None:
            question = Question(bank_id=bank.id, ref=draft.ref)
            session.add(question)
            session.flush()
        kept = newest.get(question.id)
        if kept is not None and kept.digest == draft.digest:
            (loaded.same if question.current_id == kept.id else loaded.changed).append(draft.ref)
            question.current_id = kept.id
        else:
            (loaded.changed if kept else loaded.new).append(draft.ref)
            question.current_id = _version(question, draft, number=kept.number + 1 if kept else 1).id
    session.flush()
    return loaded


def _version(question: Question, draft: QuestionDraft, *, number: int) -> QuestionVersion:
    version = QuestionVersion(
        question_id=question.id,
        number=number,
        kind=draft.kind.value,
        topic=draft.topic,
        level=draft.level.value,
        prompt=draft.prompt,
        explanation=draft.explanation,
        source=draft.source,
        confidence=draft.confidence.value,
        valid_from=draft.valid_from,
        valid_to=draft.valid_to,
        digest=draft.digest,
        options=[
            AnswerOption(position=position, text=option.text, pinned=option.pinned)
            for position, option in enumerate(draft.options)
        ],
    )
    session.add(version)
    session.flush()
    right = (position for position, option in enumerate(draft.options) if option.right)
    session.add_all(AnswerKey(version_id=version.id, position=position) for position in right)
    return version


def _finish(bank: QuestionBank, loaded: Loaded, action: str, now: datetime, by: Person | None) -> Loaded:
    details = {key: refs for key, refs in asdict(loaded).items() if key != "same"}
    event = AuditEvent(
        at=now, actor_id=by.id if by else None, action=action, subject=f"bank:{bank.code}", details=details
    )
    session.add(event)
    session.flush()
    return loaded
