"""Plain text → lines; whatever its encoding, and refused when that cannot be told."""

import re
from itertools import groupby

from quizapp.formats import separated
from quizapp.formats.questions.cleaning import old_encoding
from quizapp.formats.questions.grids import key_lines
from quizapp.formats.questions.keys import pairs_of_grid
from quizapp.formats.questions.lines import Line
from quizapp.formats.questions.rich import Rich, plain, rich
from quizapp.formats.workbook import refused

OLD_FONT = (
    "chữ trong tệp gõ bằng bảng mã cũ {name}. Xin mở bộ gõ UniKey, chọn Công cụ (Ctrl+Shift+F6), chuyển từ {name} sang "
    "Unicode, lưu tệp rồi gửi lại."
)
BOLD = re.compile(r"\*\*(?=\S)([^*]+?)(?<=\S)\*\*")
BOLD_MARK = frozenset({"bold"})
HASHES = re.compile(r"^\s*#{1,6}\s+(?=\S)")
MOST_LETTERS = 4_000_000


def decoded(data: bytes) -> str:
    """Return the text of a file. Raises BadFile."""
    text = separated.decoded(data)
    if len(text) > MOST_LETTERS:
        raise refused("tệp quá dài. Xin chia thành nhiều tệp.")
    if name := old_encoding(text):
        raise refused(OLD_FONT.format(name=name))
    return text


def plain_lines(text: str) -> list[Line]:
    """Return the lines of a text that are not blank; tables of keys that are set by tabs as what they tell."""
    found = enumerate(re.split(r"\r\n|[\r\n\u2028\f\v]", text), start=1)
    lines = [(line, f"dòng {number}") for number, line in found if line.strip()]
    made: list[Line] = []
    for has_tabs, group in groupby(lines, key=lambda each: each[0].count("\t") > 1):
        together = [*group]
        cells = [[cell.strip() for cell in line.split("\t")] for line, _ in together]
        if has_tabs and len(together) > 1 and pairs_of_grid(cells):
            made += key_lines(cells, together[0][1])
        else:
            made += [Line(_marked(line), where) for line, where in together]
    return made


def _marked(line: str) -> Rich:
    """Return a line; what Markdown sets in bold is bold."""
    text, place = Rich(), 0
    line = HASHES.sub("", line)
    for found in BOLD.finditer(line):
        text = text + plain(line[place : found.start()]) + rich([(found[1], BOLD_MARK)])
        place = found.end()
    return text + plain(line[place:])
