"""The text of a file, whatever encoding its bytes are in, and the one form in which texts of several lines are kept."""

import re
import unicodedata

from quizapp.formats.questions.cleaning import old_encoding
from quizapp.formats.separated import vietnamese
from quizapp.formats.workbook import refused
from quizapp.rules.vietnamese import clean

SAVE_AS_UTF8 = "Xin mở tệp bằng Notepad, chọn Lưu thành (Save As), Mã hóa (Encoding) là UTF-8, rồi gửi lại."
NO_TEXT = f"tệp bị hỏng hoặc không phải tệp chữ. {SAVE_AS_UTF8}"
OLD_FONT = "chữ trong tệp gõ theo phông cũ ({name}). Xin chuyển sang Unicode bằng Unikey (Ctrl+Shift+F6) rồi gửi lại."
NO_LETTERS = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")  # never letters of a text; one reader marks signs by them
_TCVN3 = re.compile("(?<=[A-Za-z])[µ¶·¸¹¨©ª«¬]")
KINDS_OF_SIGNS = 3
_VNI = re.compile("oä|oà|oâ|aâ|aù|aø|aû|aõ|eâ|eä|öô|öï|uø|uû")  # two signs that no language writes one after the other


def decoded(data: bytes, declared: str = "") -> str:
    """Return a file as text with lines that end in a line feed. Raises BadFile.

    declared: the encoding that the file names, believed only where its bytes are not Unicode.
    """
    text = _unicode(data)
    if text is None:
        text = _declared(data, declared) or vietnamese(_strictly(data, "windows-1258"), SAVE_AS_UTF8)
    text = NO_LETTERS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).lstrip("\ufeff")
    sample = text[:60_000]
    if old := _old_font(sample):
        raise refused(OLD_FONT.format(name=old))
    return text


def tidy(text: str) -> str:
    """Return a text of several lines as it is stored: each line as `clean` leaves it, none blank."""
    return "\n".join(filter(None, map(clean, NO_LETTERS.sub("", text).split("\n"))))


def _unicode(data: bytes) -> str | None:
    head = data[:400]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strictly(data, "utf-16")
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(head) > 8 and head[first::2].count(0) * 3 > len(head):
            return _strictly(data, encoding)
    if b"\0" in data:
        raise refused(NO_TEXT)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise refused(NO_TEXT) from error


def _declared(data: bytes, declared: str) -> str | None:
    if not declared or declared.lower().replace("_", "-") in ("utf-8", "utf8", "utf-16", "us-ascii", "ascii"):
        return None
    try:
        return unicodedata.normalize("NFC", data.decode(declared))
    except (LookupError, UnicodeDecodeError):
        return None


def _old_font(text: str) -> str:
    """Return the old encoding that a text is in, sure enough to refuse it: German and French have some of its signs."""
    if old_encoding(text):
        for name, signs in (("TCVN3", _TCVN3), ("VNI", _VNI)):
            if len(set(signs.findall(text.lower()))) >= KINDS_OF_SIGNS:
                return name
    return ""
