"""Reads a level of a marked YAML file by kind of value; what is wrong is noted with its line, nothing is raised."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from quizapp.errors import BadFile, RowProblem
from quizapp.formats.marked_yaml import Leaf, Listing, Mapping, Node
from quizapp.formats.spelt_words import spelt
from quizapp.formats.written_instants import YEARS, read_instant, why_no_instant
from quizapp.rules.vietnamese import fold

W = TypeVar("W", bound=StrEnum)
D = TypeVar("D")

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
YES, NO = {"true", "yes", "co", "dung"}, {"false", "no", "khong", "sai"}
UNLIMITED = {"unlimited", "khong gioi han", "khong han che"}
KNOWN_AS = {  # a key that people write, and the one that is meant where a section has it
    **{"board": "standings", "value": "value_vnd", "name": "title", "start": "opens", "end": "closes"},
    **{"from": "opens", "to": "closes", "k": "top_k", "max": "limit", "questions": "count", "duration": "minutes"},
}


@dataclass
class Report:
    """What is found while a file is read: all its problems, the line of every key, the sections that were asked.

    root: how a person calls the part of the file whose path is empty.
    """

    root: str = "contest"
    problems: list[RowProblem] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    sections: list["Section"] = field(default_factory=list)

    def note(self, line: int, path: str, text: str) -> None:
        self.problems.append(RowProblem(row=line, column=path, text=text))

    def finish(self) -> None:
        """Refuse keys that nobody asked for. Raises BadFile when anything at all was wrong."""
        for section in self.sections:
            section.refuse_unknown()
        if self.problems:
            raise BadFile(self.problems)


class Section:
    """The keys of one mapping. A value that is missing or wrong is noted and replaced by something of its kind."""

    def __init__(self, node: Node | None, path: str, report: Report, line: int):
        self.path, self.report, self.line = path, report, line
        self.asked: dict[str, None] = {}  # in the order of asking
        self.entries: dict[str, tuple[int, Node]] = {}
        # Of a section that is there but is no mapping, nothing more is said than that.
        self.is_broken = not (node is None or isinstance(node, Mapping) or _is_nothing(node))
        report.sections.append(self)
        self.is_no_mapping = self.is_broken
        if isinstance(node, Mapping):
            self._enter(node)

    def __contains__(self, key: str) -> bool:
        return key in self.entries

    def text(self, key: str, default: str | None = None, *, most: int = 200) -> str:
        """Return a line of text; `default` None: the key must be there."""
        leaf = self._leaf(key, required=default is None)
        if leaf is None:
            return default or ""
        if not leaf.text and default is None:
            self.wrong(key, "còn trống; xin ghi giá trị")
        if len(leaf.text) > most:
            self.wrong(key, f"dài quá {most} ký tự; xin viết ngắn hơn")
        return leaf.text

    def lines(self, key: str, default: str | None = None, *, most: int = 200) -> str:
        """Return a text; one of several lines stands there as their list."""
        _, node = self.entries.get(key, (0, None))
        if not isinstance(node, Listing) or not node.items:
            return self.text(key, default, most=most)
        self.asked[key] = None
        found = [item.text for item in node.items if isinstance(item, Leaf)]
        text = "\n".join(found)
        if len(found) < len(node.items):
            self.wrong(key, "phải là một văn bản, hoặc danh sách các dòng của văn bản")
        if len(text) > most:
            self.wrong(key, f"dài quá {most} ký tự; xin viết ngắn hơn")
        return text

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return a list of texts, none of them twice; one text alone is a list of one."""
        node = self._take(key, required=False)
        if node is None:
            return default
        items = node.items if isinstance(node, Listing) else (node,)
        values = tuple(item.text for item in items if isinstance(item, Leaf))
        if len(values) < len(items) or not all(values) or len(set(values)) < len(values):
            self.wrong(key, "phải là danh sách các tên khác nhau, ví dụ [a, b]")
        return values

    def number(self, key: str, *, least: int, most: int, default: int | None = None, otherwise: str = "") -> int:
        """Return a whole number; `default` None: the key must be there. otherwise: what else may be written."""
        leaf = self._leaf(key, required=default is None)
        if leaf is None:
            return least if default is None else default
        if re.fullmatch("[0-9]{1,9}", leaf.text) and least <= int(leaf.text) <= most:
            return int(leaf.text)
        more = f", hoặc {otherwise}" if otherwise else ""
        self.wrong(key, f"“{leaf.text}” không hợp lệ; xin ghi một số nguyên từ {least} đến {most}{more}")
        return least

    def hundredths(self, key: str, *, most: int, default: int | None = None) -> int:
        """Return a decimal number above 0 with at most two places ('0.5'), in hundredths; `default` None: as above."""
        leaf = self._leaf(key, required=default is None)
        if leaf is None:
            return default or most
        if re.fullmatch(r"[0-9]{1,6}([.,][0-9]{1,2})?", leaf.text):
            whole, _, rest = leaf.text.replace(",", ".").partition(".")
            value = int(whole) * 100 + int(rest.ljust(2, "0"))
            if 0 < value <= most:
                return value
        self.wrong(key, f"“{leaf.text}” không hợp lệ; xin ghi số điểm như 1 hoặc 0.5, lớn hơn 0, tối đa {most // 100}")
        return default or most

    def word(self, key: str, kind: type[W], default: D, *, later: Collection[str] = ()) -> W | D:
        """Return one of the words of a kind; `later`: words that are known but not built yet."""
        leaf = self._leaf(key, required=False)
        return default if leaf is None else self._word(key, leaf.text, kind, later) or default

    def words(self, key: str, kind: type[W], default: tuple[W, ...], *, later: Collection[str] = ()) -> tuple[W, ...]:
        """Return a list of words of a kind."""
        found = (self._word(key, text, kind, later) for text in self.texts(key))
        return tuple(word for word in found if word) or default

    def instant(self, key: str, zone: ZoneInfo, *, otherwise: datetime) -> datetime:
        """Return an instant in UTC from a local time; 24:00 is the midnight at which that day ends."""
        leaf = self._leaf(key, required=True)
        if leaf is None:
            return otherwise
        try:
            return read_instant(leaf.text, zone)
        except ValueError:
            self.wrong(key, f"“{leaf.text}” {why_no_instant(leaf.text)}")
            return otherwise

    def day(self, key: str, *, required: bool = False) -> date | None:
        """Return a day written as year-month-day."""
        leaf = self._leaf(key, required=required)
        if leaf is None:
            return None
        try:
            day = date.fromisoformat(leaf.text) if DAY.fullmatch(leaf.text) else None
        except ValueError:
            day = None
        if day is None or day.year not in YEARS:
            self.wrong(key, f"“{leaf.text}” không phải ngày; xin viết năm-tháng-ngày, ví dụ 2026-12-31")
            return None
        return day

    def flag(self, key: str) -> bool | None:
        """Return true or false; None when the key is not there."""
        leaf = self._leaf(key, required=False)
        if leaf is None:
            return None
        is_yes = fold(leaf.text) in YES
        if not is_yes and fold(leaf.text) not in NO:
            self.wrong(key, f"“{leaf.text}” không hợp lệ; xin ghi true (có, đúng) hoặc false (không, sai)")
        return is_yes

    def section(self, key: str, *, path: str | None = None) -> "Section":
        """Return the section under a key, known by `path` or its own; of one that is absent, every key is absent."""
        node = self._take(key, required=False)
        made = Section(node, self._at(key) if path is None else path, self.report, self.line_of(key))
        made.is_broken = made.is_broken or self.is_broken
        return made

    def sections(self, key: str, *, required: bool = False) -> list["Section"]:
        """Return the sections of a list."""
        node = self._take(key, required=required)
        if node is None:
            return []
        if not isinstance(node, Listing):
            self.wrong(key, "phải là một danh sách, mỗi mục bắt đầu bằng dấu “-”")
            return []
        if not node.items and required:
            self.wrong(key, "danh sách còn trống; xin ghi ít nhất một mục")
        return [self._item(f"{self._at(key)}.{number}", item) for number, item in enumerate(node.items, start=1)]

    def refuse(self, key: str, text: str) -> None:
        """Note a key that has no place here, if it is there."""
        if self._take(key, required=False) is not None:
            self.wrong(key, text)

    def wrong(self, key: str, text: str) -> None:
        """Note what is wrong with the value of a key, on the key's line."""
        self.report.note(self.line_of(key), self._at(key), text)

    def is_none(self, key: str) -> bool:
        """Return whether the key is there and says none, or no limit, which is not the same as its absence."""
        self.asked[key] = None
        node = self.entries[key][1] if key in self.entries else None
        return node is not None and (_is_nothing(node) or (isinstance(node, Leaf) and fold(node.text) in UNLIMITED))

    def is_group(self, key: str) -> bool:
        """Return whether the value of a key is a mapping: where one value or several with names may stand."""
        return key in self.entries and isinstance(self.entries[key][1], Mapping)

    def line_of(self, key: str) -> int:
        return self.entries[key][0] if key in self.entries else self.line

    def refuse_unknown(self) -> None:
        if self.is_no_mapping:
            keys = ", ".join(f"{key}: …" for key in self.asked)
            self.report.note(self.line, self.path, f"phải là một nhóm khóa, mỗi khóa viết “tên: giá trị”: {{{keys}}}")
        for key in self.entries.keys() - self.asked.keys():
            self.wrong(key, f"không có khóa “{key}”; {self._advice(key)}")

    def _advice(self, key: str) -> str:
        if key.isdigit():
            return "dấu phẩy trong {…} ngăn cách các khóa; số lẻ xin viết với dấu chấm như 0.5, số lớn viết liền"
        if KNOWN_AS.get(key) in self.asked:
            return f"có phải “{KNOWN_AS[key]}”?"
        if near := get_close_matches(key.lower(), self.asked, n=1):
            return f"có phải “{near[0]}”?"
        home = next((each for each in self.report.sections if key in each.asked and each is not self), None)
        if home is not None:
            return f"khóa này thuộc phần “{re.sub(r'[.][0-9]+', '', home.path) or self.report.root}”, xin chuyển vào đó"
        return "các khóa dùng được ở đây: " + ", ".join(self.asked)

    def _enter(self, node: Mapping) -> None:
        for key, value in node.entries:
            if key.text in self.entries:
                self.report.note(key.line, self._at(key.text), f"khóa “{key.text}” đã có ở trên; xin bỏ một dòng")
            else:
                self.entries[key.text] = key.line, value
                self.report.lines[self._at(key.text)] = key.line

    def _item(self, path: str, item: Node) -> "Section":
        self.report.lines[path] = item.line
        return Section(item, path, self.report, item.line)

    def _take(self, key: str, *, required: bool) -> Node | None:
        self.asked[key] = None
        _, node = self.entries.get(key, (0, None))
        if node is not None and not _is_nothing(node):
            return node
        if required and not self.is_broken:
            self.wrong(key, f"thiếu khóa “{key}”" if node is None else "còn trống; xin ghi giá trị")
        return None

    def _leaf(self, key: str, *, required: bool) -> Leaf | None:
        node = self._take(key, required=required)
        if isinstance(node, Leaf) or node is None:
            return node
        self.wrong(key, "phải là một giá trị, không phải danh sách hay nhóm khóa")
        return None

    def _word(self, key: str, text: str, kind: type[W], later: Collection[str]) -> W | None:
        if word := spelt(text, kind):
            return word
        why = "chưa dùng được trong bản này" if text.lower() in later else "không phải giá trị của khóa này"
        self.wrong(key, f"“{text}” {why}; xin ghi một trong: {', '.join(kind)}")
        return None

    def _at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key


def _is_nothing(node: Node) -> bool:
    if isinstance(node, Leaf):
        return node.is_nothing
    return not (node.items if isinstance(node, Listing) else node.entries)
