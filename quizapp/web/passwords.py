"""Passwords and first-time codes: how they are made, kept and checked; the only place that knows argon2."""

import hmac
import secrets
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from flask import current_app

from quizapp.errors import LogInRush
from quizapp.web.codes import random_code

# OWASP's smallest set for argon2id, 19 MiB: 26 checks a second on one core.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
# A rush of log-ins must leave a core to those who are saving answers, and threads of the server, too: `flask serve`
# has 64. Forty-eight who wait are served within two seconds.
_ONE_AT_A_TIME = threading.Semaphore(1)
WAITING_PLACES = 48
_WAITING_ROOM = threading.Semaphore(WAITING_PLACES)
# Checked in place of the hash that an unknown person does not have, so that both answers take the same time.
_NOBODY = _HASHER.hash(secrets.token_hex(16))

CODE_LENGTH = 10


@contextmanager
def turn() -> Iterator[None]:
    """Take a place among those whose password is being hashed; inside, `hash_password` and `is_password` may be called.

    Raises LogInRush when too many wait already, before anything was done or counted.
    """
    if not _WAITING_ROOM.acquire(blocking=False):
        raise LogInRush()
    try:
        yield
    finally:
        _WAITING_ROOM.release()


def hash_password(password: str) -> str:
    """Return the argon2id hash that is stored."""
    with _ONE_AT_A_TIME:
        return _HASHER.hash(_composed(password))


def is_password(kept: str | None, password: str) -> bool:
    """Return whether a password is the one of a stored hash; without a hash it takes as long and is False."""
    with _ONE_AT_A_TIME:
        try:
            return _HASHER.verify(kept or _NOBODY, _composed(password)) and kept is not None
        except (VerifyMismatchError, InvalidHashError):
            return False


def _composed(password: str) -> str:
    """One keyboard types 'ế' as one letter, another as three: both are the same password."""
    return unicodedata.normalize("NFC", password)


def new_code() -> str:
    """Return a first-time code of 49 random bits: ten letters and digits that are hard to confuse."""
    return random_code(CODE_LENGTH)


def shown_code(code: str) -> str:
    """Return a code as it is printed: 'ABCDE-23456'."""
    return f"{code[:5]}-{code[5:]}"


def hash_code(code: str) -> str:
    """Return what is stored of a first-time code, keyed with the server's secret; case, blanks, hyphens are alike."""
    typed = "".join(each for each in code.upper() if each.isalnum())
    return hmac.digest(current_app.config["SECRET_KEY"].encode(), f"first-code:{typed}".encode(), "sha256").hex()


def is_code(kept: str | None, code: str) -> bool:
    """Return whether a typed code is the one of a stored hash."""
    return kept is not None and hmac.compare_digest(kept, hash_code(code))
