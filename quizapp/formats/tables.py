"""A sheet of an uploaded file as a table: finds the heading row, gives typed rows and every problem by row."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from quizapp.errors import RowProblem
from quizapp.formats.workbook import Cell, Sheet, refused
from quizapp.rules.vietnamese import canonical_phone, clean, fold

FIRST_ROWS = 20  # where headings are looked for: letterheads of unions are long
IGNORED = {"stt", "tt", "so thu tu", "ghi chu"}
DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
WHOLE = re.compile(r"\d{1,3}(?:[. ]\d{3})+|\d+")

Choice = TypeVar("Choice")
Reader = Callable[[Cell], Any]


class Unreadable(ValueError):
    """A cell is not what its column asks for; the message says what to write instead."""


@dataclass(frozen=True)
class Column:
    """A column: `key` in the code, `heading` as our template writes it, other spellings that are taken as well.

    `read` makes a value of a cell that is not blank, or raises Unreadable. `required`: no cell may be blank.
    """

    key: str
    heading: str
    read: Reader
    also: Sequence[str] = ()
    required: bool = False


@dataclass(frozen=True)
class Row:
    """A row by the number that Excel shows; a blank or unreadable cell is None."""

    number: int
    values: Mapping[str, Any]

    def __getitem__(self, key: str) -> Any:
        return self.values[key]


@dataclass
class Table:
    """What a sheet holds: every row, all problems, and notes on what was left out."""

    rows: list[Row] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_table(sheets: Sequence[Sheet], columns: Sequence[Column]) -> Table:
    """Return the table of the sheet whose headings fit best. Raises BadFile when no sheet has the headings."""
    heads = [head for sheet in sheets for head in _heads(sheet, columns)]
    best = max(heads, key=lambda head: len(head.places), default=None)
    least = min(2, len(columns))
    if best is None or len(best.places) < least:
        names = ", ".join(f"“{column.heading}”" for column in columns if column.required)
        raise refused(f"không tìm thấy dòng tiêu đề. Cần có các cột {names} trong {FIRST_ROWS} dòng đầu; xem tệp mẫu.")
    table = Table(problems=best.problems(columns), notes=best.notes(sheets))
    for number, cells in best.below():
        row = _row(number, cells, best.places, columns, table.problems)
        if row is not None:
            table.rows.append(row)
    if not table.rows:
        table.problems.append(RowProblem(best.number, "", "dưới dòng tiêu đề chưa có dòng dữ liệu nào."))
    return table


def text(most: int = 200) -> Reader:
    """Return a reader of one line of cleaned text; a number is taken as it is written."""

    def read(cell: Cell) -> str:
        if isinstance(cell, date):
            raise Unreadable("đang là ngày tháng; xin nhập dạng chữ.")
        if isinstance(cell, bool):
            raise Unreadable("đang là giá trị đúng/sai; xin nhập dạng chữ.")
        found = clean(str(cell))
        if len(found) > most:
            raise Unreadable(f"dài {len(found)} ký tự; nhiều nhất {most} ký tự.")
        return found

    return read


def phone(cell: Cell) -> str:
    """Return a mobile number as ten digits; a number whose zero the spreadsheet ate is mended."""
    found = canonical_phone(_plain(cell))
    if found is None:
        raise Unreadable(f"“{_plain(cell)}” không phải số điện thoại di động; cần 10 chữ số, ví dụ 0912345678.")
    return found


def whole(most: int = 100_000_000) -> Reader:
    """Return a reader of a whole number from 0; '1.250' is 1250, as Vietnamese write thousands."""

    def read(cell: Cell) -> int:
        shown = _plain(cell)
        if not WHOLE.fullmatch(shown) or isinstance(cell, bool | date):
            hint = "không được là số âm" if shown.startswith("-") else "phải là số nguyên, ví dụ 1250"
            raise Unreadable(f"“{shown}” {hint}.")
        found = int(re.sub(r"[. ]", "", shown))
        if found > most:
            raise Unreadable(f"“{shown}” quá lớn; xin kiểm tra lại.")
        return found

    return read


def day(cell: Cell) -> date:
    """Return the day of a date cell, or of '25/12/1990', '25-12-1990', '1990-12-25'."""
    if isinstance(cell, datetime):
        found = cell.date()
    elif isinstance(cell, date):
        found = cell
    else:
        found = _written_day(_plain(cell))
    if not EARLIEST <= found <= LATEST:
        raise Unreadable(f"năm {found.year} không hợp lý; xin kiểm tra lại.")
    return found


def choice(words: Mapping[str, Choice]) -> Callable[[Cell], Choice]:
    """Return a reader of one of the words, case, marks and signs ignored; the first word for each value is shown."""
    by_fold = {_bare(word): value for word, value in words.items()}
    shown: dict[Any, str] = {}
    for word, value in words.items():
        shown.setdefault(value, word)

    def read(cell: Cell) -> Choice:
        found = by_fold.get(_bare(_plain(cell)))
        if found is None:
            raise Unreadable(f"không có “{_plain(cell)}”; xin chọn một trong: {'; '.join(shown.values())}.")
        return found

    return read


@dataclass(frozen=True)
class _Head:
    """A row that may be the heading row: the place of each known column, and what else stands in it."""

    sheet: Sheet
    index: int
    places: dict[str, int]
    twice: list[str]
    unknown: list[str]

    @property
    def number(self) -> int:
        return self.sheet.rows[self.index][0]

    def below(self) -> Iterable[tuple[int, tuple[Cell, ...]]]:
        return self.sheet.rows[self.index + 1 :]

    def problems(self, columns: Sequence[Column]) -> list[RowProblem]:
        missing = [column.heading for column in columns if column.required and column.key not in self.places]
        return [
            *(RowProblem(self.number, f"cột “{each}”", "thiếu cột bắt buộc này; xem tệp mẫu.") for each in missing),
            *(RowProblem(self.number, f"cột “{each}”", "có hai cột cùng ý; xin giữ một.") for each in self.twice),
        ]

    def notes(self, sheets: Sequence[Sheet]) -> list[str]:
        others = ", ".join(f"“{sheet.name}”" for sheet in sheets if sheet is not self.sheet and sheet.rows)
        made = [f"Cột “{each}” không được dùng đến." for each in self.unknown]
        if others:
            made.append(f"Chỉ đọc trang “{self.sheet.name}”; không đọc trang {others}.")
        return made


def _heads(sheet: Sheet, columns: Sequence[Column]) -> Iterable[_Head]:
    spellings = {_bare(each): column.key for column in columns for each in (column.heading, *column.also)}
    for index, (_, cells) in enumerate(sheet.rows[:FIRST_ROWS]):
        head = _Head(sheet, index, {}, [], [])
        for place, cell in enumerate(cells):
            heading = clean(cell) if isinstance(cell, str) else ""
            key = spellings.get(_bare(heading))
            if key in head.places:
                head.twice.append(heading)
            elif key is not None:
                head.places[key] = place
            elif heading and _bare(heading) not in IGNORED:
                head.unknown.append(heading)
        yield head


def _row(
    number: int, cells: Sequence[Cell], places: Mapping[str, int], columns: Sequence[Column], problems: list[RowProblem]
) -> Row | None:
    """Return a row of values, noting what is wrong with it; None when all known columns are blank."""
    found = {key: cells[place] if place < len(cells) else None for key, place in places.items()}
    if all(_is_blank(cell) for cell in found.values()):
        return None
    values: dict[str, Any] = {}
    for column in columns:
        cell = found.get(column.key)
        values[column.key] = None
        if _is_blank(cell):
            if column.required and column.key in places:
                problems.append(RowProblem(number, f"cột “{column.heading}”", "chưa điền; mục này bắt buộc."))
            continue
        try:
            values[column.key] = column.read(cell)
        except Unreadable as error:
            problems.append(RowProblem(number, f"cột “{column.heading}”", str(error)))
    return Row(number, values)


def _is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not clean(cell))


def _plain(cell: Cell) -> str:
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return clean(str(cell))


def _bare(words: str) -> str:
    """Return what headings and words are compared by: 'Ngày sinh (dd/mm/yyyy) *' → 'ngay sinh'."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", re.sub(r"\([^)]*\)", " ", fold(words))).split())


def _written_day(shown: str) -> date:
    if re.fullmatch(r"\d{4}", shown):
        raise Unreadable(f"mới có năm {shown}; xin ghi đủ ngày, tháng, năm, ví dụ 25/12/1990.")
    if match := DAY.fullmatch(shown):
        parts = int(match[3]), int(match[2]), int(match[1])
    elif match := ISO_DAY.fullmatch(shown):
        parts = int(match[1]), int(match[2]), int(match[3])
    else:
        raise Unreadable(f"“{shown}” không phải ngày; xin ghi ngày/tháng/năm, ví dụ 25/12/1990.")
    try:
        return date(*parts)
    except ValueError:
        raise Unreadable(f"“{shown}” không có trong lịch; xin ghi ngày/tháng/năm, ví dụ 25/12/1990.") from None
