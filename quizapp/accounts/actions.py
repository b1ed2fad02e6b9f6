"""Makes accounts, sets passwords, opens and ends log-ins."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload, selectinload

from quizapp.accounts import tries
from quizapp.accounts.queries import Claimant, may_join_union
from quizapp.db import session
from quizapp.errors import BadLogIn, ChangedMeanwhile, PhoneTaken
from quizapp.models import AuditEvent, LogInSession, Person, RoleGrant, TradeUnion
from quizapp.rules.log_ins import log_in_span
from quizapp.rules.vietnamese import fold, name_key
from quizapp.web.login import hash_token


@dataclass(frozen=True)
class Entrant:
    """What a person says of themselves when registering."""

    full_name: str
    birth_date: date
    phone: str
    union_id: int | None  # None: of no union
    entrant_role: str


def register(entrant: Entrant, password_hash: str, *, now: datetime) -> Claimant:
    """Make an account with consent given now; return what logs it in. Raises PhoneTaken."""
    person = Person(
        full_name=entrant.full_name,
        name_folded=fold(entrant.full_name),
        name_key=name_key(entrant.full_name),
        birth_date=entrant.birth_date,
        phone=entrant.phone,
        union_id=entrant.union_id,
        entrant_role=entrant.entrant_role,
        password_hash=password_hash,
        consented_at=now,
        created_at=now,
    )
    try:
        # Two who register with one phone at once: the unique number decides, and only this insert is taken back.
        with session.begin_nested():
            session.add(person)
    except IntegrityError as error:
        raise PhoneTaken() from error
    return Claimant(person.id, password_hash, None)


def set_first_password(person_id: int, code_hash: str, password_hash: str, *, now: datetime) -> Claimant:
    """Put a password in place of the first-time code, note the consent that was given with it, end all log-ins.

    Raises BadLogIn when the code is used up.
    """
    _set_password(person_id, Person.first_code_hash == code_hash, password_hash)
    session.execute(
        update(Person).where(Person.id == person_id, Person.consented_at.is_(None)).values(consented_at=now)
    )
    end_all_log_ins(person_id)
    return Claimant(person_id, password_hash, None)


def change_password(person_id: int, old_hash: str, new_hash: str, *, token: str) -> None:
    """Change a password and end the log-ins on all devices but this one, whose token is given. Raises BadLogIn."""
    _set_password(person_id, Person.password_hash == old_hash, new_hash)
    end_all_log_ins(person_id, but=token)


def open_log_in(claimant: Claimant, token: str, *, device: str, instead_of: str | None, now: datetime) -> Person:
    """Open a log-in of the person whose password was right; return the person.

    instead_of: the token of the log-in that this browser had. Raises BadLogIn when the password was changed or the
    person disabled meanwhile.
    """
    person = session.scalar(
        select(Person)
        .where(
            Person.id == claimant.person_id,
            Person.password_hash == claimant.password_hash,
            Person.disabled_at.is_(None),
        )
        .options(selectinload(Person.grants).joinedload(RoleGrant.union), joinedload(Person.union))
    )
    if person is None:
        raise BadLogIn()
    if instead_of:
        end_log_in(hash_token(instead_of))
    session.add(
        LogInSession(
            token_hash=hash_token(token),
            person_id=person.id,
            opened_at=now,
            expires_at=now + log_in_span(has_role=bool(person.grants)),
            device=device,
        )
    )
    session.flush()
    return person


def join_union(person: Person, union: TradeUnion, *, now: datetime) -> None:
    """Write down the union of somebody who had none. Raises ChangedMeanwhile when there is one, or it is locked."""
    # Whoever begins an attempt holds the same row: the first attempt locks what was told until then.
    session.refresh(person, ["union_id"], with_for_update={"of": Person})
    if not may_join_union(person):
        raise ChangedMeanwhile()
    person.union = union
    details = {"unit": [None, union.code]}
    session.add(
        AuditEvent(at=now, actor_id=person.id, action="join_union", subject=f"person:{person.id}", details=details)
    )
    session.flush()


def end_log_in(token_hash: str) -> None:
    session.execute(delete(LogInSession).where(LogInSession.token_hash == token_hash))


def end_all_log_ins(person_id: int, *, but: str | None = None) -> None:
    """End the person's log-ins everywhere, except the one of the token `but`."""
    everywhere = delete(LogInSession).where(LogInSession.person_id == person_id)
    session.execute(everywhere.where(LogInSession.token_hash != hash_token(but)) if but else everywhere)


def forget_expired(*, now: datetime) -> None:
    """Delete log-ins that have ended and wrong tries of long ago."""
    session.execute(delete(LogInSession).where(LogInSession.expires_at <= now))
    tries.forget_old(now=now)


def _set_password(person_id: int, proven: ColumnElement[bool], password_hash: str) -> None:
    """Of two who set a password by the same code or old password at once, the first does."""
    changed = session.execute(
        update(Person)
        .where(Person.id == person_id, Person.disabled_at.is_(None), proven)
        .values(password_hash=password_hash, first_code_hash=None)
        .returning(Person.id)
    ).first()
    if changed is None:
        raise BadLogIn()
