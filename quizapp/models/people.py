"""People, what they may do, and the sessions in which they are logged in."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.models.base import Base, Id, Instant
from quizapp.models.unions import TradeUnion
from quizapp.vocabulary import EntrantRole


class Person(Base):
    """Everybody who can log in. Phone numbers are stored in one form: ten digits with the leading zero."""

    __tablename__ = "people"
    __table_args__ = (
        CheckConstraint("phone IS NOT NULL OR member_number IS NOT NULL", "has_log_in_name"),
        CheckConstraint("password_hash IS NULL OR first_code_hash IS NULL", "code_ends_with_password"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    full_name: Mapped[str]
    name_folded: Mapped[str] = mapped_column(index=True)
    name_key: Mapped[str]  # orders by given name as a Vietnamese list does; compares bytewise
    birth_date: Mapped[date | None]
    phone: Mapped[str | None] = mapped_column(unique=True)
    member_number: Mapped[str | None] = mapped_column(unique=True)
    union_id: Mapped[int | None] = mapped_column(ForeignKey("trade_unions.id"), index=True)
    entrant_role: Mapped[str] = mapped_column(default=EntrantRole.MEMBER.value)
    password_hash: Mapped[str | None]
    first_code_hash: Mapped[str | None]
    consented_at: Mapped[datetime | None] = mapped_column(Instant)  # to the privacy page, by an own tick
    created_at: Mapped[datetime] = mapped_column(Instant)
    disabled_at: Mapped[datetime | None] = mapped_column(Instant)

    union: Mapped[TradeUnion | None] = relationship()
    grants: Mapped[list["RoleGrant"]] = relationship(back_populates="person")


class RoleGrant(Base):
    """A role over a subtree of unions."""

    __tablename__ = "role_grants"
    __table_args__ = (CheckConstraint("role IN ('organiser', 'judge', 'admin')", "known_role"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    union_id: Mapped[int] = mapped_column(ForeignKey("trade_unions.id"), primary_key=True)

    person: Mapped[Person] = relationship(back_populates="grants")
    union: Mapped[TradeUnion] = relationship()


class LogInSession(Base):
    """One log-in on one device. The cookie holds the token, this table only its hash; deleting the row ends it."""

    __tablename__ = "log_in_sessions"
    __table_args__ = (CheckConstraint("expires_at > opened_at", "expires_later"),)

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    opened_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    device: Mapped[str]  # the browser's own description, shown to the person in the list of devices

    person: Mapped[Person] = relationship()


class LogInFailure(Base):
    """Wrong passwords in a row, per log-in name for strange devices and per name and device for known ones."""

    __tablename__ = "log_in_failures"

    key: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(Instant)
