"""Keeps the register of laws, and who signed for a question that cites a text out of force."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from quizapp.contests import citations
from quizapp.db import session
from quizapp.errors import QuestionRefused
from quizapp.models import AuditEvent, CitationWaiver, Contest, LegalDocument, Person
from quizapp.rules.citations import law_key


@dataclass(frozen=True)
class LawFacts:
    """What is known of a text; `in_force_to`: its last day, None: still in force or nobody knows."""

    number: str
    title: str
    issued_on: date | None = None
    in_force_from: date | None = None
    in_force_to: date | None = None
    replaced_by: str = ""
    link: str = ""


def keep(facts: LawFacts, law: LegalDocument | None, *, by: Person | None, now: datetime) -> LegalDocument:
    """Add a text to the register, or change one. Raises QuestionRefused when another entry has the number."""
    there = citations.register().get(law_key(facts.number))
    if there is not None and there is not law:
        raise QuestionRefused(why=f"Văn bản số {there.number} đã có trong danh mục: “{there.title}”. Xin sửa mục đó.")
    kept = law or LegalDocument()
    before = {} if law is None else _said(law)
    for name, value in vars(facts).items():
        setattr(kept, name, value)
    kept.changed_by_id, kept.changed_at = by.id if by else None, now
    session.add(kept)
    session.flush()
    _audit("change_law" if before else "add_law", f"law:{kept.number}", before | {"now": _said(kept)}, by, now)
    return kept


def load(laws: Sequence[LawFacts], *, now: datetime) -> list[str]:
    """Add the texts that the register lacks; what is there stays as people left it. Return the numbers added."""
    there = set(citations.register())
    added = [facts for facts in laws if law_key(facts.number) not in there]
    for facts in added:
        keep(facts, None, by=None, now=now)
    return [facts.number for facts in added]


def sign(contest: Contest, question_id: int, reason: str, *, by: Person, now: datetime) -> None:
    """Sign that a contest may ask a question though what it cites is out of force. Raises QuestionRefused."""
    if question_id not in {each.question.id for each in citations.stale(contest.rules)}:
        raise QuestionRefused(why="Câu này không cần ký xác nhận. Xin tải lại trang.")
    kept = session.get(CitationWaiver, (contest.id, question_id)) or CitationWaiver(
        contest_id=contest.id, question_id=question_id
    )
    kept.reason, kept.signed_by_id, kept.signed_at = reason, by.id, now
    session.add(kept)
    session.flush()
    details = {"question": question_id, "reason": reason}
    _audit("sign_citation", f"contest:{contest.slug}", details, by, now)


def withdraw(contest: Contest, question_id: int, *, by: Person, now: datetime) -> None:
    """Take a signature back: from now on no paper draws the question. Papers that have it stay."""
    kept = session.get(CitationWaiver, (contest.id, question_id))
    if kept is not None:
        session.delete(kept)
        session.flush()
        _audit("withdraw_citation", f"contest:{contest.slug}", {"question": question_id}, by, now)


def _said(law: LegalDocument) -> dict[str, str]:
    return {name: str(getattr(law, name) or "") for name in LawFacts.__dataclass_fields__}


def _audit(action: str, subject: str, details: Mapping[str, object], by: Person | None, now: datetime) -> None:
    who = by.id if by else None
    session.add(AuditEvent(at=now, actor_id=who, action=action, subject=subject, details=dict(details)))
    session.flush()
