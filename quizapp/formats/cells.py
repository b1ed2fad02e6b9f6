"""Scans the XML of a sheet, cell by cell, for what a reader would choke on or silently leave out."""

import re
from typing import Any
from xml.parsers.expat import ParserCreate

from quizapp.errors import RowProblem
from quizapp.formats.workbook import refused

MOST_ROWS = 50_000
MOST_COLUMNS = 200
MOST_AREA = 1_000_000  # rows × columns: a reader keeps the whole rectangle in memory
MOST_PROBLEMS = 30
PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
CHUNK = 64 * 1024


def has_doctype(content: bytes) -> bool:
    """Return whether an XML part declares a document type; looks no further than the first element."""
    parser = ParserCreate()
    seen: list[bool] = []
    parser.StartDoctypeDeclHandler = lambda *_: seen.append(True)
    parser.StartElementHandler = lambda *_: seen.append(False)
    for start in range(0, len(content), CHUNK):
        parser.Parse(content[start : start + CHUNK], False)
        if seen:
            return seen[0]
    return False


class SheetScan:
    """One pass over a sheet. A formula without a stored result reads as blank, an error as a word: both are refused."""

    def __init__(self, title: str):
        self.title = title
        self.found: list[RowProblem] = []
        self.row = self.column = 0
        self.last_row = self.last_column = 0
        self.kind = ""
        self.has_formula = self.has_value = self.in_value = False
        self.text = ""

    def problems(self, content: bytes) -> list[RowProblem]:
        """Return the cells that cannot be read as they look. Raises BadFile when a cell lies too far away."""
        parser = ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        for start in range(0, len(content), CHUNK):
            parser.Parse(content[start : start + CHUNK], False)
        parser.Parse(b"", True)
        return self.found

    def start(self, name: str, attributes: dict[str, Any]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "c":
            self.start_cell(attributes)
        elif tag == "v":
            self.in_value, self.text = True, ""
        elif tag == "f":
            self.has_formula = True
        elif tag == "is":
            self.has_value = True
        elif tag == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column = 0

    def start_cell(self, attributes: dict[str, Any]) -> None:
        place = attributes.get("r")
        if place is None:
            self.column += 1
        else:
            self.row, self.column = place_of(place)
        self.kind = attributes.get("t", "n")
        self.has_formula = self.has_value = False
        self.text = ""

    def characters(self, text: str) -> None:
        if self.in_value:
            self.text += text

    def end(self, name: str) -> None:
        tag = name.rpartition(":")[2]
        if tag == "v":
            self.in_value, self.has_value = False, bool(self.text.strip()) or self.kind == "str"
        elif tag == "c" and (self.has_value or self.has_formula):
            self.end_cell()

    def end_cell(self) -> None:
        self.last_row, self.last_column = max(self.last_row, self.row), max(self.last_column, self.column)
        check_area(self.last_row, self.last_column, f"ô {column_letters(self.column)}{self.row}{self.of_sheet}")
        if self.kind == "e":
            self.note(f"ô đang báo lỗi {self.text}. Xin sửa hoặc xóa ô này.")
        elif not self.has_value:
            self.note("công thức chưa có kết quả. Xin mở tệp bằng Excel, chờ tính xong, lưu rồi gửi lại.")

    def note(self, text: str) -> None:
        if len(self.found) < MOST_PROBLEMS:
            self.found.append(RowProblem(self.row, f"ô {column_letters(self.column)}{self.row}{self.of_sheet}", text))

    @property
    def of_sheet(self) -> str:
        return f" (trang “{self.title}”)" if self.title else ""


def column_letters(number: int) -> str:
    """Return what Excel calls a column, from 1: 1 → 'A', 28 → 'AB'."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the number of a column, from 1: 'AB' → 28."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def place_of(name: str) -> tuple[int, int]:
    """Return the row and the column of a cell, from 1: 'B7' → (7, 2). Raises ValueError when no cell is called so."""
    match = PLACE.fullmatch(name)
    if match is None:
        raise ValueError(f"no cell is called {name}")
    return int(match[2]), column_number(match[1])


def check_area(last_row: int, last_column: int, where: str) -> None:
    """Refuse a sheet whose last row or column lies too far away; where: the cell by which it does. Raises BadFile."""
    if last_row > MOST_ROWS:
        raise refused(f"{where} nằm quá xa: mỗi trang nhiều nhất 50.000 dòng. Xin xóa ô này hoặc chia tệp.")
    if last_column > MOST_COLUMNS:
        raise refused(f"{where} nằm quá xa: mỗi trang nhiều nhất 200 cột. Xin xóa ô này và các cột thừa.")
    if last_row * last_column > MOST_AREA:
        raise refused(f"{where} làm bảng quá lớn. Xin xóa các cột thừa hoặc chia thành nhiều tệp.")
