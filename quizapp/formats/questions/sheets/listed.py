"""Options that one cell lists, alone or below their question."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from quizapp.formats.questions.sheets.grid import PLAIN, Cell
from quizapp.formats.questions.sheets.texts import clean

LETTERS = "ABCDEFGHIJ"
INLINE = re.compile(r"(?:^|(?<=[\s.;?:,]))[(*]?\s?([A-J])\s?[.)]\s*(?=\S)")
LOWER = re.compile(r"(?:^|\n)\s*[(*]?\s?([a-j])\s?[.)]\s*(?=\S)")
ARRAY = re.compile(r"""\[\s*(["']).*\1\s*\]""", re.DOTALL)
QUOTED = re.compile(r"""(["'])(.*?)\1(?=\s*[,\]])""", re.DOTALL)
ENDS = re.compile(r"\s*[;,]\s*$")


@dataclass
class Slot:
    """A place for an option: its cell, the label before it, a mark beside it."""

    cell: Cell
    row: int
    column: int
    label: str = ""
    mark: Cell | None = None


def split(cell: Cell, row: int, column: int, keys: Sequence[str] = ()) -> list[Slot | None]:
    """Return the options that one cell lists: a line each, after A., B., C. in a row, or between signs.

    keys: texts of the key; a comma stands between options only if one of these is what it parts.
    """
    if parts := embedded(cell.shown):
        stem, options = parts
        if not stem:
            return [Slot(Cell(text, text, PLAIN), row, column, label) for label, text in options]
    return [Slot(Cell(each, each, PLAIN), row, column) for each in _parts(cell.shown, {clean(key) for key in keys})]


def _parts(text: str, keys: Set[str]) -> list[str]:
    if ARRAY.fullmatch(text.strip()):
        return [match[2] for match in QUOTED.finditer(text)]
    lines = [each for each in text.split("\n") if clean(each)]
    if len(lines) == 1:
        lines = [each for each in re.split(r"[;|]", text) if clean(each)]
    for sign in (",", "/") if len(lines) == 1 else ():
        parts = [each for each in text.split(sign) if clean(each)]
        if not keys.isdisjoint(map(clean, parts)):
            return parts
    return lines


def embedded(text: str, *, lower: bool = False) -> tuple[str, list[tuple[str, str]]] | None:
    """Return the stem and the options (label, text) of a text that holds A., B., C. … in order; None: it does not.

    lower: a., b., c., each on a line of its own, are options, too.
    """
    found = list(INLINE.finditer(text))
    if lower and not found:
        found = list(LOWER.finditer(text))
    marks: list[re.Match[str]] = []
    for match in found:
        if len(marks) < len(LETTERS) and match[1].upper() == LETTERS[len(marks)]:
            marks.append(match)
    if len(marks) < 2 or len(found) != len(marks):
        return None
    ends = [*(match.start() for match in marks[1:]), len(text)]
    texts = [text[match.end() : end] for match, end in zip(marks, ends, strict=True)]
    if all(ENDS.search(each) for each in texts[:-1]):
        texts = [ENDS.sub("", each) for each in texts]  # "A. Huế; B. Vinh": signs between them
    options = [
        (match[1].upper(), ("*" if "*" in match[0] else "") + each) for match, each in zip(marks, texts, strict=True)
    ]
    return clean(text[: marks[0].start()]), options
