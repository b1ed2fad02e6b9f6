"""What organisers see of the judging of a round: its jury with loads, who may be seated, one essay with its layers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from quizapp.db import session
from quizapp.judging import giving, states, taking
from quizapp.judging.queries import ACTIVE, LAPSED, essay_rule
from quizapp.judging.states import Standing
from quizapp.models import (
    Allocation,
    Appeal,
    Assessment,
    Attempt,
    AuditEvent,
    Essay,
    JudgeSeat,
    Person,
    RoleGrant,
    Round,
    Settlement,
    TradeUnion,
)
from quizapp.rules.allocation import Short, next_essays
from quizapp.rules.deadlines import phase
from quizapp.rules.vietnamese import canonical_phone, fold
from quizapp.vocabulary import EssayState, Giving, Phase, Role, Turn

MOST_FOUND = 20
STUCK = "stuck"  # a filter of the list beside the states


@dataclass(frozen=True)
class Member:
    """A judge of the jury: how many essays given, finished and left; what was given twice unknowingly apart."""

    seat: JudgeSeat
    given: int
    finished: int
    reserved: int = 0  # of what is left, taken by the judge for a while
    reserved_until: datetime | None = None  # the earliest
    seeds: int = 0
    seeds_finished: int = 0

    @property
    def left(self) -> int:
        return self.given - self.finished


@dataclass(frozen=True)
class Pool:
    """What waits for judges who take essays themselves: markings that nobody has, and those reserved until `ends`."""

    waiting: int
    reserved: int
    ends: datetime | None  # the earliest
    is_late: bool


@dataclass(frozen=True)
class Overview:
    """A round with an essay, as the contest's page of essays shows it."""

    round: Round
    is_over: bool
    counts: dict[EssayState, int]
    empty: int
    stuck: int  # too far apart, and nobody was found to mark once more
    appeals: int  # without an answer
    jury: list[Member]
    pool: Pool | None

    @property
    def essays(self) -> int:
        return sum(self.counts.values())

    @property
    def seated(self) -> list[Member]:
        return [member for member in self.jury if member.seat.left_at is None]

    @property
    def has_chair(self) -> bool:
        return any(member.seat.is_chair for member in self.seated)


def overview(round_: Round, now: datetime) -> Overview:
    """Return how the judging of a round stands."""
    return Overview(
        round=round_,
        is_over=phase(round_.opens_at, round_.closes_at, now) is Phase.CLOSED,
        counts=states.counts(round_),
        empty=states.empty(round_),
        stuck=len(stuck(round_)),
        appeals=_unanswered(round_),
        jury=jury(round_),
        pool=pool(round_, now),
    )


def _unanswered(round_: Round) -> int:
    open_ones = Appeal.decided_at.is_(None), Appeal.withdrawn_at.is_(None)
    asked = select(func.count()).select_from(Appeal).join(Attempt, Attempt.id == Appeal.attempt_id)
    return session.scalar(asked.where(Attempt.round_id == round_.id, *open_ones)) or 0


def stuck(round_: Round) -> list[Standing]:
    """Return the essays whose judges are too far apart and that no third judge has, nor will take."""
    waiting = states.without_third(round_)
    if waiting and essay_rule(round_).giving is Giving.PULL:
        waiting -= _takeable(round_, waiting)
    return states.listed(round_, only=waiting) if waiting else []


def _takeable(round_: Round, waiting: set[int]) -> set[int]:
    """Return those essays that one judge at least could take as the third."""
    essays = giving.essays_to_give(round_, only=waiting)
    found: set[int] = set()
    for seat in giving.seats_taking(round_):
        found.update(next_essays(essays, seat, per_essay=0, thirds=waiting, count=len(waiting), seed=""))
    return found


def pool(round_: Round, now: datetime) -> Pool | None:
    """Return what judges may take themselves and what they have reserved; None where the organisers give it out."""
    rule = essay_rule(round_)
    if rule.giving is not Giving.PULL:
        return None
    lacking = sum(max(rule.judges - len(each.judges), 0) for each in giving.essays_to_give(round_))
    asked = select(func.count(), func.min(Allocation.leased_until)).join(JudgeSeat)
    count, ends = session.execute(asked.where(JudgeSeat.round_id == round_.id, *taking.HELD)).one()
    return Pool(lacking + len(states.without_third(round_)), count, ends, is_late=ends is not None and ends < now)


def jury(round_: Round) -> list[Member]:
    """Return all who sit, or sat, in a round's jury, with their loads; who left comes last."""
    loads = _loads().subquery()
    columns = [each if each.key == "until" else func.coalesce(each, 0) for each in loads.c if each.key != "seat_id"]
    asked = (
        select(JudgeSeat, *columns)
        .outerjoin(loads, loads.c.seat_id == JudgeSeat.id)
        .where(JudgeSeat.round_id == round_.id)
        .order_by(case((JudgeSeat.left_at.is_(None), 0), else_=1), JudgeSeat.is_chair.desc(), JudgeSeat.id)
        .options(joinedload(JudgeSeat.person).joinedload(Person.union))
    )
    return [Member(*row) for row in session.execute(asked)]


def _loads() -> Select[Any]:
    seed, done = Allocation.turn == Turn.SEED.value, Assessment.finished_at.is_not(None)
    reserved = and_(Allocation.leased_until.is_not(None), Allocation.withdrawn_at.is_(None), ~seed, ~done)
    return (
        select(
            Allocation.seat_id,
            func.count(case((~seed, 1))).label("given"),
            func.count(case((and_(~seed, done), 1))).label("finished"),
            func.count(case((reserved, 1))).label("reserved"),
            func.min(case((reserved, Allocation.leased_until))).label("until"),
            func.count(case((seed, 1))).label("seeds"),
            func.count(case((and_(seed, done), 1))).label("seeds_finished"),
        )
        .outerjoin(Assessment, Assessment.allocation_id == Allocation.id)
        # What is to be marked twice waits as if lapsed where judges take essays themselves.
        .where(or_(ACTIVE, and_(LAPSED, seed)))
        .group_by(Allocation.seat_id)
    )


def candidates(round_: Round, search: str) -> Sequence[Person]:
    """Return people with the role of a judge who do not sit in the jury, by name or phone."""
    sits = select(JudgeSeat.person_id).where(JudgeSeat.round_id == round_.id, JudgeSeat.left_at.is_(None))
    asked = (
        select(Person)
        .where(
            Person.id.in_(select(RoleGrant.person_id).where(RoleGrant.role == Role.JUDGE.value)),
            Person.id.not_in(sits),
            Person.disabled_at.is_(None),
        )
        .outerjoin(Person.union)
        .options(joinedload(Person.union))
        .order_by(Person.name_folded, Person.id)
        .limit(MOST_FOUND)
    )
    phone = canonical_phone(search)
    if phone:
        return session.scalars(asked.where(Person.phone == phone)).all()
    for word in fold(search).split():
        named = (Person.name_folded, TradeUnion.name_folded)
        asked = asked.where(or_(*(column.contains(word, autoescape=True) for column in named)))
    return session.scalars(asked).all()


def with_codes(short: Sequence[Short]) -> list[tuple[str, Short]]:
    """Return the essays that lack judges, each with its code."""
    ids = [each.essay_id for each in short]
    codes = dict(session.execute(select(Essay.attempt_id, Essay.code).where(Essay.attempt_id.in_(ids))).tuples().all())
    return [(codes[each.essay_id], each) for each in short]


def judge_of(person_id: int) -> Person | None:
    """Return the person of this id if it has the role of a judge and can log in."""
    judges = select(RoleGrant.person_id).where(RoleGrant.role == Role.JUDGE.value)
    asked = select(Person).where(Person.id == person_id, Person.id.in_(judges), Person.disabled_at.is_(None))
    return session.scalar(asked)


def assessments(essay: Essay) -> list[tuple[Allocation, Person, Assessment | None]]:
    """Return who was given an essay, and what each gave, in the order of giving; who gave it back, too."""
    asked = (
        select(Allocation, Person, Assessment)
        .join(JudgeSeat, JudgeSeat.id == Allocation.seat_id)
        .join(Person, Person.id == JudgeSeat.person_id)
        .outerjoin(Assessment, Assessment.allocation_id == Allocation.id)
        .where(Allocation.attempt_id == essay.attempt_id)
        .order_by(Allocation.allocated_at, Allocation.id)
    )
    return [(allocation, person, assessment) for allocation, person, assessment in session.execute(asked)]


def reasons(found: Sequence[tuple[Allocation, Person, Assessment | None]]) -> dict[int, str]:
    """Return why judges gave an essay back, by allocation."""
    back = {f"allocation:{each.id}": each for each, _, _ in found if each.withdrawn_at}
    asked = select(AuditEvent).where(
        AuditEvent.at.in_([each.withdrawn_at for each in back.values()]),
        AuditEvent.action == "give_back_essay",
        AuditEvent.subject.in_(back),
    )
    return {back[event.subject].id: event.details["reason"] for event in session.scalars(asked)}


def layers(essay: Essay) -> list[tuple[Settlement, str | None]]:
    """Return all settlements of an essay, the newest first, each with who decided (None: the rule)."""
    asked = (
        select(Settlement, Person.full_name)
        .outerjoin(Person, Person.id == Settlement.settled_by_id)
        .where(Settlement.attempt_id == essay.attempt_id)
        .order_by(Settlement.id.desc())
    )
    return [(settlement, name) for settlement, name in session.execute(asked)]
