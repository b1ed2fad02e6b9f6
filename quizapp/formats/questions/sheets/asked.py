"""Questions as they stand in the rows of a sheet, whichever way it is laid out; what they mean comes later."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from quizapp.formats.questions.cleaning import look_alikes
from quizapp.formats.questions.sheets.grid import Cell, Grid
from quizapp.formats.questions.sheets.keys import is_yes
from quizapp.formats.questions.sheets.listed import Slot, embedded, split
from quizapp.formats.questions.sheets.table import Head, below, head_at
from quizapp.formats.questions.sheets.texts import clean, fold
from quizapp.formats.questions.sheets.titles import LABEL, is_signature, section_of

ORDER = re.compile(r"\s*(?:câu|bài|question)\s*(?:hỏi\s*)?(?:số\s*)?(\d{1,4})\s*[.:)/-]+\s*(?=\S)", re.IGNORECASE)
BARE_ORDER = re.compile(r"\s*(\d{1,4})\s*[.)]\s+(?=\S)")
DIGITS = re.compile(r"\d{1,5}")
TOTAL = re.compile(r"(?:tong|cong|total)\b")
TWO_NUMBERS = "hai cột số thứ tự ghi số khác nhau trên một dòng, không rõ đáp án này của câu nào"
EXAMPLE = "vi du"  # rows of our template that show how


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
    repeats: bool = False  # the question stands again beside each of its options
    examples: int = 0


def asked_in(grid: Grid, head: Head) -> Sheet:
    """Return the questions below a heading."""
    repeats = _repeats(grid, head)
    by_rows = repeats or _is_by_rows(grid, head)
    found = Sheet(by_rows=by_rows, repeats=repeats)
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
        text = section_of(row, head, grid, number, by_rows=by_rows)
        if text:
            section, current = text, None
        elif by_rows:
            current = _by_rows(found, current, grid, head, number, row, section)
        else:
            _by_columns(found, grid, head, number, row, section)
    _take_off_signatures(found)
    _take_off_orders(found.asked)
    return found


def _take_off_signatures(found: Sheet) -> None:
    """Take what stands below a table, place and day, who signs it, for no questions."""
    last = len(found.asked)
    while last and not (
        found.asked[last - 1].keys or found.asked[last - 1].number or _is_choice(found.asked[last - 1])
    ):
        last -= 1
    for place, asked in enumerate(found.asked[last:], start=last):
        text = _text(asked.grid.rows[asked.row])
        if is_signature(text):
            found.aside += [(each.row, _text(each.grid.rows[each.row])) for each in found.asked[place:]]
            del found.asked[place:]
            return


def _is_choice(asked: Asked) -> bool:
    return sum(slot is not None for slot in asked.slots) > 1


def _text(row: dict[int, Cell]) -> str:
    return " ".join(clean(cell.shown) for cell in row.values())


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
    if prompt in row and len(row) > 1 and len(row[prompt].shown) < 60 and "?" not in row[prompt].shown:
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


def _repeats(grid: Grid, head: Head) -> bool:
    """Return whether a question is written again beside each of its options, with a mark beside the right ones."""
    prompt, listed, keys = head.one("prompt"), head.one("list"), head.of("key")
    rows = [row for _, row in below(grid, head) if prompt in row and listed in row]
    again = sum(row[prompt].shown == before[prompt].shown for before, row in pairwise(rows))
    marked = [is_yes(row[column]) for row in rows for column in keys if column in row]
    return again * 2 >= len(rows) > 1 and len(marked) >= len(rows) - again and None not in marked


def _label_text(row: dict[int, Cell], head: Head) -> str:
    number = row.get(head.one("number"))
    if number and re.fullmatch(r"[(]?[A-Ja-j][.):]?", clean(number.shown)):
        return look_alikes(clean(number.shown).strip("().:")) + ". x"
    text = row.get(head.one("prompt") or head.one("list"))
    return look_alikes(text.shown) if text else ""


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
    asked.keys = [
        _key(row[column], head, column) for name in ("key", "index") for column in head.of(name) if column in row
    ]
    asked.more = _extras(row, head)
    if number in grid.doubts:
        asked.keys.append(Cell("", "", error=grid.doubts[number]))
    orders = {
        int(digits[0]) for each in head.of("number") if each in row and (digits := DIGITS.findall(row[each].shown))
    }
    if len(orders) > 1 and asked.keys:
        asked.keys.append(Cell("", "", error=TWO_NUMBERS))
    return asked


def _key(cell: Cell, head: Head, column: int) -> Cell:
    """Return a key; where the heading says that counting begins with 0, as the letter of the option."""
    digit = clean(cell.shown)
    if head.counts_from(column) != 0 or not re.fullmatch(r"\d", digit):
        return cell
    letter = "ABCDEFGHIJ"[int(digit)]
    return cell._replace(shown=letter, value=letter)


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
        if len(head.of("wrong")) == 1 and len(columns) == 2 and columns[1] in row:
            asked.slots[1:] = split(row[columns[1]], number, columns[1])  # all wrong ones in a cell
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
        asked.slots = split(listed, number, head.one("list"), [key.shown for key in asked.keys])
    answered = any(asked.slots) or asked.keys
    if not asked.prompt.shown and not asked.prompt.error and not answered:
        return  # a blank row that was numbered beforehand
    if not asked.prompt.shown and not any(asked.slots) and TOTAL.match(fold(asked.number)):
        found.aside.append((number, _text(row)))
        return
    if not answered and head.one("number") and not asked.number:
        found.aside.append((number, _text(row)))
        return
    if not any(asked.slots) and (parts := embedded(asked.prompt.shown, lower=bool(asked.keys))):
        stem, options = parts
        asked.prompt = asked.prompt._replace(shown=stem, value=stem)
        asked.slots = [Slot(Cell(text, text), number, head.one("prompt"), label) for label, text in options]
    found.asked.append(asked)


def _by_rows(
    found: Sheet, current: Asked | None, grid: Grid, head: Head, number: int, row: dict[int, Cell], section: str
) -> Asked | None:
    listed, prompt, order = head.one("list"), head.one("prompt"), head.one("number")
    if current and row.get(prompt) == current.prompt and found.repeats:
        row = {column: cell for column, cell in row.items() if column not in (prompt, order)}
    marks = [row[column] for name in ("key", "index", "mark") for column in head.of(name) if column in row]
    mark = marks[0] if marks else None
    if listed and prompt:
        is_new, column = prompt in row, listed
    else:
        column = prompt or listed
        is_label = column in row and bool(LABEL.match(_label_text(row, head)))
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
        found.aside.append((number, _text(row)))
        return None
    label = _label_text(row, head)[:1] if order in row and not is_new and not (listed and prompt) else ""
    current.slots.append(Slot(row[column], number, column, label.upper(), mark))
    current.rows.append(number)
    for name, cell in _extras(row, head).items():
        current.more.setdefault(name, cell)
    return current
