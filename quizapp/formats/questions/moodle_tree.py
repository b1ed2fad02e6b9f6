"""An XML file of Moodle as its `question` elements, one at a time, each with its line; nothing outside it is read."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, XMLParser

from quizapp.errors import BadFile, RowProblem
from quizapp.formats.questions.lettering import decoded
from quizapp.formats.workbook import refused

DECLARATION = re.compile(r"\s*<\?xml\b[^>]*\?>")
ENCODING = re.compile(rb"<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([A-Za-z][\w.:-]*)[\"']")
MOST_BYTES = 20 * 1024 * 1024
DEEPEST = 100
STRIDE = 256 * 1024
TOO_LARGE = "tệp lớn hơn 20 MB. Xin xuất từng danh mục của Moodle thành một tệp, hoặc thu nhỏ ảnh trước khi xuất."
FOREIGN = "tệp XML có khai báo DOCTYPE hoặc thực thể bên ngoài, không được phép. Xin xuất lại từ Moodle."
TOO_DEEP = "tệp XML lồng nhau quá nhiều cấp. Xin xuất lại từ Moodle."
BROKEN = "tệp XML sai cú pháp ở dòng này, cột {column}. Xin xuất lại từ Moodle hoặc sửa dòng này."
NO_QUIZ = "tệp XML không có phần tử <quiz> của Moodle. Xin chọn đúng định dạng hoặc xuất lại từ Moodle."


@dataclass(frozen=True)
class Node:
    """A `question` element and the line on which it begins."""

    element: Element
    line: int

    @property
    def kind(self) -> str:
        return (self.element.get("type") or "").strip().lower()


def each_question(data: bytes, take: Callable[[Node], None]) -> None:
    """Hand each question of a file over, in its order. Raises BadFile with the line on which a file is broken."""
    if len(data) > MOST_BYTES:
        raise refused(TOO_LARGE)
    found = ENCODING.search(data[:300])
    text = decoded(data, found[1].decode() if found else "")
    text = DECLARATION.sub(lambda each: "\n" * each[0].count("\n"), text, count=1)
    target = _Target(take)
    parser = XMLParser(target=target, forbid_dtd=True)
    target.line = lambda: int(parser.parser.CurrentLineNumber)
    try:
        for start in range(0, len(text), STRIDE):
            parser.feed(text[start : start + STRIDE])
        parser.close()
    except DefusedXmlException as error:
        raise refused(FOREIGN) from error
    except ParseError as error:
        line, column = error.position
        raise BadFile([RowProblem(line, "", BROKEN.format(column=column + 1))]) from error


class _Target:
    """Builds one question at a time, so that a file of many pictures is never in memory whole."""

    def __init__(self, take: Callable[[Node], None]):
        self.take = take
        self.line: Callable[[], int] = lambda: 0
        self.path: list[str] = []
        self.builder: TreeBuilder | None = None
        self.begins = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        if not self.path and name != "quiz":
            raise refused(NO_QUIZ)
        if len(self.path) >= DEEPEST:
            raise refused(TOO_DEEP)
        if len(self.path) == 1 and name == "question":
            self.builder, self.begins = TreeBuilder(), self.line()
        self.path.append(name)
        if self.builder:
            self.builder.start(name, {_local(key): value for key, value in attributes.items()})

    def data(self, text: str) -> None:
        if self.builder:
            self.builder.data(text)

    def end(self, tag: str) -> None:
        self.path.pop()
        if self.builder:
            self.builder.end(_local(tag))
            if len(self.path) == 1:
                self.take(Node(self.builder.close(), self.begins))
                self.builder = None

    def close(self) -> Any:
        return None


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
