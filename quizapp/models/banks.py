"""Question banks: a question has versions; a version that was drawn is never changed."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.models.base import Base, Id, Plain


class QuestionBank(Base):
    __tablename__ = "question_banks"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    about: Mapped[str]
    checked_on: Mapped[date | None]
    topics: Mapped[dict[str, str]] = mapped_column(Plain)  # code → name shown to people

    questions: Mapped[list["Question"]] = relationship(back_populates="bank")


class Question(Base):
    """What stays the same through all versions. `current_id` None: taken out of the bank, no longer drawn."""

    __tablename__ = "questions"
    __table_args__ = (UniqueConstraint("bank_id", "ref"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("question_banks.id"))
    ref: Mapped[str]  # the id in the bank file
    current_id: Mapped[int | None] = mapped_column(ForeignKey("question_versions.id", use_alter=True))

    bank: Mapped[QuestionBank] = relationship(back_populates="questions")
    current: Mapped["QuestionVersion | None"] = relationship(foreign_keys=[current_id], post_update=True)


class QuestionVersion(Base):
    __tablename__ = "question_versions"
    __table_args__ = (
        UniqueConstraint("question_id", "number"),
        CheckConstraint("kind IN ('single', 'multiple', 'true_false')", "known_kind"),
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
