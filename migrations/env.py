"""Runs the migrations on the connection that `quizapp.models.schema.migrate` hands over."""

from typing import Any

from alembic import context
from sqlalchemy.types import TypeDecorator

from quizapp.models import Base
from quizapp.models.base import Instant


def render_item(kind: str, item: Any, _: Any) -> Any:
    """Write down the database's own type: a migration must not change when a class of ours does."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return "sa.BigInteger()" if isinstance(item, Instant) else "sa.Text()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=False,
    render_item=render_item,
)
with context.begin_transaction():
    context.run_migrations()
