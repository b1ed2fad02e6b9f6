"""Contests and their rounds; the rules themselves are frozen values of `rules.contest_rules`."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, UniqueConstraint
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column, relationship

from quizapp.models.base import Base, Id, Instant, Plain, Rules
from quizapp.models.unions import TradeUnion
from quizapp.rules.contest_rules import ContestRules
from quizapp.rules.round_rules import RoundRules
from quizapp.vocabulary import Purpose


class Contest(Base):
    __tablename__ = "contests"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    organiser_id: Mapped[int] = mapped_column(ForeignKey("trade_unions.id"), index=True)
    rules: Mapped[ContestRules] = mapped_column(Rules(ContestRules))
    source: Mapped[str]  # the contest file as it was loaded
    loaded_at: Mapped[datetime] = mapped_column(Instant)
    published_at: Mapped[datetime | None] = mapped_column(Instant)  # NULL: only organisers see it
    remarkings: Mapped[int] = mapped_column(default=0)  # how often a mark changed after hand-in: boards grow old by it

    organiser: Mapped[TradeUnion] = relationship()
    rounds: Mapped[list["Round"]] = relationship(
        primaryjoin="and_(Contest.id == Round.contest_id, Round.purpose == 'real')",
        order_by="Round.position",
        viewonly=True,
    )
    audience: Mapped[list[TradeUnion]] = relationship(secondary="contest_audience")


class ContestAudience(Base):
    """A union whose whole subtree may enter."""

    __tablename__ = "contest_audience"

    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"), primary_key=True)
    union_id: Mapped[int] = mapped_column(ForeignKey("trade_unions.id"), primary_key=True)


class Round(Base):
    """A round's window stands in columns, so that queries can ask for it.

    `rules` holds the same two instants, as long as no `WindowChange` of the whole round moved them. A round that is
    sat for practice or rehearsal is a row of its own and never among `Contest.rounds`: nothing of it is in a total.
    """

    __tablename__ = "rounds"
    __table_args__ = (
        UniqueConstraint("contest_id", "key"),
        CheckConstraint("closes_at > opens_at", "closes_later"),
        CheckConstraint("purpose IN ('real', 'practice', 'rehearsal')", "known_purpose"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"))
    position: Mapped[int]
    key: Mapped[str]
    title: Mapped[str]
    opens_at: Mapped[datetime] = mapped_column(Instant)
    closes_at: Mapped[datetime] = mapped_column(Instant)
    rules: Mapped[RoundRules] = mapped_column(Rules(RoundRules))
    purpose: Mapped[str] = mapped_column(default=Purpose.REAL.value, server_default=Purpose.REAL.value)

    contest: Mapped[Contest] = relationship()


class ContestDraft(Base):
    """A contest being written in the browser; `tree` has the keys of a contest file, as far as they are known."""

    __tablename__ = "contest_drafts"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    organiser_id: Mapped[int] = mapped_column(ForeignKey("trade_unions.id"), index=True)
    contest_id: Mapped[int | None] = mapped_column(ForeignKey("contests.id"), unique=True)  # the one that it changes
    tree: Mapped[dict[str, Any]] = mapped_column(Plain)
    version: Mapped[int] = mapped_column(default=1)  # grows with each save: two people never overwrite each other
    made_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime] = mapped_column(Instant)
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    changed_at: Mapped[datetime] = mapped_column(Instant)

    organiser: Mapped[TradeUnion] = relationship()
    contest: Mapped[Contest | None] = relationship()


def sat_for_real(contest_id: int | InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Return the condition that a round is one of a contest's own: practice and rehearsal are in no total."""
    return (Round.contest_id == contest_id) & (Round.purpose == Purpose.REAL.value)
