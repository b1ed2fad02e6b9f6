"""The union tree: any depth, any kinds; no level is known to the code."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.models.base import Base, Id
from quizapp.vocabulary import UnionKind


class TradeUnion(Base):
    """A node of the tree. `path` lists the ids from the root to the node itself: '/1/17/230/'."""

    __tablename__ = "trade_unions"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from", "valid_order"),
        CheckConstraint("parent_id IS NULL OR parent_id <> id", "not_own_parent"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_folded: Mapped[str] = mapped_column(index=True)  # lower case, without marks: what search compares
    kind: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("trade_unions.id"), index=True)
    path: Mapped[str] = mapped_column(default="", index=True)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    parent: Mapped["TradeUnion | None"] = relationship(remote_side=[id])

    @property
    def kind_label(self) -> str:
        return UnionKind(self.kind).label


class MemberCount(Base):
    """How many members a union had on a day: the denominator of the participation rate."""

    __tablename__ = "member_counts"
    __table_args__ = (CheckConstraint("members >= 0", "not_negative"),)

    union_id: Mapped[int] = mapped_column(ForeignKey("trade_unions.id"), primary_key=True)
    counted_on: Mapped[date] = mapped_column(primary_key=True)
    members: Mapped[int]
