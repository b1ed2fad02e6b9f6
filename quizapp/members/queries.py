"""Finds members, always inside the subtrees of who asks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import aliased, joinedload, selectinload

from quizapp.db import database, session
from quizapp.models import Attempt, AuditEvent, Person, RoleGrant, TradeUnion
from quizapp.rules import permissions
from quizapp.rules.paging import page_count, page_within
from quizapp.rules.vietnamese import canonical_phone, clean, fold
from quizapp.vocabulary import Role

ON_A_PAGE = 50
MOST_TO_PICK = 400
Facts = dict[str, Any]  # what is written of a member: full_name, birth_date, phone, member_number, unit, entrant_role


@dataclass(frozen=True)
class Page:
    """A page of a list, from 1, and how large the whole list is."""

    people: Sequence[Person]
    count: int
    number: int

    @property
    def pages(self) -> int:
        return page_count(self.count, ON_A_PAGE)


def members(by: Person, *, search: str = "", unit: str = "", page: int = 1) -> Page:
    """Return members whom `by` may see, by given name.

    search: parts of a name with or without marks, a phone number, a member number or parts of a union's name.
    unit: a union's code or parts of its name; its whole subtree is meant.
    """
    asked = _seen_by(select(Person).outerjoin(Person.union), by)
    phone = canonical_phone(search)
    for word in [phone] if phone else clean(search).split():
        asked = asked.where(_has(word))
    if unit:
        asked = asked.where(Person.union_id.in_(_units(unit)))
    count = session.scalar(asked.with_only_columns(func.count())) or 0
    number = page_within(page, count, ON_A_PAGE)
    found = session.scalars(
        asked.order_by(_bytewise(Person.name_key), Person.id)
        .offset((number - 1) * ON_A_PAGE)
        .limit(ON_A_PAGE)
        .options(joinedload(Person.union), selectinload(Person.grants))
    )
    return Page(found.all(), count, number)


def unions_to_pick(by: Person) -> Sequence[TradeUnion]:
    """Return the unions that `by` organises, by name, for a list to pick from; of too many none."""
    asked = select(TradeUnion).where(_under(permissions.paths(by, Role.ORGANISER))).order_by(TradeUnion.name_folded)
    found = session.scalars(asked.limit(MOST_TO_PICK + 1)).all()
    return found if len(found) <= MOST_TO_PICK else []


def union_of(code: str, by: Person | None = None) -> TradeUnion | None:
    """Return the union of a code, upper or lower case, if `by` organises it; a command (None) may name any."""
    found = session.scalar(select(TradeUnion).where(_has_code(TradeUnion.code, code)))
    return found if found and (by is None or permissions.may_manage_union(by, found)) else None


def person_of(log_in: str) -> Person | None:
    """Return the person with this phone or member number."""
    phone = canonical_phone(log_in)
    named = Person.phone == phone if phone else Person.member_number == clean(log_in)
    return session.scalar(select(Person).where(named).options(*_with_roles()))


def whole_person(person_id: int) -> Person | None:
    return session.scalar(select(Person).where(Person.id == person_id).options(*_with_roles()))


def held_person(person_id: int) -> Person | None:
    """Return a person whom nobody else changes, or gives roles, until the transaction ends."""
    session.execute(select(Person.id).where(Person.id == person_id).with_for_update())
    return whole_person(person_id)


def facts_of(person: Any) -> Facts:
    """Return what is written of a person, or of somebody whom an import found."""
    return {
        "full_name": person.full_name,
        "birth_date": person.birth_date,
        "phone": person.phone,
        "member_number": person.member_number,
        "unit": person.union.code if person.union else None,
        "entrant_role": person.entrant_role,
    }


def is_taken(column: Any, value: str | None, *, but: Person) -> bool:
    """Return whether somebody else has this phone or member number."""
    return bool(value) and session.scalar(select(Person.id).where(column == value, Person.id != but.id)) is not None


def attempts_of(person: Person) -> int:
    return session.scalar(select(func.count()).select_from(Attempt).where(Attempt.person_id == person.id)) or 0


def history_of(person: Person, most: int = 20) -> Sequence[tuple[AuditEvent, str | None]]:
    """Return what was done to a member, the latest first, each with the name of who did it (None: the server)."""
    asked = (
        select(AuditEvent, Person.full_name)
        .outerjoin(Person, Person.id == AuditEvent.actor_id)
        .where(AuditEvent.subject == f"person:{person.id}")
        .order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
        .limit(most)
    )
    return session.execute(asked).tuples().all()


def never_logged_in(union: TradeUnion, by: Person, *, hold: bool = False) -> list[Person]:
    """Return the people of a union's subtree who have no password yet and whose log-in `by` may change, by union.

    hold: nobody else changes them until the transaction ends.
    """
    asked = (
        select(Person)
        .join(Person.union)
        .where(_under([union.path]), Person.password_hash.is_(None), Person.disabled_at.is_(None))
        .order_by(TradeUnion.name_folded, TradeUnion.id, _bytewise(Person.name_key), Person.id)
        .options(*_with_roles())
    )
    if hold:
        asked = asked.with_for_update(of=Person)
    return [each for each in session.scalars(asked) if permissions.may_change_person(by, each)]


def other_admin(grant: RoleGrant) -> bool:
    """Return whether somebody else who can log in administers the union of a grant."""
    # Two admins who step down at the same moment: the second waits here and sees that the first is gone.
    session.execute(select(RoleGrant.person_id).where(RoleGrant.role == Role.ADMIN.value).with_for_update())
    asked = (
        select(Person)
        .join(RoleGrant)
        .where(RoleGrant.role == Role.ADMIN.value, RoleGrant.person_id != grant.person_id, Person.disabled_at.is_(None))
        .options(*_with_roles())
    )
    return any(permissions.may_administer(each, grant.union) for each in session.scalars(asked).unique())


def _with_roles() -> tuple[Any, ...]:
    return joinedload(Person.union), selectinload(Person.grants).joinedload(RoleGrant.union)


def _seen_by(asked: Select[tuple[Person]], by: Person) -> Select[tuple[Person]]:
    seen = _under(permissions.paths(by, Role.ORGANISER))
    if permissions.sees_people_without_union(by):
        seen = or_(seen, Person.union_id.is_(None))
    return asked.where(seen)


def _under(paths: Iterable[str]) -> ColumnElement[bool]:
    return or_(false(), *(TradeUnion.path.startswith(path, autoescape=True) for path in paths))


def _units(unit: str) -> Select[tuple[int]]:
    """Return the ids of the unions that a text names, and of all below them."""
    above, below = aliased(TradeUnion), aliased(TradeUnion)
    words = (above.name_folded.contains(word, autoescape=True) for word in fold(unit).split())
    named = or_(_has_code(above.code, unit), and_(true(), *words))
    return select(below.id).join(above, below.path.like(above.path + "%")).where(named)


def _has(word: str) -> ColumnElement[bool]:
    names = [Person.name_folded, TradeUnion.name_folded]
    found = [name.contains(fold(word), autoescape=True) for name in names]
    found.append(Person.member_number.contains(word.upper(), autoescape=True))
    if len(word) >= 3 and word.isdigit():
        found.append(Person.phone.contains(word, autoescape=True))
    return or_(*found)


def _has_code(column: Any, typed: str) -> ColumnElement[bool]:
    """Small letters are taken for capital ones; SQLite's lower() knows no Đ, so both are made here."""
    return or_(column.in_({clean(typed), clean(typed).upper()}), func.lower(column) == clean(typed).lower())


def _bytewise(column: Any) -> Any:
    """The keys of names are made for this order; a PostgreSQL database may have been made with another one."""
    return column if database().is_sqlite else column.collate("C")
