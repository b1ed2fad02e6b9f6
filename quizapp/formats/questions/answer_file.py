"""A separate file of keys: Word, Excel, CSV or plain text → the lines of a list of keys."""

import json
from collections.abc import Iterator

from quizapp.formats import separated, spreadsheet
from quizapp.formats.questions.apart import QuestionFile
from quizapp.formats.questions.grids import key_lines, lines_of
from quizapp.formats.questions.keys import pairs_of_grid
from quizapp.formats.questions.lines import Line
from quizapp.formats.questions.plain import decoded, plain_lines
from quizapp.formats.questions.word.body import read_document
from quizapp.formats.workbook import OLE, ZIP, refused

OLD = "tệp đáp án là tệp kiểu cũ (.doc, .xls) hoặc có mật khẩu. Xin lưu thành .docx hoặc .xlsx rồi gửi lại."


def answer_lines(file: QuestionFile) -> list[Line] | None:
    """Return the lines of the file of keys; None: there is none. Raises BadFile."""
    data = file.answers
    if data is None:
        return None
    if data.startswith(OLE):
        raise refused(OLD)
    if data.startswith(ZIP):
        if b"xl/workbook.xml" in data:
            return [*_of_sheets(spreadsheet.read(data))]
        return [line for line in lines_of(read_document(data).blocks) if line.text or line.role]
    text = decoded(data)
    lines = plain_lines(text)
    if lines and sum(any(sign in line.shown for sign in ",;\t") for line in lines) * 2 > len(lines):
        rows = json.loads(separated.read(data))[0][1]
        if pairs_of_grid([[_shown(cell) for cell in cells] for _, cells in rows]):
            return [*key_lines([[_shown(cell) for cell in cells] for _, cells in rows], "tệp đáp án")]
    return lines


def _of_sheets(found: bytes) -> Iterator[Line]:
    for name, rows in json.loads(found):
        yield from key_lines([[_shown(cell) for cell in cells] for _, cells in rows], f"tệp đáp án, trang “{name}”")


def _shown(cell: object) -> str:
    return "" if cell is None else str(cell).strip()
