"""What organisers see of the judging of a round: its jury with loads, who may be seated, one essay with its layers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import joinedload

from quizapp.db import session
from quizapp.judging import states
from quizapp.judging.states import Standing
from quizapp.models import (
    Allocation,
    Assessment,
    Contest,
    Essay,
    JudgeSeat,
    Person,
    RoleGrant,
    Round,
    Settlement,
    TradeUnion,
)
from quizapp.rules.allocation import Short
from quizapp.rules.deadlines import phase
from quizapp.rules.vietnamese import canonical_phone, fold
from quizapp.vocabulary import EssayState, Phase, Role

MOST_FOUND = 20


@dataclass(frozen=True)
class Member:
    """A judge of the jury: how many essays given, finished and left."""

    seat: JudgeSeat
    given: int
    finished: int

    @property
    def left(self) -> int:
        return self.given - self.finished


@dataclass(frozen=True)
class Overview:
    """A round with an essay, as the contest's page of essays shows it."""

    round: Round
    is_over: bool
    counts: dict[EssayState, int]
    empty: int
    stuck: int  # too far apart, and nobody was found to mark once more
    jury: list[Member]

    @property
    def essays(self) -> int:
        return sum(self.counts.values())

    @property
    def seated(self) -> list[Member]:
        return [member for member in self.jury if member.seat.left_at is None]


def essay_rounds(contest: Contest) -> list[Round]:
    return [each for each in contest.rounds if each.rules.essay]


def overview(round_: Round, now: datetime) -> Overview:
    """Return how the judging of a round stands."""
    return Overview(
        round=round_,
        is_over=phase(round_.opens_at, round_.closes_at, now) is Phase.CLOSED,
        counts=states.counts(round_),
        empty=states.empty(round_),
        stuck=len(stuck(round_)),
        jury=jury(round_),
    )


def stuck(round_: Round) -> list[Standing]:
    """Return the essays whose judges are too far apart and that no third judge has."""
    apart = states.listed(round_, EssayState.FAR_APART)
    return [each for each in apart if each.judges == each.finished]


def jury(round_: Round) -> list[Member]:
    """Return all who sit, or sat, in a round's jury, with their loads; who left comes last."""
    loads = (
        select(
            Allocation.seat_id,
            func.count(Allocation.id).label("given"),
            func.count(Assessment.finished_at).label("finished"),
        )
        .outerjoin(Assessment, Assessment.allocation_id == Allocation.id)
        .where(Allocation.withdrawn_at.is_(None))
        .group_by(Allocation.seat_id)
        .subquery()
    )
    asked = (
        select(JudgeSeat, func.coalesce(loads.c.given, 0), func.coalesce(loads.c.finished, 0))
        .outerjoin(loads, loads.c.seat_id == JudgeSeat.id)
        .where(JudgeSeat.round_id == round_.id)
        .order_by(case((JudgeSeat.left_at.is_(None), 0), else_=1), JudgeSeat.is_chair.desc(), JudgeSeat.id)
        .options(joinedload(JudgeSeat.person).joinedload(Person.union))
    )
    return [Member(*row) for row in session.execute(asked)]


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


def seat_of(round_: Round, seat_id: int) -> JudgeSeat | None:
    return session.scalar(select(JudgeSeat).where(JudgeSeat.id == seat_id, JudgeSeat.round_id == round_.id))


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


def layers(essay: Essay) -> list[tuple[Settlement, str | None]]:
    """Return all settlements of an essay, the newest first, each with who decided (None: the rule)."""
    asked = (
        select(Settlement, Person.full_name)
        .outerjoin(Person, Person.id == Settlement.settled_by_id)
        .where(Settlement.attempt_id == essay.attempt_id)
        .order_by(Settlement.id.desc())
    )
    return [(settlement, name) for settlement, name in session.execute(asked)]
