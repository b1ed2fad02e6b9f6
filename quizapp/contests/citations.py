"""Which questions that a contest may draw cite a text of law that does not hold on the day when their round opens."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from quizapp.db import session
from quizapp.models import CitationWaiver, Contest, LegalDocument, Question, QuestionBank, QuestionVersion
from quizapp.rules.citations import LawSpan, law_key, why_not_in_force
from quizapp.rules.contest_rules import ContestRules
from quizapp.rules.drawing import fits
from quizapp.rules.round_rules import RoundRules

SPAN = (LegalDocument.number, LegalDocument.in_force_from, LegalDocument.in_force_to, LegalDocument.replaced_by)


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
    asked = select(*SPAN).order_by(LegalDocument.id)
    spans = {law_key(number): LawSpan(number, *rest) for number, *rest in session.execute(asked)}
    reasons = {key: why_not_in_force(span, on) for key, span in spans.items()}
    return {key: reason for key, reason in reasons.items() if reason}


def barred(rules: RoundRules, on: date, contest_id: int | None) -> frozenset[int]:
    """Return the versions in use that a round must not draw: what they cite does not hold, and nobody signed.

    Asked at every start of an attempt: a bank cites few texts, so that only their names are looked through.
    """
    old = not_in_force(on)
    if not old:
        return frozenset()
    cited = [
        each for each in session.scalars(_cited(rules, QuestionVersion.document).distinct()) if law_key(each) in old
    ]
    if not cited:
        return frozenset()
    found = session.execute(_cited(rules, Question.id, QuestionVersion.id).where(QuestionVersion.document.in_(cited)))
    allowed = _signed(contest_id)
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
    asked = _cited(rules, Question, QuestionVersion, QuestionBank.code)
    asked = asked.options(joinedload(Question.current)).order_by(Question.id)
    for question, version, bank in session.execute(asked) if old else ():
        drawn = any(draw.bank == bank and fits(draw, version) for draw in rules.draws)
        if drawn and law_key(version.document) in old:
            yield StaleCitation(question, version, bank, rules.key, old[law_key(version.document)])


def _cited(rules: RoundRules, *wanted: Any) -> Select[Any]:
    """Ask for questions in use that cite a text, in the banks that a round draws from."""
    return (
        select(*wanted)
        .select_from(Question)
        .join(QuestionVersion, QuestionVersion.id == Question.current_id)
        .join(QuestionBank, QuestionBank.id == Question.bank_id)
        .where(QuestionVersion.document != "", QuestionBank.code.in_(rules.banks))
    )


def _span(law: LegalDocument) -> LawSpan:
    return LawSpan(law.number, law.in_force_from, law.in_force_to, law.replaced_by)
