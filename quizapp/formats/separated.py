"""Reads a CSV file, in whatever encoding and with whatever separator it came; runs in the child process only."""

import csv
import io
import re
import unicodedata

from quizapp.errors import BadFile, RowProblem
from quizapp.formats.cells import MOST_COLUMNS, MOST_ROWS
from quizapp.formats.workbook import refused, write_sheets

SEPARATORS = ";\t,"
MOST_LINES_OF_A_CELL = 20
SAVE_AS_UTF8 = "Xin mở tệp gốc bằng Excel rồi lưu dạng .xlsx, hoặc dạng “CSV UTF-8”."
LETTERS = frozenset("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")
MARKS = frozenset("\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323")
SIGNS = frozenset("–—‘’“”„…•·°«»§×²³½ \u00a0€₫")


def read(data: bytes) -> bytes:
    """Return the file as one sheet, as `workbook.write_sheets` writes it. Raises BadFile."""
    return write_sheets([("", _rows(decoded(data)))])


def decoded(data: bytes) -> str:
    """Return the text of a file. Raises BadFile."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _or_refused(data, "utf-16")
    if data[1:40:2].count(0) > 10:
        return _or_refused(data, "utf-16-le")
    if b"\0" in data:
        raise refused(f"đây không phải tệp Excel hay CSV. {SAVE_AS_UTF8}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _windows(data)


def _or_refused(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise refused(f"tệp bị hỏng hoặc không phải tệp chữ. {SAVE_AS_UTF8}") from error


def _windows(data: bytes) -> str:
    """Decode Vietnamese of old Windows, unless some lines are UTF-8: then no single encoding reads the file."""
    lines = data.splitlines()
    beyond = [(number, line) for number, line in enumerate(lines, start=1) if not line.isascii()]
    strange = [number for number, line in beyond if not _is_utf8(line)]
    if len(strange) < len(beyond):
        sentence = f"dòng này viết bằng bảng mã khác các dòng còn lại nên đọc ra sai chữ. {SAVE_AS_UTF8}"
        raise BadFile([RowProblem(number, "", sentence) for number in strange[:30]])
    return vietnamese(_or_refused(data, "windows-1258"), SAVE_AS_UTF8)


def vietnamese(text: str, remedy: str) -> str:
    """Return a text of old Windows composed. Raises BadFile at the first line with letters that Vietnamese has not."""
    text = unicodedata.normalize("NFC", text)
    for number, line in enumerate(text.splitlines(), start=1):
        if not all(_is_vietnamese(each) for each in line):
            sentence = f"chữ của dòng này không đọc được, có thể do phông cũ (TCVN3, VNI). {remedy}"
            raise BadFile([RowProblem(number, "", sentence)])
    return text


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_vietnamese(letter: str) -> bool:
    if letter.isascii() or letter in SIGNS:
        return True
    parts = list(unicodedata.normalize("NFD", letter.lower()))
    return parts[0] in LETTERS and MARKS.issuperset(parts[1:])


def _rows(text: str) -> list[tuple[int, list[str | None]]]:
    separator, text = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[int, list[str | None]]] = []
    number, line = 0, 1
    try:
        for number, found in enumerate(reader, start=1):
            _check(number, found)
            line = reader.line_num + 1
            cells = [each if each.strip() else None for each in found]
            while cells and cells[-1] is None:
                cells.pop()
            if cells:
                rows.append((number, cells))
    except csv.Error as error:
        text = f"dấu ngoặc kép mở ở dòng {line} của tệp không được đóng đúng chỗ, các dòng sau bị nuốt mất. "
        raise BadFile([RowProblem(number + 1, "", text + "Xin sửa dấu ngoặc kép hoặc lưu lại từ Excel.")]) from error
    return rows


def _check(number: int, found: list[str]) -> None:
    if number > MOST_ROWS:
        raise refused("tệp có hơn 50.000 dòng. Xin chia thành nhiều tệp.")
    if len(found) > MOST_COLUMNS:
        raise BadFile([RowProblem(number, "", "dòng có hơn 200 cột. Xin xóa các cột thừa.")])
    if any(each.count("\n") > MOST_LINES_OF_A_CELL for each in found):
        text = "một ô kéo dài hơn 20 dòng, có lẽ vì thiếu dấu ngoặc kép đóng. Xin sửa rồi gửi lại."
        raise BadFile([RowProblem(number, "", text)])


def _separator(text: str) -> tuple[str, str]:
    """Return the separator and the text without the line `sep=;`, by which Excel is told of it."""
    if told := re.match(r"sep=([;,\t])\r?\n", text):
        return told[1], text[told.end() :]
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", first)
    return max(SEPARATORS, key=bare.count), text
