"""Default deny: an endpoint is for logged-in people unless it is marked; things are loaded only for those who may."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import redirect, request, url_for
from flask_login import current_user

from quizapp.db import session, transaction
from quizapp.errors import NotFound
from quizapp.models import Base, Person
from quizapp.rules import permissions
from quizapp.vocabulary import Role
from quizapp.web.login import me

View = Callable[..., Any]
# A browser leaves out tabs and line ends and reads a backslash as a slash: '/<tab>/evil.example' is another site.
_LOCAL = re.compile(r"/(?![/\\])[^\\\x00-\x1f\x7f]*")
Thing = TypeVar("Thing", bound=Base)


def public(view: View) -> View:
    """Mark a view that anybody may call."""
    view.guard = lambda: None  # type: ignore[attr-defined]
    return view


def json_only(view: View) -> View:
    """Mark a view that takes nothing but JSON by PUT, which no foreign form can send: it needs no token."""
    view.own_csrf = True  # type: ignore[attr-defined]
    return view


def guards_itself(view: View) -> View:
    """Mark the one view whose own statement asks who is calling."""
    return public(json_only(view))


def known_first(view: View) -> View:
    """Mark a view of logged-in people that has slow work before it writes: who is asking is read in a frame of its own.

    The person is then only for reading; what is to be changed is loaded anew.
    """

    def guard() -> Any:
        with transaction(writes=False):
            return _sign_in()

    view.guard = guard  # type: ignore[attr-defined]
    return view


def desk(role: Role) -> Callable[[View], View]:
    """Mark a view of a role's desk; strangers and those without the role get 404."""

    def mark(view: View) -> View:
        view.guard = lambda: _sign_in() or _has(role)  # type: ignore[attr-defined]
        return view

    return mark


def guarded(view: View) -> View:
    """Wrap a view with its guard; without a mark it is for logged-in people."""
    guard = getattr(view, "guard", _sign_in)

    @wraps(view)
    def guarding(*args: Any, **kwargs: Any) -> Any:
        return guard() or view(*args, **kwargs)

    return guarding


def load(kind: type[Thing], key: Any, may: Callable[[Person, Thing], bool]) -> Thing:
    """Return the thing with this primary key if the person may have it; otherwise it does not exist for them."""
    return allowed(session.get(kind, key), may)


def allowed(thing: Thing | None, may: Callable[[Person, Thing], bool]) -> Thing:
    """Return the thing if it is there and the person may have it. Raises NotFound."""
    if thing is None or not may(me(), thing):
        raise NotFound()
    return thing


def local_path(target: str | None) -> str | None:
    """Return a place to go back to only if it is on this site."""
    return target if target and _LOCAL.fullmatch(target) else None


def _sign_in() -> Any:
    if current_user.is_authenticated:
        return None
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("accounts.log_in", next=back))


def _has(role: Role) -> Any:
    if not permissions.may_work(me(), role):
        raise NotFound()
    return None
