"""Opens and ends log-ins."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload, selectinload

from quizapp.accounts import tries
from quizapp.accounts.queries import Claimant
from quizapp.db import session
from quizapp.errors import BadLogIn
from quizapp.models import LogInSession, Person, RoleGrant
from quizapp.rules.log_ins import log_in_span
from quizapp.web.login import hash_token


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
        end_log_in(instead_of)
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


def end_log_in(token: str) -> None:
    session.execute(delete(LogInSession).where(LogInSession.token_hash == hash_token(token)))


def end_all_log_ins(person: Person, *, but: str | None = None) -> None:
    """End the person's log-ins everywhere, except the one of the token `but`."""
    everywhere = delete(LogInSession).where(LogInSession.person_id == person.id)
    session.execute(everywhere.where(LogInSession.token_hash != hash_token(but)) if but else everywhere)


def forget_expired(*, now: datetime) -> None:
    """Delete log-ins that have ended and wrong tries of long ago."""
    session.execute(delete(LogInSession).where(LogInSession.expires_at <= now))
    tries.forget_old(now=now)
