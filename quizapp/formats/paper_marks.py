"""Marks that come back on an Excel form: the columns that writer and reader share, and the reader."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from quizapp.errors import RowProblem
from quizapp.formats.tables import Column, Table, Unreadable, choice, read_table
from quizapp.formats.workbook import Cell, read_sheets
from quizapp.rules.rubrics import FREE, Criterion
from quizapp.rules.vietnamese import clean
from quizapp.rules.wording import read_hundredths

CODE, COMMENT, DOUBT = "Mã bài", "Nhận xét", "Phân vân"
YES = "x"
DOUBTS = {YES: True, "có": True, "1": True, "true": True, "không": False, "0": False, "false": False}
MOST_COMMENT = 5000
MOST_MARK = 1000  # no criterion is that great; what a spreadsheet made of a day is greater
SLACK = 1e-6  # of a hundredth: 0.1 + 0.2 is no mark between hundredths


@dataclass(frozen=True)
class MarkedRow:
    """A row of the form: marks in hundredths by criterion key, blank ones left out; comment None: left blank."""

    number: int
    code: str
    marks: dict[str, int] = field(default_factory=dict)
    comment: str | None = None
    is_in_doubt: bool = False


@dataclass(frozen=True)
class MarkedForm:
    rows: tuple[MarkedRow, ...]
    problems: tuple[RowProblem, ...]
    notes: tuple[str, ...]


def heading(criteria: Sequence[Criterion], key: str) -> str:
    """Return what stands above the marks of a criterion: numbered, so that no two are alike."""
    place = next(place for place, each in enumerate(criteria, start=1) if each.key == key)
    return "Điểm" if key == FREE.key and len(criteria) == 1 else f"TC{place}. {criteria[place - 1].title}"


def read_marks(data: bytes, criteria: Sequence[Criterion]) -> MarkedForm:
    """Return the rows of a form for these criteria, and all cells that cannot be read. Raises BadFile."""
    table = read_table(read_sheets(data), _columns(criteria))
    return MarkedForm(tuple(_rows(table, criteria)), tuple(table.problems), tuple(table.notes))


def _columns(criteria: Sequence[Criterion]) -> list[Column]:
    marks = [
        Column(each.key, heading(criteria, each.key), _mark, also=(f"TC{place}",), required=False)
        for place, each in enumerate(criteria, start=1)
    ]
    return [
        Column(f"{CODE}/", CODE, _code, also=("Bài", "Số phách"), required=True),
        *marks,
        Column(f"{COMMENT}/", COMMENT, _comment, also=("Nhận xét chung",)),
        Column(f"{DOUBT}/", DOUBT, choice(DOUBTS), also=("Còn phân vân",)),
    ]


def _rows(table: Table, criteria: Sequence[Criterion]) -> list[MarkedRow]:
    found = []
    for row in table.rows:
        marks = {each.key: row[each.key] for each in criteria if row[each.key] is not None}
        comment, doubt = row[f"{COMMENT}/"], row[f"{DOUBT}/"]
        found.append(MarkedRow(row.number, row[f"{CODE}/"] or "", marks, comment, bool(doubt)))
    return found


def _code(cell: Cell) -> str:
    if isinstance(cell, date | bool):
        raise Unreadable("không phải mã bài; xin chép lại mã in trên bài, ví dụ PH2345.")
    found = "".join(clean(str(cell)).upper().split()).removeprefix("BÀI")
    if len(found) > 40:
        raise Unreadable("quá dài; xin chép lại mã in trên bài, ví dụ PH2345.")
    return found


def _mark(cell: Cell) -> int:
    if isinstance(cell, date):
        raise Unreadable(f"Excel đã đổi thành ngày {cell:%d/%m/%Y}; xin đặt ô kiểu Số (Number) rồi ghi lại điểm.")
    if isinstance(cell, bool):
        raise Unreadable("đang là giá trị đúng/sai; xin ghi điểm bằng số, ví dụ 1,5.")
    if isinstance(cell, int | float):
        return _hundredths(float(cell))
    found = read_hundredths(clean(str(cell)))
    if found is None:
        raise Unreadable(f"“{clean(str(cell))[:40]}” không phải điểm; xin chỉ ghi một số, ví dụ 1,5.")
    return found


def _hundredths(value: float) -> int:
    if not 0 <= value < MOST_MARK:  # also what is no number
        raise Unreadable(f"{value:g} không phải điểm; xin ghi lại, ví dụ 1,5.")
    if abs(value * 100 - round(value * 100)) > SLACK:
        raise Unreadable(f"{value:g} lẻ quá hai chữ số; xin làm tròn, ví dụ 1,25.".replace(".", ",", 1))
    return round(value * 100)


def _comment(cell: Cell) -> str:
    """Return a comment with its line ends."""
    if isinstance(cell, date):
        raise Unreadable("đang là ngày tháng; xin ghi bằng chữ.")
    lines = [clean(line) for line in str(cell).replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    found = "\n".join(lines).strip()
    if len(found) > MOST_COMMENT:
        raise Unreadable(f"dài {len(found)} ký tự; nhiều nhất 5.000 ký tự.")
    return found
