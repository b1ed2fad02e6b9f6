"""Likeness of essays: texts to compare with, searches, the pairs that were found, and what a human said of them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.models.base import Base, Id, Instant
from quizapp.models.contests import Round
from quizapp.models.essays import Essay
from quizapp.models.jobs import Job
from quizapp.models.people import Person


class GivenText(Base):
    """A text that organisers pasted, a law or news, to find what was copied from it."""

    __tablename__ = "given_texts"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), index=True)
    title: Mapped[str]
    text: Mapped[str]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    added_at: Mapped[datetime] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)


class LikenessSearch(Base):
    """One search over the essays of a round. `least`: the smallest share that is told, in hundredths of a per cent."""

    __tablename__ = "likeness_searches"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), index=True)
    job_id: Mapped[int | None] = mapped_column(ForeignKey("jobs.id", ondelete="SET NULL"))  # None: long over
    least: Mapped[int]
    essays: Mapped[int | None]  # how many were compared; None until finished
    texts: Mapped[int | None]
    finished_at: Mapped[datetime | None] = mapped_column(Instant)

    round: Mapped[Round] = relationship()
    job: Mapped[Job | None] = relationship()


class LikenessPair(Base):
    """An essay like another one, or like a given text, as the newest search that saw the two found them.

    `share`: how much of the shorter one stands in the other, in hundredths of a per cent. A verdict outlives searches.
    """

    __tablename__ = "likeness_pairs"
    __table_args__ = (
        UniqueConstraint("attempt_id", "other_id"),
        UniqueConstraint("attempt_id", "text_id"),
        CheckConstraint("(other_id IS NULL) <> (text_id IS NULL)", "like_one_thing"),
        CheckConstraint("other_id IS NULL OR attempt_id < other_id", "once_a_pair"),
        CheckConstraint("(verdict IS NULL) = (decided_at IS NULL)", "decided_by_somebody"),
        CheckConstraint("verdict IN ('copied', 'harmless')", "known_verdict"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    search_id: Mapped[int] = mapped_column(ForeignKey("likeness_searches.id"), index=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("essays.attempt_id"))
    other_id: Mapped[int | None] = mapped_column(ForeignKey("essays.attempt_id"))
    text_id: Mapped[int | None] = mapped_column(ForeignKey("given_texts.id"))
    share: Mapped[int]
    verdict: Mapped[str | None]
    note: Mapped[str] = mapped_column(default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)

    essay: Mapped[Essay] = relationship(foreign_keys=[attempt_id])
    other: Mapped[Essay | None] = relationship(foreign_keys=[other_id])
    given: Mapped[GivenText | None] = relationship()
    decided_by: Mapped[Person | None] = relationship()
