"""Essays and their judging: texts and files, rubrics, who judges what, what each gave, what was settled."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, LargeBinary, UniqueConstraint, or_, text
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.models.attempts import Attempt
from quizapp.models.base import Base, Id, Instant, Plain, Rules
from quizapp.models.contests import Round
from quizapp.models.people import Person
from quizapp.models.unions import TradeUnion
from quizapp.rules.rubrics import RubricContent


class Essay(Base):
    """The text of an attempt as it stands. `code` stands for the writer on every judge's screen and paper."""

    __tablename__ = "essays"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    number: Mapped[int] = mapped_column(Id)  # of the change that is stored; a lower one never replaces it
    text: Mapped[str]
    words: Mapped[int]
    files: Mapped[int] = mapped_column(default=0, server_default="0")  # how many photos and pages belong to it
    saved_at: Mapped[datetime] = mapped_column(Instant)

    attempt: Mapped[Attempt] = relationship()

    @hybrid_property
    def is_written(self) -> bool:
        """Whether there is anything that a judge could read."""
        return self.words > 0 or self.files > 0

    @is_written.inplace.expression
    @classmethod
    def _is_written(cls) -> ColumnElement[bool]:
        return or_(cls.words > 0, cls.files > 0)


class EssayFile(Base):
    """A photo, or one page of a file, made anew from what was uploaded: nothing hidden in the upload is kept.

    `digest`: SHA-256 of the upload in hex, with the page; the same upload twice is one.
    """

    __tablename__ = "essay_files"
    __table_args__ = (
        UniqueConstraint("attempt_id", "digest", "page"),
        CheckConstraint("kind IN ('photo', 'pdf')", "known_kind"),
        CheckConstraint("page > 0 AND size > 0 AND width > 0 AND height > 0", "some_picture"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("essays.attempt_id"))
    position: Mapped[int]
    kind: Mapped[str]
    name: Mapped[str]  # as the writer's phone called it; judges do not see it
    digest: Mapped[str]
    page: Mapped[int] = mapped_column(default=1)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)  # WebP
    size: Mapped[int]  # bytes of the content
    width: Mapped[int]
    height: Mapped[int]
    added_at: Mapped[datetime] = mapped_column(Instant)


class EssayRevision(Base):
    """An earlier state of an essay, kept when the text changed much or some time had passed."""

    __tablename__ = "essay_revisions"
    __table_args__ = ({"sqlite_with_rowid": False},)

    attempt_id: Mapped[int] = mapped_column(ForeignKey("essays.attempt_id"), primary_key=True)
    number: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    text: Mapped[str]
    saved_at: Mapped[datetime] = mapped_column(Instant)
    handed_in_at: Mapped[datetime | None] = mapped_column(Instant)  # it was handed in so, and taken up again


class Rubric(Base):
    """A version of a rubric. Frozen once an essay was marked by it: then editing makes the next version."""

    __tablename__ = "rubrics"
    __table_args__ = (UniqueConstraint("code", "version"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    code: Mapped[str]
    version: Mapped[int]
    union_id: Mapped[int] = mapped_column(ForeignKey("trade_unions.id"), index=True)  # whose organisers may change it
    title: Mapped[str]
    content: Mapped[RubricContent] = mapped_column(Rules(RubricContent))
    made_at: Mapped[datetime] = mapped_column(Instant)
    frozen_at: Mapped[datetime | None] = mapped_column(Instant)

    union: Mapped[TradeUnion] = relationship()


class JudgeSeat(Base):
    """A judge of a round. `capacity`: the most essays to give, None: as many as come."""

    __tablename__ = "judge_seats"
    __table_args__ = (
        UniqueConstraint("round_id", "person_id"),
        CheckConstraint("capacity IS NULL OR capacity > 0", "some_capacity"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    capacity: Mapped[int | None]
    is_chair: Mapped[bool] = mapped_column(default=False)
    seated_at: Mapped[datetime] = mapped_column(Instant)
    left_at: Mapped[datetime | None] = mapped_column(Instant)
    trial_waived_at: Mapped[datetime | None] = mapped_column(Instant)  # may begin without the trial marking

    round: Mapped[Round] = relationship()
    person: Mapped[Person] = relationship()


class Allocation(Base):
    """An essay given to a judge, once in each turn. `position` orders the judge's own queue.

    `alias` is the code that the judge sees where the essay's own would tell that it was seen before. A leased one goes
    back to the others when `leased_until` has passed and nothing was finished: withdrawn, it has lapsed, and the judge
    may have it again; what a judge gave back, or left behind, has no lease any more.
    """

    __tablename__ = "allocations"
    __table_args__ = (
        UniqueConstraint("attempt_id", "seat_id", "turn"),
        UniqueConstraint("alias"),
        Index("ix_allocations_seat_id_position", "seat_id", "position"),
        CheckConstraint("turn IN ('first', 'third', 'seed', 'appeal')", "known_turn"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("essays.attempt_id"))
    seat_id: Mapped[int] = mapped_column(ForeignKey("judge_seats.id"))
    rubric_id: Mapped[int | None] = mapped_column(ForeignKey("rubrics.id"))  # None: one free mark
    turn: Mapped[str]
    alias: Mapped[str | None]
    position: Mapped[int]
    allocated_at: Mapped[datetime] = mapped_column(Instant)
    leased_until: Mapped[datetime | None] = mapped_column(Instant)  # None: given by the organisers, stays
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)  # unfinished: given back, left behind, or lapsed

    essay: Mapped[Essay] = relationship()
    seat: Mapped[JudgeSeat] = relationship()
    rubric: Mapped[Rubric | None] = relationship()

    @property
    def code(self) -> str:
        """What the judge knows the essay by."""
        return self.alias or self.essay.code

    @property
    def is_lapsed(self) -> bool:
        return self.withdrawn_at is not None and self.leased_until is not None


class Assessment(Base):
    """What a judge gave to an allocated essay. `marks` and `comments` by the rubric's criterion keys; hundredths."""

    __tablename__ = "assessments"
    __table_args__ = (CheckConstraint("(finished_at IS NULL) = (total IS NULL)", "marked_when_finished"),)

    allocation_id: Mapped[int] = mapped_column(ForeignKey("allocations.id"), primary_key=True)
    marks: Mapped[dict[str, int]] = mapped_column(Plain)
    comments: Mapped[dict[str, str]] = mapped_column(Plain)
    comment: Mapped[str] = mapped_column(default="")  # for the writer, when the rules say so
    notes: Mapped[str] = mapped_column(default="")  # for the judge alone
    is_in_doubt: Mapped[bool] = mapped_column(default=False)
    total: Mapped[int | None]
    saved_at: Mapped[datetime] = mapped_column(Instant)
    finished_at: Mapped[datetime | None] = mapped_column(Instant)

    allocation: Mapped[Allocation] = relationship()


class Settlement(Base):
    """How an essay got its mark: a layer that is superseded by the next one, never overwritten."""

    __tablename__ = "settlements"
    __table_args__ = (
        Index(
            "uq_settlements_one_standing",
            "attempt_id",
            unique=True,
            sqlite_where=text("superseded_at IS NULL"),
            postgresql_where=text("superseded_at IS NULL"),
        ),
        CheckConstraint("mark >= 0", "not_negative"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("essays.attempt_id"), index=True)
    mark: Mapped[int]  # hundredths
    how: Mapped[dict[str, Any]] = mapped_column(Plain)  # the rule, and the totals that it was applied to
    reason: Mapped[str] = mapped_column(default="")
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # None: by rule
    settled_at: Mapped[datetime] = mapped_column(Instant)
    superseded_at: Mapped[datetime | None] = mapped_column(Instant)
