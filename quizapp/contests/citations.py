"""Which questions that a contest may draw cite a text of law that does not hold on the day when their round opens."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from quizapp.db import session
from quizapp.models import CitationWaiver, Contest, LegalDocument, Question, QuestionBank, QuestionVersion
from quizapp.rules.citations import LawSpan, law_key, why_not_in_force
from quizapp.rules.contest_rules import ContestRules, RoundRules


@dataclass(frozen=True)
class StaleCitation:
    """A question that a round may draw, though what it cites does not hold on the day when the round opens."""

    question: Question
    version: QuestionVersion
    bank: str
    round_key: str
    reason: str


@dataclass(frozen=True)
class ToldCitation:
    """What the register says of a text that a question cites."""

    law: LegalDocument | None
    reason: str  # why it does not hold on the day, '': it does, or nobody knows


def register() -> dict[str, LegalDocument]:
    """Return the texts of the register by what spellings of their numbers share."""
    return {law_key(law.number): law for law in session.scalars(select(LegalDocument).order_by(LegalDocument.id))}


def told(document: str, on: date) -> ToldCitation | None:
    """Return what the register says of a cited text; None when nothing is cited."""
    if not document:
        return None
    law = register().get(law_key(document))
    return ToldCitation(law, why_not_in_force(_span(law), on) if law else "")


def not_in_force(on: date) -> dict[str, str]:
    """Return the texts of the register that do not hold on a day: key of the number → why."""
    reasons = {key: why_not_in_force(_span(law), on) for key, law in register().items()}
    return {key: reason for key, reason in reasons.items() if reason}


def barred(on: date, contest_id: int | None) -> frozenset[int]:
    """Return the versions in use that a contest must not draw: what they cite does not hold, and nobody signed."""
    old = not_in_force(on)
    if not old:
        return frozenset()
    asked = (
        select(Question.id, QuestionVersion.id, QuestionVersion.document)
        .join(QuestionVersion, QuestionVersion.id == Question.current_id)
        .where(QuestionVersion.document != "")
    )
    found = [(question, version) for question, version, cited in session.execute(asked) if law_key(cited) in old]
    allowed = _signed(contest_id) if found else frozenset()
    return frozenset(version for question, version in found if question not in allowed)


def stale(rules: ContestRules) -> list[StaleCitation]:
    """Return, round by round, the questions that may be drawn and cite a text out of force, signed or not."""
    return [found for each in rules.rounds for found in _of_round(each, ZoneInfo(rules.timezone))]


def waivers(contest: Contest) -> Mapping[int, CitationWaiver]:
    """Return what was signed for, by question."""
    found = session.scalars(select(CitationWaiver).where(CitationWaiver.contest_id == contest.id))
    return {each.question_id: each for each in found}


def _signed(contest_id: int | None) -> frozenset[int]:
    if contest_id is None:
        return frozenset()
    return frozenset(session.scalars(select(CitationWaiver.question_id).where(CitationWaiver.contest_id == contest_id)))


def _of_round(rules: RoundRules, zone: ZoneInfo) -> Iterator[StaleCitation]:
    old = not_in_force(rules.opens_at.astimezone(zone).date())
    asked = (
        select(Question, QuestionVersion, QuestionBank.code)
        .join(QuestionVersion, QuestionVersion.id == Question.current_id)
        .join(QuestionBank, QuestionBank.id == Question.bank_id)
        .where(QuestionVersion.document != "", QuestionBank.code.in_({draw.bank for draw in rules.draws}))
        .options(joinedload(Question.current))
        .order_by(Question.id)
    )
    for question, version, bank in session.execute(asked) if old else ():
        drawn = any(
            draw.bank == bank and draw.topic in (None, version.topic) and draw.level in (None, version.level)
            for draw in rules.draws
        )
        if drawn and law_key(version.document) in old:
            yield StaleCitation(question, version, bank, rules.key, old[law_key(version.document)])


def _span(law: LegalDocument) -> LawSpan:
    return LawSpan(law.number, law.in_force_from, law.in_force_to, law.replaced_by)
