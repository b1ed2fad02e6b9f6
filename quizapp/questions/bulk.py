"""One change to many questions of a bank: first what it would do to which, then the doing, then the undoing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from quizapp.banks.writing import write_version
from quizapp.db import session
from quizapp.errors import ChangedMeanwhile, QuestionRefused
from quizapp.models import AuditEvent, Person, Question, QuestionBank, QuestionVersion
from quizapp.models.base import from_microseconds, to_microseconds
from quizapp.questions import queries
from quizapp.questions.queries import Listed
from quizapp.rules.question_content import QuestionContent
from quizapp.rules.question_review import use_refusal
from quizapp.vocabulary import BulkChange, Level, QuestionState

NOTHING_NEW = "đã như vậy rồi"


@dataclass(frozen=True)
class Change:
    """What is to be done. `value`: the topic's code, the level; `tags`: for tags."""

    what: BulkChange
    value: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What a change does to which questions, and which it leaves alone, with the reason."""

    change: Change
    done: list[Listed]
    left: list[tuple[Listed, str]]


def plan(bank: QuestionBank, ids: Collection[int], change: Change) -> Plan:
    """Return what the change would do to these questions of the bank. Raises QuestionRefused when it says nothing."""
    if change.what is BulkChange.TOPIC and change.value not in bank.topics:
        raise QuestionRefused(why="Xin chọn chủ đề mới cho các câu.")
    if change.what is BulkChange.LEVEL and change.value not in list(Level):
        raise QuestionRefused(why="Xin chọn mức độ mới cho các câu.")
    if change.what in (BulkChange.ADD_TAGS, BulkChange.DROP_TAGS) and not change.tags:
        raise QuestionRefused(why="Xin ghi nhãn cần thêm hoặc bỏ.")
    chosen = [each for each in queries.listed(bank) if each.question.id in ids]
    refused = {each.question.id: _refusal(bank, each, change) for each in chosen}
    return Plan(
        change,
        [each for each in chosen if not refused[each.question.id]],
        [(each, refused[each.question.id]) for each in chosen if refused[each.question.id]],
    )


def carry_out(bank: QuestionBank, made: Plan, *, by: Person, now: datetime) -> AuditEvent:
    """Do what a plan says; return the event by which it can be undone."""
    before = {str(each.question.id): _state(each.question, each.version) for each in made.done}
    after = {}
    for each in made.done:
        newest = _do(bank, each, made.change, by, now)
        after[str(each.question.id)] = _state(each.question, newest)
    details = {"what": made.change.what.value, "value": made.change.value, "tags": list(made.change.tags)}
    return _audit("change_questions", bank, {**details, "before": before, "after": after}, by, now)


def undo(bank: QuestionBank, event_id: int, *, by: Person, now: datetime) -> int:
    """Take a bulk change back, all or nothing; return how many. Raises ChangedMeanwhile and QuestionRefused."""
    event = session.get(AuditEvent, event_id)
    if event is None or event.subject != f"bank:{bank.code}" or event.action != "change_questions":
        raise QuestionRefused(why="Không tìm thấy lần thay đổi này trong ngân hàng.")
    before: Mapping[str, Any] = event.details["before"]
    after: Mapping[str, Any] = event.details["after"]
    held = {key: queries.one(bank, int(key), hold=True) for key in after}
    there = {key: each for key, each in held.items() if each is not None}
    if len(there) < len(after) or any(_state(x.question, x.version) != after[key] for key, x in there.items()):
        raise ChangedMeanwhile()
    for key, each in there.items():
        _put_back(each, before[key], by, now)
    _audit("undo_change_questions", bank, {"event": event.id, "questions": len(there)}, by, now)
    return len(there)


def _refusal(bank: QuestionBank, each: Listed, change: Change) -> str:
    version, what = each.version, change.what
    if what is BulkChange.USE:
        return use_refusal(each.standing, needs_review=bank.needs_review)
    if what is BulkChange.RETIRE:
        return "đã rút rồi" if each.state is QuestionState.RETIRED else ""
    if what is BulkChange.RESTORE:
        return "" if each.state is QuestionState.RETIRED else "không phải câu đã rút"
    same = {
        BulkChange.TOPIC: version.topic == change.value,
        BulkChange.LEVEL: version.level == change.value,
        BulkChange.ADD_TAGS: set(change.tags) <= set(version.tags),
        BulkChange.DROP_TAGS: not set(change.tags) & set(version.tags),
    }
    return NOTHING_NEW if same.get(what) else ""


def _do(bank: QuestionBank, each: Listed, change: Change, by: Person, now: datetime) -> QuestionVersion:
    question, version = each.question, each.version
    if change.what is BulkChange.USE:
        _set(question, version, None)
    elif change.what is BulkChange.RETIRE:
        _set(question, None, now)
    elif change.what is BulkChange.RESTORE:
        _set(question, None, None)
    else:
        content = _changed(queries.content_of(version), change)
        made = write_version(question, content, why=version.why, by=by, now=now)
        if question.current_id == version.id and not bank.needs_review:
            _set(question, made, None)
        return made
    return version


def _changed(content: QuestionContent, change: Change) -> QuestionContent:
    if change.what is BulkChange.TOPIC:
        return replace(content, topic=change.value)
    if change.what is BulkChange.LEVEL:
        return replace(content, level=Level(change.value))
    if change.what is BulkChange.ADD_TAGS:
        return replace(content, tags=tuple(dict.fromkeys([*content.tags, *change.tags])))
    return replace(content, tags=tuple(tag for tag in content.tags if tag not in change.tags))


def _put_back(each: Listed, before: list[int | None], by: Person, now: datetime) -> None:
    """Give a question the state from before: a version that came by the change is followed by the former one anew."""
    newest_id, current_id, retired = before
    current = session.get(QuestionVersion, current_id) if current_id else None
    if newest_id != each.version.id:
        former = session.get_one(QuestionVersion, newest_id)
        made = write_version(each.question, queries.content_of(former), why=former.why, by=by, now=now)
        # What was reviewed is what stands now: word for word the same.
        made.reviewed_by_id, made.reviewed_at = former.reviewed_by_id, former.reviewed_at
        current = made if current is former else current
    _set(each.question, current, None if retired is None else from_microseconds(retired))


def _state(question: Question, newest: QuestionVersion) -> list[int | None]:
    retired = question.retired_at
    return [newest.id, question.current_id, None if retired is None else to_microseconds(retired)]


def _set(question: Question, version: QuestionVersion | None, retired_at: datetime | None) -> None:
    question.current, question.retired_at = version, retired_at
    question.current_id = version.id if version else None


def _audit(action: str, bank: QuestionBank, details: dict[str, Any], by: Person, now: datetime) -> AuditEvent:
    event = AuditEvent(at=now, actor_id=by.id, action=action, subject=f"bank:{bank.code}", details=details)
    session.add(event)
    session.flush()
    return event
