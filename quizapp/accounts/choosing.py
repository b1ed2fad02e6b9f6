"""Between a right first-time code and a password of one's own: the browser's signed cookie tells whose code it was."""

from collections.abc import MutableMapping
from datetime import datetime, timedelta
from typing import Any

from quizapp.accounts import queries
from quizapp.accounts.devices import digest
from quizapp.accounts.queries import Claimant
from quizapp.models import Person
from quizapp.models.base import to_microseconds

TIME_TO_CHOOSE = timedelta(minutes=30)
_KEY = "choosing"

Cookie = MutableMapping[str, Any]


def begin(cookie: Cookie, claimant: Claimant, *, target: str | None, now: datetime) -> None:
    """Note in the cookie who may choose a password, and nothing that it held before."""
    cookie.clear()
    cookie[_KEY] = {
        "person": claimant.person_id,
        "code": digest(claimant.first_code_hash or ""),
        "until": to_microseconds(now + TIME_TO_CHOOSE),
        "target": target or None,
    }


def holder(cookie: Cookie, now: datetime) -> Person | None:
    """Return who may choose a password; None when the half hour is over or the code is not theirs any more."""
    noted = cookie.get(_KEY)
    if noted is None or to_microseconds(now) >= noted["until"]:
        return None
    person = queries.code_holder(noted["person"])
    return person if person and digest(person.first_code_hash or "") == noted["code"] else None


def target(cookie: Cookie) -> str | None:
    """Return where the person wanted to go."""
    noted = cookie.get(_KEY) or {}
    return noted.get("target")
