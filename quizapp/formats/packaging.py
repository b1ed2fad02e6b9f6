"""Checks an .xlsx package before any reader of workbooks sees it: its directory, its parts, every cell's place."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import PurePosixPath
from xml.parsers.expat import ExpatError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from quizapp.errors import BadFile, RowProblem
from quizapp.formats.cells import SheetScan, has_doctype
from quizapp.formats.workbook import SAVE_AS_XLSX, refused

MOST_PARTS = 1_000
MOST_UNPACKED = 40 * 1024 * 1024
STRICT = "http://purl.oclc.org/ooxml/"
MAIN = re.compile(r"\{[^}]*\}")
NEEDED = re.compile(
    r"(\[Content_Types\]\.xml|_rels/\.rels|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|xl/styles\.xml"
    r"|xl/sharedStrings\.xml|xl/worksheets/[^/]+\.xml)",
    re.IGNORECASE,
)
MACROS = re.compile(r"vbaProject|macrosheets/|activeX/|\.bin$", re.IGNORECASE)
HARMLESS_BINARY = re.compile(r"printerSettings|customProperty", re.IGNORECASE)
DAMAGED = f"tệp bị hỏng hoặc không phải tệp Excel. {SAVE_AS_XLSX}"
BOMB = "tệp giải nén ra quá lớn. Xin chỉ giữ trang có dữ liệu, chép (dán giá trị) sang một tệp mới rồi gửi lại."


def checked_parts(data: bytes) -> dict[str, bytes]:
    """Return the parts that hold cells, unpacked and checked, as is every cell. Raises BadFile."""
    return _checked(data, None, _check_cells)


def checked_package(data: bytes, also: re.Pattern[str]) -> dict[str, bytes]:
    """Return the parts that hold cells, and others by name, for a reader that checks cells itself. Raises BadFile."""
    return _checked(data, also, lambda _: None)


def _checked(data: bytes, also: re.Pattern[str] | None, check: Callable[[dict[str, bytes]], None]) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = _unpacked(package, _checked_directory(package, also))
        _check_xml(parts)
        check(parts)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise refused(DAMAGED) from error
    except (ExpatError, ParseError, LookupError) as error:
        raise refused(DAMAGED) from error
    except DefusedXmlException as error:
        raise refused("tệp chứa khai báo DTD, có thể gây hại nên không được đọc. " + SAVE_AS_XLSX) from error
    return parts


def _checked_directory(package: zipfile.ZipFile, also: re.Pattern[str] | None) -> list[zipfile.ZipInfo]:
    entries = package.infolist()
    names = {entry.filename for entry in entries}
    if len(entries) > MOST_PARTS:
        raise refused("tệp có quá nhiều phần bên trong. Xin chép dữ liệu sang một tệp Excel mới rồi gửi lại.")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise refused("tệp được đặt mật khẩu. Xin bỏ mật khẩu, lưu rồi gửi lại.")
    if len(names) < len(entries) or any(".." in PurePosixPath(name).parts for name in names):
        raise refused(DAMAGED)
    if "xl/workbook.xml" not in names:
        raise refused(_other_package(names))
    if any(MACROS.search(name) and not HARMLESS_BINARY.search(name) for name in names):
        raise refused(f"tệp có macro hoặc thành phần chạy được nên không được nhận. {SAVE_AS_XLSX}")
    wanted = [each for each in entries if NEEDED.fullmatch(each.filename) or (also and also.fullmatch(each.filename))]
    if sum(entry.file_size for entry in wanted) > MOST_UNPACKED:
        raise refused(BOMB)
    return wanted


def _other_package(names: set[str]) -> str:
    if "word/document.xml" in names:
        return f"đây là tệp Word, không phải tệp Excel. Xin chép bảng sang Excel. {SAVE_AS_XLSX}"
    if "content.xml" in names:
        return f"đây là tệp của LibreOffice (.ods). {SAVE_AS_XLSX}"
    if "xl/workbook.bin" in names:
        return f"đây là tệp Excel nhị phân (.xlsb). {SAVE_AS_XLSX}"
    return f"đây là tệp nén, không phải tệp Excel. {SAVE_AS_XLSX}"


def _unpacked(package: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    """Unpack no more than may be, whatever the directory says of sizes."""
    parts, left = {}, MOST_UNPACKED
    for entry in entries:
        with package.open(entry) as part:
            content = part.read(left + 1)
        left -= len(content)
        if left < 0:
            raise refused(BOMB)
        parts[entry.filename] = content
    return parts


def _check_xml(parts: dict[str, bytes]) -> None:
    if any(has_doctype(content) for content in parts.values()):
        raise refused("tệp chứa khai báo DTD, có thể gây hại nên không được đọc. " + SAVE_AS_XLSX)
    if b"macroEnabled" in parts.get("[Content_Types].xml", b""):
        raise refused(f"tệp thuộc loại có macro (.xlsm). {SAVE_AS_XLSX}")
    workbook = fromstring(parts["xl/workbook.xml"], forbid_dtd=True)
    if workbook.tag.startswith("{" + STRICT):
        raise refused(f"tệp được lưu ở kiểu “Strict Open XML”, đọc sẽ thiếu dữ liệu. {SAVE_AS_XLSX}")


def _check_cells(parts: dict[str, bytes]) -> None:
    workbook = fromstring(parts["xl/workbook.xml"], forbid_dtd=True)
    problems: list[RowProblem] = []
    titles = _titles(workbook, parts)
    for name, content in parts.items():
        if name.lower().startswith("xl/worksheets/"):
            problems += SheetScan(titles.get(name, "")).problems(content)
    if problems:
        raise BadFile(problems)


def _titles(workbook: object, parts: dict[str, bytes]) -> dict[str, str]:
    """Return the name of the sheet that each part holds."""
    rels = parts.get("xl/_rels/workbook.xml.rels")
    targets = {}
    for each in fromstring(rels, forbid_dtd=True) if rels else ():
        target = each.get("Target", "")
        targets[each.get("Id")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    titles = {}
    for each in workbook.iter():  # type: ignore[attr-defined]
        if MAIN.sub("", each.tag) == "sheet":
            key = next((value for name, value in each.attrib.items() if MAIN.sub("", name) == "id"), None)
            titles[targets.get(key, "")] = each.get("name", "")
    return titles
