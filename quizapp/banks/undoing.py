"""Takes back an import whole: questions new with it go, those that it changed get their former version."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select

from quizapp.banks.storing import held_bank
from quizapp.db import session
from quizapp.models import (
    AcceptedAnswer,
    AnswerKey,
    AnswerOption,
    AuditEvent,
    CitationWaiver,
    PaperSlot,
    Person,
    Question,
    QuestionBank,
    QuestionFigures,
    QuestionImport,
    QuestionVersion,
    SuggestedAnswer,
    VersionPicture,
)
from quizapp.refusals import ImportChangedSince, ImportGone

UNDONE = "Lần nhập tệp mang bản này vào đã được hoàn tác."
OF_A_VERSION = (AnswerKey, AnswerOption, AcceptedAnswer, SuggestedAnswer, VersionPicture, QuestionFigures)
MOST_NAMED = 5


def undo(brought: QuestionImport, *, by: Person | None, now: datetime) -> int:
    """Take an import back and return of how many questions. What a paper drew is kept, though no longer in use.

    Raises ImportGone when it was undone already, ImportChangedSince when somebody changed one of its questions.
    """
    bank = held_bank(brought.bank.code)
    session.refresh(brought, with_for_update=True)
    if bank is None or brought.imported_at is None or brought.undone_at is not None:
        raise ImportGone()
    before: dict[str, dict[str, Any]] = brought.before["questions"]
    ids = [int(each) for each in before]
    questions = {each.id: each for each in session.scalars(select(Question).where(Question.id.in_(ids)))}
    _refuse_changed(questions, before)
    drawn = _drawn(ids)
    for question_id, was in before.items():
        _restore(questions[int(question_id)], was, drawn, now=now)
    session.flush()
    _drop_topics(bank, brought.before["topics"])
    brought.undone_at = now
    details = {"import": brought.id, "file": brought.file_name, "questions": len(before)}
    event = {"action": "undo_import", "subject": f"bank:{bank.code}", "details": details}
    session.add(AuditEvent(at=now, actor_id=by.id if by else None, **event))
    session.flush()
    return len(before)


def _refuse_changed(questions: Mapping[int, Question], before: Mapping[str, Mapping[str, Any]]) -> None:
    newest = dict(
        session.execute(
            select(QuestionVersion.question_id, func.max(QuestionVersion.id))
            .where(QuestionVersion.question_id.in_(questions))
            .group_by(QuestionVersion.question_id)
        )
        .tuples()
        .all()
    )
    changed = [
        questions[int(each)].ref if int(each) in questions else each
        for each, was in before.items()
        if int(each) not in questions
        or questions[int(each)].current_id != was["now"]
        or (questions[int(each)].retired_at is not None) != (was["retired"] and was["now"] == was["was"])
        or newest.get(int(each)) != was["newest"]
    ]
    if changed:
        more = f" và {len(changed) - MOST_NAMED} câu nữa" if len(changed) > MOST_NAMED else ""
        raise ImportChangedSince(questions=", ".join(changed[:MOST_NAMED]) + more)


def _drawn(ids: Sequence[int]) -> set[int]:
    """Return which versions of these questions somebody relies on: a paper, or who signed for a citation."""
    of_them = select(QuestionVersion.id).where(QuestionVersion.question_id.in_(ids))
    drawn = {*session.scalars(select(PaperSlot.version_id).where(PaperSlot.version_id.in_(of_them)).distinct())}
    signed = select(QuestionVersion.id).join(CitationWaiver, CitationWaiver.question_id == QuestionVersion.question_id)
    return drawn | {*session.scalars(signed.where(QuestionVersion.question_id.in_(ids)))}


def _restore(question: Question, was: Mapping[str, Any], drawn: set[int], *, now: datetime) -> None:
    question.current_id = was["was"]
    question.retired_at = now if was["retired"] else None
    made = was["made"]
    session.flush()
    if made in drawn:
        version = session.get_one(QuestionVersion, made)
        version.why = UNDONE
        if was["new"]:
            question.retired_at = now
        return
    if made is not None:
        for kind in OF_A_VERSION:
            session.execute(delete(kind).where(kind.version_id == made))
        session.execute(delete(QuestionVersion).where(QuestionVersion.id == made))
        if was["new"]:
            session.execute(delete(Question).where(Question.id == question.id))


def _drop_topics(bank: QuestionBank, added: Sequence[str]) -> None:
    """Take the topics out that came with the import and that no question is of."""
    asked = select(QuestionVersion.topic).join(Question, Question.id == QuestionVersion.question_id)
    used = {*session.scalars(asked.where(Question.bank_id == bank.id).distinct())}
    bank.topics = {code: name for code, name in bank.topics.items() if code in used or code not in added}
