"""A sheet that is no table: questions, options and keys below each other, as in a Word file → lines."""

import re
from collections.abc import Iterator, Sequence

from quizapp.formats.questions.lines import Document, Line
from quizapp.formats.questions.rich import PLAIN, Marks, Rich, plain, rich, split_lines
from quizapp.formats.questions.sheets.grid import Cell, Grid, Look
from quizapp.formats.questions.sheets.headings import role_of
from quizapp.formats.questions.sheets.texts import clean
from quizapp.formats.questions.word.looks import hue

OPTION = re.compile(r"\s*[*(]?\s?[A-Ja-j]\s?[.):/]\s*\S")
LABEL = re.compile(r"[(]?(\d{1,4}|[A-Ja-j]|(?:câu|bài)\s*(?:hỏi\s*)?(?:số\s*)?\d{1,4})\s?[.):]?", re.IGNORECASE)
KEY = re.compile(r"[A-J](?:\s*,\s*[A-J])*|[a-j]")
PAIR = re.compile(rf"\d{{1,4}}-(?:{KEY.pattern})")
KEYS = "Đáp án"
FEWEST_OPTIONS = 2


def document(grids: Sequence[Grid]) -> Document | None:
    """Return sheets as the lines of a document; None: rows hold more than a line, or there are no options.

    A sheet of numbers and letters is the key of the others; one without options, their introduction, is left out.
    """
    lines, keys = list[Line](), list[Line]()
    for grid in grids:
        found = [(number, _line(row)) for number, row in grid.visible() if not any(cell.error for cell in row.values())]
        texts = [(number, text) for number, text in found if text]
        if grid.pictures or len(found) < len(grid.rows) - len(grid.hidden_rows & grid.rows.keys()):
            return None
        if any(text is None for _, text in found):
            return None
        told = [Line(each, grid.where(number)) for number, text in texts if text for each in split_lines(text)]
        if len(told) > 1 and all(PAIR.fullmatch(line.shown) for line in told):
            keys += told
        elif sum(bool(OPTION.match(line.shown)) for line in told) >= FEWEST_OPTIONS:
            lines += told
    if not lines:
        return None
    return Document([*lines, *([Line(plain(KEYS), role="keys")] if keys else []), *keys])


def _line(row: dict[int, Cell]) -> Rich | None:
    """Return a row as text: nothing for a heading; None when its cells are no line."""
    cells = [row[column] for column in sorted(row)]
    roles = [role_of(cell.shown) if ":" not in cell.shown else None for cell in cells]
    if all(roles) and any(role.name in ("prompt", "number", "cau") for role in roles if role):
        return Rich()
    if len(cells) > 1 and (label := LABEL.fullmatch(clean(cells[0].shown))):
        if len(cells) > 2:
            return None
        if label[1].isdigit() and KEY.fullmatch(clean(cells[1].shown)):
            return plain(f"{label[1]}-{clean(cells[1].shown)}")
        sign = ":" if label[1][-1:].isdigit() and not label[1].isdigit() else "."
        return rich([(f"{label[1]}{sign} ", _marks(cells[0].look))]) + _text(cells[1])
    if len(cells) > 1 and not all(OPTION.match(cell.shown) for cell in cells):
        return None
    line = _text(cells[0])
    for cell in cells[1:]:
        line += plain("\t") + _text(cell)
    return line


def _text(cell: Cell) -> Rich:
    return rich([*_pieces(cell)])


def _pieces(cell: Cell) -> Iterator[tuple[str, Marks]]:
    for text, look in cell.runs or ((cell.shown, cell.look),):
        yield text, _marks(look)


def _marks(look: Look) -> Marks:
    made = {name for name in ("bold", "italic", "underline") if getattr(look, name)}
    made |= {f"{name}:{_hue(color)}" for name, color in (("color", look.color), ("shade", look.fill)) if color}
    return frozenset(made) if made else PLAIN


def _hue(color: str) -> str:
    return hue(color[-6:]) if color.startswith("rgb:") and len(color) >= 10 else color
