"""The union tree: any depth, any kinds; no level is known to the code."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, exists, false, or_
from sqlalchemy.orm import Mapped, aliased, mapped_column, relationship

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
    workplace: Mapped[str | None]  # a `Workplace`; None: not said, that of the union above holds
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("trade_unions.id"), index=True)
    path: Mapped[str] = mapped_column(default="", index=True)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    parent: Mapped["TradeUnion | None"] = relationship(remote_side=[id])


class MemberCount(Base):
    """How many members a union had on a day: the denominator of the participation rate."""

    __tablename__ = "member_counts"
    __table_args__ = (CheckConstraint("members >= 0", "not_negative"),)

    union_id: Mapped[int] = mapped_column(ForeignKey("trade_unions.id"), primary_key=True)
    counted_on: Mapped[date] = mapped_column(primary_key=True)
    members: Mapped[int]


PEOPLE_BELONG_TO = (UnionKind.GRASSROOTS.value, UnionKind.SECTION.value)


def stands_on(union: type[TradeUnion], day: date) -> ColumnElement[bool]:
    """Return the condition that a union exists on a day."""
    begun = or_(union.valid_from.is_(None), union.valid_from <= day)
    return begun & or_(union.valid_to.is_(None), union.valid_to >= day)


def lies_within(paths: Iterable[str]) -> ColumnElement[bool]:
    """Return the condition that a union lies in one of the subtrees."""
    return or_(false(), *(TradeUnion.path.startswith(path) for path in paths))


def people_belong_to(paths: Iterable[str], day: date) -> ColumnElement[bool]:
    """Return the condition that a person may name a union of these subtrees as theirs: a grassroots one, or a leaf."""
    child = aliased(TradeUnion)
    has_child = exists().where(child.parent_id == TradeUnion.id, stands_on(child, day))
    return lies_within(paths) & stands_on(TradeUnion, day) & or_(TradeUnion.kind.in_(PEOPLE_BELONG_TO), ~has_child)
