"""Every attempt as a row of a workbook, with what the rules make of it: which count, which do not and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from quizapp.attempts.truths import known_truths
from quizapp.formats import results
from quizapp.formats.sheet_writing import Book
from quizapp.reports import listing
from quizapp.reports.board_sheets import Source, division_title
from quizapp.rules.counting import Sat, counted
from quizapp.rules.deadlines import attempt_state, seconds_used
from quizapp.rules.predicting import distance
from quizapp.rules.round_rules import RoundRules
from quizapp.vocabulary import Counting
from quizapp.vocabulary import Source as CameFrom

YES, NO = "Có", "Không"


@dataclass(frozen=True)
class Shape:
    """Which columns the sheet has beyond the usual ones, and what its rows are made with."""

    rounds: Mapping[str, RoundRules]
    truths: Mapping[str, int]  # by key of the round
    divided: bool
    with_essay: bool
    guessed: bool
    barred: bool


def add(book: Book, source: Source) -> None:
    rules = source.contest.rules
    known = known_truths(source.contest)
    shape = Shape(
        rounds={each.key: each for each in rules.rounds},
        truths={each.key: known[each.id].people for each in source.contest.rounds if each.id in known},
        divided=bool(rules.divisions),
        with_essay=any(each.essay for each in rules.rounds),
        guessed=any(each.prediction for each in rules.rounds),
        barred=listing.is_anybody_barred(source.contest),
    )
    columns = results.attempt_columns(
        divided=shape.divided, with_essay=shape.with_essay, guessed=shape.guessed, barred=shape.barred
    )
    book.add("Tất cả lượt thi", "Mỗi dòng một lượt thi", columns, _rows(source, shape))


def _rows(source: Source, shape: Shape) -> Iterator[tuple[Any, ...]]:
    for (_, key), group in groupby(listing.attempts(source.contest), key=lambda row: (row.person_id, row.key)):
        rows = list(group)
        counting = _counted(rows, shape.rounds.get(key))
        for row in rows:
            yield _row(source, shape, row, is_counted=row.number in counting)


def _counted(rows: Sequence[Any], rules: RoundRules | None) -> set[int]:
    """Return the numbers of a person's attempts in a round of which the result is made."""
    sat = [
        Sat(
            marks=(row.mark or 0) + (row.essay_mark or 0),
            seconds=seconds_used(row.started_at, row.takes_part_since),
            submitted_at=row.takes_part_since,
            number=row.number,
        )
        for row in rows
        if row.takes_part_since and row.barred is None
    ]
    if not sat or rules is None:
        return set()
    if rules.attempts.counted in (Counting.SUM, Counting.MEAN):
        return {each.number for each in sat}
    return {counted(sat, rules.attempts.counted).number}


def _row(source: Source, shape: Shape, row: Any, *, is_counted: bool) -> tuple[Any, ...]:
    rules = shape.rounds.get(row.key)
    started = row.started_at.astimezone(source.zone)
    handed_in = row.submitted_at and row.submitted_at.astimezone(source.zone)
    seconds = seconds_used(row.started_at, row.submitted_at) if row.submitted_at else None
    state = attempt_state(row.closes_at, row.submitted_at, source.now).label
    if rules and rules.essay and handed_in and row.essay_mark is None:
        state += ", chờ điểm bài viết"
    total = None if row.mark is None else row.mark + (row.essay_mark or 0)
    division = row.division and division_title(source, row.division)
    return (
        *(row.key, row.title, row.number, row.member_number, row.phone, row.full_name, row.birth_date),
        *(*source.units.of(row.union_id), *[division] * shape.divided, started, handed_in, seconds),
        *((row.mark, row.essay_mark) if shape.with_essay else ()),
        *(total, row.max_mark),
        *(row.prediction, distance(row.prediction, shape.truths.get(row.key)))[: 2 * shape.guessed],
        *(row.receipt, state, CameFrom(row.source).label, _told(row, is_counted=is_counted)),
        *[row.barred] * shape.barred,
    )


def _told(row: Any, *, is_counted: bool) -> str | None:
    """Return whether an attempt counts; None: that is not known before it is handed in."""
    return NO if row.barred is not None else None if row.takes_part_since is None else YES if is_counted else NO
