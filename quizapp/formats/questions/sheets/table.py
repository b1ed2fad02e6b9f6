"""Finds the heading of a sheet and lays its columns out: which hold the question, the options, the key."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from quizapp.formats.questions.sheets.grid import Cell, Grid
from quizapp.formats.questions.sheets.headings import Role, bare, role_of
from quizapp.formats.questions.sheets.keys import is_yes
from quizapp.formats.questions.sheets.texts import clean, fold

FIRST_ROWS = 40
OF_ANSWERS = {"option", "key", "either", "list", "wrong", "index"}
FROM_ZERO = re.compile(
    r"\b0\s?(?:-|–|to|den|\.\.)\s?\d|\b0[ -]?based|\b(?:from|tu|bat dau bang|starts? at) (?:so )?0\b|zero"
)
FROM_ONE = re.compile(r"\b1\s?(?:-|–|to|den|\.\.)\s?\d|\b1[ -]?based|\b(?:from|tu|bat dau bang|starts? at) (?:so )?1\b")
LABELLED = re.compile(r"\s*[(]?[A-Ja-j](?:\s?[.):/]\s*\S|[.)]?\s*$)")
PLAIN_NUMBER = re.compile(r"(?:câu\s*(?:hỏi\s*)?(?:số\s*)?)?\d{1,4}\s*[.:)]?", re.IGNORECASE)


@dataclass
class Head:
    """A heading. `row`: its last row; `columns`: column → what it holds; `unused`: headings of columns nobody reads."""

    row: int
    columns: dict[int, Role]
    unused: list[str] = field(default_factory=list)
    titles: dict[int, str] = field(default_factory=dict)
    problem: str = ""

    def of(self, name: str) -> list[int]:
        """Return the columns of this kind; options by their number."""
        return sorted(
            (each for each, role in self.columns.items() if role.name == name),
            key=lambda c: (self.columns[c].number, c),
        )

    def counts_from(self, column: int) -> int | None:
        """Return what the heading of a column of keys says the first option's number is; None: nothing."""
        title = fold(self.titles.get(column, ""))
        return 0 if FROM_ZERO.search(title) else 1 if FROM_ONE.search(title) else None

    @property
    def tells_answers(self) -> bool:
        """Whether a column holds options, keys or marks."""
        return any(role.name in OF_ANSWERS | {"mark", "right"} for role in self.columns.values())

    def one(self, name: str) -> int:
        """Return the first column of this kind; 0: there is none."""
        return next(iter(self.of(name)), 0)


def find_head(grid: Grid) -> Head | None:
    """Return the first heading of a sheet, laid out by what stands below it."""
    for number, _ in list(grid.visible())[:FIRST_ROWS]:
        if head := head_at(grid, number):
            return head
    return None


def head_at(grid: Grid, number: int) -> Head | None:
    """Return the heading that a row is, one row high or two; None: it is none."""
    row = grid.rows[number]
    roles = {column: role for column, cell in row.items() if (role := role_of(cell.shown))}
    found = Counter(role.name for role in roles.values())
    if not (found["prompt"] or found["cau"] or (found["number"] and found["list"])):
        return None
    spans = {first: last for top, first, bottom, last in grid.merged if top == number and last > first}
    below = _second(grid, number, roles, spans)
    if not (OF_ANSWERS & found.keys() or below or (found["number"] and _has_labels(grid, number, roles))):
        return None
    head = Head(number, dict(roles), titles={column: clean(cell.shown) for column, cell in row.items()})
    if below:
        head.row = number + 1
        head.columns |= below
    else:
        for first, last in spans.items():
            if first in roles and roles[first].name in ("list", "either", "option"):
                head.columns |= {column: Role("option", column - first + 1) for column in range(first, last + 1)}
    _lay_out(head, grid)
    return head


def _has_labels(grid: Grid, number: int, roles: dict[int, Role]) -> bool:
    """Return whether options stand below questions with their letters, though no column is called theirs."""
    columns = [column for column, role in roles.items() if role.name in ("prompt", "number")]
    rows = [row for below, row in grid.visible() if below > number]
    labelled = sum(any(column in row and LABELLED.match(row[column].shown) for column in columns) for row in rows)
    return labelled * 3 > len(rows) > 2


def _second(grid: Grid, number: int, roles: dict[int, Role], spans: dict[int, int]) -> dict[int, Role]:
    """Return what a second row of headings, below those that span several columns, says of its columns."""
    row = grid.rows.get(number + 1, {})
    found = {column: role for column, cell in row.items() if len(cell.shown) < 40 and (role := role_of(cell.shown))}
    prompts = [column for column, role in roles.items() if role.name in ("prompt", "cau")]
    if not row or len(found) < len(row) or len(found) < 2 or any(column in row for column in prompts):
        return {}
    for column, role in found.items():
        top = next((roles.get(first) for first, last in spans.items() if first <= column <= last), None)
        if top and top.name in ("key", "either") and role.name == "option" and _twice(found, role):
            found[column] = Role("mark", role.number)
    return found


def _twice(found: dict[int, Role], role: Role) -> bool:
    return sum(each.number == role.number and each.name in ("option", "mark") for each in found.values()) > 1


def below(grid: Grid, head: Head) -> Iterator[tuple[int, dict[int, Cell]]]:
    """Give the visible rows below a heading."""
    return ((number, row) for number, row in grid.visible() if number > head.row)


def _lay_out(head: Head, grid: Grid) -> None:
    rows = [row for _, row in below(grid, head)]
    _choose_prompt(head, rows)
    _number_options(head, rows)
    _check_marks(head, rows)
    _widen(head, rows)
    either = head.of("either")
    options, lists = head.of("option"), head.of("list")
    if options:
        for column in lists:  # "Nội dung đáp án" beside A, B, C, D: the text of the right one
            is_answer = re.search(r"\bdap an\b|\banswer", fold(head.titles.get(column, "")))
            head.columns[column] = Role("key" if is_answer else "unused")
        lists = []
    if not options and len(lists) > 1:
        _as_options(head, lists)
    if not options and len(either) > (1 if head.of("key") else 2):
        _as_options(head, either)
    elif either:
        holds_options = (
            not options and not lists and (head.of("key") or head.of("index") or _lists(rows, either[0], head))
        )
        for column in either:
            head.columns[column] = Role("list" if holds_options else "key")
    if head.of("wrong"):
        keep = not head.of("option") and not head.of("list")
        for column in head.of("wrong") if not keep else ():
            head.columns[column] = Role("unused")
        for column in head.of("key") if keep else ():
            head.columns[column] = Role("right")
    known = {column for column, role in head.columns.items() if role.name not in ("unused", "ignored")}
    head.unused = [text for column, text in head.titles.items() if column not in known and text and bare(text)]


def _widen(head: Head, rows: Sequence[dict[int, Cell]]) -> None:
    """Columns without a heading beside "Phương án" are options, too, where their cells are filled."""
    if head.of("option"):
        return
    for column in [*head.of("list"), *head.of("either")]:
        last = column
        while last + 1 not in head.titles and _holds_texts(rows, last + 1):
            last += 1
        if last > column + (0 if head.of("list") or head.of("key") else 1):
            _as_options(head, range(column, last + 1))
            return


def _holds_texts(rows: Sequence[dict[int, Cell]], column: int) -> bool:
    texts = [clean(row[column].shown) for row in rows if column in row]
    return len(texts) * 2 > len(rows) and any(len(text) > 1 for text in texts)


def _check_marks(head: Head, rows: Sequence[dict[int, Cell]]) -> None:
    """Columns called "Đúng A" are marks only if nothing but marks stands in them."""
    for column in head.of("mark"):
        if not all(is_yes(row[column]) is not None for row in rows if column in row):
            head.columns[column] = Role("unused")


def _as_options(head: Head, columns: Sequence[int]) -> None:
    for place, column in enumerate(sorted(columns), start=1):
        head.columns[column] = Role("option", place)


def _choose_prompt(head: Head, rows: Sequence[dict[int, Cell]]) -> None:
    prompts = head.of("prompt")
    for column in head.of("cau"):
        head.columns[column] = Role("number" if prompts else "prompt")
    if not head.of("prompt") and head.of("number") and head.of("list"):
        return
    prompts = head.of("prompt")
    length = {column: sum(len(row[column].shown) for row in rows if column in row) for column in prompts}
    best = max(prompts, key=lambda column: length[column], default=0)
    for column in prompts:
        if column != best:
            numbers = all(PLAIN_NUMBER.fullmatch(clean(row[column].shown)) for row in rows if column in row)
            head.columns[column] = Role("number" if numbers else "unused")


def _number_options(head: Head, rows: Sequence[dict[int, Cell]]) -> None:
    """Options that are called twice: the second ones are marks, or nobody knows."""
    seen: dict[int, int] = {}
    for column in head.of("option"):
        number = head.columns[column].number
        if number in seen:
            if all(is_yes(row[column]) is not None for row in rows if column in row):
                head.columns[column] = Role("mark", number)
            else:
                head.problem = f"có hai cột cùng là phương án “{head.titles.get(column) or number}”; xin giữ một"
        seen.setdefault(number, column)


def _lists(rows: Sequence[dict[int, Cell]], column: int, head: Head) -> bool:
    """Return whether a column called "Đáp án" holds options: several lines in a cell, or rows below a question."""
    cells = [row[column].shown for row in rows if column in row]
    if any("\n" in each.strip() and len(each) > 12 for each in cells):
        return True
    prompt = head.one("prompt")
    alone = [row[column] for row in rows if column in row and prompt not in row]
    return bool(alone) and any(is_yes(each) is None for each in alone)
