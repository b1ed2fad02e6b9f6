"""Tables of a document → lines: a table of keys, of questions by heading, of options, or only a frame around text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from quizapp.formats.questions import labels
from quizapp.formats.questions.codes import LOOSE, OF_CODE, pairs_by_code
from quizapp.formats.questions.headings import columns_of, joined_rows
from quizapp.formats.questions.keys import LETTER, NUMBER, guide_of, pairs_of_grid, title_of
from quizapp.formats.questions.lines import Block, Cell, Grid, Line
from quizapp.formats.questions.options import label_at_start
from quizapp.formats.questions.rich import Rich, plain
from quizapp.formats.questions.ticked import has_text, statements_in

DASH = re.compile(r"\s*[-–•+]\s+(?=\S)")


def lines_of(blocks: Sequence[Block], *, depth: int = 0) -> Iterator[Line]:
    """Give the lines of a document, those of tables with the role that their place tells."""
    asked = keyed = False
    for block in blocks:
        if isinstance(block, Line):
            asked = asked or bool(labels.is_strong(block.text.text) or labels.WEAK.match(block.text.text))
            keyed = asked and (keyed or bool(labels.KEY_HEADING.match(block.shown)))
            yield block
        elif depth < 20:
            yield from _of_grid(block, depth, asked=asked, keyed=keyed)


def _of_grid(grid: Grid, depth: int, *, asked: bool = False, keyed: bool = False) -> Iterator[Line]:
    """Give the lines of a table. asked: questions stand above it; keyed: a heading of keys does, too."""
    grid = joined_rows(grid)
    shown = [[cell.shown for cell in row] for row in grid.rows]
    found = columns_of(grid)
    if found is not None and asked and (statements := statements_in(grid, *found)):
        yield from statements
        return
    if found is not None:
        yield from _by_columns(grid, *found)
        return
    keys, by_code = pairs_of_grid(shown) or (keyed and guide_of(shown)), pairs_by_code(shown)
    if (keys or by_code) and shown and (title := title_of(shown[0])):
        yield Line(plain(title), grid.where)
    if keys:
        for number, key in keys:
            yield Line(plain(f"{number}\t{key}"), grid.where, role="key")
        return
    if by_code:
        for code, pairs in by_code.items():
            yield from (Line(plain(f"{number}\t{key}"), grid.where, role=OF_CODE + code) for number, key in pairs)
        return
    if _seems_keys(shown):
        yield Line(plain(" | ".join(filter(None, shown[0]))), grid.where, role=LOOSE)
        return
    yield from _frame(grid, depth)


# Tables whose headings tell the columns


def _by_columns(grid: Grid, head: int, columns: dict[int, str]) -> Iterator[Line]:
    options = sorted((int(name[7:]), place) for place, name in columns.items() if name.startswith("option "))
    places = {name: place for place, name in columns.items()}
    width = len(grid.rows[max(head, 0)])
    for number, row in enumerate(grid.rows[head + 1 :], start=head + 2):
        where = f"{grid.where}, hàng {number}"
        cells = {place: [*cell.lines()] for place, cell in enumerate(row)}
        if len(row) != width:
            text = " ".join(cell.shown for cell in row).strip()
            if text:
                yield Line(plain(text), where, heading=9)
            continue
        stem = cells.get(places["stem"], [])
        if not any(line.text for line in stem):
            if any(cells[place] for _, place in options if place in cells):
                yield Line(plain(""), where, role="question")
                yield from _options(options, cells)
            elif any(cell.shown for cell in row):
                yield Line(plain(" ".join(cell.shown for cell in row).strip()), where, heading=9)
            continue
        yield from _row(options, places, cells, stem, where)


def _row(
    options: Sequence[tuple[int, int]],
    places: dict[str, int],
    cells: dict[int, list[Line]],
    stem: Sequence[Line],
    where: str,
) -> Iterator[Line]:
    number = " ".join(line.shown for line in cells.get(places.get("question", -1), []))
    label = labels.is_strong(stem[0].text.text) or (labels.WEAK.match(stem[0].text.text) if not number else None)
    if label:
        number = number or label["n"]
    yield Line(plain(number), where, role="question")
    answer = [line for line in cells.get(places.get("answer", -1), []) if line.text]
    block = [*cells.get(places.get("options", -1), [])]
    if not options and not block and len(answer) > 1 and label_at_start(answer[0].text.text):
        block, answer = answer, []
    for place, line in enumerate(stem):
        text = line.text[label.end() :] if label and not place else line.text
        # A cell with the options below the stem is read like any text, once its question has begun.
        yield replace(line, text=text, role="" if not options and not block else "stem", auto=0)
    yield from _options(options, cells)
    yield from _undashed(block)
    if answer:
        yield answer[0].but(plain(_lettered(" ".join(line.shown for line in answer), places, options, cells)), "answer")
    if "true" in places and "false" in places:
        ticked = [word for word, name in (("Đúng", "true"), ("Sai", "false")) if has_text(cells, places[name])]
        yield Line(plain(" và ".join(ticked) or "?"), where, role="truth")
    for name in ("explanation", "source", "level", "marks", "topic"):
        found = [line for line in cells.get(places.get(name, -1), []) if line.text]
        yield from (line.but(line.text, name) for line in found)


def _undashed(block: Sequence[Line]) -> Sequence[Line]:
    """Return the lines of a cell of options; dashes before all of them are bullets."""
    found = [DASH.match(line.text.text) for line in block]
    if len(block) < 2 or not all(found):
        return block
    return [
        replace(line, text=line.text[dash.end() :], bullet=True, auto=0)
        for line, dash in zip(block, found, strict=True)
        if dash
    ]


def _lettered(
    answer: str, places: dict[str, int], options: Sequence[tuple[int, int]], cells: dict[int, list[Line]]
) -> str:
    """Return the letter for a number where columns are numbered and no option reads like that number."""
    texts = [" ".join(line.shown for line in cells.get(place, [])) for _, place in options]
    is_place = "numbered" in places and answer.isdigit() and 0 < int(answer) <= len(texts) and answer not in texts
    return labels.LETTERS[int(answer) - 1] if is_place else answer


def _options(options: Sequence[tuple[int, int]], cells: dict[int, list[Line]]) -> Iterator[Line]:
    """Give the options of a row; blank cells at its end are none."""
    found = [[line for line in cells.get(place, []) if line.text] for _, place in options]
    while found and not found[-1]:
        found.pop()
    for number, lines in enumerate(found):
        text = Rich()
        for line in lines:
            text = text + plain(" ") + line.text if text else line.text
        label = label_at_start(text.text)
        if label and label.letter == labels.LETTERS[number] and label.style.after != " ":
            text = text[label.end :]
        yield Line(text, lines[0].where if lines else "", role="option")


# Tables that are only a frame


def _seems_keys(shown: Sequence[Sequence[str]]) -> bool:
    """Tell whether a table holds little but numbers and letters."""
    cells = [cell for row in shown for cell in row if cell]
    letters = sum(bool(LETTER.fullmatch(cell)) for cell in cells)
    numbers = sum(bool(NUMBER.fullmatch(cell)) for cell in cells)
    return letters >= 3 and numbers >= 2 and (letters + numbers) * 10 >= len(cells) * 6


def _frame(grid: Grid, depth: int) -> Iterator[Line]:
    rows = [[[*lines_of(cell.blocks, depth=depth + 1)] for cell in row] for row in grid.rows]
    rows = [[[line for line in cell if line.text or line.role] for cell in row] for row in rows]
    flat = [_joined([cell for cell in row if cell]) for row in rows]
    lines = [line for row in flat for cell in row for line in cell]
    if any(line.role for line in lines):
        yield from lines
    elif _is_data(flat):
        for row in flat:
            text = Rich()
            for cell in row:
                for line in cell:
                    text = text + plain(" | ") + line.text if text else line.text
            if text:
                yield Line(text, row[0][0].where, cells=True)
    else:
        yield from _in_order([cell for row in flat for cell in row])


def _joined(cells: Sequence[list[Line]]) -> list[list[Line]]:
    """Return cells, one with nothing but a label as the start of the next one: 'A.' beside 'Hà Nội'."""
    made: list[list[Line]] = []
    front: Line | None = None
    for cell in cells:
        lines = [*cell]
        if front is not None:
            lines[0] = replace(lines[0], text=front.text + plain("\t") + lines[0].text, where=front.where)
            front = None
        if len(lines) == 1 and (found := _bare_label(lines[0])) and cell is not cells[-1]:
            front = found
        else:
            made.append(lines)
    return made


def _bare_label(line: Line) -> Line | None:
    text = line.shown
    if line.text.objects:
        return None
    if re.fullmatch(r"(?:câu|bài)\s*\d{1,3}\s*[.:)]?|\d{1,3}\s*[.:)]|[(]?[A-H]\s*[.:)/]", text, re.IGNORECASE):
        return line
    if re.fullmatch(r"\d{1,3}|[A-H]", text):
        return replace(line, text=Rich(line.text.text.strip(), line.text.marks[: len(text)]) + plain("."))
    return None


def _is_data(rows: Sequence[Sequence[Sequence[Line]]]) -> bool:
    """Tell whether no cell begins like a question, an option or an answer: figures that a question speaks of."""
    if sum(len(row) > 1 for row in rows) < 2:
        return False
    for line in (line for row in rows for cell in row for line in cell[:1]):
        text = line.text.text
        if labels.is_strong(text) or label_at_start(text) or labels.answer_of(text) or labels.HEADING.match(text):
            return False
        if labels.WEAK.match(text):
            return False
    return True


def _in_order(cells: Sequence[list[Line]]) -> Iterator[Line]:
    """Give the lines of cells; options that go down the columns in the order of their letters."""
    found = [label_at_start(cell[0].text.text) for cell in cells]
    letters = [label.letter for label in found if label]
    if len(letters) == len(cells) > 1 and sorted(letters) == [*labels.LETTERS[: len(letters)]]:
        cells = [cell for _, cell in sorted(zip(letters, cells, strict=True), key=lambda each: each[0])]
    for cell in cells:
        yield from cell


def key_lines(cells: Sequence[Sequence[str]], where: str) -> Iterator[Line]:
    """Give the lines of a table of plain texts, one of a file of keys."""
    rows = tuple(tuple(Cell((Line(plain(text), where),)) for text in row) for row in cells)
    yield from lines_of([Grid(rows, where)])
