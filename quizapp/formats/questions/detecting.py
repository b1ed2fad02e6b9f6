"""Which format a question file is in, by what it holds; its name only decides where several formats would do."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Collection
from pathlib import PurePath

from quizapp.formats.workbook import OLE, OTHERS, ZIP, refused
from quizapp.rules.vietnamese import fold

AIKEN = re.compile(r"^\s*(ANSWER|ĐÁP ÁN)\s*:\s*[A-Z]\s*$", re.MULTILINE)
AIKEN_ANSWER = re.compile(r"(?:(?i:ANSWER)|ĐÁP ÁN)\s*:\s*([A-Za-z])[.)]?")
AIKEN_OPTION = re.compile(r"([A-Za-z])[.)]\s*\S")
GIFT = re.compile(r"(?<!\\)\{[^{}]*(?<!\\)\}", re.DOTALL)
GIFT_SIGNS = re.compile(r"^\s*(::|//|\$CATEGORY:)|\{\s*(=|~|#|(?i:T(RUE)?|F(ALSE)?|ĐÚNG|SAI)\s*[}#])", re.MULTILINE)
BANK_FILE = re.compile(r"^bank\s*:", re.MULTILINE)
ROOT = re.compile(rb"<\s*(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
SEPARATED = {".csv": "csv", ".tsv": "csv"}
OLD = (
    "đây là tệp kiểu cũ (.doc, .xls) hoặc tệp có mật khẩu. Xin mở bằng Word hoặc Excel, bỏ mật khẩu nếu có, "
    "chọn Lưu thành (Save As), kiểu .docx hoặc .xlsx, rồi gửi lại."
)
UNKNOWN = (
    "không nhận ra định dạng của tệp. Xin gửi tệp Word (.docx), Excel (.xlsx), CSV, GIFT, Aiken, Moodle XML, QTI "
    "hoặc tệp ngân hàng (.yaml); cũng có thể chọn định dạng bằng tay."
)
DAMAGED = "tệp bị hỏng. Xin mở lại bằng chương trình đã tạo ra tệp, lưu thành tệp mới rồi gửi lại."
WEB_PAGE = "đây là trang web, dù tên tệp là gì. Xin mở bằng Word hoặc Excel, lưu thành .docx hoặc .xlsx rồi gửi lại."


def format_of(name: str, data: bytes) -> str:
    """Return the name of the format that a file is in. Raises BadFile when it is none that can be read."""
    if not data.strip():
        raise refused("tệp rỗng. Xin chọn lại tệp có dữ liệu.")
    if data.startswith(ZIP):
        return _package(data)
    if data.startswith(OLE):
        raise refused(OLD)
    head = data.lstrip(b"\xef\xbb\xbf \r\n\t")
    if head.startswith(b"<") or head.startswith((b"\xff\xfe<", b"\xfe\xff\0<")):
        return _markup(data) or _plain(PurePath(name).suffix.lower(), data, only=("gift", "aiken"))
    for start, sentence in OTHERS.items():
        if head.startswith(start):
            raise refused(f"{sentence}, không phải tệp câu hỏi. Xin gửi tệp Word (.docx), Excel (.xlsx) hoặc CSV.")
    return _plain(PurePath(name).suffix.lower(), data)


def _package(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise refused(DAMAGED) from error
    if any(name.startswith("word/") for name in names):
        return "docx"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if any(name.lower().endswith(("imsmanifest.xml", ".xml", ".qti")) for name in names) and "content.xml" not in names:
        return "qti"
    raise refused(UNKNOWN)


def _markup(data: bytes) -> str:
    """Return the format of XML, '' when it is none that is known."""
    text = data[:40_000].replace(b"\0", b"")  # UTF-16, as far as names of elements go
    found = ROOT.search(re.sub(rb"<!--.*?-->", b"", text, flags=re.DOTALL))
    root = found[1].decode().lower() if found else ""
    if root == "quiz":
        return "moodle_xml"
    if root.startswith(("assessment", "qti-assessment", "questestinterop", "manifest")):
        return "qti"
    if root == "html":
        raise refused(WEB_PAGE)
    return ""


def _plain(suffix: str, data: bytes, only: Collection[str] = ()) -> str:
    """only: the formats of text that a file may be in that begins as XML does."""
    name = _plain_name(suffix, unicodedata.normalize("NFC", _guessed(data)))
    if only and name not in only:
        raise refused(UNKNOWN)
    return name


def _plain_name(suffix: str, text: str) -> str:
    if suffix in SEPARATED:
        return SEPARATED[suffix]
    if suffix in (".yaml", ".yml") or BANK_FILE.search(text):
        return "native"
    if AIKEN.search(text) or _is_all_aiken(text):
        return "aiken"
    if suffix == ".gift" or (GIFT.search(text) and GIFT_SIGNS.search(text)):
        return "gift"
    if re.search(r"(?mi)^\s*(cau|bai|question)?\s*\d{1,4}\s*[.:)]", fold(text[:200_000])):
        return "text"
    first = text.split("\n", 1)[0]
    if max(first.count(sign) for sign in "\t;,|") >= 2:
        return "csv"
    return "text"


def _is_all_aiken(text: str) -> bool:
    """Return whether all lines are of questions in Aiken, an answer in small letters and all: Answer: b."""
    options = questions = 0
    has_stem = False
    for line in filter(None, map(str.strip, text.lstrip("\ufeff").splitlines())):
        answer, option = AIKEN_ANSWER.fullmatch(line), AIKEN_OPTION.match(line)
        if answer:
            if options < 2 or _place(answer) >= options:
                return False
            has_stem, options, questions = False, 0, questions + 1
        elif option and has_stem and _place(option) == options:
            options += 1
        elif options:
            return False
        else:
            has_stem = True
    return questions > 0 and not has_stem


def _place(letter: re.Match[str]) -> int:
    return ord(letter[1].upper()) - ord("A")


def _guessed(data: bytes) -> str:
    for start, name in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
        if data.startswith(start):
            return data.decode(name, "replace")
    return data.decode("utf-8", "replace")
