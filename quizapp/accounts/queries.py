"""Finds who claims to log in, and the log-ins of a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import false, or_, select

from quizapp.db import session
from quizapp.models import LogInSession, Person
from quizapp.rules.vietnamese import canonical_phone, clean


@dataclass(frozen=True)
class Claimant:
    """What is needed to check a log-in outside of any transaction."""

    person_id: int
    password_hash: str | None
    first_code_hash: str | None


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
        .order_by(by_phone.desc())
    ).first()
    return Claimant(*found) if found else None


def log_ins_of(person: Person, now: datetime) -> Sequence[LogInSession]:
    """Return the log-ins of a person that have not ended, the latest first."""
    return session.scalars(
        select(LogInSession)
        .where(LogInSession.person_id == person.id, LogInSession.expires_at > now)
        .order_by(LogInSession.opened_at.desc())
    ).all()
