"""A drawn lot as a CSV file that anybody can replay, and the replay of such a file."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quizapp.errors import BadFile, RowProblem
from quizapp.rules.lots import drawn, lot

HEADINGS = ("mầm", "giải", "bảng thi", "mã số", "mã thăm", "thứ tự", "trúng")
YES = "x"


@dataclass(frozen=True)
class LotTable:
    """One lot: who were in it, and who won. division: '' where the board has none."""

    seed: str
    prize_key: str
    division: str
    contenders: Sequence[int]
    winners: frozenset[int]


def write(table: LotTable) -> bytes:
    """Return the file: a line for each contender, in the order of the lots."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    same = table.seed, table.prize_key, table.division
    for place, each in enumerate(drawn(*same, table.contenders), start=1):
        writer.writerow([*same, each, lot(*same, each), place, YES if each in table.winners else ""])
    return text.getvalue().encode("utf-8-sig")


def replay(data: bytes) -> list[LotTable]:
    """Return the lots of a file that were drawn as the rule says. Raises BadFile with every line that is wrong."""
    rows = _rows(data)
    lots: dict[tuple[str, str, str], list[tuple[int, list[str]]]] = {}
    for number, row in rows:
        lots.setdefault((row[0], row[1], row[2]), []).append((number, row))
    made: list[LotTable] = []
    problems: list[RowProblem] = []
    for same, lines in lots.items():
        contenders = [int(row[3]) for _, row in lines]
        places = {each: place for place, each in enumerate(drawn(*same, contenders), start=1)}
        won = frozenset(int(row[3]) for _, row in lines if row[6] == YES)
        for number, row in lines:
            who = int(row[3])
            problems += _problems(number, row, lot(*same, who), places[who], is_winner=places[who] <= len(won))
        made.append(LotTable(*same, contenders, won))
    if problems:
        raise BadFile(problems)
    return made


def _problems(number: int, row: Sequence[str], code: str, place: int, *, is_winner: bool) -> Iterable[RowProblem]:
    if row[4] != code:
        yield RowProblem(number, HEADINGS[4], f"mã thăm phải là {code}.")
    if row[5] != str(place):
        yield RowProblem(number, HEADINGS[5], f"thứ tự phải là {place}.")
    if (row[6] == YES) != is_winner:
        yield RowProblem(number, HEADINGS[6], "người này trúng." if is_winner else "người này không trúng.")


def _rows(data: bytes) -> list[tuple[int, list[str]]]:
    try:
        lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadFile([RowProblem(1, "", "đây không phải tệp rút thăm dạng CSV (UTF-8).")]) from error
    if not lines or tuple(lines[0]) != HEADINGS:
        raise BadFile([RowProblem(1, "", f"dòng đầu phải có các cột: {', '.join(HEADINGS)}.")])
    wrong = [
        RowProblem(number, HEADINGS[3], "dòng này phải có đủ 7 cột và mã số là một số nguyên.")
        for number, row in enumerate(lines[1:], start=2)
        if row and (len(row) != len(HEADINGS) or not (row[3].isascii() and row[3].isdecimal() and len(row[3]) < 19))
    ]
    if wrong:
        raise BadFile(wrong)
    return [(number, row) for number, row in enumerate(lines[1:], start=2) if row]
