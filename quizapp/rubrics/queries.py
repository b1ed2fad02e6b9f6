"""Finds rubrics: those that an organiser may change, and those of unions above that one may use."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, literal, or_, select
from sqlalchemy.orm import joinedload

from quizapp.db import session
from quizapp.models import Person, Rubric, TradeUnion
from quizapp.rules import permissions
from quizapp.vocabulary import Role


@dataclass(frozen=True)
class ListedRubric:
    """The newest version of a rubric; `is_own`: the organiser who asks may change it."""

    rubric: Rubric
    is_own: bool


def listed(by: Person) -> list[ListedRubric]:
    """Return the newest version of each rubric that `by` may use, by title."""
    held = permissions.paths(by, Role.ORGANISER)
    newest = select(Rubric.code, func.max(Rubric.version).label("version")).group_by(Rubric.code).subquery()
    seen = [TradeUnion.path.startswith(path, autoescape=True) for path in held]
    seen += [literal(path).startswith(TradeUnion.path) for path in held]
    found = session.scalars(
        select(Rubric)
        .join(newest, (newest.c.code == Rubric.code) & (newest.c.version == Rubric.version))
        .join(Rubric.union)
        .where(or_(*seen))
        .options(joinedload(Rubric.union))
        .order_by(Rubric.title, Rubric.id)
    )
    return [ListedRubric(each, permissions.may_manage_union(by, each.union)) for each in found]


def newest(code: str, *, hold: bool = False) -> Rubric | None:
    """Return the newest version of a rubric. hold: nobody else changes it until the transaction ends."""
    asked = select(Rubric).where(Rubric.code == code).order_by(Rubric.version.desc()).limit(1)
    return session.scalar(asked.with_for_update() if hold else asked)


def versions(code: str) -> Sequence[Rubric]:
    """Return all versions of a rubric, the newest first."""
    return session.scalars(select(Rubric).where(Rubric.code == code).order_by(Rubric.version.desc())).all()
