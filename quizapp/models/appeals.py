"""After the marks: appeals of writers, and works that are shown with their consent."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.models.base import Base, Instant
from quizapp.models.essays import Allocation, Essay, Settlement
from quizapp.models.people import Person


class Appeal(Base):
    """A writer's wish that the essay be marked once more, by a judge who has not marked it: once an essay."""

    __tablename__ = "appeals"
    __table_args__ = (
        CheckConstraint("(decided_at IS NULL) = (answer IS NULL)", "answered_when_decided"),
        CheckConstraint("decided_at IS NULL OR withdrawn_at IS NULL", "decided_or_withdrawn"),
    )

    attempt_id: Mapped[int] = mapped_column(ForeignKey("essays.attempt_id"), primary_key=True)
    reason: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(Instant)
    mark_before: Mapped[int]  # hundredths, as it stood when it was asked
    allocation_id: Mapped[int | None] = mapped_column(ForeignKey("allocations.id"))  # the judge; None: not given yet
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)  # by the writer
    answer: Mapped[str | None]  # for the writer
    settlement_id: Mapped[int | None] = mapped_column(ForeignKey("settlements.id"))  # None: the mark stayed
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)

    essay: Mapped[Essay] = relationship()
    allocation: Mapped[Allocation | None] = relationship()
    settlement: Mapped[Settlement | None] = relationship()
    decided_by: Mapped[Person | None] = relationship()


class ShownWork(Base):
    """An essay chosen to be shown. Nothing of it is public before the writer consented and an organiser published."""

    __tablename__ = "shown_works"
    __table_args__ = (
        CheckConstraint("published_at IS NULL OR consented_at IS NOT NULL", "published_with_consent"),
        CheckConstraint("consented_at IS NULL OR declined_at IS NULL", "one_answer"),
    )

    attempt_id: Mapped[int] = mapped_column(ForeignKey("essays.attempt_id"), primary_key=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(default="")
    chosen_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    chosen_at: Mapped[datetime] = mapped_column(Instant)
    consented_at: Mapped[datetime | None] = mapped_column(Instant)
    declined_at: Mapped[datetime | None] = mapped_column(Instant)
    with_name: Mapped[bool] = mapped_column(default=False)  # the writer wants name and union beside it
    published_at: Mapped[datetime | None] = mapped_column(Instant)

    essay: Mapped[Essay] = relationship()
