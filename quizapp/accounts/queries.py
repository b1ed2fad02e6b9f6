"""Finds who claims to log in, the log-ins of a person, and what a registration may name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, case, false, or_, select
from sqlalchemy.orm import joinedload, selectinload

from quizapp.db import session
from quizapp.models import Contest, LogInSession, Person, RoleGrant, TradeUnion
from quizapp.models.unions import people_belong_to
from quizapp.rules.vietnamese import canonical_phone, clean, fold
from quizapp.vocabulary import IdentityField
from quizapp.web.identity import locks_of

MOST_MATCHES = 20


@dataclass(frozen=True)
class Claimant:
    """What is needed to check a log-in outside of any transaction."""

    person_id: int
    password_hash: str | None
    first_code_hash: str | None


@dataclass(frozen=True)
class Choice:
    """What a typed union turned out to be: one, or some to pick from, or none."""

    union: TradeUnion | None
    matches: Sequence[TradeUnion] = ()
    has_more: bool = False


def log_in_name(typed: str) -> str:
    """Return a phone number in its one form, anything else as a member number: both however they were typed."""
    return canonical_phone(typed) or clean(typed).upper()


def claimant(typed: str) -> Claimant | None:
    """Return the person with this phone number or member number; None when there is none or they are disabled."""
    phone, number = canonical_phone(typed), clean(typed)
    by_number = Person.member_number.in_({number, number.upper()})
    by_phone = Person.phone == phone if phone else false()  # compared with None it would be everybody without one
    found = session.execute(
        select(Person.id, Person.password_hash, Person.first_code_hash)
        .where(or_(by_phone, by_number), Person.disabled_at.is_(None))
        .order_by(case((by_phone, 0), else_=1))
    ).first()
    return Claimant(*found) if found else None


def log_ins_of(person: Person, now: datetime) -> Sequence[LogInSession]:
    """Return the log-ins of a person that have not ended, the latest first."""
    return session.scalars(
        select(LogInSession)
        .where(LogInSession.person_id == person.id, LogInSession.expires_at > now)
        .order_by(LogInSession.opened_at.desc())
    ).all()


def names_of(person: Person) -> list[str]:
    """Return the names that a person can log in by, as `log_in_name` gives them."""
    return [log_in_name(name) for name in (person.phone, person.member_number) if name]


def code_holder(person_id: int) -> Person | None:
    """Return a person who still has a first-time code, with their roles."""
    return session.scalar(
        select(Person)
        .where(Person.id == person_id, Person.first_code_hash.is_not(None), Person.disabled_at.is_(None))
        .options(selectinload(Person.grants).joinedload(RoleGrant.union))
    )


def contest_to_register_for(slug: str, now: datetime) -> Contest | None:
    """Return the contest if strangers may still make an account for it."""
    found = session.scalar(select(Contest).where(Contest.slug == clean(slug)).options(selectinload(Contest.audience)))
    return found if found is not None and _takes_strangers(found, now) else None


def paths_to_join(now: datetime) -> list[str]:
    """Return the paths of the unions that strangers may name now when making an account, for whatever contest."""
    contests = session.scalars(select(Contest).options(selectinload(Contest.audience)))
    return sorted({union.path for each in contests if _takes_strangers(each, now) for union in each.audience})


def may_join_union(person: Person) -> bool:
    """Return whether a person may write down a union: there is none, and no contest that was sat keeps it so."""
    locks = locks_of([person.id]).get(person.id, ())
    return person.union_id is None and not any(IdentityField.UNIT in each.fields for each in locks)


def chosen_union(paths: Iterable[str], typed: str, picked_id: int | None, today: date) -> Choice:
    """Return the union that was picked, or the only one of exactly this name or code, or else some that match.

    Only unions of these subtrees that people belong to and that exist today.
    """
    if not typed:
        return Choice(None)
    allowed = select(TradeUnion).where(people_belong_to(paths, today)).options(joinedload(TradeUnion.parent))
    if picked_id is not None:
        picked = session.scalar(allowed.where(TradeUnion.id == picked_id))
        if picked:
            return Choice(picked)
    exact = or_(TradeUnion.name_folded == fold(typed), TradeUnion.code == clean(typed).upper())
    same = session.scalars(allowed.where(exact).limit(MOST_MATCHES)).all()
    if len(same) == 1:
        return Choice(same[0])
    words = and_(*(TradeUnion.name_folded.contains(word, autoescape=True) for word in fold(typed).split()))
    ordered = allowed.where(words).order_by(TradeUnion.name_folded, TradeUnion.id)
    found = same or session.scalars(ordered.limit(MOST_MATCHES + 1)).all()
    return Choice(None, found[:MOST_MATCHES], has_more=len(found) > MOST_MATCHES)


def is_known(phone: str | None) -> bool:
    return phone is not None and session.scalar(select(Person.id).where(Person.phone == phone)) is not None


def _takes_strangers(contest: Contest, now: datetime) -> bool:
    return contest.published_at is not None and contest.rules.entry.registration and now < contest.rules.closes_at
