"""What of a person is locked since they sat a contest, by which contest, and whom to ask for a change."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from quizapp.db import session
from quizapp.models import Attempt, Contest, Round
from quizapp.vocabulary import IdentityField, Purpose

AT_ONCE = 500  # ids in one statement


@dataclass(frozen=True)
class Lock:
    """A contest that somebody sat, and what of that person must stay as it was told there."""

    contest: str
    organiser: str
    fields: tuple[IdentityField, ...]


def locks_of(people: Iterable[int]) -> dict[int, tuple[Lock, ...]]:
    """Return, by person, the locks of the contests that they began to sit for real, the oldest first."""
    wanted = sorted(set(people))
    sat: set[tuple[int, int]] = set()
    for start in range(0, len(wanted), AT_ONCE):
        asked = (
            select(Attempt.person_id, Round.contest_id)
            .join(Round)
            .where(Attempt.person_id.in_(wanted[start : start + AT_ONCE]), Round.purpose == Purpose.REAL.value)
            .distinct()
        )
        sat |= {(person_id, contest_id) for person_id, contest_id in session.execute(asked)}
    locks = _locks({contest_id for _, contest_id in sat})
    found: dict[int, tuple[Lock, ...]] = {}
    for person_id, contest_id in sorted(sat):
        found[person_id] = (*found.get(person_id, ()), *((locks[contest_id],) if contest_id in locks else ()))
    return found


def locked_by(locks: Iterable[Lock], fields: Collection[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what of these fields is locked, in words, and the titles of the contests that lock it."""
    hit = [each for each in locks if set(each.fields) & set(fields)]
    named = {field.label for each in hit for field in each.fields if field in fields}
    words = tuple(field.label for field in IdentityField if field.label in named)
    return words, tuple(each.contest for each in hit)


def _locks(contests: Collection[int]) -> dict[int, Lock]:
    asked = select(Contest).where(Contest.id.in_(contests)).options(joinedload(Contest.organiser))
    return {
        each.id: Lock(each.title, each.organiser.name, each.rules.identity)
        for each in session.scalars(asked)
        if each.rules.identity
    }
