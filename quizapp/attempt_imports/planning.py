"""What an import of results would do: attempts and new people, or all that stands against it. Changes nothing."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from quizapp.attempt_imports import queries
from quizapp.attempt_imports.entering import Gate
from quizapp.attempt_imports.hours import History, sat_hours
from quizapp.attempt_imports.papers import Sheet, Sheets, mark_of, responses_of
from quizapp.attempt_imports.people import People, Units, known_ids
from quizapp.attempt_imports.queries import Known, Unit
from quizapp.attempt_imports.wrong import Wrong
from quizapp.contests.windows import standing, window_for
from quizapp.errors import BadFile, RowProblem
from quizapp.formats.attempts import ESSAY_MARK, MARK, ROUND, UNIT, ResultRow, bare
from quizapp.models import Contest, Person, Round


@dataclass(frozen=True)
class Previewed:
    """What was previewed: the rows, the round of rows that name none, digests of the file and of what would be done."""

    rows: tuple[ResultRow, ...]
    round: str | None
    file_name: str
    file_digest: str
    digest: str


@dataclass(frozen=True)
class PlannedAttempt:
    """One row as the attempt that it will be. Marks in hundredths; `number`: of that person in that round."""

    row: int
    person: Known
    round: Round
    unit: Unit | None
    role: str
    division: str | None
    number: int
    started_at: datetime
    submitted_at: datetime
    closes_at: datetime
    mark: int
    essay_mark: int | None
    prediction: int | None
    sheet: Sheet | None
    responses: tuple[str, ...]

    @property
    def total(self) -> int:
        return self.mark + (self.essay_mark or 0)


@dataclass(frozen=True)
class Plan:
    attempts: tuple[PlannedAttempt, ...]
    new: tuple[Known, ...]
    entrants: frozenset[int]  # ids of people who have taken part before

    @property
    def digest(self) -> str:
        """Of all that would be done: while it stays the same, what was shown is what will be done."""
        done = [
            (each.person.id, each.round.id, each.number, each.started_at, each.submitted_at, each.total, each.responses)
            for each in self.attempts
        ]
        new = [(each.full_name, each.phone, each.member_number) for each in self.new]
        return hashlib.sha256(repr((done, new)).encode()).hexdigest()


def plan(
    rows: Sequence[ResultRow],
    contest: Contest,
    *,
    by: Person | None,
    round_key: str | None = None,
    register: bool = True,
    again: bool = False,
    known_problems: Sequence[RowProblem] = (),
) -> Plan:
    """Return what importing the rows would do. Raises BadFile with every row that cannot be taken in.

    by: the organiser who asks, None for a command on the server; round_key: key or title of the round of rows that
    name none; register: are people made who are not there yet; again: may attempts lie over others;
    known_problems: what the file itself told; of those rows nothing further is asked.
    """
    unread = {each.row for each in known_problems}
    book = _Book([row for row in rows if row.row not in unread], contest, by, round_key, register=register)
    planned = book.planned(again=again)
    if problems := [*known_problems, *book.problems]:
        raise BadFile(sorted(problems, key=lambda each: each.row))
    return Plan(tuple(planned), tuple(book.people.new), frozenset(book.gate.entrants))


@dataclass(frozen=True)
class _Named:
    """A row whose round, unit and person are known."""

    row: ResultRow
    round: Round
    unit: Unit | None
    person: Known


class _Book:
    """What the rows speak of, and what was found wrong."""

    def __init__(
        self, rows: Sequence[ResultRow], contest: Contest, by: Person | None, round_key: str | None, *, register: bool
    ):
        self.rows, self.contest, self.round_key = rows, contest, round_key
        self.zone = ZoneInfo(contest.rules.timezone)
        self.problems: list[RowProblem] = []
        self.rounds = {bare(name): each for each in contest.rounds for name in (each.title, each.key)}
        self.units = Units(contest)
        self.people = People(rows, self.units, by, register=register)
        self.sheets = Sheets(contest)
        self.changes = standing(contest.id)

    def planned(self, *, again: bool) -> list[PlannedAttempt]:
        named = [each for row in self.rows if (each := self._named(row))]
        ids = known_ids(each.person for each in named)
        self.gate = Gate(self.contest, self.units, queries.entrants(self.contest, ids))
        before = queries.sat_before(self.contest, ids)
        rounds = {each.id: each for each in self.contest.rounds}
        self.history = History(before, rounds, self.zone, overlapping=again)
        planned = [made for each in named if (made := self._attempt(each))]
        return _numbered(planned, self.history.last)

    def _named(self, row: ResultRow) -> _Named | None:
        try:
            round_ = self._round(row)
            unit = self.units.of(row.unit) if row.unit else None
            person = self.people.of(row, unit)
            unit = unit or person.union
            if unit is None and not self.contest.rules.entrants.without_unit:
                raise Wrong(UNIT, "chưa ghi đơn vị; xin ghi mã hoặc tên công đoàn cơ sở của người này.")
            return _Named(row, round_, unit, person)
        except Wrong as wrong:
            self._note(row, wrong)
            return None

    def _attempt(self, named: _Named) -> PlannedAttempt | None:
        row, person, round_ = named.row, named.person, named.round
        try:
            role, division = self.gate.entrant(row, person, named.unit, round_)
            path = named.unit.path if named.unit else ""
            window = window_for(round_, person.id, path, self.changes)
            started, submitted, closes = sat_hours(row, round_, window, self.zone)
            sheet = self.sheets.of(row, round_) if any(row.answers) else None
            responses = responses_of(row, sheet) if sheet else ()
            mark, essay_mark = _marks(row, round_, mark_of(row, responses, sheet, round_) if sheet else None)
            self.history.take(person, round_, started, submitted)
        except Wrong as wrong:
            self._note(row, wrong)
            return None
        return PlannedAttempt(
            row=row.row,
            person=person,
            round=round_,
            unit=named.unit,
            role=role,
            division=division,
            number=0,  # known when all are
            started_at=started,
            submitted_at=submitted,
            closes_at=closes,
            mark=mark,
            essay_mark=essay_mark,
            prediction=row.prediction,
            sheet=sheet,
            responses=responses,
        )

    def _round(self, row: ResultRow) -> Round:
        """Return the round that a row, or else the command, or else the contest alone names. Raises Wrong."""
        written = row.round or self.round_key
        if not written and len(self.contest.rounds) == 1:
            return self.contest.rounds[0]
        found = self.rounds.get(bare(written or ""))
        if found is None:
            names = ", ".join(each.key for each in self.contest.rounds)
            said = f"cuộc thi không có đợt “{written}”" if written else "chưa ghi đợt thi"
            raise Wrong(ROUND, f"{said}; xin ghi một trong: {names}.")
        return found

    def _note(self, row: ResultRow, wrong: Wrong) -> None:
        self.problems.append(RowProblem(row.row, wrong.column, wrong.text))


def _marks(row: ResultRow, round_: Round, graded: int | None) -> tuple[int, int | None]:
    """Return the marks of questions and essay, in hundredths, None where there is no essay. Raises Wrong.

    graded: what the answers give; None: the row has none, so its mark is what is written. An essay without a mark of
    its own has 0, except where the round is only an essay: then the mark is the essay's.
    """
    rules = round_.rules
    written, essay_mark = row.mark, row.essay_mark
    if rules.essay and not rules.asks_questions and essay_mark is None:
        written, essay_mark = 0, _inside(row.mark, rules.essay.max_mark, MARK)
    if graded is not None and written not in (None, graded):
        raise Wrong(MARK, f"ghi {_shown(written or 0)} điểm nhưng chấm theo các câu trả lời được {_shown(graded)}.")
    mark = graded if graded is not None else _inside(written, rules.questions_mark, MARK)
    if rules.essay is None:
        if essay_mark is not None:
            raise Wrong(ESSAY_MARK, f"“{round_.title}” không có bài tự luận; xin xóa ô này.")
        return mark, None
    return mark, _inside(essay_mark or 0, rules.essay.max_mark, ESSAY_MARK)


def _inside(mark: int | None, most: int, column: str) -> int:
    if mark is None:
        raise Wrong(column, "chưa ghi điểm; xin ghi điểm, hoặc bỏ dòng này nếu người này không dự thi.")
    if mark > most:
        raise Wrong(column, f"{_shown(mark)} điểm là quá cao; đợt này nhiều nhất {_shown(most)} điểm.")
    return mark


def _shown(mark: int) -> str:
    return f"{mark / 100:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def _numbered(planned: Sequence[PlannedAttempt], last: dict[tuple[int, int], int]) -> list[PlannedAttempt]:
    """Return the attempts with their numbers: in a person's round in order of time, after those that are there."""
    numbers: dict[int, int] = {}
    for each in sorted(planned, key=lambda one: (one.started_at, one.row)):
        key = each.person.id, each.round.id
        numbers[each.row] = last[key] = last.get(key, 0) + 1
    return [replace(each, number=numbers[each.row]) for each in planned]
