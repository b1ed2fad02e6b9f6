"""Rows of results as streams: however many there are, only some are in memory."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from quizapp.db import database, session
from quizapp.models import (
    AnswerOption,
    Attempt,
    Board,
    Contest,
    PaperSlot,
    Person,
    Question,
    QuestionBank,
    QuestionVersion,
    Response,
    Round,
    StandingsRow,
    TradeUnion,
)
from quizapp.models.contests import sat_for_real
from quizapp.questions.keys import keys_of
from quizapp.rules.grading import Key, fraction, order_of, positions
from quizapp.vocabulary import Level

AT_A_TIME = 1000


@dataclass(frozen=True)
class Exported:
    """What went into a workbook."""

    slug: str
    snapshot_id: int
    made_at: datetime
    rows: int


@dataclass(frozen=True)
class Units:
    """Code, name and upper union's id of every union, by id."""

    known: Mapping[int, tuple[str, str, int | None]]

    def of(self, union_id: int | None) -> tuple[str | None, str | None, str | None]:
        """Return code and name of a union and the name of the one above it."""
        if union_id is None:
            return None, None, None
        code, name, parent = self.known[union_id]
        return code, name, self.known[parent][1] if parent is not None else None


@dataclass
class Answered:
    """A version of a question with how it was answered: options by their position in the bank, or what was typed."""

    bank: str
    ref: str
    version: int
    topic: str
    level: Level
    prompt: str
    options: list[str] = field(default_factory=list)
    key: Key = field(default_factory=Key)
    drawn: int = 0
    right: int = 0
    blank: int = 0
    taken: Counter[int | str] = field(default_factory=Counter)

    @property
    def right_rate(self) -> int:
        """Hundredths of a per cent."""
        return self.right * 10_000 // self.drawn if self.drawn else 0

    def count(self, answer: str | None, option_order: str, times: int) -> None:
        """Take in `times` equal answers to this question in papers with the same order of options."""
        order = order_of(option_order)
        self.drawn += times
        self.blank += 0 if answer else times
        self.right += times if answer and fraction(answer, order, self.key) == 1 else 0
        if answer:
            for each in positions(answer, order) if order else (answer,):
                self.taken[each] += times

    def choices(self, most: int) -> list[tuple[str, bool, int]]:
        """Return each option, or the answers typed most often: text, whether it is right, how often it was given."""
        if typed := self.key.typed:
            return [(str(text), typed.accepts(str(text)), times) for text, times in self.taken.most_common(most)]
        return [(text, at in self.key.options, self.taken[at]) for at, text in enumerate(self.options)]


def units() -> Units:
    asked = select(TradeUnion.id, TradeUnion.code, TradeUnion.name, TradeUnion.parent_id)
    return Units({key: (code, name, parent) for key, code, name, parent in session.execute(asked)})


def people_rows(board: Board) -> Iterator[Any]:
    """Give the rows of a board of people in order, each with birth date, member number and phone number."""
    asked = (
        select(StandingsRow, Person.birth_date, Person.member_number, Person.phone)
        .join(Person, Person.id == StandingsRow.person_id)
        .where(StandingsRow.board_id == board.id)
        .order_by(StandingsRow.position)
    )
    return _streamed(asked)


def union_rows(board: Board) -> Iterator[StandingsRow]:
    asked = select(StandingsRow).where(StandingsRow.board_id == board.id).order_by(StandingsRow.position)
    return (row for (row,) in _streamed(asked))


def attempts(contest: Contest) -> Iterator[Any]:
    """Give each attempt with key and title of its round and its person: by given name as Vietnamese lists are."""
    # The keys of names are made for bytewise order; a PostgreSQL database may have been made with another one.
    name_key = Person.name_key if database().is_sqlite else Person.name_key.collate("C")
    asked = (
        select(Round.key, Round.title, *_ATTEMPT, *_PERSON)
        .join(Attempt, Attempt.round_id == Round.id)
        .join(Person, Person.id == Attempt.person_id)
        .where(sat_for_real(contest.id))
        .order_by(name_key, Person.id, Round.position, Attempt.number)
    )
    return ((row.key, row.title, row, row) for row in _streamed(asked))


def answered(contest: Contest) -> list[Answered]:
    """Return every version that was drawn for an attempt which was handed in, by bank, question and version."""
    drawn = _drawn(contest)
    found = {
        version: Answered(bank, ref, number, topics.get(topic, topic), Level(level), prompt)
        for version, bank, topics, ref, number, topic, level, prompt in session.execute(
            select(
                QuestionVersion.id,
                QuestionBank.code,
                QuestionBank.topics,
                Question.ref,
                QuestionVersion.number,
                QuestionVersion.topic,
                QuestionVersion.level,
                QuestionVersion.prompt,
            )
            .join(Question, Question.id == QuestionVersion.question_id)
            .join(QuestionBank)
            .where(QuestionVersion.id.in_(drawn))
            .order_by(QuestionBank.code, Question.ref, QuestionVersion.number)
        )
    }
    _read_options(found, drawn)
    for version, order, answer, times in _streamed(_answers(contest)):
        found[version].count(answer, order, times)
    return list(found.values())


_ATTEMPT = (
    Attempt.number,
    Attempt.union_id,
    Attempt.started_at,
    Attempt.closes_at,
    Attempt.submitted_at,
    Attempt.mark,
    Attempt.essay_mark,
    Attempt.max_mark,
    Attempt.receipt,
)
_PERSON = (Person.member_number, Person.phone, Person.full_name, Person.birth_date)


def _drawn(contest: Contest) -> Any:
    return (
        select(PaperSlot.version_id)
        .join(Attempt, Attempt.paper_id == PaperSlot.paper_id)
        .join(Round, Round.id == Attempt.round_id)
        .where(sat_for_real(contest.id), Attempt.submitted_at.is_not(None))
        .distinct()
    )


def _read_options(found: dict[int, Answered], drawn: Any) -> None:
    asked = select(AnswerOption.version_id, AnswerOption.text).where(AnswerOption.version_id.in_(drawn))
    for version, text in session.execute(asked.order_by(AnswerOption.version_id, AnswerOption.position)):
        found[version].options.append(text)
    for version, key in keys_of(drawn).items():
        found[version].key = key


def _answers(contest: Contest) -> Any:
    """Equal answers are counted by the database: what comes back is small, however many sat."""
    given = (Response.attempt_id == Attempt.id) & (Response.slot == PaperSlot.number)
    return (
        select(PaperSlot.version_id, PaperSlot.option_order, Response.answer, func.count())
        .join(Attempt, Attempt.paper_id == PaperSlot.paper_id)
        .join(Round, Round.id == Attempt.round_id)
        .outerjoin(Response, given)
        .where(sat_for_real(contest.id), Attempt.submitted_at.is_not(None))
        .group_by(PaperSlot.version_id, PaperSlot.option_order, Response.answer)
    )


def _streamed(asked: Any) -> Iterator[Any]:
    return iter(session.execute(asked.execution_options(yield_per=AT_A_TIME)))
