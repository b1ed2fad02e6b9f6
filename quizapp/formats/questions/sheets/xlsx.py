"""Reads an .xlsx workbook into grids, in one pass over each sheet; runs in the child process only."""

import re
from datetime import datetime
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Any, NamedTuple
from xml.parsers.expat import ExpatError, ParserCreate

from defusedxml.ElementTree import ParseError, fromstring

from quizapp.formats.cells import CHUNK, MOST_COLUMNS, check_area, column_letters, place_of
from quizapp.formats.packaging import DAMAGED, checked_package
from quizapp.formats.questions.sheets.grid import Cell, Grid, Look
from quizapp.formats.questions.sheets.looks import Styles, font_look, local
from quizapp.formats.questions.sheets.number_text import day_of, is_day, shown_day, shown_number
from quizapp.formats.questions.sheets.pictures import Media, add_pictures
from quizapp.formats.workbook import refused

ALSO = re.compile(r"xl/worksheets/_rels/[^/]+\.rels|xl/drawings/(?:_rels/)?[^/]+\.(?:xml|rels)", re.IGNORECASE)
MOST_CHARACTERS = 12_000_000
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
AREA = re.compile(r"([A-Z]{1,3}[0-9]{1,7})(?::([A-Z]{1,3}[0-9]{1,7}))?")
NO_RESULT = "công thức chưa có kết quả; xin mở tệp bằng Excel, chờ tính xong, lưu rồi gửi lại"
IN_CELL = "ô chứa ảnh, máy chủ không đọc được"


def read_workbook(data: bytes) -> tuple[list[Grid], list[str]]:
    """Return the visible sheets with cells, and the names of those that are hidden. Raises BadFile."""
    parts = checked_package(data, ALSO)
    try:
        return _grids(parts, Media(data))
    except (ExpatError, ParseError, ValueError, LookupError) as error:
        raise refused(DAMAGED) from error


def _grids(parts: dict[str, bytes], media: Media) -> tuple[list[Grid], list[str]]:
    book = fromstring(parts["xl/workbook.xml"], forbid_dtd=True)
    targets = _targets(parts, "xl/workbook.xml")
    since_1904 = any(each.get("date1904") in ("1", "true") for each in book.iter() if local(each.tag) == "workbookPr")
    strings = Strings(parts.get("xl/sharedStrings.xml") or parts.get("xl/SharedStrings.xml"))
    reader = SheetReader(Styles(parts.get("xl/styles.xml")), strings, since_1904=since_1904)
    grids, hidden = [], []
    for each in book.iter():
        if local(each.tag) != "sheet":
            continue
        name = each.get("name", "")
        part = targets.get(next((value for key, value in each.attrib.items() if local(key) == "id"), ""), "")
        if part not in parts or not part.lower().startswith("xl/worksheets/"):
            continue
        if each.get("state", "visible") != "visible":
            hidden.append(name)
            continue
        grids.append(reader.grid(name, parts[part]))
        _add_pictures(grids[-1], part, parts, media)
    return grids, hidden


def _targets(parts: dict[str, bytes], part: str) -> dict[str, str]:
    """Return the parts that a part refers to, by the id of each reference."""
    path = PurePosixPath(part)
    rels = parts.get(f"{path.parent}/_rels/{path.name}.rels")
    found = {}
    for each in fromstring(rels, forbid_dtd=True) if rels else ():
        target = each.get("Target", "")
        found[each.get("Id", "")] = (
            target.lstrip("/") if target.startswith("/") else normpath(f"{path.parent}/{target}")
        )
    return found


def _add_pictures(grid: Grid, part: str, parts: dict[str, bytes], media: Media) -> None:
    for target in _targets(parts, part).values():
        if target.startswith("xl/drawings/") and target in parts:
            add_pictures(grid, fromstring(parts[target], forbid_dtd=True), _targets(parts, target), media)


class Written(NamedTuple):
    """A text with its own font, None: that of the cell; `runs`: its pieces, where their fonts differ."""

    text: str
    look: Look | None = None
    runs: tuple[tuple[str, Look | None], ...] = ()


class Strings:
    """The texts that cells share: each with its font where the text has one of its own."""

    def __init__(self, content: bytes | None):
        self.found: list[Written] = []
        self.runs: list[tuple[str, Look | None]] = []
        self.font: dict[str, dict[str, str]] | None = None
        self.text: list[str] = []
        self.in_text = self.in_sound = self.in_font = False
        if content:
            parse(content, self.start, self.end, self.characters)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        if tag in ("si", "is"):
            self.runs = []
        elif tag == "rPh":
            self.in_sound = True
        elif tag == "rPr":
            self.font, self.in_font = {}, True
        elif tag == "r":
            self.font = None
        elif tag == "t":
            self.in_text, self.text = not self.in_sound, []
        elif self.in_font and self.font is not None:
            self.font[tag] = attributes

    def characters(self, text: str) -> None:
        if self.in_text:
            self.text.append(text)

    def end(self, name: str) -> None:
        tag = local(name)
        if tag == "t" and self.in_text:
            self.in_text = False
            self.runs.append(("".join(self.text), font_look(self.font) if self.font is not None else None))
        elif tag == "rPr":
            self.in_font = False
        elif tag == "rPh":
            self.in_sound = False
        elif tag == "r":
            self.font = None
        elif tag == "si":
            self.found.append(self.joined())

    def joined(self) -> Written:
        text = unescaped("".join(each for each, _ in self.runs))
        looks = {look for each, look in self.runs if each.strip()}
        if len(looks) < 2:
            return Written(text, looks.pop() if looks else None)
        return Written(text, None, tuple((unescaped(each), look) for each, look in self.runs))


class SheetReader:
    """Gives the grid of each sheet; counts all text, since many cells may share one long text."""

    def __init__(self, styles: Styles, strings: Strings, *, since_1904: bool):
        self.styles, self.strings, self.since_1904 = styles, strings, since_1904
        self.characters_seen = 0
        self.inline = Strings(None)

    def grid(self, name: str, content: bytes) -> Grid:
        self.made = Grid(name)
        self.row = self.column = self.last_row = self.last_column = 0
        self.in_value = self.has_formula = self.is_inline = False
        self.text: list[str] = []
        parse(content, self.start, self.end, self.characters)
        return self.made

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        if tag == "c":
            self.start_cell(attributes)
        elif tag == "v":
            self.in_value, self.text = True, []
        elif tag == "row":
            self.row, self.column = int(attributes.get("r", self.row + 1)), 0
            if attributes.get("hidden") in ("1", "true"):
                self.made.hidden_rows.add(self.row)
            if "ht" in attributes:
                self.made.heights[self.row] = float(attributes["ht"])
        elif tag == "f":
            self.has_formula = True
        elif tag == "is":
            self.is_inline = True
            self.inline.start(name, attributes)
        elif self.is_inline:
            self.inline.start(name, attributes)
        elif tag == "mergeCell" and (match := AREA.fullmatch(attributes.get("ref", "").replace("$", ""))):
            self.made.merged.append((*place_of(match[1]), *place_of(match[2] or match[1])))
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            last = min(int(attributes["max"]), MOST_COLUMNS)
            self.made.hidden_columns.update(range(int(attributes["min"]), last + 1))

    def start_cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r")
        if place is None:
            self.column += 1
        else:
            self.row, self.column = place_of(place)
        self.kind, self.style = attributes.get("t", "n"), int(attributes.get("s", 0))
        self.has_picture = "vm" in attributes
        self.has_formula, self.text = False, []
        self.inline.runs = []

    def characters(self, text: str) -> None:
        if self.in_value:
            self.text.append(text)
        elif self.is_inline:
            self.inline.characters(text)

    def end(self, name: str) -> None:
        tag = local(name)
        if tag == "v":
            self.in_value = False
        elif tag == "is":
            self.is_inline = False
        elif tag == "c":
            self.end_cell()
        elif self.is_inline:
            self.inline.end(name)

    def end_cell(self) -> None:
        cell = self.cell()
        if cell is None:
            return
        self.check_place()
        self.characters_seen += len(cell.shown) + 1
        if self.characters_seen > MOST_CHARACTERS:
            raise refused("tệp chứa quá nhiều chữ. Xin chia thành nhiều tệp.")
        self.made.rows.setdefault(self.row, {})[self.column] = cell

    def check_place(self) -> None:
        self.last_row, self.last_column = max(self.last_row, self.row), max(self.last_column, self.column)
        where = f"ô {column_letters(self.column)}{self.row} (trang “{self.made.name}”)"
        check_area(self.last_row, self.last_column, where)

    def cell(self) -> Cell | None:
        raw, look = "".join(self.text), self.styles.look(self.style)
        if self.has_picture:
            return Cell("", "", look, IN_CELL)
        if self.kind == "e":
            return Cell(raw, raw, look, f"ô đang báo lỗi {raw}")
        if self.kind == "inlineStr" or (self.kind == "s" and raw.strip().isdigit()):
            return self.written(self.inline.joined() if self.kind == "inlineStr" else self.shared(int(raw)), look)
        if not raw.strip():
            return Cell("", "", look, NO_RESULT) if self.has_formula and self.kind != "str" else None
        if self.kind == "str":
            return self.written(Written(unescaped(raw)), look)
        if self.kind == "b":
            return Cell("TRUE" if raw.strip() == "1" else "FALSE", raw.strip() == "1", look)
        if self.kind == "d":
            moment = datetime.fromisoformat(raw.strip().rstrip("Z"))
            return Cell(shown_day(moment, "dd/mm/yyyy"), moment, look)
        return self.reckoned(float(raw), look)

    def shared(self, place: int) -> Written:
        if place >= len(self.strings.found):
            raise refused("tệp bị hỏng: một ô trỏ đến chữ không có trong tệp.")
        return self.strings.found[place]

    def written(self, found: Written, look: Look) -> Cell | None:
        own = found.look._replace(fill=look.fill) if found.look else look
        runs = tuple((text, each._replace(fill=look.fill) if each else look) for text, each in found.runs)
        return Cell(found.text, found.text, own, runs=runs) if found.text.strip() else None

    def reckoned(self, value: float, look: Look) -> Cell:
        code = self.styles.code(self.style)
        if is_day(code) and (moment := day_of(value, since_1904=self.since_1904)):
            return Cell(shown_day(moment, code), moment, look)
        return Cell(shown_number(value, code), int(value) if value.is_integer() else value, look)


def parse(content: bytes, start: Any, end: Any, characters: Any) -> None:
    """Hand the elements of an XML part to those who wait for them."""
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, characters
    for place in range(0, len(content), CHUNK):
        parser.Parse(content[place : place + CHUNK], False)
    parser.Parse(b"", True)


def unescaped(text: str) -> str:
    """Return text with what Excel writes as _x000D_ as the sign itself, lines ended in one way."""
    if "_x" in text:
        text = ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")
