"""Reads a CSV file into a grid, in whatever encoding and with whatever separator it came."""

import csv
import io
import re
from collections.abc import Iterator

from quizapp.errors import BadFile, RowProblem
from quizapp.formats.cells import MOST_COLUMNS, MOST_ROWS
from quizapp.formats.questions.lettering import decoded
from quizapp.formats.questions.sheets.grid import Cell, Grid
from quizapp.formats.questions.sheets.texts import clean
from quizapp.formats.workbook import refused

SEPARATORS = ",;\t|"
COMMA = "một ô bắt đầu bằng dấu cách sau dấu phẩy: có lẽ dấu phẩy nằm trong nội dung nên các ô sau bị đẩy lệch"
FIRST_LINES = 60
MOST_LINES_OF_A_CELL = 40


def read_separated(data: bytes) -> Grid:
    """Return the file as a grid without a name. Raises BadFile."""
    separator, text, told = _separator(decoded(data))
    grid = Grid("")
    for number, (line, cells) in enumerate(_records(text, separator), start=1 + told):
        _check(number, line + told, cells)
        row = {place: Cell(cell, cell) for place, cell in enumerate(map(_plain, cells), start=1) if clean(cell)}
        if row:
            grid.rows[number] = row
            spaced = [cell.startswith(" ") for cell in cells[1:] if clean(cell)]
            if separator == "," and any(spaced) and not all(spaced):
                grid.doubts[number] = COMMA
            grid.lines[number] = line + told
    _check_ragged(grid)
    return grid


def _plain(text: str) -> str:
    """Return text without the apostrophe that tells Excel to take it as text, or '="007"', by which it stays text."""
    if match := re.fullmatch(r'="([^"]*)"', text):
        return match[1]
    return text[1:] if re.match(r"'[\d=+@-]", text) else text


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for found in reader:
            yield line, found
            line = reader.line_num + 1
    except csv.Error as error:
        what = f"dấu ngoặc kép mở ở dòng {line} của tệp không được đóng đúng chỗ, các dòng sau bị nuốt mất. "
        raise BadFile([RowProblem(line, "", what + "Xin sửa dấu ngoặc kép hoặc lưu lại từ Excel.")]) from error


def _check(number: int, line: int, cells: list[str]) -> None:
    if number > MOST_ROWS:
        raise refused("tệp có hơn 50.000 dòng. Xin chia thành nhiều tệp.")
    if len(cells) > MOST_COLUMNS:
        raise BadFile([RowProblem(line, "", "dòng có hơn 200 cột. Xin xóa các cột thừa.")])
    if any(cell.count("\n") > MOST_LINES_OF_A_CELL for cell in cells):
        what = "một ô kéo dài hơn 40 dòng, có lẽ vì thiếu dấu ngoặc kép đóng. Xin sửa rồi gửi lại."
        raise BadFile([RowProblem(line, "", what)])


def _check_ragged(grid: Grid) -> None:
    """Refuse rows with more cells than the heading: a separator inside a text moved all that follows it."""
    width = max((max(row) for row in list(grid.rows.values())[:1]), default=0)
    for number, row in list(grid.rows.items())[:20]:
        if len(row) > 2 and not any(len(cell.shown) > 60 for cell in row.values()):
            width = max(row)
            first = number
            break
    else:
        return
    wrong = [number for number, row in grid.rows.items() if number > first and max(row) > width]
    what = (
        "dòng có nhiều ô hơn dòng tiêu đề, có lẽ vì dấu ngăn cách nằm trong nội dung. "
        "Xin đặt nội dung đó trong dấu ngoặc kép."
    )
    if wrong:
        raise BadFile([RowProblem(grid.lines[number], "", what) for number in wrong[:30]])


def _separator(text: str) -> tuple[str, str, int]:
    """Return the separator, text without the line `sep=;`, by which Excel is told of it, how many lines that was."""
    if told := re.match(r"\s*\"?sep=([;,\t|])\"?[ \t]*\n", text):
        return told[1], text[told.end() :], 1
    return max(SEPARATORS, key=lambda each: _columns(text, each)), text, 0


def _columns(text: str, separator: str) -> tuple[int, int]:
    """Return how well a separator cuts the first lines: how many have as many cells as most have, and how many."""
    head = "\n".join(text.split("\n")[:FIRST_LINES])
    widths: list[int] = []
    try:
        for row in csv.reader(io.StringIO(head, newline=""), delimiter=separator):
            widths.append(len(row))
    except csv.Error:
        pass
    wide = [width for width in widths if width > 2]
    if not wide:
        return 0, max(widths, default=0)
    common = max(set(wide), key=wide.count)
    return wide.count(common), common
