"""Rows of a sheet that are no questions: the title of a chapter, who signs below."""

import re

from quizapp.formats.questions.sheets.grid import Cell, Grid
from quizapp.formats.questions.sheets.table import PLAIN_NUMBER, Head, below
from quizapp.formats.questions.sheets.texts import clean, fold

LABEL = re.compile(r"\s*[(]?([A-Ja-j])\s?[.):/]\s*(?=\S)")
SECTION = re.compile(
    r"(?:chuong|phan|muc|bai|chu de|linh vuc|chuyen de|nhom|part|section|chapter)\b(?: so)?\s*(?:[\divx]+|thu \w+)?\s*"
    r"(?:$|[:.–-])|(?:chuong|phan|muc|bai|part|section|chapter) (?:\d+|[ivx]+)\b|[ivx]{1,5}\s?[.)/-]\s"
)
ROMAN = re.compile(r"[IVX]{1,5}[.)]?")
SIGNED = re.compile(
    r"\bngay\s*\S*\s*thang\s*\S*\s*nam\b|\bnguoi (?:lap|bien soan|ra de|duyet|soan)\b"
    r"|\bghi ro ho(?:,| va)? ten\b|^t[mk]\. "
)


def is_signature(text: str) -> bool:
    """Return whether a row gives place and day, or who drew up the table."""
    return bool(SIGNED.search(fold(text)))


def _is_among_options(head: Head, grid: Grid, column: int) -> bool:
    """Return whether "Chương III" in this column may be an option: options have no letters there."""
    if column != (head.one("list") or head.one("prompt")):
        return False
    return not any(LABEL.match(row[column].shown) for _, row in below(grid, head) if column in row)


def section_of(row: dict[int, Cell], head: Head, grid: Grid, number: int, *, by_rows: bool) -> str:
    """Return the title that a row alone is, "Chương I: …"; '': it is none."""
    numbered = head.one("number")
    order = row.get(numbered)
    if len(row) == 2 and order and head.one("prompt") in row and ROMAN.fullmatch(clean(order.shown)):
        text = clean(row[head.one("prompt")].shown)
        return text if not by_rows or SECTION.match(fold(text)) else ""
    if len(row) != 1:
        return ""
    [(column, cell)] = row.items()
    text = clean(cell.shown)
    if PLAIN_NUMBER.fullmatch(text) or len(text) > 200 or "?" in text:
        return ""
    wide = any(top == number and last - first >= 2 for top, first, _, last in grid.merged if first == column)
    named = bool(SECTION.match(fold(text))) and not (by_rows and _is_among_options(head, grid, column))
    outside = column < (head.one("prompt") or head.one("list")) and column != head.one("list")
    return text if named or (wide and outside) or (outside and column == numbered) else ""
