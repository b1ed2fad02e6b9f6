"""Who did what to whom when: one row for each act of an organiser or administrator."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.models.base import Base, Id, Instant, Plain


class AuditEvent(Base):
    __tablename__ = "audit_events"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # NULL: a command on the server
    action: Mapped[str]  # a verb: 'load_contest', 'publish', 'import_members' …
    subject: Mapped[str]  # what it was done to: 'contest:nq02-2026'
    details: Mapped[dict[str, Any]] = mapped_column(Plain)
