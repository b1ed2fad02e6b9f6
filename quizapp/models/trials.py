"""Trial marking: sample essays with known marks, and what each judge gave to them before the real work."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.models.base import Base, Id, Instant, Plain
from quizapp.models.contests import Round
from quizapp.models.essays import JudgeSeat, Rubric


class TrialEssay(Base):
    """A sample of a round with the marks that the organisers agreed on; hundredths, by criterion key as assessments."""

    __tablename__ = "trial_essays"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), index=True)
    rubric_id: Mapped[int | None] = mapped_column(ForeignKey("rubrics.id"))  # None: one free mark
    position: Mapped[int]
    text: Mapped[str]
    marks: Mapped[dict[str, int]] = mapped_column(Plain)
    total: Mapped[int]
    reasons: Mapped[str]  # why these marks; a judge reads it after the own marks
    made_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)

    round: Mapped[Round] = relationship()
    rubric: Mapped[Rubric | None] = relationship()


class TrialAssessment(Base):
    """What a judge gave to a sample: once, never changed."""

    __tablename__ = "trial_assessments"
    __table_args__ = (CheckConstraint("total >= 0", "not_negative"),)

    trial_id: Mapped[int] = mapped_column(ForeignKey("trial_essays.id"), primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("judge_seats.id"), primary_key=True)
    marks: Mapped[dict[str, int]] = mapped_column(Plain)
    total: Mapped[int]
    finished_at: Mapped[datetime] = mapped_column(Instant)

    trial: Mapped[TrialEssay] = relationship()
    seat: Mapped[JudgeSeat] = relationship()
