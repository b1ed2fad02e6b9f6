"""Whether a person may enter a contest, in which division, with how many attempts left: for page and start alike."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from quizapp.contests.windows import standing, window_of
from quizapp.db import session
from quizapp.errors import Refused
from quizapp.models import (
    Attempt,
    Contest,
    Entrant,
    JudgeSeat,
    Person,
    Question,
    QuestionBank,
    QuestionVersion,
    Round,
    TradeUnion,
)
from quizapp.models.attempts import stands
from quizapp.rules import entering
from quizapp.rules.contest_rules import DivisionRules
from quizapp.rules.divisions import Line, Standing, asks_for_choice, offered
from quizapp.rules.entering import Begun, PersonFacts
from quizapp.rules.permissions import covers, may_organise
from quizapp.rules.sittings import phase_of
from quizapp.rules.spans import span_of
from quizapp.rules.union_tree import ids_on
from quizapp.vocabulary import EntrantRole, Excluded, LimitPer, Phase, Purpose, Role

SPANS = {  # as one says them to a person who has no attempt left
    LimitPer.ROUND: "đợt này",
    LimitPer.SITTING: "ca thi này",
    LimitPer.DAY: "hôm nay",
    LimitPer.WEEK: "tuần này (từ thứ Hai đến Chủ nhật)",
    LimitPer.CONTEST: "cả cuộc thi",
}


def zone_of(contest: Contest) -> ZoneInfo:
    return ZoneInfo(contest.rules.timezone)


def begun(person: Person, contest: Contest, purpose: str = Purpose.REAL) -> list[Begun]:
    """Return the attempts that a person has begun in the rounds of a contest that have this purpose.

    An import of results that was taken back uses up none.
    """
    asked = (
        select(Attempt.round_id, Attempt.started_at, Attempt.submitted_at, Attempt.closes_at)
        .join(Round)
        .where(Attempt.person_id == person.id, Round.contest_id == contest.id, Round.purpose == purpose, stands())
    )
    return [
        Begun(round_id, started, submitted or closes) for round_id, started, submitted, closes in session.execute(asked)
    ]


def left_of(round_: Round, own: Iterable[Begun], now: datetime) -> int | None:
    """Return how many attempts the limit leaves to one who has begun `own`; None: as many as one likes."""
    rule = round_.rules.attempts
    if rule.limit is None:
        return None
    span = span_of(rule.per, now, zone_of(round_.contest), round_.rules.sittings)
    return max(0, rule.limit - entering.attempts_used(own, per=rule.per, round_id=round_.id, span=span))


def attempts_left(person: Person, round_: Round, now: datetime) -> int | None:
    """Return how many more attempts the person may begin now; None: as many as one likes."""
    window = window_of(round_, person, standing(round_.contest_id))
    hours = window.opens_at, window.closes_at
    if phase_of(hours, round_.rules.sittings, now, zone_of(round_.contest)) is not Phase.OPEN:
        return 0
    return left_of(round_, begun(person, round_.contest, round_.purpose), now)


def refusal(person: Person, round_: Round) -> Refused | None:
    """Return why the person may not enter the round at all, None: may."""
    contest = round_.contest
    rules = contest.rules
    facts = PersonFacts(
        full_name=person.full_name,
        birth_date=person.birth_date,
        is_reachable=bool(person.phone or person.member_number),
        role=EntrantRole(person.entrant_role),
        unit=person.union.name if person.union else None,
        is_in_audience=covers([union.path for union in contest.audience], person.union),
        works_as=_works_as(person, round_) if rules.entrants.excluded else frozenset(),
    )
    audience = ", ".join(union.name for union in contest.audience)
    on = rules.opens_at.astimezone(zone_of(contest)).date()
    return entering.refusal(rules.entrants, rules.identity, facts, audience=audience, on=on)


def has_entered(person: Person, contest: Contest) -> bool:
    """Return whether the person takes part already: role and division are kept from then on."""
    return session.get(Entrant, (contest.id, person.id)) is not None


def divisions_to_choose(person: Person, contest: Contest) -> list[DivisionRules]:
    """Return the divisions of which the person has to choose one before the first attempt; empty: none is asked."""
    divisions = contest.rules.divisions
    if not any(each.chosen for each in divisions) or has_entered(person, contest):
        return []
    found = offered(divisions, line_of(person.union), person.entrant_role)
    return found if asks_for_choice(found) else []


def line_of(union: TradeUnion | None) -> Line:
    """Return what divisions ask of a union and of those above it, the own one first."""
    if union is None:
        return ()
    found = session.scalars(select(TradeUnion).where(TradeUnion.id.in_(ids_on(union.path))))
    upwards: Sequence[TradeUnion] = sorted(found, key=lambda each: len(each.path), reverse=True)
    return [Standing(each.code, each.kind, each.workplace) for each in upwards]


def _works_as(person: Person, round_: Round) -> frozenset[Excluded]:
    found = {
        Excluded.ORGANISERS: may_organise(person, round_.contest),
        Excluded.AUTHORS: _has_written_for(person, round_.rules.banks),
        Excluded.JUDGES: _judges(person, round_.contest),
    }
    return frozenset(each for each, is_so in found.items() if is_so)


def _has_written_for(person: Person, banks: Iterable[str]) -> bool:
    """Return whether the person made or reviewed any version of a question in these banks."""
    asked = (
        select(QuestionVersion.id)
        .join(Question, Question.id == QuestionVersion.question_id)
        .join(QuestionBank, QuestionBank.id == Question.bank_id)
        .where(
            QuestionBank.code.in_(list(banks)),
            or_(QuestionVersion.made_by_id == person.id, QuestionVersion.reviewed_by_id == person.id),
        )
    )
    return session.scalar(asked.limit(1)) is not None


def _judges(person: Person, contest: Contest) -> bool:
    held = [grant.union.path for grant in person.grants if grant.role == Role.JUDGE]
    seat = select(JudgeSeat.id).join(Round).where(Round.contest_id == contest.id, JudgeSeat.person_id == person.id)
    return covers(held, contest.organiser) or session.scalar(seat.limit(1)) is not None
