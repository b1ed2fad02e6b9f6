"""Who is asking: the cookie holds a token, the server keeps the session; a deleted row ends it at once."""

import hashlib
from dataclasses import dataclass
from typing import cast

from flask import Flask
from flask_login import LoginManager, UserMixin, current_user
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from quizapp import clock
from quizapp.db import session
from quizapp.models import LogInSession, Person, RoleGrant
from quizapp.rules.log_ins import log_in_span


@dataclass
class Viewer(UserMixin):
    """What Flask-Login keeps for a request: the person and the token of this log-in."""

    person: Person
    token: str

    def get_id(self) -> str:
        return self.token


def init_app(app: Flask) -> None:
    manager = LoginManager(app, add_context_processor=False)  # web/navigation.py gives it to templates, lazily
    # Phones change their address all the time: binding the session to it would log honest people out.
    manager.session_protection = None
    manager.user_loader(viewer)


def hash_token(token: str) -> str:
    """Return what the server keeps of a session's token: random enough that a plain hash is safe."""
    return hashlib.sha256(token.encode()).hexdigest()


def viewer(token: str) -> Viewer | None:
    """Return who is logged in by this token; None when the session ended, was revoked or the person disabled."""
    now = clock.now()
    found = session.execute(
        select(Person, LogInSession.opened_at)
        .join(LogInSession)
        .where(
            LogInSession.token_hash == hash_token(token),
            LogInSession.expires_at > now,
            Person.disabled_at.is_(None),
        )
        .options(selectinload(Person.grants).joinedload(RoleGrant.union), selectinload(Person.union))
    ).first()
    if found is None or now >= found.opened_at + log_in_span(has_role=bool(found.Person.grants)):
        return None  # whoever was given a role meanwhile has the shorter log-in of those who have one
    return Viewer(found.Person, token)


def me() -> Person:
    """Return the person who is logged in; only for views that a stranger cannot reach."""
    return cast(Viewer, current_user).person
