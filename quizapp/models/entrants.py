"""Who takes part in a contest, who was disqualified, and which accounts were looked at as maybe one person's."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.models.attempts import Attempt
from quizapp.models.base import Base, Id, Instant
from quizapp.models.contests import Contest
from quizapp.models.people import Person


class Entrant(Base):
    """A person in a contest, from the first attempt on: role and division as they were then."""

    __tablename__ = "entrants"
    __table_args__ = (Index("ix_entrants_contest_id_division", "contest_id", "division"),)

    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    role: Mapped[str]  # an `EntrantRole`
    division: Mapped[str | None]  # a `DivisionRules.key`; NULL: none fits, or the contest has none
    entered_at: Mapped[datetime] = mapped_column(Instant)

    person: Mapped[Person] = relationship()


class Disqualification(Base):
    """Attempts that do not count: all of a person in a contest, or one. Lifting it brings everything back."""

    __tablename__ = "disqualifications"
    __table_args__ = (
        Index(
            "uq_disqualifications_one_person",
            "contest_id",
            "person_id",
            unique=True,
            sqlite_where=text("lifted_at IS NULL AND attempt_id IS NULL"),
            postgresql_where=text("lifted_at IS NULL AND attempt_id IS NULL"),
        ),
        Index(
            "uq_disqualifications_one_attempt",
            "attempt_id",
            unique=True,
            sqlite_where=text("lifted_at IS NULL AND attempt_id IS NOT NULL"),
            postgresql_where=text("lifted_at IS NULL AND attempt_id IS NOT NULL"),
        ),
        CheckConstraint("(lifted_at IS NULL) = (lifted_reason IS NULL)", "lifted_with_a_reason"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    attempt_id: Mapped[int | None] = mapped_column(ForeignKey("attempts.id"), index=True)  # NULL: all in this contest
    reason: Mapped[str]  # the person reads it
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime] = mapped_column(Instant)
    lifted_at: Mapped[datetime | None] = mapped_column(Instant)
    lifted_reason: Mapped[str | None]
    lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    contest: Mapped[Contest] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    attempt: Mapped[Attempt | None] = relationship()
    made_by: Mapped[Person | None] = relationship(foreign_keys=[made_by_id])
    lifted_by: Mapped[Person | None] = relationship(foreign_keys=[lifted_by_id])


class DuplicateDecision(Base):
    """What an organiser said of two accounts that look like one person's; it stands until it is taken back."""

    __tablename__ = "duplicate_decisions"
    __table_args__ = (
        CheckConstraint("first_id < second_id", "a_pair_is_written_once"),
        Index(
            "uq_duplicate_decisions_one_standing",
            "first_id",
            "second_id",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    first_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    second_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    verdict: Mapped[str]  # a `DuplicateVerdict`
    reason: Mapped[str]
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime] = mapped_column(Instant)
    undone_at: Mapped[datetime | None] = mapped_column(Instant)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    first: Mapped[Person] = relationship(foreign_keys=[first_id])
    second: Mapped[Person] = relationship(foreign_keys=[second_id])
    decided_by: Mapped[Person] = relationship(foreign_keys=[decided_by_id])
