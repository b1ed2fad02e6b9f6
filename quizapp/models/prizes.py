"""Seeds for lots, what organisers decided at the border of a prize, and who got what in a snapshot."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.models.base import Base, Id, Instant
from quizapp.models.contests import Contest
from quizapp.models.people import Person
from quizapp.models.standings import Snapshot


class LotSeed(Base):
    """What lots are drawn by. Made by the machine before the close and public from then on; it never changes."""

    __tablename__ = "lot_seeds"

    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"), primary_key=True)
    seed: Mapped[str]
    published_at: Mapped[datetime] = mapped_column(Instant)
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    contest: Mapped[Contest] = relationship()


class PrizeDecision(Base):
    """What organisers chose where a rank shared by several had fewer prizes left; it stands until taken back."""

    __tablename__ = "prize_decisions"
    __table_args__ = (
        Index(
            "uq_prize_decisions_one_standing",
            "contest_id",
            "prize_key",
            "division",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"))
    prize_key: Mapped[str]
    division: Mapped[str] = mapped_column(default="")
    decision: Mapped[str]  # a `TieDecision`
    contenders: Mapped[str]  # digest of who shared the rank: of others it decides nothing
    reason: Mapped[str]
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime] = mapped_column(Instant)
    undone_at: Mapped[datetime | None] = mapped_column(Instant)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    decided_by: Mapped[Person] = relationship(foreign_keys=[decided_by_id])


class PrizeAward(Base):
    """A prize that somebody gets by a snapshot's boards; names as they were."""

    __tablename__ = "prize_awards"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) <> (union_id IS NULL)", "one_winner"),
        {"sqlite_with_rowid": False},
    )

    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshots.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # 1, 2, … in the order of the rules
    prize_key: Mapped[str]
    board_key: Mapped[str]
    division: Mapped[str]  # '': the board is not by division
    rank: Mapped[int]
    by_lot: Mapped[bool]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    union_id: Mapped[int | None] = mapped_column(ForeignKey("trade_unions.id"))
    name: Mapped[str]
    unit_name: Mapped[str | None]

    snapshot: Mapped[Snapshot] = relationship()


class PrizeTie(Base):
    """A border of a prize in a snapshot where more share the rank than there are prizes, and nobody has decided."""

    __tablename__ = "prize_ties"
    __table_args__ = ({"sqlite_with_rowid": False},)

    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshots.id", ondelete="CASCADE"), primary_key=True)
    prize_key: Mapped[str] = mapped_column(primary_key=True)
    division: Mapped[str] = mapped_column(primary_key=True)
    board_key: Mapped[str]
    rank: Mapped[int]
    remaining: Mapped[int]  # prizes that are left for them
    contending: Mapped[int]  # who share the rank and may still get one
    contenders: Mapped[str]  # digest, as in `PrizeDecision`

    snapshot: Mapped[Snapshot] = relationship()
