"""Questions as they stand in the rows of a sheet, whichever way it is laid out; what they mean comes later."""

import re
from dataclasses import dataclass, field

from quizapp.formats.questions.cleaning import look_alikes
from quizapp.formats.questions.sheets.grid import PLAIN, Cell, Grid
from quizapp.formats.questions.sheets.table import PLAIN_NUMBER, Head, below, head_at
from quizapp.formats.questions.sheets.texts import clean, fold

LABEL = re.compile(r"\s*[(]?([A-Ja-j])\s?[.):/]\s*(?=\S)")
SECTION = re.compile(
    r"(?:chuong|phan|muc|bai|chu de|linh vuc|chuyen de|nhom|part|section|chapter)\b(?: so)?\s*(?:[\divx]+|thu \w+)?\s*"
    r"(?:$|[:.–-])|(?:chuong|phan|muc|bai|part|section|chapter) (?:\d+|[ivx]+)\b|[ivx]{1,5}\s?[.)/-]\s"
)
ROMAN = re.compile(r"[IVX]{1,5}[.)]?")
ORDER = re.compile(r"\s*(?:câu|bài|question)\s*(?:hỏi\s*)?(?:số\s*)?(\d{1,4})\s*[.:)/-]+\s*(?=\S)", re.IGNORECASE)
BARE_ORDER = re.compile(r"\s*(\d{1,4})\s*[.)]\s+(?=\S)")
DIGITS = re.compile(r"\d{1,5}")
TWO_NUMBERS = "hai cột số thứ tự ghi số khác nhau trên một dòng, không rõ đáp án này của câu nào"
EXAMPLE = "vi du"  # rows of our template that show how
LAID_OUT = {"prompt", "number", "option", "key", "list", "mark", "index", "right", "wrong", "unused", "ignored", "cau"}
INLINE = re.compile(r"(?:^|(?<=[\s.;?:,]))[(*]?\s?([A-J])\s?[.)]\s*(?=\S)")


@dataclass
class Slot:
    """A place for an option: its cell, the label before it, a mark beside it."""

    cell: Cell
    row: int
    column: int
    label: str = ""
    mark: Cell | None = None


@dataclass
class Asked:
    """A question in a sheet. `slots`: options by place, None where a column is blank."""

    grid: Grid
    head: Head
    row: int
    prompt: Cell
    number: str = ""
    slots: list[Slot | None] = field(default_factory=list)
    keys: list[Cell] = field(default_factory=list)
    more: dict[str, Cell] = field(default_factory=dict)
    section: str = ""
    is_right_first: bool = False  # the key is an option itself, the others are wrong ones
    rows: list[int] = field(default_factory=list)

    @property
    def where(self) -> str:
        return self.grid.where(self.row)


@dataclass
class Sheet:
    """What the rows of a sheet gave; `aside`: rows that are no questions, with their text."""

    asked: list[Asked] = field(default_factory=list)
    aside: list[tuple[int, str]] = field(default_factory=list)
    by_rows: bool = False
    examples: int = 0


def asked_in(grid: Grid, head: Head) -> Sheet:
    """Return the questions below a heading."""
    by_rows = _is_by_rows(grid, head)
    found = Sheet(by_rows=by_rows)
    section, current = "", None
    numbered = head.one("number")
    for number, row in below(grid, head):
        if number > head.row and (again := _repeated(grid, number, head)):
            head = again
            continue
        if number <= head.row:
            continue
        if numbered in row and fold(row[numbered].shown) == EXAMPLE:
            found.examples += 1
            continue
        text = _section(row, head, grid, number, numbered, by_rows=by_rows)
        if text:
            section, current = text, None
        elif by_rows:
            current = _by_rows(found, current, grid, head, number, row, section)
        else:
            _by_columns(found, grid, head, number, row, section)
    _take_off_orders(found.asked)
    return found


def _take_off_orders(questions: list[Asked]) -> None:
    """Take "Câu 1:" off the questions, and "1." where all of them begin so."""
    texts = [each.prompt.shown for each in questions]
    all_bare = len(texts) > 1 and all(BARE_ORDER.match(text) for text in texts)
    for asked in questions:
        pattern = BARE_ORDER if all_bare else ORDER
        if match := pattern.match(asked.prompt.shown):
            rest = asked.prompt.shown[match.end() :]
            asked.prompt = asked.prompt._replace(shown=rest, value=rest)
            asked.number = asked.number or match[1]


def _repeated(grid: Grid, number: int, head: Head) -> Head | None:
    row = grid.rows[number]
    prompt = head.one("prompt")
    if prompt in row and len(row[prompt].shown) < 60 and len(row) > 1:
        again = head_at(grid, number)
        return again if again and not again.problem and len(again.columns) > 2 else None
    return None


def _is_by_rows(grid: Grid, head: Head) -> bool:
    if len(head.of("option")) > 1 or head.of("wrong"):
        return False
    prompt, listed, number = head.one("prompt"), head.one("list"), head.one("number")
    rows = [row for _, row in below(grid, head)]
    if listed:
        return any(listed in row and prompt not in row for row in rows)
    texts = [row for row in rows if prompt in row]
    labelled = sum(bool(LABEL.match(_label_text(row, head))) for row in texts)
    unnumbered = sum(number not in row for row in texts) if number else 0
    return labelled * 3 > len(texts) or unnumbered * 2 > len(texts) > 2


def _label_text(row: dict[int, Cell], head: Head) -> str:
    number = row.get(head.one("number"))
    if number and re.fullmatch(r"[(]?[A-Ja-j][.):]?", clean(number.shown)):
        return look_alikes(clean(number.shown).strip("().:")) + ". x"
    return look_alikes(row[head.one("prompt")].shown)


def _is_among_options(head: Head, grid: Grid, column: int) -> bool:
    """Return whether "Chương III" in this column may be an option: options have no letters there."""
    if column != (head.one("list") or head.one("prompt")):
        return False
    return not any(LABEL.match(row[column].shown) for _, row in below(grid, head) if column in row)


def _section(row: dict[int, Cell], head: Head, grid: Grid, number: int, numbered: int, *, by_rows: bool) -> str:
    """Return the title that a row alone is, "Chương I: …"; '': it is none."""
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


def _extras(row: dict[int, Cell], head: Head) -> dict[str, Cell]:
    taken = {"prompt", "number", "option", "key", "list", "mark", "index", "right", "wrong", "unused", "ignored", "cau"}
    return {
        role.name: row[column]
        for column, role in sorted(head.columns.items(), reverse=True)
        if column in row and role.name not in taken
    }


def _begun(grid: Grid, head: Head, number: int, row: dict[int, Cell], section: str) -> Asked:
    prompt = row.get(head.one("prompt"), Cell("", ""))
    order = row.get(head.one("number"))
    asked = Asked(grid, head, number, prompt, clean(order.shown) if order else "", section=section, rows=[number])
    asked.keys = [row[column] for name in ("key", "index") for column in head.of(name) if column in row]
    asked.more = _extras(row, head)
    if number in grid.doubts:
        asked.keys.append(Cell("", "", error=grid.doubts[number]))
    orders = {
        int(digits[0]) for each in head.of("number") if each in row and (digits := DIGITS.findall(row[each].shown))
    }
    if len(orders) > 1 and asked.keys:
        asked.keys.append(Cell("", "", error=TWO_NUMBERS))
    return asked


def _truth_columns(head: Head) -> list[int]:
    """Return the columns "Đúng" and "Sai", one of which is ticked for each statement; []: there are none."""
    columns = [*head.of("right"), *head.of("wrong")]
    titles = [fold(head.titles.get(column, "")) for column in columns]
    return columns if titles in (["dung", "sai"], ["true", "false"]) else []


def _by_columns(found: Sheet, grid: Grid, head: Head, number: int, row: dict[int, Cell], section: str) -> None:
    asked = _begun(grid, head, number, row, section)
    if truth := _truth_columns(head):
        words = zip(("Đúng", "Sai"), truth, strict=True)
        asked.slots = [Slot(Cell(word, word), number, column, mark=row.get(column)) for word, column in words]
    elif head.of("right"):
        asked.is_right_first = True
        columns = sorted(head.of("right") + head.of("wrong"))
        asked.slots = [Slot(row[column], number, column) if column in row else None for column in columns]
    else:
        marks = {head.columns[column].number: row.get(column) for column in head.of("mark")}
        columns = head.of("option")
        most = max((head.columns[column].number for column in columns), default=0)
        places = {head.columns[column].number: column for column in columns}
        asked.slots = [
            Slot(row[column], number, column, mark=marks.get(place))
            if (column := places.get(place, 0)) in row
            else None
            for place in range(1, most + 1)
        ]
    if listed := row.get(head.one("list")):
        asked.slots = split(listed, number, head.one("list"))
    answered = any(asked.slots) or asked.keys
    if not asked.prompt.shown and not asked.prompt.error and not answered:
        return  # a blank row that was numbered beforehand
    if not answered and head.one("number") and not asked.number:
        found.aside.append((number, " ".join(clean(each.shown) for each in row.values())))
        return
    if not any(asked.slots) and (parts := embedded(asked.prompt.shown)):
        stem, options = parts
        asked.prompt = asked.prompt._replace(shown=stem, value=stem)
        asked.slots = [Slot(Cell(text, text), number, head.one("prompt"), label) for label, text in options]
    found.asked.append(asked)


def _by_rows(
    found: Sheet, current: Asked | None, grid: Grid, head: Head, number: int, row: dict[int, Cell], section: str
) -> Asked | None:
    listed, prompt, order = head.one("list"), head.one("prompt"), head.one("number")
    marks = [row[column] for name in ("key", "index", "mark") for column in head.of(name) if column in row]
    mark = marks[0] if marks else None
    if listed and prompt:
        is_new, column = prompt in row, listed
    else:
        column = prompt or listed
        is_label = column in row and bool(LABEL.match(_label_text(row, head) if prompt else row[column].shown))
        is_new = column in row and not is_label and (order in row or not order or current is None)
        if column in row and not is_label and not order and current and not current.slots:
            is_new = True
    if is_new:
        current = _begun(grid, head, number, row, section)
        found.asked.append(current)
        if not prompt:
            current.prompt = row[column]
        if not (listed and prompt):
            return current
        current.keys = []
    if column not in row:
        if mark and current:
            current.keys += marks
        return current
    if current is None:
        found.aside.append((number, " ".join(clean(each.shown) for each in row.values())))
        return None
    label = _label_text(row, head)[0] if order in row and not is_new and not (listed and prompt) else ""
    current.slots.append(Slot(row[column], number, column, label.upper(), mark))
    current.rows.append(number)
    for name, cell in _extras(row, head).items():
        current.more.setdefault(name, cell)
    return current


def split(cell: Cell, row: int, column: int) -> list[Slot | None]:
    """Return the options that one cell lists: a line each, or after A., B., C. in a row."""
    if parts := embedded(cell.shown):
        stem, options = parts
        if not stem:
            return [Slot(Cell(text, text, PLAIN), row, column, label) for label, text in options]
    lines = [each for each in re.split(r"\n", cell.shown) if clean(each)]
    if len(lines) == 1:
        lines = [each for each in re.split(r"[;|]", cell.shown) if clean(each)]
    return [Slot(Cell(each, each, PLAIN), row, column) for each in lines]


def embedded(text: str) -> tuple[str, list[tuple[str, str]]] | None:
    """Return the stem and the options (label, text) of a text that holds A., B., C. … in order; None: it does not."""
    found = list(INLINE.finditer(text))
    wanted = "ABCDEFGHIJ"
    marks: list[re.Match[str]] = []
    for match in found:
        if len(marks) < len(wanted) and match[1] == wanted[len(marks)]:
            marks.append(match)
    if len(marks) < 2 or len(found) != len(marks):
        return None
    ends = [*(match.start() for match in marks[1:]), len(text)]
    options = [
        (match[1], ("*" if "*" in match[0] else "") + text[match.end() : end])
        for match, end in zip(marks, ends, strict=True)
    ]
    return clean(text[: marks[0].start()]), options
