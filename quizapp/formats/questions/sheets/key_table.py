"""A sheet that holds nothing but the key: the number of each question and its answer."""

import re
from collections.abc import Sequence
from itertools import pairwise

from quizapp.formats.questions.sheets.asked import DIGITS, Asked
from quizapp.formats.questions.sheets.grid import Cell, Grid
from quizapp.formats.questions.sheets.headings import role_of
from quizapp.formats.questions.sheets.table import PLAIN_NUMBER, Head, below
from quizapp.formats.questions.sheets.texts import clean

TWICE = "bảng đáp án ghi hai đáp án khác nhau cho số thứ tự này"
LETTERS = re.compile(r"[A-J](?:\s*[,;]?\s*[A-J])*[.)]?|[a-j]")
MOST_TITLES = 3
Headed = tuple[Grid, Head | None]
SEVERAL = "có nhiều câu cùng số thứ tự nên không rõ bảng đáp án nói về câu nào"


def is_key_table(grid: Grid, head: Head) -> bool:
    """Return whether all questions of a sheet are but numbers, with a key beside them."""
    prompt = head.one("prompt")
    texts = [clean(row[prompt].shown) for _, row in below(grid, head) if prompt in row]
    has_options = head.of("option") or head.of("list") or head.of("wrong")
    return bool(texts) and not has_options and all(PLAIN_NUMBER.fullmatch(text) for text in texts)


def loose_keys(
    sheets: Sequence[tuple[Grid, Head | None]],
) -> tuple[list[tuple[int, Cell]], list[tuple[Grid, Head | None]]]:
    """Take rows that are but keys by number out of the sheets: "1 | B" each, or numbers in a row and keys below them.

    Returns the keys, and the sheets: without a heading where nothing but keys stood in one.
    """
    found, left = list[tuple[int, Cell]](), list[Headed]()
    for grid, head in sheets:
        if whole := _taken(grid, None):
            found += whole
            head = None
        elif head and not {"key", "index", "mark", "right"} & {role.name for role in head.columns.values()}:
            found += _taken(grid, head)
        left.append((grid, head))
    return found, left


def _taken(grid: Grid, head: Head | None) -> list[tuple[int, Cell]]:
    rows = [(number, row) for number, row in grid.visible() if head is None or number > head.row]
    found, used = list[tuple[int, Cell]](), set[int]()
    for number, row in rows:
        if len(row) == 2 and (pair := _pair(*(row[column] for column in sorted(row)))):
            found.append(pair)
            used.add(number)
    for (upper, above), (lower, under) in pairwise(rows):
        if above.keys() == under.keys() and (pairs := _across(above, under)):
            found += pairs
            used |= {upper, lower}
    if len(found) < 2 or (head is None and len(rows) - len(used) > MOST_TITLES):
        return []
    for number in used:
        del grid.rows[number]
    return found


def _pair(order: Cell, key: Cell) -> tuple[int, Cell] | None:
    number = _order(order)
    return (number, key) if number and LETTERS.fullmatch(clean(key.shown)) else None


def _across(above: dict[int, Cell], under: dict[int, Cell]) -> list[tuple[int, Cell]]:
    """Return the keys of two rows, "Câu | 1 | 2 | 3" above "Đáp án | B | C | A"; []: they are something else."""
    first, *others = sorted(above)
    titles = [role.name if (role := role_of(row[first].shown)) else "" for row in (above, under)]
    if titles[0] not in ("cau", "number", "prompt") or titles[1] not in ("either", "key"):
        return []
    pairs = [_pair(above[column], under[column]) for column in others]
    return [pair for pair in pairs if pair] if all(pairs) else []


def _order(cell: Cell) -> int:
    """Return the number of a question that a cell is, 0: it is none."""
    text = clean(cell.shown)
    return int(DIGITS.findall(text)[0]) if PLAIN_NUMBER.fullmatch(text) else 0


class Keys:
    """The keys of such sheets by number, for questions that bear the number and have no key beside them."""

    def __init__(self, tables: Sequence[tuple[Grid, Head]], loose: Sequence[tuple[int, Cell]], *, sheets: int):
        self.tables, self.sheets = tables, sheets
        self.found: dict[int, Cell] = {}
        for number, cell in loose:
            self._take(number, cell)
        for grid, head in tables:
            for _, row in below(grid, head):
                for column in head.of("key"):
                    if column in row and head.one("prompt") in row:
                        self._take(int(DIGITS.findall(row[head.one("prompt")].shown)[0]), row[column])

    def _take(self, number: int, cell: Cell) -> None:
        known = self.found.get(number, cell)
        same = clean(known.shown).casefold() == clean(cell.shown).casefold()
        self.found[number] = known if same else Cell("", "", error=TWICE)

    def give(self, questions: Sequence[Asked]) -> None:
        """Add its key to each question; a number that several questions bear is not clear."""
        numbers = [int(digits[0]) if (digits := DIGITS.findall(each.number)) else 0 for each in questions]
        for asked, number in zip(questions, numbers, strict=True):
            if number in self.found:
                is_one = numbers.count(number) == 1 and self.sheets == 1
                asked.keys.append(self.found[number] if is_one else Cell("", "", error=SEVERAL))
