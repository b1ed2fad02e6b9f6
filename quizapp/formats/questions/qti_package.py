"""A QTI package as the files of its items, in the order of its manifest, with what the manifest says of each."""

import io
import posixpath
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from quizapp.formats.questions.qti_names import UnreadableXml, local, parsed
from quizapp.formats.workbook import refused
from quizapp.rules.vietnamese import clean

MANIFEST = "imsmanifest.xml"
MOST_PARTS = 5_000
MOST_UNPACKED = 40 * 1024 * 1024
DAMAGED = "gói QTI bị hỏng. Xin xuất lại gói từ chương trình đã tạo ra nó rồi gửi lại."
BOMB = "gói giải nén ra quá lớn. Xin chia thành nhiều gói nhỏ hơn rồi gửi lại."
OUTSIDE = "gói có đường dẫn ra ngoài gói ({name}), có thể gây hại nên không được đọc. Xin xuất lại gói QTI."
LOCKED = "gói được đặt mật khẩu. Xin bỏ mật khẩu rồi gửi lại."
TOO_MANY = "gói có quá nhiều tệp bên trong. Xin chia thành nhiều gói nhỏ hơn rồi gửi lại."
LEVELS = {"very easy": "de", "easy": "de", "medium": "trung_binh", "difficult": "kho", "very difficult": "kho"}


@dataclass(frozen=True)
class About:
    """What a manifest says of an item. `topic`: names from the widest to the narrowest, joined by “/”."""

    topic: str = ""
    topic_code: str = ""
    level: str = ""
    source: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Listed:
    """A file that should hold an item; `is_item`: the manifest says that it does."""

    path: str
    is_item: bool = True
    about: About = About()


@dataclass
class Package:
    """An opened package: names as they are asked for → entries; no more is unpacked than may be."""

    archive: zipfile.ZipFile
    names: dict[str, str] = field(default_factory=dict)
    left: int = MOST_UNPACKED

    def find(self, path: str) -> str | None:
        """Return the entry's name for a path in the package, whatever its letters' case and composition."""
        return self.names.get(path) or self.names.get(_folded(path)) or self.names.get(_folded(unquote(path)))

    def read(self, name: str) -> bytes:
        """Raises BadFile when the package unpacks to too much or is damaged."""
        try:
            with self.archive.open(name) as part:
                content = part.read(self.left + 1)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError) as error:
            raise refused(DAMAGED) from error
        self.left -= len(content)
        if self.left < 0:
            raise refused(BOMB)
        return content


def opened(data: bytes) -> Package:
    """Return the package of a .zip. Raises BadFile."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise refused(DAMAGED) from error
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MOST_PARTS:
        raise refused(TOO_MANY)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise refused(LOCKED)
    package = Package(archive)
    for entry in entries:
        name = entry.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or re.match(r"[A-Za-z]:", name):
            raise refused(OUTSIDE.format(name=clean(name)[:100]))
        if name in package.names:
            raise refused(DAMAGED)
        for known in (name, _folded(name), _folded(_as_utf8(name))):
            package.names.setdefault(known, entry.filename)
    return package


def listed(package: Package) -> tuple[list[Listed], list[str]]:
    """Return the files of items in the manifest's order, and XML files of which it does not know. Raises BadFile."""
    every = sorted({name for name in package.names.values() if _may_be_xml(name)}, key=_natural)
    manifests = [name for name in every if name.lower().rpartition("/")[2] == MANIFEST]
    if not manifests:
        return [Listed(name, is_item=False) for name in every], []
    manifest = min(manifests, key=lambda name: name.count("/"))
    try:
        root = parsed(package.read(manifest))
    except UnreadableXml as error:
        raise refused(f"{manifest}: {error}.") from error
    found = list(_resources(root, posixpath.dirname(manifest)))
    seen: set[str] = set()
    for name in [each.path for each in found if not each.is_item]:
        found += _of_test(package, name, seen)
    unique: dict[str, Listed] = {}
    for each in found:
        name = package.find(each.path) or each.path
        if name.lower().endswith((".xml", ".qti")) or each.is_item:
            known = unique.setdefault(name, Listed(name, each.is_item, each.about))
            if each.is_item and not known.is_item:
                unique[name] = Listed(name, True, known.about)
    strangers = [name for name in every if name not in unique and name not in manifests]
    return list(unique.values()), strangers


def _may_be_xml(name: str) -> bool:
    """Return whether a file may be XML, which what a Mac adds to a package is not."""
    parts = name.split("/")
    return name.lower().endswith((".xml", ".qti")) and "__MACOSX" not in parts and not parts[-1].startswith("._")


def resolved(base: str, href: str) -> str | None:
    """Return where a href of a file in the folder `base` points to; None: out of the package, or to the network."""
    href = href.strip().replace("\\", "/").partition("#")[0]
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", href) or href.startswith("//"):
        return None
    path = posixpath.normpath(posixpath.join(base, unquote(href)).lstrip("/"))
    return None if path.startswith("..") else path


def _resources(root: Element, folder: str) -> Iterator[Listed]:
    others: list[Listed] = []
    for group in root.iter("resources"):
        for resource in group.iter("resource"):
            base = posixpath.join(folder, root.get("base", ""), group.get("base", ""), resource.get("base", ""))
            is_item = "item" in resource.get("type", "").lower()
            hrefs = [resource.get("href", ""), *(each.get("href", "") for each in resource.iter("file"))]
            for number, href in enumerate(filter(None, hrefs)):
                path = resolved(base, href)
                if number == 0 and is_item:
                    yield Listed(path or href, True, _about(resource))
                elif path and path.lower().endswith((".xml", ".qti")):
                    others.append(Listed(path, False))
    yield from others


def _of_test(package: Package, path: str, seen: set[str]) -> Iterator[Listed]:
    """Give the items that a test names, which a manifest may leave to it. seen: the files that were read before."""
    name = package.find(path)
    if name is None or name in seen:
        return
    seen.add(name)
    try:
        root = parsed(package.read(name))
    except UnreadableXml:
        return
    for each in root.iter():
        href: str = each.get("href", "")
        there = resolved(posixpath.dirname(name), href) or href
        if each.tag == "assessmentItemRef":
            yield Listed(there)
        elif each.tag == "assessmentSectionRef":
            yield from _of_test(package, there, seen)


def _about(resource: Element) -> About:
    path = [_text(each.find("entry")) for each in resource.iter("taxon")]
    codes = [clean("".join(each.itertext())) for taxon in resource.iter("taxon") for each in taxon.iter("id")]
    return About(
        topic="/".join(filter(None, path)),
        topic_code=codes[-1] if codes else "",
        level=next((LEVELS.get(_text(each).lower(), "") for each in resource.iter("difficulty")), ""),
        source=next((_text(each.find("resource")) for each in resource.iter("relation") if _is_base(each)), ""),
        tags=tuple(dict.fromkeys(filter(None, map(_text, resource.iter("keyword"))))),
    )


def _is_base(relation: Element) -> bool:
    return any(_text(each).lower() in ("isbasedon", "lomv1.0 isbasedon") for each in relation.iter("value"))


def _text(element: Element | None) -> str:
    if element is None:
        return ""
    values = [each for each in element.iter() if local(each.tag) in ("string", "langstring", "langString", "value")]
    return clean(" ".join("".join(each.itertext()) for each in values or [element]))


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


def _as_utf8(name: str) -> str:
    """Undo how Python reads names without the mark of UTF-8."""
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


def _natural(name: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", name)]
