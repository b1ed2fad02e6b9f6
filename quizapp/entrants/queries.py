"""Finds who takes part in a contest, what they sat, and what of it does not count."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from quizapp.db import database, session
from quizapp.models import Attempt, Contest, Disqualification, DuplicateDecision, Person, Round, TradeUnion
from quizapp.models.contests import sat_for_real
from quizapp.rules.paging import page_count, page_within
from quizapp.rules.vietnamese import canonical_phone, clean, fold

ON_A_PAGE = 50


@dataclass(frozen=True)
class Sat:
    """What a person sat of a contest: how many attempts, and the best total in hundredths, None before any mark."""

    attempts: int = 0
    best: int | None = None


@dataclass(frozen=True)
class Listed:
    """A person as the list shows them; out: how much does not count, 'all', 'some' or ''."""

    person: Person
    sat: Sat
    out: str


@dataclass(frozen=True)
class Page:
    """A page of a list, from 1, and how large the whole list is."""

    rows: Sequence[Listed]
    count: int
    number: int

    @property
    def pages(self) -> int:
        return page_count(self.count, ON_A_PAGE)


def takes_part(contest: Contest, person_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Return the condition that a person began an attempt of a contest; practice and rehearsals are none."""
    sat = select(Attempt.person_id).join(Round)
    return person_id.in_(sat.where(sat_for_real(contest.id)))


def entrants(contest: Contest, *, search: str = "", page: int = 1) -> Page:
    """Return people who take part in a contest, by given name.

    search: parts of a name or of a union's name with or without marks, a whole phone number, a member number.
    """
    asked = select(Person).outerjoin(Person.union).where(takes_part(contest, _id()))
    phone = canonical_phone(search)
    for word in [] if phone else clean(search).split():
        asked = asked.where(_has(word))
    if phone:
        asked = asked.where(Person.phone == phone)
    count = session.scalar(asked.with_only_columns(func.count())) or 0
    number = page_within(page, count, ON_A_PAGE)
    ordered = asked.order_by(_bytewise(Person.name_key), Person.id).options(joinedload(Person.union))
    found = session.scalars(ordered.offset((number - 1) * ON_A_PAGE).limit(ON_A_PAGE)).all()
    return Page(listed(contest, found), count, number)


def listed(contest: Contest, people: Sequence[Person]) -> list[Listed]:
    """Return people with what they sat of a contest and how much of it does not count."""
    ids = [each.id for each in people]
    sat, out = _sat(contest, ids), _out(contest, ids)
    return [Listed(each, sat.get(each.id, Sat()), out.get(each.id, "")) for each in people]


def entrant(contest: Contest, person_id: int) -> Person | None:
    """Return a person who takes part in a contest."""
    asked = select(Person).where(Person.id == person_id, takes_part(contest, _id())).options(joinedload(Person.union))
    return session.scalar(asked)


def attempts_in(contest: Contest, person_id: int) -> Sequence[Attempt]:
    """Return a person's attempts of a contest in the order in which they were begun."""
    return session.scalars(
        select(Attempt)
        .join(Round)
        .where(Attempt.person_id == person_id, sat_for_real(contest.id))
        .order_by(Attempt.started_at, Attempt.id)
        .options(joinedload(Attempt.round), joinedload(Attempt.union))
    ).all()


def disqualifications(contest: Contest, person_id: int | None = None) -> Sequence[Disqualification]:
    """Return all of a contest, or of a person in it: those that stand first, then the lifted ones, the latest first."""
    asked = _whole(select(Disqualification).where(Disqualification.contest_id == contest.id))
    if person_id is not None:
        asked = asked.where(Disqualification.person_id == person_id)
    lifted = Disqualification.lifted_at.is_not(None)
    ordered = asked.order_by(lifted, Disqualification.made_at.desc(), Disqualification.id.desc())
    return session.scalars(ordered).unique().all()


def disqualification(contest: Contest, disqualification_id: int) -> Disqualification | None:
    named = Disqualification.id == disqualification_id, Disqualification.contest_id == contest.id
    return session.scalar(_whole(select(Disqualification).where(*named)))


def standing(contest: Contest, person_id: int, attempt_id: int | None) -> Disqualification | None:
    """Return what leaves an attempt out, or a person with all attempts (None)."""
    return session.scalar(
        select(Disqualification).where(
            Disqualification.contest_id == contest.id,
            Disqualification.person_id == person_id,
            Disqualification.attempt_id == attempt_id if attempt_id else Disqualification.attempt_id.is_(None),
            Disqualification.lifted_at.is_(None),
        )
    )


def made_with(contest: Contest, decision: DuplicateDecision) -> Disqualification | None:
    """Return what a decision about a pair left out of a contest, if it still stands."""
    return session.scalar(
        select(Disqualification).where(
            Disqualification.contest_id == contest.id,
            Disqualification.person_id.in_([decision.first_id, decision.second_id]),
            Disqualification.attempt_id.is_(None),
            Disqualification.made_at == decision.decided_at,
            Disqualification.made_by_id == decision.decided_by_id,
            Disqualification.lifted_at.is_(None),
        )
    )


def standing_of(attempts: Sequence[Attempt]) -> dict[int, Disqualification]:
    """Return, by attempt, why it does not count; that all of the person's do not stands before that one does not."""
    people, contests = {each.person_id for each in attempts}, {each.round.contest_id for each in attempts}
    found = session.scalars(
        select(Disqualification).where(
            Disqualification.person_id.in_(people),
            Disqualification.contest_id.in_(contests),
            Disqualification.lifted_at.is_(None),
        )
    ).all()
    alone = {each.attempt_id: each for each in found if each.attempt_id}
    whole = {(each.person_id, each.contest_id): each for each in found if not each.attempt_id}
    reasons = {each.id: whole.get((each.person_id, each.round.contest_id)) or alone.get(each.id) for each in attempts}
    return {attempt_id: each for attempt_id, each in reasons.items() if each}


def _sat(contest: Contest, people: Collection[int]) -> dict[int, Sat]:
    total = func.max(Attempt.mark + func.coalesce(Attempt.essay_mark, 0))
    asked = (
        select(Attempt.person_id, func.count(), total)
        .join(Round)
        .where(sat_for_real(contest.id), Attempt.person_id.in_(people))
        .group_by(Attempt.person_id)
    )
    return {person_id: Sat(attempts, best) for person_id, attempts, best in session.execute(asked).tuples()}


def _out(contest: Contest, people: Collection[int]) -> dict[int, str]:
    asked = select(Disqualification.person_id, Disqualification.attempt_id).where(
        Disqualification.contest_id == contest.id,
        Disqualification.person_id.in_(people),
        Disqualification.lifted_at.is_(None),
    )
    found: dict[int, str] = {}
    for person_id, attempt_id in session.execute(asked).tuples():
        found[person_id] = "all" if attempt_id is None or found.get(person_id) == "all" else "some"
    return found


def _whole(asked: Select[tuple[Disqualification]]) -> Select[tuple[Disqualification]]:
    return asked.options(
        joinedload(Disqualification.person).joinedload(Person.union),
        joinedload(Disqualification.attempt).joinedload(Attempt.round),
        joinedload(Disqualification.made_by),
        joinedload(Disqualification.lifted_by),
    )


def _has(word: str) -> ColumnElement[bool]:
    names = [Person.name_folded, TradeUnion.name_folded]
    found = [name.contains(fold(word), autoescape=True) for name in names]
    return or_(*found, Person.member_number == word.upper(), TradeUnion.code == word.upper())


def _id() -> ColumnElement[int]:
    return Person.__table__.c.id


def _bytewise(column: Any) -> Any:
    """The keys of names are made for this order; a PostgreSQL database may have been made with another one."""
    return column if database().is_sqlite else column.collate("C")
