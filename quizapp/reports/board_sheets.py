"""The boards of a snapshot as sheets of a workbook: one for each board, its divisions one below the other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from quizapp.formats import results
from quizapp.formats.sheet_writing import Book
from quizapp.models import Board, Contest, Snapshot
from quizapp.reports import listing
from quizapp.rules.collective import scored_by
from quizapp.rules.contest_rules import BoardRules
from quizapp.vocabulary import Measure, StandingsOf

PREFIX = {StandingsOf.PEOPLE: "Xếp hạng cá nhân", StandingsOf.UNIONS: "Xếp hạng đơn vị"}
TOLD = {Measure.ENTRANTS, Measure.ATTEMPTS, Measure.RATE, Measure.MEAN}  # in the usual columns of a board of unions


@dataclass(frozen=True)
class Source:
    """What all sheets of one workbook are made from."""

    contest: Contest
    snapshot: Snapshot
    units: listing.Units
    zone: ZoneInfo
    now: datetime


@dataclass(frozen=True)
class Shape:
    """Which columns a sheet has beyond the usual ones."""

    divided: bool
    guessed: bool
    scored: bool
    prized: bool


def add(book: Book, source: Source) -> None:
    """Write every board of the snapshot that the contest's rules still have."""
    rules = {each.key: each for each in source.contest.rules.boards}
    for key, group in groupby(source.snapshot.boards, key=lambda board: board.key):
        if key in rules:
            _add(book, source, rules[key], list(group))


def _add(book: Book, source: Source, rules: BoardRules, boards: Sequence[Board]) -> None:
    contest, of_people = source.contest.rules, rules.of is StandingsOf.PEOPLE
    shape = Shape(
        divided=any(each.division for each in boards),
        guessed=any(each.prediction for each in contest.rounds_of(rules)),
        scored=bool(rules.weights or scored_by(rules) - TOLD),
        prized=any(each.board == rules.key for each in contest.prizes),
    )
    if of_people:
        columns = results.people_columns(divided=shape.divided, guessed=shape.guessed, prized=shape.prized)
    else:
        columns = results.union_columns(divided=shape.divided, scored=shape.scored, prized=shape.prized)
    fill = _people if of_people else _unions
    rows = (row for board in boards for row in fill(source, board, shape))
    title = rules.title if shape.divided else boards[0].title
    book.add(_name(source, rules), f"{title}. {_order(rules)}", columns, rows)


def _name(source: Source, rules: BoardRules) -> str:
    contest = source.contest.rules
    span = ", ".join(each.title for each in contest.rounds_of(rules)) if rules.rounds else "Chung cuộc"
    alike = [each for each in contest.boards if each.of is rules.of]
    if rules.of is StandingsOf.UNIONS and len({each.measure for each in alike}) > 1:
        return f"ĐV theo {rules.measure.label} – {span}"  # what tells them apart must not be cut off at 31 letters
    return PREFIX[rules.of] if len(alike) == 1 else f"{PREFIX[rules.of]} – {span}"


def _order(rules: BoardRules) -> str:
    if rules.of is StandingsOf.PEOPLE:
        return f"Xếp theo {', rồi '.join(each.label for each in rules.order)}; bằng nhau thì cùng hạng"
    first = "điểm tổng hợp" if rules.weights else rules.measure.label
    return f"Xếp theo {', rồi '.join((first, *(each.label for each in rules.union_order)))}; bằng nhau thì cùng hạng"


def _people(source: Source, board: Board, shape: Shape) -> Iterator[tuple[Any, ...]]:
    division = division_title(source, board.division)
    for row, birth_date, member_number, phone in listing.people_rows(board):
        code, _, upper = source.units.of(row.union_id)
        handed_in = row.submitted_at and row.submitted_at.astimezone(source.zone)
        yield (
            *(row.rank, *[division] * shape.divided, row.name, birth_date, member_number, phone),
            *(code, row.unit_name, upper, row.marks, row.seconds, handed_in, row.attempts),
            *(row.prediction, row.distance)[: 2 * shape.guessed],
            *[row.prize] * shape.prized,
        )


def _unions(source: Source, board: Board, shape: Shape) -> Iterator[tuple[Any, ...]]:
    division = division_title(source, board.division)
    for row in listing.union_rows(board):
        code, _, upper = source.units.of(row.union_id)
        yield (
            *(row.rank, *[division] * shape.divided, code, row.name, row.unit_name or upper),
            *(row.entrants, row.members, row.rate, row.attempts, row.marks),
            *(row.score, row.total, row.winners)[: 3 * shape.scored],
            *[row.prize] * shape.prized,
        )


def division_title(source: Source, key: str) -> str:
    return next((each.title for each in source.contest.rules.divisions if each.key == key), key)
