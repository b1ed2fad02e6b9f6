"""Contests and their rounds; the rules themselves are frozen values of `rules.contest_rules`."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.models.base import Base, Id, Instant, Rules
from quizapp.models.unions import TradeUnion
from quizapp.rules.contest_rules import ContestRules, RoundRules


class Contest(Base):
    __tablename__ = "contests"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    organiser_id: Mapped[int] = mapped_column(ForeignKey("trade_unions.id"), index=True)
    rules: Mapped[ContestRules] = mapped_column(Rules(ContestRules))
    source: Mapped[str]  # the contest file as it was loaded
    loaded_at: Mapped[datetime] = mapped_column(Instant)
    remarkings: Mapped[int] = mapped_column(default=0)  # how often a mark changed after hand-in: boards grow old by it

    organiser: Mapped[TradeUnion] = relationship()
    rounds: Mapped[list["Round"]] = relationship(back_populates="contest", order_by="Round.position")
    audience: Mapped[list[TradeUnion]] = relationship(secondary="contest_audience")


class ContestAudience(Base):
    """A union whose whole subtree may enter."""

    __tablename__ = "contest_audience"

    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"), primary_key=True)
    union_id: Mapped[int] = mapped_column(ForeignKey("trade_unions.id"), primary_key=True)


class Round(Base):
    """A round's window stands in columns, so that queries can ask for it; `rules` holds the same two instants."""

    __tablename__ = "rounds"
    __table_args__ = (
        UniqueConstraint("contest_id", "key"),
        CheckConstraint("closes_at > opens_at", "closes_later"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"))
    position: Mapped[int]
    key: Mapped[str]
    title: Mapped[str]
    opens_at: Mapped[datetime] = mapped_column(Instant)
    closes_at: Mapped[datetime] = mapped_column(Instant)
    rules: Mapped[RoundRules] = mapped_column(Rules(RoundRules))

    contest: Mapped[Contest] = relationship(back_populates="rounds")
