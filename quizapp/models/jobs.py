"""Work that outlives its request: what was asked, how far it is, what came of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.models.base import Base, Id, Instant, Plain


class Job(Base):
    """A piece of work for a process of its own. `subject` as in audit events; one unfinished job a kind and subject."""

    __tablename__ = "jobs"
    __table_args__ = (
        Index(
            "uq_jobs_one_unfinished",
            "kind",
            "subject",
            unique=True,
            sqlite_where=text("finished_at IS NULL"),
            postgresql_where=text("finished_at IS NULL"),
        ),
        CheckConstraint("progress BETWEEN 0 AND 10000", "per_cent"),
        CheckConstraint("finished_at IS NULL OR started_at IS NOT NULL", "finished_after_start"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str]
    subject: Mapped[str]
    details: Mapped[dict[str, Any]] = mapped_column(Plain)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    started_at: Mapped[datetime | None] = mapped_column(Instant)
    beat_at: Mapped[datetime | None] = mapped_column(Instant)  # the last sign of life
    progress: Mapped[int] = mapped_column(default=0)  # hundredths of a per cent
    tries: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[datetime | None] = mapped_column(Instant)
    problem: Mapped[str] = mapped_column(default="")  # a sentence for people; empty: all went well


class JobFile(Base):
    """A part of the file that a job made for who asked; parts are numbered from 1."""

    __tablename__ = "job_files"

    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[bytes] = mapped_column(LargeBinary)
