"""A sheet as the reader of questions sees it: cells by row and column, as a person sees them, and how they look."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from quizapp.formats.cells import column_letters


class Look(NamedTuple):
    """What of a cell's looks may mark a right option; '' and False: nothing out of the common."""

    bold: bool = False
    underline: bool = False
    italic: bool = False
    color: str = ""
    fill: str = ""


PLAIN = Look()


class Cell(NamedTuple):
    """A cell that is not blank. `shown`: with its line breaks; `error`: why it cannot be read, '': it can."""

    shown: str
    value: str | int | float | bool | date
    look: Look = PLAIN
    error: str = ""
    runs: tuple[tuple[str, Look], ...] = ()  # its pieces, where they do not look alike


class Anchored(NamedTuple):
    """A picture on a sheet. `content`: b"": it cannot be kept; `within`: it ends in the row in which it begins."""

    column: int
    name: str
    content: bytes
    within: bool


@dataclass
class Grid:
    """A sheet. `rows`: number → column number (from 1) → cell. `merged`: first row and column, last row and column."""

    name: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    pictures: dict[int, list[Anchored]] = field(default_factory=dict)  # by the row in which they begin
    heights: dict[int, float] = field(default_factory=dict)  # points, of rows that are not as high as usual
    doubts: dict[int, str] = field(default_factory=dict)  # row → why its cells may not stand where they should
    lines: dict[int, int] = field(default_factory=dict)  # row → line of a CSV file; empty: the two are the same

    def where(self, row: int, column: int = 0) -> str:
        """Return how a place is told to a person: "trang tính X, ô B7"."""
        place = f"ô {column_letters(column)}{row}" if column and not self.lines else f"dòng {self.lines.get(row, row)}"
        return f"trang tính “{self.name}”, {place}" if self.name else place

    def visible(self) -> Iterator[tuple[int, dict[int, Cell]]]:
        """Give the rows that are not hidden, in order."""
        for number in sorted(self.rows):
            if number not in self.hidden_rows:
                yield number, self.rows[number]
