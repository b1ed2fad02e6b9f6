"""Writes large workbooks row by row: every cell typed by its column, text that stays text, sheets ready to print."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import Enum
from itertools import chain, islice
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

MOST_ROWS = 1_048_576  # of one sheet, its heading among them
LONGEST_TEXT = 32_767
LONGEST_NAME = 31
LONGEST_HEADER = 120  # header and footer together have 255 characters
A4 = "9"

# What XML cannot hold, and what a spreadsheet would not show; a lone CR is a line end to it.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile("\r\n?")
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
_STARTS_A_FORMULA = tuple("=+-@\t\r\n")


class Kind(Enum):
    """What a column holds; its value is the number format."""

    TEXT = "General"
    CODE = "@"  # phone numbers, codes: digits that are no number
    COUNT = "#,##0"
    MARKS = "#,##0.00"  # handed over in hundredths
    RATE = "0.00%"  # handed over in hundredths of a per cent
    DAY = "dd/mm/yyyy"
    MOMENT = "dd/mm/yyyy hh:mm:ss"  # handed over in the zone that is to be read


@dataclass(frozen=True)
class Column:
    heading: str
    width: float
    kind: Kind = Kind.TEXT


@dataclass(frozen=True)
class Written:
    """A sheet as it was written; `rows` without the heading."""

    name: str
    about: str
    rows: int


@dataclass
class Book:
    """A workbook that is written from front to back; the cover stands first though it is filled last."""

    title: str
    most_rows: int = MOST_ROWS
    written: list[Written] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.workbook = Workbook(write_only=True)
        self.workbook.properties.title = plain(self.title)
        self.cover = self._new_sheet("Trang bìa")

    def add(self, name: str, about: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> None:
        """Write a sheet, and further ones when its rows are more than one can hold."""
        waiting = iter(rows)
        ahead = list(islice(waiting, 1))
        begun = False
        while ahead or not begun:
            begun = True
            sheet = self._new_sheet(name)
            _lay_out(sheet, columns)
            count = self._fill(sheet, columns, islice(chain(ahead, waiting), self.most_rows - 1))
            ahead = list(islice(waiting, 1))
            sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count + 1}"
            self.written.append(Written(sheet.title, about, count))

    def write_cover(self, lines: Iterable[tuple[str, Any]], explanations: Iterable[str] = ()) -> None:
        """Fill the cover: label and value; a line without a value is a heading. Explanations are numbered below."""
        self.cover.column_dimensions["A"].width = 34
        self.cover.column_dimensions["B"].width = 96
        label = _cell(self.cover, Kind.TEXT, font=Font(color="566072"))
        heading = _cell(self.cover, Kind.TEXT, font=Font(bold=True, size=13, color="12407F"))
        numbered = [(str(place), text) for place, text in enumerate(explanations, start=1)]
        explained = [("", ""), ("GIẢI THÍCH", None), *numbered] if numbered else []
        for text, value in (*lines, *explained):
            if value is None:
                self.cover.append([_filled(heading, text)])
                continue
            kind = {datetime: Kind.MOMENT, int: Kind.COUNT}.get(type(value), Kind.TEXT)
            self.cover.append([_filled(label, text), _filled(_cell(self.cover, kind, left=True), value)])

    def save(self, path: Path) -> None:
        self.workbook.save(path)

    def _fill(self, sheet: Any, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> int:
        cells = [_cell(sheet, column.kind) for column in columns]
        quoted = [_cell(sheet, column.kind, quoted=True) for column in columns]
        kinds = [column.kind for column in columns]
        count = 0
        for row in rows:
            values = [shown(kind, value) for kind, value in zip(kinds, row, strict=True)]
            sheet.append(
                [
                    None if value is None else _filled(careful if _is_risky(value) else cell, value)
                    for cell, careful, value in zip(cells, quoted, values, strict=True)
                ]
            )
            count += 1
        return count

    def _new_sheet(self, name: str) -> Any:
        sheet = self.workbook.create_sheet(sheet_name(name, [each.title for each in self.workbook.worksheets]))
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = A4
        sheet.page_setup.fitToWidth = 1
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.print_options.horizontalCentered = True
        sheet.oddHeader.left.text = _in_a_header(self.title)
        sheet.oddHeader.right.text = _in_a_header(sheet.title)
        sheet.oddFooter.center.text = "Trang &P / &N"
        return sheet


def plain(text: str) -> str:
    """Return text that a cell can hold: nothing that XML forbids, line ends as LF, not too long."""
    return _ILLEGAL.sub("", _LINE_END.sub("\n", text))[:LONGEST_TEXT]


def sheet_name(wanted: str, taken: Sequence[str]) -> str:
    """Return a name that a sheet may have: at most 31 characters, none forbidden, unlike all others in any case."""
    name = " ".join(_NOT_IN_A_NAME.sub(" ", plain(wanted)).split()).strip("'") or "Trang"
    others = {each.casefold() for each in taken}
    for number in range(1, len(taken) + 2):
        ending = f" ({number})" if number > 1 else ""
        found = name[: LONGEST_NAME - len(ending)].rstrip() + ending
        if found.casefold() not in others:
            return found
    raise ValueError(wanted)


def shown(kind: Kind, value: Any) -> Any:
    """Return what stands in a cell of this kind."""
    if value is None or value == "":
        return None
    if kind is Kind.MARKS:
        return Decimal(value) / 100
    if kind is Kind.RATE:
        return Decimal(value) / 10_000
    if kind is Kind.MOMENT:
        return value.replace(tzinfo=None)
    return value


def _lay_out(sheet: Any, columns: Sequence[Column]) -> None:
    """Head, widths and print set-up; all of it must be there before the first row."""
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    head = _cell(sheet, Kind.TEXT, font=Font(bold=True), fill=PatternFill("solid", fgColor="E6EEFA"))
    head.alignment = Alignment(wrap_text=True, vertical="center")
    sheet.append([_filled(_copy(sheet, head), column.heading) for column in columns])


def _cell(sheet: Any, kind: Kind, *, quoted: bool = False, left: bool = False, **style: Any) -> Any:
    """Return a cell whose style is made once; its value is put in anew for each row."""
    cell = WriteOnlyCell(sheet)
    cell.number_format = kind.value
    cell.alignment = Alignment(
        vertical="top", wrap_text=True if kind is Kind.TEXT else None, horizontal="left" if left else None
    )
    for name, value in style.items():
        setattr(cell, name, value)
    cell._style.quotePrefix = int(quoted)
    return cell


def _copy(sheet: Any, cell: Any) -> Any:
    made = WriteOnlyCell(sheet)
    made._style = cell._style
    return made


def _filled(cell: Any, value: Any) -> Any:
    if isinstance(value, str):
        cell.value = plain(value)
        cell.data_type = "s"  # openpyxl takes what begins with '=' for a formula and '#N/A' for an error
    else:
        number_format = cell._style.numFmtId
        cell.value = value.replace(tzinfo=None) if isinstance(value, datetime) else value
        cell._style.numFmtId = number_format  # a date would bring a format of its own
    return cell


def _is_risky(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(_STARTS_A_FORMULA)


def _in_a_header(text: str) -> str:
    return " ".join(plain(text).split())[:LONGEST_HEADER].replace("&", "&&")
