"""A Word document → lines and grids: paragraphs with their automatic numbers, tables, text boxes, hidden text."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from quizapp.formats.questions.cleaning import old_encoding
from quizapp.formats.questions.labels import is_answer
from quizapp.formats.questions.lines import Block, Cell, Document, Grid, Line
from quizapp.formats.questions.rich import PLAIN, Marks, Rich, rich, split_lines
from quizapp.formats.questions.word.looks import Styles, looks_of, marks_of, shade_of
from quizapp.formats.questions.word.numbering import Label, Numbering
from quizapp.formats.questions.word.package import DEEPEST, Package, W, value
from quizapp.formats.questions.word.runs import MC, Runs
from quizapp.formats.workbook import refused

HOLDERS = {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{W}smartTag"}
FOREIGN = {f"{W}altChunk", f"{W}subDoc"}
NO_TEXT = "tệp Word này không có chữ nào. Nếu câu hỏi nằm trong ảnh, xin gõ lại thành chữ."
UNIKEY = (
    "chữ trong tệp gõ bằng bảng mã cũ {name} nhưng phông chữ không cho biết điều đó. Xin mở bộ gõ UniKey, chọn "
    "Công cụ (Ctrl+Shift+F6), chuyển từ {name} sang Unicode, lưu tệp rồi gửi lại."
)
TRACKED = "Tệp còn dấu sửa đổi (Track Changes): đoạn đã xóa không được đọc, đoạn đã thêm được đọc."
HIDDEN = "Tệp có chữ ẩn: chữ ẩn không được đọc, trừ đáp án."
CONVERTED = "Chữ gõ bằng phông cũ (.Vn…, VNI-…) đã được chuyển sang Unicode."
CHUNK = "Tệp có phần chèn từ tệp khác, không đọc được; xin mở bằng Word và lưu lại."


def read_document(data: bytes) -> Document:
    """Return a Word document as blocks. Raises BadFile."""
    body = Body(Package(data))
    document = body.read()
    if not any(line for block in document.blocks for line in ([block] if isinstance(block, Line) else block.lines())):
        raise refused(NO_TEXT)
    if name := old_encoding(" ".join(body.runs.raw)):
        raise refused(UNIKEY.format(name=name))
    return document


class Body:
    """Walks through a document; counts its paragraphs and tables as a person would."""

    def __init__(self, package: Package):
        self.package = package
        self.styles = Styles(package.part("styles"))
        self.numbering = Numbering(package.part("numbering"), self.styles)
        self.runs = Runs(package, self.styles)
        self.paragraphs = self.tables = 0
        self.hidden = self.chunks = False
        self.carried = Rich()

    def read(self) -> Document:
        root = self.package.document
        body = root.find(f"{W}body") if root is not None else None
        blocks = [*self._blocks(body, "", PLAIN, 0)] if body is not None else []
        said = (
            (self.runs.tracked, TRACKED),
            (self.hidden, HIDDEN),
            (self.runs.legacy_fonts, CONVERTED),
            (self.chunks, CHUNK),
        )
        return Document(blocks, self.runs.things, [sentence for is_so, sentence in said if is_so])

    def _blocks(self, parent: Element, place: str, extra: Marks, depth: int) -> Iterator[Block]:
        if depth > DEEPEST:
            raise refused("tệp lồng quá nhiều lớp bảng hoặc khung. Xin chép các câu hỏi sang một tệp Word mới.")
        for each in parent:
            if each.tag == f"{W}p":
                yield from self._paragraph(each, place, extra, depth)
            elif each.tag == f"{W}tbl":
                yield self._table(each, extra, depth)
            elif each.tag in HOLDERS:
                yield from self._blocks(each, place, extra, depth + 1)
            elif each.tag == f"{MC}AlternateContent":
                for chosen in each[:1]:
                    yield from self._blocks(chosen, place, extra, depth + 1)
            elif each.tag in FOREIGN:
                self.chunks = True

    def _paragraph(self, paragraph: Element, place: str, extra: Marks, depth: int) -> Iterator[Block]:
        self.paragraphs += 1
        where = place or f"đoạn {self.paragraphs}"
        properties = paragraph.find(f"{W}pPr")
        style = value(properties.find(f"{W}pStyle")) if properties is not None else ""
        shading = properties.find(f"{W}shd") if properties is not None else None
        if shading is not None and shade_of(shading):
            extra = extra | {f"shade:{shade_of(shading)}"}
        outer, self.runs.boxes = self.runs.boxes, []
        text = self.carried + self.runs.text(paragraph, style, extra)
        boxes, self.runs.boxes = self.runs.boxes, outer
        self.carried = Rich()
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            self.carried = text  # its end was deleted: it goes on in the next one
        else:
            # An empty paragraph of a list is printed with its number and counts.
            label = self.numbering.label(properties, style) if text or not boxes else None
            yield from self._lines(text, label, where, properties, style)
        for box in boxes:
            yield from self._blocks(box, f"{where}, khung chữ", extra, depth + 1)

    def _lines(
        self, text: Rich, label: Label | None, where: str, properties: Element | None, style: str
    ) -> Iterator[Line]:
        text, hidden = _parted(text)
        self.hidden = self.hidden or bool(hidden)
        level = self.styles.level(style)
        outline = value(properties.find(f"{W}outlineLvl")) if properties is not None else ""
        level = level or (int(outline) + 1 if outline in set("012345678") else 0)
        front = self._front(label, properties, style) if label and text else Rich()
        for number, line in enumerate(split_lines(text)):
            bullet = bool(label and label.is_bullet and not number)
            first = front if not number else Rich()
            yield Line(first + line, where, level, soft=number > 0, bullet=bullet, auto=len(first.text))
        if hidden and is_answer(hidden.shown):
            yield Line(hidden, f"{where}, chữ ẩn")

    def _front(self, label: Label, properties: Element | None, style: str) -> Rich:
        if not label.text:
            return Rich()
        own = looks_of(properties.find(f"{W}rPr")) if properties is not None else {}
        seen = marks_of(self.styles.seen(style, "", own | label.looks)) - {"hidden"}
        return rich([(label.text, seen), ("\t", PLAIN)])

    def _table(self, table: Element, extra: Marks, depth: int) -> Grid:
        self.tables += 1
        number = self.tables
        rows = []
        for count, row in enumerate(_children(table, f"{W}tr"), start=1):
            if row.find(f"{W}trPr/{W}del") is not None:
                self.runs.tracked = True
                continue
            place = f"bảng {number}, hàng {count}"
            rows.append(tuple(self._cell(cell, place, extra, depth) for cell in _children(row, f"{W}tc")))
        return Grid(tuple(rows), f"bảng {number}", number)

    def _cell(self, cell: Element, place: str, extra: Marks, depth: int) -> Cell:
        properties = cell.find(f"{W}tcPr")
        shading = properties.find(f"{W}shd") if properties is not None else None
        if shading is not None and shade_of(shading):
            extra = extra | {f"shade:{shade_of(shading)}"}
        blocks = tuple(self._blocks(cell, place, extra, depth + 1))
        if properties is None:
            return Cell(blocks)
        span, below = value(properties.find(f"{W}gridSpan")), properties.find(f"{W}vMerge")
        return Cell(blocks, int(span) if span.isdigit() else 1, below is not None and value(below) in ("", "continue"))


def _children(parent: Element, tag: str) -> Iterator[Element]:
    """Give the rows of a table or the cells of a row, those in content controls among them."""
    for each in parent:
        if each.tag == tag:
            yield each
        elif each.tag in HOLDERS:
            yield from _children(each, tag)


def _parted(text: Rich) -> tuple[Rich, Rich]:
    """Return what is seen and what is hidden of a text."""
    if not any("hidden" in marks for marks in set(text.marks)):
        return text, Rich()
    seen: list[tuple[str, Marks]] = []
    hidden: list[tuple[str, Marks]] = []
    for letter, marks in text:
        (hidden if "hidden" in marks else seen).append((letter, marks - {"hidden"}))
    return rich(seen), rich(hidden)
