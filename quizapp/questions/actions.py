"""Changes questions: saves the next version, reviews, puts into use, retires, copies, moves; every act is audited."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from quizapp.banks.writing import write_version
from quizapp.db import session
from quizapp.errors import ChangedMeanwhile, QuestionRefused
from quizapp.models import AuditEvent, Person, Question, QuestionBank, QuestionVersion
from quizapp.questions import queries
from quizapp.questions.queries import Listed
from quizapp.rules.question_content import QuestionContent, lacks
from quizapp.rules.question_review import review_refusal, use_refusal
from quizapp.rules.question_typing import topic_line


def make(bank: QuestionBank, content: QuestionContent, *, note: str = "", by: Person, now: datetime) -> Listed:
    """Make a question with its first version, a draft. note: what is still to be done, '': nothing."""
    question = Question(bank_id=bank.id, ref=queries.free_ref(bank))
    session.add(question)
    session.flush()
    made = Listed(question, write_version(question, content, why=_why(content, note), by=by, now=now))
    _audit("make_question", made, bank, by, now)
    return made


def save(
    bank: QuestionBank,
    question_id: int,
    content: QuestionContent,
    *,
    base: int,
    note: str = "",
    by: Person,
    now: datetime,
) -> Listed:
    """Save what was made of version `base` as the next; the same content makes none. Return how the question stands.

    Raises ChangedMeanwhile when a version came after `base`.
    """
    there = _held(bank, question_id)
    if there.version.number != base:
        raise ChangedMeanwhile()
    why = _why(content, note)
    if queries.content_of(there.version) == content and there.version.why == why:
        return there
    made = Listed(there.question, write_version(there.question, content, why=why, by=by, now=now))
    _audit("edit_question", made, bank, by, now)
    return made


def remake(bank: QuestionBank, question_id: int, number: int, *, by: Person, now: datetime) -> Listed:
    """Make a former version the newest again, as a draft. Raises QuestionRefused when there is no such version."""
    there = _held(bank, question_id)
    former = next((each for each in queries.versions(there.question) if each.number == number), None)
    if former is None or former.number == there.version.number:
        raise QuestionRefused(why="Xin chọn một bản cũ hơn bản mới nhất.")
    version = write_version(there.question, queries.content_of(former), why=former.why, by=by, now=now)
    made = Listed(there.question, version)
    _audit("remake_question", made, bank, by, now, former=number)
    return made


def review(bank: QuestionBank, question_id: int, *, number: int, by: Person, now: datetime) -> Listed:
    """Sign the newest version as a second person. Raises QuestionRefused; ChangedMeanwhile when it is not `number`."""
    there = _held(bank, question_id, number)
    if refused := review_refusal(there.standing, by.id):
        raise QuestionRefused(why=refused)
    there.version.reviewed_by_id, there.version.reviewed_at = by.id, now
    _audit("review_question", there, bank, by, now)
    return there


def use(bank: QuestionBank, question_id: int, *, number: int, by: Person, now: datetime) -> Listed:
    """Put the newest version into use. Raises QuestionRefused; ChangedMeanwhile when it is not `number`."""
    there = _held(bank, question_id, number)
    if refused := use_refusal(there.standing, needs_review=bank.needs_review):
        raise QuestionRefused(why=refused)
    _set_current(there.question, there.version)
    there.question.retired_at = None
    _audit("use_question", there, bank, by, now)
    return there


def retire(bank: QuestionBank, question_id: int, *, by: Person, now: datetime) -> Listed:
    """Take a question out: no paper draws it any more, papers that have it stay."""
    there = _held(bank, question_id)
    _set_current(there.question, None)
    there.question.retired_at = now
    _audit("retire_question", there, bank, by, now)
    return there


def restore(bank: QuestionBank, question_id: int, *, by: Person, now: datetime) -> Listed:
    """Bring a retired question back, as a draft or as reviewed: to be drawn it must be put into use."""
    there = _held(bank, question_id)
    there.question.retired_at = None
    _audit("restore_question", there, bank, by, now)
    return there


def copy(bank: QuestionBank, question_id: int, *, by: Person, now: datetime) -> Listed:
    """Make a new question of the bank that says what the newest version of another says."""
    there = _held(bank, question_id)
    return make(bank, queries.content_of(there.version), note=there.version.why, by=by, now=now)


def move(bank: QuestionBank, question_id: int, to: QuestionBank, *, by: Person, now: datetime) -> Listed:
    """Move a question with its versions to another bank; its topics go with it, its ref changes where it is taken."""
    there = _held(bank, question_id)
    if to.id == bank.id:
        raise QuestionRefused(why="Câu hỏi đã ở trong ngân hàng này rồi.")
    topics = dict(to.topics)
    for version in queries.versions(there.question):
        for code in topic_line(version.topic):
            topics.setdefault(code, bank.topics.get(code, code.rpartition("/")[2]))
    to.topics = topics
    if queries.has_ref(to, there.question.ref):
        there.question.ref = queries.free_ref(to)
    there.question.bank_id = to.id
    used = there.question.current
    if to.needs_review and used is not None and used.reviewed_at is None:
        _set_current(there.question, None)
    _audit("move_question", there, bank, by, now, to=to.code)
    return there


def keep_topics(bank: QuestionBank, topics: Mapping[str, str]) -> None:
    """Add topics, code → name, that the bank does not have."""
    if set(topics) - set(bank.topics):
        bank.topics = {**topics, **bank.topics}


def _why(content: QuestionContent, note: str) -> str:
    sentences = [sentence for _, sentence in lacks(content)]
    return " ".join([*sentences, note] if note not in sentences else sentences).strip()


def _held(bank: QuestionBank, question_id: int, number: int | None = None) -> Listed:
    there = queries.one(bank, question_id, hold=True)
    if there is None or number not in (None, there.version.number):
        raise ChangedMeanwhile()
    return there


def _set_current(question: Question, version: QuestionVersion | None) -> None:
    question.current = version
    question.current_id = version.id if version else None


def _audit(action: str, listed: Listed, bank: QuestionBank, by: Person, now: datetime, **more: Any) -> None:
    details = {"ref": listed.question.ref, "version": listed.version.number, **more}
    subject = f"bank:{bank.code}"
    session.add(AuditEvent(at=now, actor_id=by.id, action=action, subject=subject, details=details))
    session.flush()
