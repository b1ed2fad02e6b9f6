"""Finds accounts that look like one person's among those who take part in a contest, and what was said of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CTE, ColumnElement, func, or_, select, tuple_
from sqlalchemy.orm import joinedload

from quizapp.db import session
from quizapp.entrants.queries import Listed, listed, takes_part
from quizapp.models import Contest, DuplicateDecision, Person
from quizapp.rules.duplicates import Account, Pair, pairs
from quizapp.vocabulary import DuplicateVerdict

ON_A_PAGE = 20
AT_ONCE = 500  # ids in one statement
SEPARATORS = (" ", ".", "-", "/")


@dataclass(frozen=True)
class Two:
    """A pair with both people side by side."""

    pair: Pair
    first: Listed
    second: Listed


@dataclass(frozen=True)
class Decided:
    """What was said of a pair, with both people as they are now."""

    decision: DuplicateDecision
    first: Listed
    second: Listed

    @property
    def verdict(self) -> DuplicateVerdict:
        return DuplicateVerdict(self.decision.verdict)


def undecided(contest: Contest) -> tuple[Pair, ...]:
    """Return the pairs among a contest's people that nobody has decided about, the surest first."""
    told = {(each.first_id, each.second_id) for each in _decisions(contest)}
    return tuple(each for each in pairs(_accounts(contest)) if (each.first_id, each.second_id) not in told)


def side_by_side(contest: Contest, found: Sequence[Pair]) -> list[Two]:
    people = _listed(contest, [each for pair in found for each in (pair.first_id, pair.second_id)])
    return [Two(each, people[each.first_id], people[each.second_id]) for each in found]


def decided(contest: Contest) -> list[Decided]:
    """Return the pairs among a contest's people that were decided about, the latest first."""
    found = _decisions(contest)
    people = _listed(contest, [each for one in found for each in (one.first_id, one.second_id)])
    return [Decided(each, people[each.first_id], people[each.second_id]) for each in found]


def signs_of(first: Person, second: Person) -> Pair:
    """Return what makes two accounts look like one person's; without signs when nothing does any more."""
    made = pairs(Account(*_facts(each)) for each in (first, second))
    return made[0] if made else Pair(first.id, second.id, frozenset())


def standing_decision(first_id: int, second_id: int) -> DuplicateDecision | None:
    return session.scalar(
        select(DuplicateDecision).where(
            DuplicateDecision.first_id == first_id,
            DuplicateDecision.second_id == second_id,
            DuplicateDecision.undone_at.is_(None),
        )
    )


def _decisions(contest: Contest) -> Sequence[DuplicateDecision]:
    asked = select(DuplicateDecision).where(
        DuplicateDecision.undone_at.is_(None),
        takes_part(contest, DuplicateDecision.__table__.c.first_id),
        takes_part(contest, DuplicateDecision.__table__.c.second_id),
    )
    ordered = asked.order_by(DuplicateDecision.decided_at.desc(), DuplicateDecision.id.desc())
    return session.scalars(ordered.options(joinedload(DuplicateDecision.decided_by))).all()


def _accounts(contest: Contest) -> list[Account]:
    """Return only people who share something with another one: most share nothing, and there may be very many."""
    everybody = _everybody(contest)
    known = everybody.c
    name_and_birth, name_and_union = (known.name_folded, known.birth_date), (known.name_folded, known.union_id)
    shared = [
        tuple_(*columns).in_(_shared(columns))
        for columns in (name_and_birth, name_and_union, (known.phone,), (known.number,))
    ]
    asked = select(known.id, known.name_folded, known.birth_date, known.phone, known.member_number, known.union_id)
    return [Account(*row) for row in session.execute(asked.where(or_(*shared))).tuples()]


def _everybody(contest: Contest) -> CTE:
    number = func.upper(_without(Person.member_number, SEPARATORS))
    phone = func.replace(_without(Person.phone, SEPARATORS), "+84", "0")
    columns = (Person.id, Person.name_folded, Person.birth_date, phone.label("phone"), number.label("number"))
    asked = select(*columns, Person.member_number, Person.union_id)
    return asked.where(takes_part(contest, Person.__table__.c.id)).cte("everybody")


def _shared(columns: Iterable[ColumnElement[Any]]) -> Any:
    """Return the values that more than one person has; what is not known is not shared."""
    columns = tuple(columns)
    known = (each.is_not(None) for each in columns)
    return select(*columns).where(*known).group_by(*columns).having(func.count() > 1)


def _without(column: Any, signs: Iterable[str]) -> Any:
    for each in signs:
        column = func.replace(column, each, "")
    return column


def _facts(person: Any) -> tuple[Any, ...]:
    facts = (person.id, person.full_name, person.birth_date, person.phone, person.member_number)
    return (*facts, person.union_id)


def _listed(contest: Contest, ids: Iterable[int]) -> dict[int, Listed]:
    wanted = sorted(set(ids))
    found: dict[int, Listed] = {}
    for start in range(0, len(wanted), AT_ONCE):
        asked = select(Person).where(Person.id.in_(wanted[start : start + AT_ONCE])).options(joinedload(Person.union))
        found |= {each.person.id: each for each in listed(contest, session.scalars(asked).all())}
    return found
