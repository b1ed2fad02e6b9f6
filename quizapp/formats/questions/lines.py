"""What a document is before it is understood: lines that remember their looks, and grids of cells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from quizapp.formats.questions.rich import Rich


@dataclass(frozen=True)
class Line:
    """A line of text. `role`: what it is when the place that it stands in says so ("question", "option", "answer" …).

    `soft`: it goes on the paragraph of the line before; `auto`: how many of its first letters Word's numbering writes.
    `cells`: it is a row of a table that is no question itself; `group`: the table that it stands in, 0: none.
    """

    text: Rich
    where: str = ""
    heading: int = 0
    soft: bool = False
    bullet: bool = False
    auto: int = 0
    role: str = ""
    cells: bool = False
    group: int = 0

    @property
    def shown(self) -> str:
        return self.text.shown

    def but(self, text: Rich, role: str = "") -> "Line":
        """Return another text in its place."""
        return replace(self, text=text, role=role, auto=0)


@dataclass(frozen=True)
class Cell:
    """A cell. `span`: over how many columns it goes; `below`: it goes on the cell above it."""

    blocks: tuple["Block", ...] = ()
    span: int = 1
    below: bool = False

    def lines(self) -> Iterator[Line]:
        """Give all lines of a cell, those of tables within it among them."""
        for block in self.blocks:
            if isinstance(block, Line):
                yield block
            else:
                yield from block.lines()

    @property
    def shown(self) -> str:
        return " ".join(line.shown for line in self.lines()).strip()


@dataclass(frozen=True)
class Grid:
    """A table: rows of cells."""

    rows: tuple[tuple[Cell, ...], ...]
    where: str
    number: int = 0

    def lines(self) -> Iterator[Line]:
        """Give all lines, row by row."""
        for row in self.rows:
            for cell in row:
                yield from cell.lines()


Block = Line | Grid


@dataclass(frozen=True)
class Thing:
    """What stands in a text and is no text: a picture, or `lost`, the word for what cannot be kept."""

    name: str = ""
    content: bytes = b""
    lost: str = ""


@dataclass
class Document:
    """A file as blocks; `remarks`: sentences on how it was read, `things`: its pictures, by their number."""

    blocks: Sequence[Block]
    things: list[Thing] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
