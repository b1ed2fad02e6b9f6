"""Rows of results as streams: however many there are, only some are in memory."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import func, select

from quizapp.attempts.taking_part import takes_part_since
from quizapp.db import database, session
from quizapp.models import (
    AnswerOption,
    Attempt,
    Board,
    Contest,
    Disqualification,
    Entrant,
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
from quizapp.questions.keys import PutRight, judged, keys_of, put_right_in
from quizapp.rules.grading import GradedSlot, Key, MarkScheme, order_of, positions, scheme_of, slot_mark, slot_part
from quizapp.standings.queries import counts_on_boards
from quizapp.vocabulary import KeyVerdict, Level

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
    put_right: PutRight | None = None
    drawn: int = 0
    right: int = 0
    marks: Fraction = Fraction(0)
    blank: int = 0
    taken: Counter[int | str] = field(default_factory=Counter)

    @property
    def is_void(self) -> bool:
        return self.put_right is not None and self.put_right.verdict is KeyVerdict.VOID

    @property
    def right_rate(self) -> int | None:
        """Hundredths of a per cent; None where the question counts for nobody."""
        return None if self.is_void else self.right * 10_000 // self.drawn if self.drawn else 0

    @property
    def mean_mark(self) -> int | None:
        """Hundredths of a mark, before papers are scaled."""
        return None if self.is_void or not self.drawn else round(self.marks / self.drawn)

    def count(self, answer: str | None, slot: GradedSlot, scheme: MarkScheme, times: int) -> None:
        """Take in `times` equal answers to this question. slot: with the key as it was put right."""
        order = slot.option_order
        self.drawn += times
        self.blank += 0 if answer else times
        self.right += times if slot_part(slot, answer, scheme.multiple) == 1 else 0
        self.marks += times * slot_mark(slot, answer, scheme)
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
    """Give each attempt with round and person, by given name as Vietnamese lists are; barred: why it is left out."""
    # The keys of names are made for bytewise order; a PostgreSQL database may have been made with another one.
    name_key = Person.name_key if database().is_sqlite else Person.name_key.collate("C")
    asked = (
        select(Round.key, Round.title, *_ATTEMPT, *_PERSON, Entrant.division, _barred().label("barred"))
        .add_columns(takes_part_since().label("takes_part_since"))
        .join(Attempt, Attempt.round_id == Round.id)
        .join(Person, Person.id == Attempt.person_id)
        .outerjoin(Entrant, (Entrant.contest_id == Round.contest_id) & (Entrant.person_id == Person.id))
        .where(sat_for_real(contest.id))
        .order_by(name_key, Person.id, Round.position, Attempt.number)
    )
    return _streamed(asked)


def is_anybody_barred(contest: Contest) -> bool:
    """Return whether any attempt of a contest is left out."""
    asked = select(Disqualification.id).where(
        Disqualification.contest_id == contest.id, Disqualification.lifted_at.is_(None)
    )
    return session.scalar(asked.limit(1)) is not None


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
    put_right = put_right_in(contest.id)
    for version, each in found.items():
        each.put_right = put_right.get(version)
        each.key = judged(GradedSlot(0, (), each.key), each.put_right).key
    schemes = {each.id: scheme_of(each.rules) for each in contest.rounds}
    for version, round_id, order, right_mark, answer, times in _streamed(_answers(contest)):
        slot = GradedSlot(0, order_of(order), found[version].key, right_mark)
        found[version].count(answer, judged(slot, put_right.get(version)), schemes[round_id], times)
    return list(found.values())


_ATTEMPT = (
    Attempt.person_id,
    Attempt.number,
    Attempt.union_id,
    Attempt.started_at,
    Attempt.closes_at,
    Attempt.submitted_at,
    Attempt.mark,
    Attempt.essay_mark,
    Attempt.max_mark,
    Attempt.receipt,
    Attempt.prediction,
    Attempt.source,
)
_SAME = (PaperSlot.version_id, Round.id, PaperSlot.option_order, PaperSlot.right_mark)  # by these, answers are alike
_PERSON = (Person.member_number, Person.phone, Person.full_name, Person.birth_date)


def _barred() -> Any:
    """Return why an attempt does not count: it, or all of its person in the contest, was disqualified."""
    return (
        select(func.min(Disqualification.reason))
        .where(
            Disqualification.contest_id == Round.contest_id,
            Disqualification.person_id == Attempt.person_id,
            Disqualification.lifted_at.is_(None),
            Disqualification.attempt_id.is_(None) | (Disqualification.attempt_id == Attempt.id),
        )
        .correlate(Round, Attempt)
        .scalar_subquery()
    )


def _drawn(contest: Contest) -> Any:
    return (
        select(PaperSlot.version_id)
        .join(Attempt, Attempt.paper_id == PaperSlot.paper_id)
        .join(Round, Round.id == Attempt.round_id)
        .where(sat_for_real(contest.id), Attempt.submitted_at.is_not(None), counts_on_boards())
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
        select(*_SAME, Response.answer, func.count())
        .join(Attempt, Attempt.paper_id == PaperSlot.paper_id)
        .join(Round, Round.id == Attempt.round_id)
        .outerjoin(Response, given)
        .where(sat_for_real(contest.id), Attempt.submitted_at.is_not(None), counts_on_boards())
        .group_by(*_SAME, Response.answer)
    )


def _streamed(asked: Any) -> Iterator[Any]:
    return iter(session.execute(asked.execution_options(yield_per=AT_A_TIME)))
