"""Question banks: a question has versions; a version that was drawn is never changed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, LargeBinary, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.models.base import Base, Id, Instant, Plain
from quizapp.models.people import Person
from quizapp.models.unions import TradeUnion


class QuestionBank(Base):
    """Of a union, whose organisers may change it; without one it is shipped, and all organisers may use it."""

    __tablename__ = "question_banks"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    about: Mapped[str]
    checked_on: Mapped[date | None]
    topics: Mapped[dict[str, str]] = mapped_column(Plain)  # code → name; 'luat/hop-dong' is below 'luat'
    union_id: Mapped[int | None] = mapped_column(ForeignKey("trade_unions.id"), index=True)
    needs_review: Mapped[bool] = mapped_column(default=False, server_default=false())  # by a second person

    union: Mapped[TradeUnion | None] = relationship()
    questions: Mapped[list["Question"]] = relationship(back_populates="bank")


class Question(Base):
    """What stays the same through all versions.

    `current_id`: the version in use, None: not drawn, be it new or retired. A newer version than that is a draft.
    """

    __tablename__ = "questions"
    __table_args__ = (UniqueConstraint("bank_id", "ref"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("question_banks.id"))
    ref: Mapped[str]  # the id in the bank file
    current_id: Mapped[int | None] = mapped_column(ForeignKey("question_versions.id", use_alter=True))
    retired_at: Mapped[datetime | None] = mapped_column(Instant)

    bank: Mapped[QuestionBank] = relationship(back_populates="questions")
    current: Mapped["QuestionVersion | None"] = relationship(foreign_keys=[current_id], post_update=True)


class QuestionVersion(Base):
    """What was asked, never changed once it was in use. `why` says what a person must complete first, '': nothing."""

    __tablename__ = "question_versions"
    __table_args__ = (
        UniqueConstraint("question_id", "number"),
        CheckConstraint("kind IN ('single', 'multiple', 'true_false', 'number', 'short', 'essay')", "known_kind"),
        CheckConstraint("(reviewed_at IS NULL) = (reviewed_by_id IS NULL)", "reviewed_by_somebody"),
        CheckConstraint("level IN ('de', 'trung_binh', 'kho')", "known_level"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"))
    number: Mapped[int]
    kind: Mapped[str]
    topic: Mapped[str]
    level: Mapped[str]
    prompt: Mapped[str]
    explanation: Mapped[str]
    source: Mapped[str]
    confidence: Mapped[str]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    digest: Mapped[str]  # of all that a reader or grader sees: equal digests, equal versions
    tags: Mapped[list[str]] = mapped_column(Plain, default=list, server_default="[]")
    marks: Mapped[int | None]  # hundredths; None: the contest's rules decide
    case_matters: Mapped[bool] = mapped_column(default=False, server_default=false())
    accents_matter: Mapped[bool] = mapped_column(default=True, server_default=true())
    document: Mapped[str] = mapped_column(default="", server_default="")  # the number of the law that is cited
    article: Mapped[str] = mapped_column(default="", server_default="")
    clause: Mapped[str] = mapped_column(default="", server_default="")
    link: Mapped[str] = mapped_column(default="", server_default="")
    why: Mapped[str] = mapped_column(default="", server_default="")
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # None: by a command on the server
    made_at: Mapped[datetime | None] = mapped_column(Instant)  # None: before it was kept
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reviewed_at: Mapped[datetime | None] = mapped_column(Instant)

    made_by: Mapped[Person | None] = relationship(foreign_keys=[made_by_id])
    reviewed_by: Mapped[Person | None] = relationship(foreign_keys=[reviewed_by_id])
    options: Mapped[list["AnswerOption"]] = relationship(order_by="AnswerOption.position")


class AnswerOption(Base):
    """What a contestant sees of an option; whether it is right stands in `answer_keys`, which only graders read."""

    __tablename__ = "answer_options"

    version_id: Mapped[int] = mapped_column(ForeignKey("question_versions.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # 0, 1, … as written in the bank
    text: Mapped[str]
    pinned: Mapped[bool] = mapped_column(default=False)


class AnswerKey(Base):
    """A right option."""

    __tablename__ = "answer_keys"
    __table_args__ = (
        ForeignKeyConstraint(["version_id", "position"], ["answer_options.version_id", "answer_options.position"]),
    )

    version_id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class AcceptedAnswer(Base):
    """A right typed answer: a spelling, or a number with how far from it is still right. Only graders read it."""

    __tablename__ = "accepted_answers"

    version_id: Mapped[int] = mapped_column(ForeignKey("question_versions.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str]
    tolerance: Mapped[str] = mapped_column(default="")


class SuggestedAnswer(Base):
    """What a good essay says, for judges."""

    __tablename__ = "suggested_answers"

    version_id: Mapped[int] = mapped_column(ForeignKey("question_versions.id"), primary_key=True)
    text: Mapped[str]


class Picture(Base):
    """A picture made anew from what was uploaded; equal ones are one. `digest`: SHA-256 of the content in hex."""

    __tablename__ = "pictures"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)  # WebP
    width: Mapped[int]
    height: Mapped[int]


class VersionPicture(Base):
    """A picture beside a stem, or beside an option. `position`: of the option, -1: the stem."""

    __tablename__ = "version_pictures"

    version_id: Mapped[int] = mapped_column(ForeignKey("question_versions.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # 0, 1, … of several
    picture_id: Mapped[int] = mapped_column(ForeignKey("pictures.id"), index=True)
    alt: Mapped[str] = mapped_column(default="")  # what it shows, for those who cannot see it

    picture: Mapped[Picture] = relationship()


class LegalDocument(Base):
    """A law or decree that questions cite, by its number."""

    __tablename__ = "legal_documents"
    __table_args__ = (CheckConstraint("in_force_to IS NULL OR in_force_to >= in_force_from", "ends_after_it_began"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    issued_on: Mapped[date | None]
    in_force_from: Mapped[date | None]
    in_force_to: Mapped[date | None]  # the last day; None: still in force
    replaced_by: Mapped[str] = mapped_column(default="")  # the number of the text that took its place
    link: Mapped[str] = mapped_column(default="")
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    changed_at: Mapped[datetime] = mapped_column(Instant)


class QuestionImport(Base):
    """One file for a bank: looked through and mended as `sheet`, private to whoever brought it, until it is imported.

    `before`: what one undo needs, as `banks.undoing` writes it.
    """

    __tablename__ = "question_imports"
    __table_args__ = (
        CheckConstraint("sheet IS NOT NULL OR imported_at IS NOT NULL", "sheet_until_imported"),
        CheckConstraint("undone_at IS NULL OR imported_at IS NOT NULL", "imported_before_undone"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("question_banks.id"), index=True)
    file_name: Mapped[str]
    digest: Mapped[str]  # SHA-256 of the file in hex
    format: Mapped[str]
    sheet: Mapped[dict[str, Any] | None] = mapped_column(Plain, deferred=True)
    before: Mapped[dict[str, Any]] = mapped_column(Plain)
    imported_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    uploaded_at: Mapped[datetime] = mapped_column(Instant)
    imported_at: Mapped[datetime | None] = mapped_column(Instant)
    undone_at: Mapped[datetime | None] = mapped_column(Instant)

    bank: Mapped[QuestionBank] = relationship()
    imported_by: Mapped[Person | None] = relationship()


class ImportPicture(Base):
    """A picture of a file that is not imported yet, made anew. `number`: from 1, as the sheet names it."""

    __tablename__ = "import_pictures"

    import_id: Mapped[int] = mapped_column(ForeignKey("question_imports.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[bytes] = mapped_column(LargeBinary)  # WebP
    width: Mapped[int]
    height: Mapped[int]


class CitationWaiver(Base):
    """Somebody signed for a question that cites a text no longer in force on the day of a contest."""

    __tablename__ = "citation_waivers"

    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), primary_key=True)
    reason: Mapped[str]
    signed_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    signed_at: Mapped[datetime] = mapped_column(Instant)


class QuestionFigures(Base):
    """How a version did in the attempts so far, reckoned from time to time. Discrimination in hundredths."""

    __tablename__ = "question_figures"

    version_id: Mapped[int] = mapped_column(ForeignKey("question_versions.id"), primary_key=True)
    answered: Mapped[int]
    right: Mapped[int]
    blank: Mapped[int]
    taken: Mapped[dict[str, int]] = mapped_column(Plain)  # option position → how often it was chosen
    discrimination: Mapped[int | None]
    reckoned_at: Mapped[datetime] = mapped_column(Instant)
