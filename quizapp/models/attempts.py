"""Papers, attempts and responses: what was drawn, who sat it when, and what was answered."""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    false,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.models.audit import AuditEvent
from quizapp.models.banks import QuestionVersion
from quizapp.models.base import Base, Id, Instant
from quizapp.models.contests import Round
from quizapp.models.people import Person
from quizapp.models.unions import TradeUnion
from quizapp.vocabulary import Source


class Paper(Base):
    """What was drawn from the blueprint, replayable from its seed.

    `shape` says of each slot in order what an answer to it may be, so that the hot path need not read the slots:
    's4' one of four options, 'm5' any of five, 't200' up to 200 typed characters; slots are parted by blanks.
    """

    __tablename__ = "papers"
    __table_args__ = (
        Index(
            "ix_papers_in_reserve",
            "round_id",
            sqlite_where=text("in_reserve"),
            postgresql_where=text("in_reserve"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), index=True)
    seed: Mapped[str]
    shape: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(Instant)
    fixed_key: Mapped[str | None]  # of the `FixedPaper` that it is
    in_reserve: Mapped[bool] = mapped_column(default=False, server_default=false())  # made ahead, not yet anybody's

    slots: Mapped[list["PaperSlot"]] = relationship(order_by="PaperSlot.number")


class PaperSlot(Base):
    """One place in a paper. `option_order` '2,0,1': shown first is the option that the bank has at position 2.

    '' where the answer is typed.
    """

    __tablename__ = "paper_slots"
    __table_args__ = ({"sqlite_with_rowid": False},)

    paper_id: Mapped[int] = mapped_column(ForeignKey("papers.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # 1, 2, …
    version_id: Mapped[int] = mapped_column(ForeignKey("question_versions.id"), index=True)
    option_order: Mapped[str]
    right_mark: Mapped[int | None]  # hundredths; NULL: the round's
    section: Mapped[str | None]  # the heading under which it stands

    version: Mapped[QuestionVersion] = relationship()


class AttemptImport(Base):
    """A file of results from a paper or in-person sitting; taken back, its attempts are disqualified, not deleted."""

    __tablename__ = "attempt_imports"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"), index=True)
    file_name: Mapped[str]
    digest: Mapped[str]  # SHA-256 of the file: the same file twice is told
    attempts: Mapped[int]
    imported_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # NULL: a command on the server
    imported_at: Mapped[datetime] = mapped_column(Instant)
    undone_at: Mapped[datetime | None] = mapped_column(Instant)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    imported_by: Mapped[Person | None] = relationship(foreign_keys=[imported_by_id])


class Attempt(Base):
    """One contestant's sitting of one round. Its state is derived from its instants (`rules.deadlines`)."""

    __tablename__ = "attempts"
    __table_args__ = (
        UniqueConstraint("person_id", "round_id", "number"),
        UniqueConstraint("id", "paper_id"),
        Index(
            "uq_attempts_one_open",
            "person_id",
            "round_id",
            unique=True,
            sqlite_where=text("submitted_at IS NULL"),
            postgresql_where=text("submitted_at IS NULL"),
        ),
        Index("ix_attempts_round_id_submitted_at", "round_id", "submitted_at"),
        CheckConstraint("closes_at > started_at", "closes_later"),
        CheckConstraint("(submitted_at IS NULL) = (mark IS NULL)", "marked_when_handed_in"),
        CheckConstraint("submitted_at IS NULL OR submitted_at BETWEEN started_at AND closes_at", "handed_in_inside"),
        CheckConstraint("mark IS NULL OR mark BETWEEN 0 AND max_mark", "mark_inside"),
        CheckConstraint("prediction IS NULL OR prediction >= 0", "prediction_counts_people"),
        CheckConstraint("(at_slot IS NULL) = (at_slot_since IS NULL)", "at_slot_since_when"),
        CheckConstraint("(import_id IS NULL) = (source <> 'imported')", "imported_by_an_import"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    paper_id: Mapped[int] = mapped_column(ForeignKey("papers.id"))
    union_id: Mapped[int | None] = mapped_column(ForeignKey("trade_unions.id"))  # the person's union when it began
    number: Mapped[int]  # 1, 2, … of this person in this round
    started_at: Mapped[datetime] = mapped_column(Instant)
    closes_at: Mapped[datetime] = mapped_column(Instant)
    takeovers: Mapped[int] = mapped_column(default=0)  # how often a page took the attempt over; numbers its changes
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    mark: Mapped[int | None]  # of the questions, hundredths of a mark; NULL until handed in
    max_mark: Mapped[int]  # of questions and essay together
    essay_mark: Mapped[int | None]  # hundredths; NULL until the judges' marks are settled
    receipt: Mapped[str] = mapped_column(unique=True)  # the code on the hand-in receipt
    prediction: Mapped[int | None]  # the guess at the round's prediction question
    at_slot: Mapped[int | None]  # with seconds for each question: the one that is shown now
    at_slot_since: Mapped[datetime | None] = mapped_column(Instant)
    source: Mapped[str] = mapped_column(default=Source.ONLINE.value, server_default=Source.ONLINE.value)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("attempt_imports.id"), index=True)

    person: Mapped[Person] = relationship()
    round: Mapped[Round] = relationship()
    paper: Mapped[Paper] = relationship()
    union: Mapped[TradeUnion | None] = relationship()

    @property
    def total(self) -> int | None:
        """The mark of questions and essay, as far as there is one: it counts in every board."""
        return None if self.mark is None else self.mark + (self.essay_mark or 0)

    @property
    def questions_max_mark(self) -> int:
        """What `mark` is out of, in hundredths: the paper without the essay."""
        essay = self.round.rules.essay
        return self.max_mark - (essay.max_mark if essay else 0)

    @property
    def waits_for_essay(self) -> bool:
        """Whether the essay has no mark yet: until then a total is provisional."""
        return self.round.rules.essay is not None and self.essay_mark is None


class Response(Base):
    """What was answered in a slot, raw: what was typed, or places of chosen options as shown, from 1, with commas."""

    __tablename__ = "responses"
    __table_args__ = (
        ForeignKeyConstraint(["attempt_id", "paper_id"], ["attempts.id", "attempts.paper_id"]),
        ForeignKeyConstraint(["paper_id", "slot"], ["paper_slots.paper_id", "paper_slots.number"]),
        {"sqlite_with_rowid": False},
    )

    attempt_id: Mapped[int] = mapped_column(primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    paper_id: Mapped[int]
    number: Mapped[int] = mapped_column(Id)  # of the change that is stored; a lower one never replaces it
    answer: Mapped[str | None]  # NULL: cleared, or only flagged
    flagged: Mapped[bool] = mapped_column(default=False)  # the contestant wants to look again
    saved_at: Mapped[datetime] = mapped_column(Instant)


class LateChange(Base):
    """A change that was written on the phone before the close but came after it: evidence, never counted by itself."""

    __tablename__ = "late_changes"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    answer: Mapped[str | None]
    written_at: Mapped[datetime | None] = mapped_column(Instant)  # by the phone's own clock
    received_at: Mapped[datetime] = mapped_column(Instant)


class LateDecision(Base):
    """What the organisers decided about the late changes of an attempt; it stands until it is taken back."""

    __tablename__ = "late_decisions"
    __table_args__ = (
        Index(
            "uq_late_decisions_one_standing",
            "attempt_id",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("audit_events.id"))  # by whom, and what stood there before
    accepted: Mapped[bool]
    reason: Mapped[str]  # the contestant reads it
    decided_at: Mapped[datetime] = mapped_column(Instant)
    undone_at: Mapped[datetime | None] = mapped_column(Instant)

    attempt: Mapped[Attempt] = relationship()
    event: Mapped[AuditEvent] = relationship()


def stands() -> ColumnElement[bool]:
    """Return the condition that an attempt did not come with an import of results that was taken back."""
    undone = select(AttemptImport.id).where(AttemptImport.undone_at.is_not(None))
    return Attempt.import_id.is_(None) | Attempt.import_id.not_in(undone)
