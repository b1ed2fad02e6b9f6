"""Makes banks, changes what is said of them, loads them whole: what a bank file no longer has is taken out but kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from quizapp.banks.storing import (
    UNCLEAR,
    content_of,
    digest_of,
    held_bank,
    keep_pictures,
    made_anew,
    new_question,
    newest_versions,
    stored_questions,
)
from quizapp.banks.writing import write_version
from quizapp.db import session
from quizapp.errors import BadFile, RowProblem
from quizapp.formats.questions.drafts import BankDraft, QuestionDraft
from quizapp.models import AuditEvent, Person, Question, QuestionBank, TradeUnion
from quizapp.refusals import BankCodeTaken


@dataclass
class Loaded:
    """What loading a bank did, by the ids of its questions."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    taken_out: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Head:
    """What is said of a bank. `topics`: code → name."""

    title: str
    about: str
    topics: dict[str, str]
    needs_review: bool = False


def make_bank(code: str, head: Head, union: TradeUnion | None, *, by: Person | None, now: datetime) -> QuestionBank:
    """Make an empty bank of a union; without one it is for all organisers. Raises BankCodeTaken."""
    if held_bank(code):
        raise BankCodeTaken(code=code)
    bank = QuestionBank(code=code, union_id=union.id if union else None, **_facts(head))
    session.add(bank)
    session.flush()
    _tell("make_bank", bank, {"title": head.title, "union": union.code if union else None}, by=by, now=now)
    return bank


def change_bank(bank: QuestionBank, head: Head, *, by: Person | None, now: datetime) -> None:
    """Change what is said of a bank. Topics that questions are of stay: the caller gives them."""
    changed = {name: value for name, value in _facts(head).items() if getattr(bank, name) != value}
    for name, value in changed.items():
        setattr(bank, name, value)
    _tell("change_bank", bank, {"changed": sorted(changed)}, by=by, now=now)


def load_bank(draft: BankDraft, *, now: datetime, by: Person | None = None) -> Loaded:
    """Make the bank of a draft, or bring the one with its code to the draft; return what changed.

    A version that is stored is never changed: papers point at it. by: None for a command on the server. Raises BadFile.
    """
    bank = held_bank(draft.code) or QuestionBank(code=draft.code)
    bank.title, bank.about, bank.checked_on = draft.title, draft.about, draft.checked_on
    bank.topics = dict(draft.topics)
    session.add(bank)
    session.flush()
    stored = stored_questions(bank)
    loaded = _write(bank, stored, _drawn(draft.questions), by=by, now=now)
    kept = {question.ref for question in draft.questions}
    for ref, question in stored.items():
        if ref not in kept and question.current_id is not None:
            question.current_id, question.retired_at = None, now
            loaded.taken_out.append(ref)
    _tell("load_bank", bank, {key: refs for key, refs in asdict(loaded).items() if key != "same"}, by=by, now=now)
    return loaded


def _write(
    bank: QuestionBank,
    stored: Mapping[str, Question],
    drafts: Iterable[QuestionDraft],
    *,
    by: Person | None,
    now: datetime,
) -> Loaded:
    loaded = Loaded()
    newest = newest_versions(bank)
    for draft in drafts:
        question = stored.get(draft.ref) or new_question(bank, draft.ref)
        kept = newest.get(question.id)
        why = (draft.why or UNCLEAR) if draft.flagged else ""
        if kept is not None and kept.digest == digest_of(draft) and (why or not kept.why):
            is_same = draft.flagged or question.current_id == kept.id
            (loaded.same if is_same else loaded.changed).append(draft.ref)
        else:
            (loaded.changed if kept else loaded.new).append(draft.ref)
            number = kept.number + 1 if kept else 1
            kept = write_version(question, content_of(draft), number=number, why=why, by=by, now=now)
        if not draft.flagged:
            question.current_id, question.retired_at = kept.id, None
    session.flush()
    return loaded


def _drawn(drafts: Sequence[QuestionDraft]) -> list[QuestionDraft]:
    """Return the drafts with their pictures made anew, and store these. Raises BadFile."""
    contents = [(draft, each.content) for draft in drafts for each in draft.pictures]
    made = made_anew([content for _, content in contents])
    pairs = [*zip(contents, made, strict=True)]
    if problems := [RowProblem(draft.row, draft.ref, why) for (draft, _), why in pairs if isinstance(why, str)]:
        raise BadFile(problems)
    drawn = [each for each in made if not isinstance(each, str)]
    keep_pictures(drawn)
    left = iter(drawn)
    return [
        replace(draft, pictures=tuple(replace(each, content=next(left).content) for each in draft.pictures))
        for draft in drafts
    ]


def _facts(head: Head) -> dict[str, Any]:
    return {"title": head.title, "about": head.about, "topics": head.topics, "needs_review": head.needs_review}


def _tell(action: str, bank: QuestionBank, details: dict[str, Any], *, by: Person | None, now: datetime) -> None:
    actor = by.id if by else None
    session.add(AuditEvent(at=now, actor_id=actor, action=action, subject=f"bank:{bank.code}", details=details))
    session.flush()
