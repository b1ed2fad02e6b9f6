"""The text of a Word file, without its looks: what a writer may have ready and wants in the text field."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from quizapp.errors import BadFile, RowProblem
from quizapp.formats.apart import HEAVY_PAGES, Care, run_apart

MAIN = "word/document.xml"
MOST_UNPACKED = 10 * 1024 * 1024
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SIGNS = {f"{WORD}tab": "\t", f"{WORD}br": "\n", f"{WORD}cr": "\n", f"{WORD}noBreakHyphen": "-"}
# A text box stands there twice, the second time for programs of 2007; what was moved away or deleted is not text.
NOT_READ = {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    f"{WORD}del",
    f"{WORD}moveFrom",
}
DAMAGED = "tệp Word bị hỏng. Xin mở tệp bằng Word, chép chữ rồi dán vào ô bài viết."
TEXT = Care("tables", 5, HEAVY_PAGES)


def is_docx(data: bytes) -> bool:
    """Return whether this is a package with a Word document in it; only the directory is looked at."""
    if data[:4] != b"PK\x03\x04":
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return MAIN in package.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def text_of(data: bytes) -> str:
    """Return the paragraphs of a .docx, one a line, read in a process of its own. Raises BadFile."""
    return run_apart("quizapp.formats.docx_text:read", data, TEXT).decode()


def read(data: bytes) -> bytes:
    """Read the text; runs in the child. Raises BadFile."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entry = package.getinfo(MAIN)
            if entry.flag_bits & 0x1:
                raise _refused("tệp Word có mật khẩu. Xin bỏ mật khẩu rồi gửi lại.")
            if entry.file_size > MOST_UNPACKED:
                raise _refused("tệp Word quá dài. Xin chép phần bài viết rồi dán vào ô bài viết.")
            root = fromstring(package.read(entry), forbid_dtd=True)
    except (DefusedXmlException, ParseError, zipfile.BadZipFile, zlib.error, KeyError, OSError, ValueError) as error:
        raise _refused(DAMAGED) from error
    text = "".join(_parts(root)).strip("\n")
    if not text.strip():
        raise _refused("tệp Word này không có chữ nào. Nếu bài nằm trong ảnh, xin gửi ảnh hoặc tệp PDF.")
    return text.encode("utf-8", "replace")


def _parts(element: Element) -> Iterator[str]:
    if element.tag in NOT_READ:
        return
    if element.tag == f"{WORD}t":
        yield element.text or ""
    yield SIGNS.get(element.tag, "")
    for each in element:
        yield from _parts(each)
    if element.tag == f"{WORD}p":
        yield "\n"


def _refused(text: str) -> BadFile:
    return BadFile([RowProblem(0, "", text)])
