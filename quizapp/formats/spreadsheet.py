"""Reads the sheets of an .xlsx workbook; runs in the child process only."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from quizapp.formats import packaging
from quizapp.formats.workbook import SAVE_AS_XLSX, refused, write_sheets

MOST_CHARACTERS = 12_000_000
DAMAGED = f"tệp bị hỏng, không đọc được. {SAVE_AS_XLSX}"


def read(data: bytes) -> bytes:
    """Return the visible sheets as `workbook.write_sheets` writes them. Raises BadFile."""
    package = _packed(packaging.checked_parts(data))
    try:
        workbook = CalamineWorkbook.from_filelike(package)
        names = [
            each.name
            for each in workbook.sheets_metadata
            if each.typ == SheetTypeEnum.WorkSheet and each.visible == SheetVisibleEnum.Visible
        ]
        sheets = _Sheets()
        return write_sheets((name, sheets.rows(workbook.get_sheet_by_name(name))) for name in names)
    except CalamineError as error:
        raise refused(DAMAGED) from error


def _packed(parts: dict[str, bytes]) -> io.BytesIO:
    """Pack the parts anew: the next reader sees exactly what was measured, whatever the sent directory claimed."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    made.seek(0)
    return made


class _Sheets:
    """Gives rows and counts their text: one long text that many cells share is small in the file and huge outside."""

    def __init__(self) -> None:
        self.characters = 0

    def rows(self, sheet: CalamineSheet) -> Iterator[tuple[int, list[Any]]]:
        if sheet.start is None:
            return
        _, left = sheet.start  # rows come from the first one on, cells only from the first column that is used
        for number, found in enumerate(sheet.iter_rows(), start=1):
            cells = [None] * left + [_cell(each) for each in found]
            while cells and cells[-1] is None:
                cells.pop()
            if cells:
                self.count(cells)
                yield number, cells

    def count(self, cells: list[Any]) -> None:
        self.characters += sum(len(each) if isinstance(each, str) else 10 for each in cells)
        if self.characters > MOST_CHARACTERS:
            raise refused("tệp chứa quá nhiều chữ. Xin chia thành nhiều tệp.")


def _cell(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, time | timedelta):
        return str(value)
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, bool | int | float | date | datetime):
        return value
    return str(value)
