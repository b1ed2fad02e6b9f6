"""An uploaded workbook or CSV file as sheets of rows; the parsing itself happens in a child process."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from quizapp.errors import BadFile, RowProblem
from quizapp.formats.apart import run_apart

Cell = str | int | float | bool | date | datetime | None

MOST_BYTES = 4 * 1024 * 1024
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
OTHERS = {
    b"%PDF": "đây là tệp PDF",
    b"{\\rtf": "đây là tệp văn bản RTF",
    b"\x89PNG": "đây là tệp ảnh",
    b"\xff\xd8\xff": "đây là tệp ảnh",
    b"GIF8": "đây là tệp ảnh",
    b"Rar!": "đây là tệp nén RAR",
    b"7z\xbc\xaf": "đây là tệp nén 7z",
    b"\x1f\x8b": "đây là tệp nén gzip",
    b"<": "đây là trang web hoặc tệp XML, dù tên tệp có thể là .xls hay .xlsx",
}
SAVE_AS_XLSX = "Xin mở bằng Excel, chọn Lưu thành (Save As), kiểu “Excel Workbook (*.xlsx)”, rồi gửi lại."


@dataclass(frozen=True)
class Sheet:
    """A visible sheet: rows that are not blank, each with its number as Excel shows it, without blank cells at its end.

    An integral number is an int, a blank cell None; text is as it was typed.
    """

    name: str
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]


def read_sheets(data: bytes) -> list[Sheet]:
    """Return the visible sheets of an .xlsx workbook, or a CSV file as one sheet without a name.

    Raises BadFile with a sentence for each thing that hinders: not a workbook, old format, password, macros,
    formulas that were never reckoned, error values, too large, damaged or hostile.
    """
    if not data.strip():
        raise refused("tệp rỗng. Xin chọn lại tệp có dữ liệu.")
    if len(data) > MOST_BYTES:
        raise refused("tệp lớn hơn 4 MB. Xin xóa ảnh và các trang không cần, hoặc chia thành nhiều tệp.")
    if data.startswith(OLE):
        raise refused(_ole_sentence(data))
    for start, sentence in OTHERS.items():
        if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(start):
            raise refused(f"{sentence}, không phải tệp Excel. {SAVE_AS_XLSX}")
    reader = "quizapp.formats.spreadsheet:read" if data.startswith(ZIP) else "quizapp.formats.separated:read"
    return [_sheet(each) for each in json.loads(run_apart(reader, data))]


def refused(text: str) -> BadFile:
    """Return the refusal of a file as a whole."""
    return BadFile([RowProblem(0, "", text)])


def write_sheets(sheets: Iterable[tuple[str, Iterable[tuple[int, list[Any]]]]]) -> bytes:
    """Return sheets as the child hands them over: JSON, with dates in objects of one key; made row by row."""
    return b"[" + b",".join(_written_sheet(name, rows) for name, rows in sheets) + b"]"


def _ole_sentence(data: bytes) -> str:
    if ENCRYPTED in data:
        return "tệp được đặt mật khẩu. Xin mở bằng Excel, bỏ mật khẩu (Tệp, Thông tin, Bảo vệ sổ), lưu rồi gửi lại."
    return f"đây là tệp kiểu cũ (.xls, .doc). {SAVE_AS_XLSX}"


def _sheet(found: Any) -> Sheet:
    name, rows = found
    return Sheet(name, tuple((number, tuple(_cell(each) for each in cells)) for number, cells in rows))


def _cell(found: Any) -> Cell:
    if not isinstance(found, dict):
        return found  # type: ignore[no-any-return]
    if "date" in found:
        return date.fromisoformat(found["date"])
    return datetime.fromisoformat(found["datetime"])


def _written_sheet(name: str, rows: Iterable[tuple[int, list[Any]]]) -> bytes:
    return b"[" + _json(name) + b",[" + b",".join(map(_json, rows)) + b"]]"


def _json(value: Any) -> bytes:
    return json.dumps(value, default=_written, ensure_ascii=False).encode("utf-8", "replace")


def _written(value: Any) -> dict[str, str]:
    return {"datetime" if isinstance(value, datetime) else "date": value.isoformat()}
