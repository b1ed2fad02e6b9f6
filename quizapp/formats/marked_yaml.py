"""YAML as people write rules in it: every value stays the text that was typed, and knows its line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from quizapp.errors import BadFile, RowProblem
from quizapp.rules.vietnamese import clean

MOST_BYTES = 256 * 1024
DEEPEST = 20
NOTHING = {"", "~", "null", "none"}
UNREADABLE = yaml.reader.Reader.NON_PRINTABLE

# libyaml is six times as fast; the reader in Python is there where PyYAML was built without it.
Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

SENTENCES = (
    (r"mapping values are not allowed", "có dấu “:” không đúng chỗ; giá trị chứa dấu “:” phải đặt trong ngoặc kép"),
    (r"could not find expected ':'", "thiếu dấu “:” sau tên khóa"),
    (r"unexpected end of stream", "thiếu dấu ngoặc kép đóng"),
    (r"expected ',' or '[]}]'", "thiếu dấu phẩy hoặc dấu ngoặc đóng “]”, “}”"),
    (r"unknown escape", "dấu “\\” trong ngoặc kép phải viết thành “\\\\”"),
    (r"cannot start any token", "giá trị bắt đầu bằng ký tự đặc biệt phải đặt trong ngoặc kép"),
    (r"expected <block end>|expected key|expected '-'", "thụt đầu dòng không thẳng với các dòng cùng cấp"),
    (r"another document", "tệp chỉ được có một phần; xin bỏ dòng “---” ở giữa"),
    (r"nesting depth", "có quá nhiều cấp lồng nhau"),
    (r"alias", "không dùng được ký hiệu “*” và “&”; xin viết giá trị ra đầy đủ"),
)


@dataclass(frozen=True)
class Leaf:
    """A value. `quoted`: written in quotation marks, so that "none" is a word and not nothing."""

    line: int
    text: str
    quoted: bool = False

    @property
    def is_nothing(self) -> bool:
        return not self.quoted and self.text.lower() in NOTHING


@dataclass(frozen=True)
class Listing:
    line: int
    items: tuple["Node", ...]


@dataclass(frozen=True)
class Mapping:
    """Keys in the order of the file; a key may stand twice, which its reader refuses."""

    line: int
    entries: tuple[tuple[Leaf, "Node"], ...]


Node = Leaf | Listing | Mapping


def read(source: str | bytes, *, most_bytes: int = MOST_BYTES) -> Node:
    """Return the tree of a YAML text; its values are cleaned text, never numbers, dates or booleans.

    Raises BadFile with the line of what is wrong: too large, not UTF-8, broken YAML, aliases, tags.
    """
    text = decoded(source, most_bytes=most_bytes)
    try:
        return _document(yaml.parse(text, Loader=Loader))
    except yaml.MarkedYAMLError as error:
        mark: Any = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        raise _refusal(line, _sentence(error.problem or error.context or "", _line_of(text, line))) from error


def decoded(source: str | bytes, *, most_bytes: int = MOST_BYTES) -> str:
    """Return the text of a file: UTF-8, with or without a byte order mark. Raises BadFile."""
    data = source.encode("utf-8", "replace") if isinstance(source, str) else source
    if len(data) > most_bytes:
        raise _refusal(
            0, f"tệp lớn hơn {most_bytes // 1024} kB; xin kiểm tra có chọn nhầm tệp không, hoặc chia nhỏ tệp"
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _refusal(line, "tệp không phải văn bản UTF-8; xin lưu lại với bảng mã UTF-8") from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := UNREADABLE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise _refusal(line, "có ký tự điều khiển không đọc được; xin xóa ký tự đó")
    return text


def _document(events: Iterator[Any]) -> Node:
    root: Node = Leaf(1, "")
    documents = 0
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _refusal(_line(event), _sentence("another document", ""))
        elif isinstance(event, yaml.NodeEvent):
            root = _node(event, events, depth=1)
    return root


def _node(event: Any, events: Iterator[Any], depth: int) -> Node:
    line = _line(event)
    if event.anchor is not None:  # an alias carries the name of its anchor, too
        raise _refusal(line, _sentence("alias", ""))
    if event.tag is not None:
        raise _refusal(line, f"không dùng được ký hiệu “{event.tag}”; xin viết giá trị không có ký hiệu này")
    if depth > DEEPEST:
        raise _refusal(line, _sentence("nesting depth", ""))
    if isinstance(event, yaml.ScalarEvent):
        return Leaf(line, clean(event.value), quoted=bool(event.style))
    children = list(_children(events, depth + 1))
    if isinstance(event, yaml.SequenceStartEvent):
        return Listing(line, tuple(children))
    keys = children[::2]
    for key in keys:
        if not isinstance(key, Leaf):
            raise _refusal(key.line, "tên khóa phải là một từ")
    return Mapping(line, tuple(zip(keys, children[1::2], strict=True)))  # type: ignore[arg-type]


def _children(events: Iterator[Any], depth: int) -> Iterator[Node]:
    for event in events:
        if isinstance(event, yaml.CollectionEndEvent):
            return
        yield _node(event, events, depth)


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _sentence(problem: str, line: str) -> str:
    if re.match(r" *\t", line):
        return "thụt đầu dòng bằng phím Tab; xin thay bằng dấu cách"
    known = (sentence for pattern, sentence in SENTENCES if re.search(pattern, problem))
    return next(known, f"sai cú pháp YAML ({problem})")


def _line_of(text: str, number: int) -> str:
    return text.split("\n")[number - 1] if 0 < number <= text.count("\n") + 1 else ""


def _refusal(line: int, text: str) -> BadFile:
    return BadFile([RowProblem(row=line, column="", text=text)])
