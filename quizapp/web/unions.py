"""The unions among which people choose whose the things are that they make."""

from collections.abc import Sequence

from sqlalchemy import func, or_, select

from quizapp.db import session
from quizapp.models import Person, TradeUnion
from quizapp.rules import permissions
from quizapp.vocabulary import Role


def managed_unions(by: Person, most: int = 400) -> Sequence[TradeUnion]:
    """Return the unions that `by` organises, the highest first."""
    held = [TradeUnion.path.startswith(path, autoescape=True) for path in permissions.paths(by, Role.ORGANISER)]
    depth = func.length(TradeUnion.path) - func.length(func.replace(TradeUnion.path, "/", ""))
    asked = select(TradeUnion).where(or_(*held)).order_by(depth, TradeUnion.name_folded)
    return session.scalars(asked.limit(most)).all()
