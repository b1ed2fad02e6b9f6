"""Keys that were put right in one contest, the truth of predictions, and wishes that a mark be looked at again."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.models.attempts import Attempt
from quizapp.models.banks import QuestionVersion
from quizapp.models.base import Base, Id, Instant, Plain
from quizapp.models.contests import Contest, Round
from quizapp.models.people import Person


class KeyCorrection(Base):
    """A wrong key put right in one contest; the version that was sat stays as it is. It stands until taken back."""

    __tablename__ = "key_corrections"
    __table_args__ = (
        Index(
            "uq_key_corrections_one_standing",
            "contest_id",
            "version_id",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
        CheckConstraint("(verdict = 'new_key') = (options IS NOT NULL)", "new_key_has_options"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("question_versions.id"), index=True)
    verdict: Mapped[str]  # a `KeyVerdict`
    options: Mapped[list[int] | None] = mapped_column(Plain)  # NEW_KEY: positions of the right options in the bank
    reason: Mapped[str]
    notice: Mapped[str]  # what entrants are told
    attempts: Mapped[int]  # how many marks changed when it was applied
    made_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime] = mapped_column(Instant)
    undone_at: Mapped[datetime | None] = mapped_column(Instant)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    contest: Mapped[Contest] = relationship()
    version: Mapped[QuestionVersion] = relationship()
    made_by: Mapped[Person] = relationship(foreign_keys=[made_by_id])


class PredictionTruth(Base):
    """The number that a round's predictions are measured by, counted once after the close and written down."""

    __tablename__ = "prediction_truths"

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    target: Mapped[str]  # a `PredictionTarget`
    people: Mapped[int]
    frozen_at: Mapped[datetime] = mapped_column(Instant)
    frozen_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # NULL: by itself, after the close
    reason: Mapped[str] = mapped_column(default="")  # why it was counted again

    round: Mapped[Round] = relationship()


class MarkAppeal(Base):
    """A person's wish that the mark of the questions of an attempt be looked at again: once an attempt."""

    __tablename__ = "mark_appeals"
    __table_args__ = (
        CheckConstraint("(decided_at IS NULL) = (answer IS NULL)", "answered_when_decided"),
        CheckConstraint("decided_at IS NULL OR withdrawn_at IS NULL", "decided_or_withdrawn"),
    )

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), primary_key=True)
    slot: Mapped[int | None]  # the question that it is about; NULL: all
    reason: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(Instant)
    mark_before: Mapped[int]
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    answer: Mapped[str | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)

    attempt: Mapped[Attempt] = relationship()
    decided_by: Mapped[Person | None] = relationship()
