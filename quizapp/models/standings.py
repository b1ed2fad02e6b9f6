"""Snapshots: all boards of a contest as they stood at one instant; page, Excel and report read these rows."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.models.base import EPOCH, Base, Id, Instant
from quizapp.models.contests import Contest

UNFINISHED = EPOCH


class Snapshot(Base):
    """`published_at` set and `withdrawn_at` not: everybody may see it.

    `published_by_id` set without `published_at`: that organiser is looking at it, to publish it.
    `made_at` `UNFINISHED`: its rows are still being stored, or the worker died at it; no query finds it.
    """

    __tablename__ = "snapshots"
    __table_args__ = (
        Index("ix_snapshots_contest_id_made_at", "contest_id", "made_at"),
        CheckConstraint("withdrawn_at IS NULL OR published_at IS NOT NULL", "withdrawn_after_published"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"))
    made_at: Mapped[datetime] = mapped_column(Instant)
    published_at: Mapped[datetime | None] = mapped_column(Instant)
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # NULL: by the rules, live
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    entrants: Mapped[int]  # people of all rounds with at least one attempt
    attempts: Mapped[int]
    remarkings: Mapped[int] = mapped_column(default=0)  # of the contest when the boards were made
    provisional: Mapped[int] = mapped_column(default=0)  # how many attempts of its boards waited for their essay's mark

    contest: Mapped[Contest] = relationship()
    boards: Mapped[list["Board"]] = relationship(
        back_populates="snapshot", order_by="Board.position", cascade="all, delete-orphan", passive_deletes=True
    )


class Board(Base):
    """One board of a snapshot; `key` is that of its `BoardRules`, `division` of its `DivisionRules` or ''."""

    __tablename__ = "boards"
    __table_args__ = (UniqueConstraint("snapshot_id", "key", "division"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshots.id", ondelete="CASCADE"))
    position: Mapped[int]
    key: Mapped[str]
    division: Mapped[str] = mapped_column(default="", server_default="")
    title: Mapped[str]
    of: Mapped[str]
    size: Mapped[int]
    provisional: Mapped[int] = mapped_column(default=0, server_default="0")  # attempts of its rounds that waited

    snapshot: Mapped[Snapshot] = relationship(back_populates="boards")


class StandingsRow(Base):
    """A person or a union on a board. Names are kept as they were; marks in hundredths."""

    __tablename__ = "standings_rows"
    __table_args__ = (
        Index("ix_standings_rows_board_id_person_id", "board_id", "person_id"),
        Index("ix_standings_rows_board_id_union_id", "board_id", "union_id"),
        {"sqlite_with_rowid": False},
    )

    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # 1, 2, … without gaps
    rank: Mapped[int]  # shared by equals
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    union_id: Mapped[int | None] = mapped_column(ForeignKey("trade_unions.id"))
    name: Mapped[str]
    name_folded: Mapped[str]
    unit_name: Mapped[str | None]
    marks: Mapped[int | None]  # people: the counted marks; unions: mean of the counted marks
    seconds: Mapped[int | None]
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    attempts: Mapped[int]
    entrants: Mapped[int | None]  # unions only, as the next two
    members: Mapped[int | None]
    rate: Mapped[int | None]  # hundredths of a per cent: 9512 = 95.12 %
    score: Mapped[int | None]  # hundredths of what the union is ranked by
    total: Mapped[int | None]  # sum of the counted marks, hundredths
    winners: Mapped[int | None]  # prizes that its people got
    prediction: Mapped[int | None]  # people only, as the next
    distance: Mapped[int | None]  # between prediction and truth; NULL: the truth is not known yet
    prize: Mapped[str | None]  # titles of the prizes that this row got
