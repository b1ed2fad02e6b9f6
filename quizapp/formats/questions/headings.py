"""What the columns of a table hold, by its headings, which may stand in two rows and go over several columns."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from quizapp.formats.questions.keys import LETTER, NUMBER, TICKS
from quizapp.formats.questions.lines import Cell, Grid
from quizapp.formats.questions.options import label_at_start
from quizapp.formats.questions.rich import plain
from quizapp.rules.vietnamese import fold

COLUMNS = {
    "question": ("stt", "tt", "cau", "so", "cau so", "so tt", "so thu tu", "no", "cau hoi so"),
    "stem": (
        "noi dung",
        "cau hoi",
        "noi dung cau hoi",
        "de bai",
        "question",
        "noi dung cau hoi trac nghiem",
        "cau dan",
        "nhan dinh",
        "phat bieu",
        "menh de",
        "noi dung nhan dinh",
    ),
    "options": (
        "phuong an",
        "cac phuong an",
        "phuong an tra loi",
        "lua chon",
        "cac phuong an tra loi",
        "cac dap an",
    ),
    "answer": ("dap an", "dap an dung", "d/a", "da", "phuong an dung", "key", "answer", "cau tra loi dung", "tra loi"),
    "true": ("dung", "d", "true"),
    "false": ("sai", "s", "false"),
    "explanation": ("giai thich", "loi giai", "huong dan", "huong dan giai"),
    "source": ("can cu", "nguon", "trich dan", "can cu phap ly", "tham khao", "tai lieu", "ghi chu"),
    "level": ("muc do", "do kho", "level"),
    "marks": ("diem", "so diem", "marks"),
    "topic": ("chu de", "chuong", "chuyen de", "phan"),
}
OPTION_HEAD = re.compile(r"(?:(?:phuong an|dap an|lua chon|tra loi|option|y)\s*)?\(?([a-h]|[1-8])\)?[.:]?")
FIRST_ROWS = 4
NUMBERED = -1  # no column: tells that options are called by numbers
Columns = dict[int, str]


def columns_of(grid: Grid) -> tuple[int, Columns] | None:
    """Return below which row a table holds questions, and what its columns are; None: it is no such table."""
    shown = [[cell.shown for cell in row] for row in grid.rows]
    for number, row in _headings(grid, shown):
        columns = {place: _column(cell) for place, cell in enumerate(row)}
        names = [*columns.values()]
        options = sum(name.startswith("option ") for name in names)
        if (
            "stem" in names
            and names.count("stem") == 1
            and (options > 1 or {"options", "answer"} & {*names} or {"true", "false"} <= {*names})
        ):
            stems = [row[names.index("stem")] for row in shown[number + 1 :] if len(row) == len(names)]
            if not all(NUMBER.fullmatch(stem) for stem in stems):  # else a table of keys: 'Câu hỏi | Đáp án'
                made = {place: name for place, name in columns.items() if name}
                return number, made | ({NUMBERED: "numbered"} if _are_numbered(row, columns) else {})
    return _without_heading(shown)


def _are_numbered(row: Sequence[str], columns: Columns) -> bool:
    heads = [cell for place, cell in enumerate(row) if columns[place].startswith("option ")]
    return bool(heads) and all(re.search(r"\d", cell) for cell in heads)


def _headings(grid: Grid, shown: Sequence[Sequence[str]]) -> Iterator[tuple[int, Sequence[str]]]:
    """Give the rows that may be headings; 'Phương án' above 'A', 'B', 'C', 'D' is one with the row below."""
    for number, row in enumerate(shown[:FIRST_ROWS]):
        below = shown[number + 1] if number + 1 < len(shown) else []
        if sum(_column(cell).startswith("option ") for cell in below) > 1 and not below[0]:
            above: list[str] = []
            for cell in grid.rows[number]:
                above += [cell.shown, *[""] * (min(cell.span, len(below)) - 1)]
            if len(above) == len(below):
                yield number + 1, [low or high for high, low in zip(above, below, strict=True)]
        yield number, row


def _without_heading(shown: Sequence[Sequence[str]]) -> tuple[int, Columns] | None:
    """Return the columns of a table of numbers, questions, options and letters that has no heading."""
    widths = {len(row) for row in shown}
    width = max(widths, default=0)
    if len(widths) == 1 and 5 <= width <= 11 and len(shown) > 1:
        first, last = [row[0] for row in shown], [row[-1] for row in shown]
        has_key = all(not cell or LETTER.fullmatch(cell) for cell in last) and any(last)
        if all(NUMBER.fullmatch(cell) for cell in first) and has_key:
            middle = {place: f"option {place - 2}" for place in range(2, width - 1)}
            return -1, {0: "question", 1: "stem", **middle, width - 1: "answer"}
    return None


def _column(cell: str) -> str:
    bare = fold(re.sub(r"\([^)]{2,}\)", " ", cell)).strip(" .:*")
    found = OPTION_HEAD.fullmatch(bare)
    if found:
        return f"option {'abcdefgh'.find(found[1]) if found[1].isalpha() else int(found[1]) - 1}"
    return next((name for name, words in COLUMNS.items() if bare in words), "")


def joined_rows(grid: Grid) -> Grid:
    """Return a table whose rows that go on the row above are one with it; an option beside a tick gets a star."""
    below = [bool(row) and row[0].below and not all(cell.below for cell in row) for row in grid.rows]
    if not any(below):
        return grid
    made: list[list[Cell]] = []
    for row, is_below, has_below in zip(grid.rows, below, [*below[1:], False], strict=True):
        cells = [*_starred(row)] if is_below or has_below else [*row]
        if is_below and made and len(cells) == len(made[-1]):
            made[-1] = [replace(old, blocks=old.blocks + new.blocks) for old, new in zip(made[-1], cells, strict=True)]
        else:
            made.append(cells)
    return replace(grid, rows=tuple(tuple(row) for row in made))


def _starred(row: Sequence[Cell]) -> Iterator[Cell]:
    """Give the cells of a row; a tick in the last one goes to the option that stands there."""
    ticks = [cell for cell in row if cell.shown and cell.shown in TICKS]
    for cell in row:
        lines = [*cell.lines()]
        if cell in ticks:
            yield replace(cell, blocks=())
        elif len(ticks) == 1 and len(lines) == 1 and label_at_start(lines[0].text.text):
            yield replace(cell, blocks=(replace(lines[0], text=lines[0].text + plain(" ✓")),))
        else:
            yield cell
