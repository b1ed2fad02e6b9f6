"""Writes Word documents as Vietnamese offices lay them out: A4, Times New Roman, tables that repeat their head."""

from collections.abc import Iterable, Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from quizapp.formats.sheet_writing import plain

FONT = "Times New Roman"
LEFT, CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
STATE, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
TEXT_WIDTH = 160  # millimetres between the margins


def new_document(title: str) -> Any:
    """Return an empty document on A4 with the margins of official papers."""
    document = Document()
    document.core_properties.title = plain(title)[:255]
    document.core_properties.author = ""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(13)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for which in ("w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(which), FONT)
    style.paragraph_format.space_after, style.paragraph_format.line_spacing = Pt(4), 1.1
    return document


def say(where: Any, text: str, *, bold: bool = False, italic: bool = False, size: float = 0, align: Any = None) -> Any:
    """Add a paragraph to a document or a cell and return it; line ends stay."""
    return fill(where.add_paragraph(), text, bold=bold, italic=italic, size=size, align=align)


def fill(
    paragraph: Any, text: str, *, bold: bool = False, italic: bool = False, size: float = 0, align: Any = None
) -> Any:
    run = paragraph.add_run(plain(text))
    run.bold, run.italic = bold or None, italic or None
    if size:
        run.font.size = Pt(size)
    if align is not None:
        paragraph.alignment = align
    return paragraph


def heading(document: Any, text: str) -> Any:
    """Add a heading that stays with what follows."""
    paragraph = say(document, text, bold=True)
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_before = Pt(8)
    return paragraph


def letterhead(document: Any, left: Sequence[str], place_and_day: str) -> None:
    """Write whose paper it is beside the name of the state and its motto."""
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    _set_widths(table, (62, 98))
    for cell, lines in zip(table.rows[0].cells, (left, (STATE, MOTTO)), strict=True):
        first, *others = lines
        fill(cell.paragraphs[0], first, bold=lines[0] == STATE, size=12, align=CENTRE)
        for line in others:
            _underline(say(cell, line, bold=True, size=12 if lines is left else 13, align=CENTRE))
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.space_after = Pt(0)
    say(document, place_and_day, italic=True, align=RIGHT).paragraph_format.space_before = Pt(6)


def table(
    document: Any,
    columns: Sequence[tuple[str, float, Any]],
    rows: Iterable[Sequence[str]],
    *,
    size: float = 11,
    height: float = 0,
) -> Any:
    """Add a table with a head that each page repeats. columns: heading, millimetres, alignment; height: of a row."""
    made = document.add_table(rows=1, cols=len(columns))
    made.style, made.autofit, made.alignment = "Table Grid", False, WD_TABLE_ALIGNMENT.CENTER
    _set_widths(made, [width for _, width, _ in columns])
    _row(made.rows[0], columns, [name for name, _, _ in columns], size=size, is_head=True)
    for values in rows:
        row = made.add_row()
        if height:
            row.height = Mm(height)
        _row(row, columns, values, size=size)
    document.add_paragraph().paragraph_format.space_after = Pt(0)
    return made


def new_page(document: Any, footer: str) -> None:
    """Begin a page, and a section whose foot says what it is about."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.footer.is_linked_to_previous = False
    put_footer(section, footer)


def put_footer(section: Any, text: str) -> None:
    """Write the foot of a section: a text, then the number of the page."""
    paragraph = section.footer.paragraphs[0]
    fill(paragraph, f"{text} – Trang " if text else "Trang ", size=11, align=CENTRE)
    _number(paragraph, "PAGE")
    fill(paragraph, " / ", size=11)
    _number(paragraph, "NUMPAGES")


def _number(paragraph: Any, what: str) -> None:
    for kind, text in (("begin", None), (None, what), ("separate", None), ("", "1"), ("end", None)):
        run = paragraph.add_run()
        run.font.size = Pt(11)
        element = OxmlElement("w:fldChar" if kind else "w:t" if kind == "" else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def _row(
    row: Any, columns: Sequence[tuple[str, float, Any]], values: Sequence[str], *, size: float, is_head: bool = False
) -> None:
    keep_whole(row)
    if is_head:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, (_, width, align), value in zip(row.cells, columns, values, strict=True):
        cell.width = Mm(width)
        [paragraph] = cell.paragraphs
        paragraph.paragraph_format.space_after = Pt(0)
        _size_of_blank(paragraph, size)
        fill(paragraph, value, bold=is_head, size=size, align=CENTRE if is_head else align)


def dotted(document: Any, text: str = "") -> Any:
    """Add a line to write on by hand, dotted to the margin."""
    paragraph = say(document, f"{text}\t")
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    return paragraph


def keep_whole(row: Any) -> None:
    """Let no page end inside a row."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _set_widths(table: Any, widths: Sequence[float]) -> None:
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)  # LibreOffice goes by the columns, Word by the cells


def _size_of_blank(paragraph: Any, size: float) -> None:
    """Give the end of the paragraph the size of its text: it makes the height of a blank cell."""
    mark = paragraph._p.get_or_add_pPr()
    properties, points = OxmlElement("w:rPr"), OxmlElement("w:sz")
    points.set(qn("w:val"), str(round(size * 2)))
    properties.append(points)
    mark.append(properties)


def _underline(paragraph: Any) -> None:
    for run in paragraph.runs:
        run.underline = True
