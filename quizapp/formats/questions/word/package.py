"""The parts of a Word package that hold text and looks, unpacked within limits and parsed without any DTD."""

import io
import posixpath
import re
import zipfile
import zlib
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element, ParseError, fromstring
from xml.parsers.expat import ExpatError

from quizapp.formats.cells import has_doctype
from quizapp.formats.workbook import OLE, ZIP, refused

MOST_PARTS = 4_000
MOST_TEXT = 40 * 1024 * 1024
MOST_PICTURES = 10 * 1024 * 1024
DEEPEST = 150
SAVE_AS_DOCX = "Xin mở bằng Word, chọn Lưu thành (Save As), kiểu “Word Document (*.docx)”, rồi gửi lại."
DAMAGED = f"tệp bị hỏng hoặc không phải tệp Word. {SAVE_AS_DOCX}"
BOMB = f"tệp giải nén ra quá lớn. Xin chép các câu hỏi sang một tệp Word mới. {SAVE_AS_DOCX}"
LOCKED = "tệp được đặt mật khẩu. Xin mở bằng Word, bỏ mật khẩu (Tệp, Thông tin, Bảo vệ tài liệu), lưu rồi gửi lại."
OLD = f"đây là tệp Word kiểu cũ (.doc), dù tên tệp là gì. {SAVE_AS_DOCX}"
HOSTILE = f"tệp chứa khai báo DTD, có thể gây hại nên không được đọc. {SAVE_AS_DOCX}"

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{MAIN}}}"
STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": MAIN.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
    b"http://purl.oclc.org/ooxml/drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/math": (b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
}


class Package:
    """A Word file: its `document` and the parts that its main part points at. Raises BadFile when it is none."""

    def __init__(self, data: bytes):
        if data.startswith(OLE):
            raise refused(LOCKED if "EncryptedPackage".encode("utf-16-le") in data else OLD)
        if not data.startswith(ZIP):
            raise refused(DAMAGED)
        self.left, self.left_for_pictures = MOST_TEXT, MOST_PICTURES
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(data))
            self._check_directory()
            self.main = self._main_part()
            self.targets = self._targets(self.main)
            self.document = self.parsed(self.main)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, KeyError) as error:
            raise refused(DAMAGED) from error
        if self.document is None or self.document.tag != f"{W}document":
            raise refused(DAMAGED)

    def _check_directory(self) -> None:
        entries = self.zip.infolist()
        if len(entries) > MOST_PARTS:
            raise refused(BOMB)
        if any(entry.flag_bits & 0x1 for entry in entries):
            raise refused(LOCKED)
        names = {entry.filename for entry in entries}
        if len(names) < len(entries) or any(".." in PurePosixPath(name).parts for name in names):
            raise refused(DAMAGED)
        self.names = names

    def _main_part(self) -> str:
        for kind, target, _ in self._relations("_rels/.rels", ""):
            if kind.endswith("/officeDocument"):
                return target
        return "word/document.xml"

    def _targets(self, part: str) -> dict[str, tuple[str, str]]:
        """Return what a part points at inside the package: relation → (kind, name of the part)."""
        folder, name = posixpath.split(part)
        rows = self._relations(f"{folder}/_rels/{name}.rels", folder)
        return {number: (kind.rpartition("/")[2], target) for kind, target, number in rows}

    def _relations(self, name: str, folder: str) -> list[tuple[str, str, str]]:
        root = self.parsed(name)
        found = []
        for each in root if root is not None else ():
            if each.get("TargetMode") != "External":
                target = each.get("Target", "")
                path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                found.append((each.get("Type", ""), posixpath.normpath(path), each.get("Id", "")))
        return found

    def part(self, kind: str) -> Element | None:
        """Return the part of a kind ("styles", "numbering"), parsed; None: the file has none."""
        return next((self.parsed(name) for found, name in self.targets.values() if found == kind), None)

    def parsed(self, name: str) -> Element | None:
        """Return a part as XML, namespaces of the strict kind read as those of the usual one."""
        if name not in self.names:
            return None
        content = self._unpacked(name, self.left)
        if content is None:
            raise refused(BOMB)
        self.left -= len(content)
        try:
            if has_doctype(content):
                raise refused(HOSTILE)
            if b"purl.oclc.org" in content:
                for strict, usual in STRICT.items():
                    content = content.replace(strict, usual)
            return fromstring(content)  # noqa: S314 - there is no DTD in it
        except (ParseError, ExpatError, LookupError, ValueError) as error:
            raise refused(DAMAGED) from error

    def picture(self, relation: str) -> tuple[str, bytes] | None:
        """Return the name and the bytes of a picture; None: it lies outside or is too large to be kept."""
        kind, name = self.targets.get(relation, ("", ""))
        if kind != "image" or name not in self.names:
            return None
        content = self._unpacked(name, self.left_for_pictures)
        if content is None:
            return None
        self.left_for_pictures -= len(content)
        return posixpath.basename(name), content

    def _unpacked(self, name: str, most: int) -> bytes | None:
        """Unpack no more than may be, whatever the directory says of sizes."""
        try:
            with self.zip.open(name) as part:
                content = part.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError) as error:
            raise refused(DAMAGED) from error
        return content if len(content) <= most else None


def value(element: Element | None, name: str = "val", otherwise: str = "") -> str:
    """Return an attribute of Word's own, or what else stands for it."""
    return otherwise if element is None else element.get(W + name, otherwise)


def is_on(element: Element | None) -> bool:
    """Return whether a property that is on or off is on."""
    return element is not None and value(element, otherwise="1") not in ("0", "false", "off")


def whole(text: str, otherwise: int = 0) -> int:
    """Return a number as Word writes it, or `otherwise` when it is none."""
    return int(text) if re.fullmatch(r"-?\d{1,9}", text) else otherwise
