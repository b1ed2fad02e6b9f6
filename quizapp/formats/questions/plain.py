"""Plain text → lines; whatever its encoding, and refused when that cannot be told."""

import re

from quizapp.formats import separated
from quizapp.formats.questions.cleaning import old_encoding
from quizapp.formats.questions.lines import Line
from quizapp.formats.questions.rich import plain
from quizapp.formats.workbook import refused

OLD_FONT = (
    "chữ trong tệp gõ bằng bảng mã cũ {name}. Xin mở bộ gõ UniKey, chọn Công cụ (Ctrl+Shift+F6), chuyển từ {name} sang "
    "Unicode, lưu tệp rồi gửi lại."
)
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
    """Return the lines of a text that are not blank."""
    found = enumerate(re.split(r"\r\n|[\r\n\u2028\f\v]", text), start=1)
    return [Line(plain(line), f"dòng {number}") for number, line in found if line.strip()]
