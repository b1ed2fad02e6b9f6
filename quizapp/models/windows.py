"""What was changed of windows after the rules were set, each with its reason."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.models.base import Base, Id, Instant
from quizapp.models.contests import Contest, Round
from quizapp.models.people import Person
from quizapp.models.unions import TradeUnion


class WindowChange(Base):
    """Later hours for a person, a union's subtree, a round or the whole contest; it stands until it is taken back.

    EXTENSION, SHIFT: `minutes`, of a shift below 0 where it is earlier. OUTAGE: from `starts_at` to `ends_at`.
    PAUSE: the same, `ends_at` NULL while it lasts.
    """

    __tablename__ = "window_changes"
    __table_args__ = (
        CheckConstraint("person_id IS NULL OR union_id IS NULL", "one_whom"),
        CheckConstraint("(kind IN ('extension', 'shift')) = (minutes IS NOT NULL)", "minutes_or_interval"),
        CheckConstraint("(kind IN ('outage', 'pause')) = (starts_at IS NOT NULL)", "interval_or_minutes"),
        CheckConstraint("ends_at IS NULL OR ends_at >= starts_at", "ends_later"),
        CheckConstraint("kind <> 'outage' OR ends_at IS NOT NULL", "an_outage_is_over"),
        Index(
            "uq_window_changes_one_pause",
            "contest_id",
            unique=True,
            sqlite_where=text("kind = 'pause' AND ends_at IS NULL AND undone_at IS NULL"),
            postgresql_where=text("kind = 'pause' AND ends_at IS NULL AND undone_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"), index=True)
    round_id: Mapped[int | None] = mapped_column(ForeignKey("rounds.id"), index=True)  # NULL: every round
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)  # this and the next NULL: all
    union_id: Mapped[int | None] = mapped_column(ForeignKey("trade_unions.id"))
    kind: Mapped[str]
    minutes: Mapped[int | None]
    starts_at: Mapped[datetime | None] = mapped_column(Instant)
    ends_at: Mapped[datetime | None] = mapped_column(Instant)
    moves_close: Mapped[bool] = mapped_column(default=True, server_default=true())  # of an outage: the round's
    reason: Mapped[str]  # those who sit read it
    made_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime] = mapped_column(Instant)
    undone_at: Mapped[datetime | None] = mapped_column(Instant)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    contest: Mapped[Contest] = relationship()
    round: Mapped[Round | None] = relationship()
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    union: Mapped[TradeUnion | None] = relationship()
    made_by: Mapped[Person] = relationship(foreign_keys=[made_by_id])


class GivenTime(Base):
    """What a window change gave one attempt that was running: so that it can be told, and taken back exactly."""

    __tablename__ = "given_times"
    __table_args__ = ({"sqlite_with_rowid": False},)

    change_id: Mapped[int] = mapped_column(ForeignKey("window_changes.id"), primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), primary_key=True, index=True)
    closed_at_before: Mapped[datetime] = mapped_column(Instant)
    seconds: Mapped[int]
