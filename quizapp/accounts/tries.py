"""Counts tries to log in before they are checked, so that parallel guesses are counted like those in a row."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.dialects import postgresql, sqlite

from quizapp.accounts.devices import Device, digest
from quizapp.db import session
from quizapp.errors import LogInLocked, LogInThrottled
from quizapp.models import LogInFailure
from quizapp.rules.throttling import MOST_TRIES, next_try_at
from quizapp.rules.wording import span

FORGOTTEN_AFTER = timedelta(days=30)


def key_of(name: str, device: Device) -> str:
    """Return under which key tries of a name are counted: a device known for the name counts for itself."""
    return digest(f"{device.id}:{name}") if device.knows(name) else digest(name)


def take(key: str, *, now: datetime) -> None:
    """Count a try as wrong until it turns out right (`forget`). Raises LogInThrottled when none is allowed now.

    Unknown names are counted alike, so that nobody learns from it who has an account. First-time codes are not counted:
    they are random, 49 bits, and what helps whoever was locked.
    """
    dialect = session.connection().dialect.name
    failures, last_at = session.execute(_LOCK[dialect], {"key": key, "failures": 0, "last_at": now}).one()
    allowed_at = next_try_at(failures, last_at)
    if allowed_at is None:
        raise LogInLocked()
    if now < allowed_at:
        raise LogInThrottled(wait=span(ceil((allowed_at - now).total_seconds())))
    counted = update(LogInFailure).where(LogInFailure.key == key).values(failures=failures + 1, last_at=now)
    session.execute(counted)


def keys_of(names: Iterable[str], device: Device) -> set[str]:
    """Return all keys under which tries of these names may have been counted on this device."""
    return {key for name in names for key in (digest(name), digest(f"{device.id}:{name}"))}


def forget(keys: Iterable[str]) -> None:
    session.execute(delete(LogInFailure).where(LogInFailure.key.in_(list(keys))))


def forget_old(*, now: datetime) -> None:
    """Forget tries of a month ago, but not that all of them were used: that ends by a new first-time code."""
    old = LogInFailure.last_at < now - FORGOTTEN_AFTER
    session.execute(delete(LogInFailure).where(old, LogInFailure.failures < MOST_TRIES))


def _lock(dialect: Any) -> Any:
    """A row of the key, locked until the commit: those who try at the same time wait here for each other."""
    new = dialect.insert(LogInFailure)
    return new.on_conflict_do_update(
        index_elements=[LogInFailure.key], set_={"failures": LogInFailure.failures}
    ).returning(LogInFailure.failures, LogInFailure.last_at)


_LOCK = {"sqlite": _lock(sqlite), "postgresql": _lock(postgresql)}
