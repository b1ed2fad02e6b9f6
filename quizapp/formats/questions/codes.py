"""Codes of papers ('Mã đề 101'): which column of a table of keys is for the paper that was read, never by guess."""

import re
from collections.abc import Iterable, Iterator, Sequence

from quizapp.formats.questions.keys import LETTER, NUMBER, pairs_of, parted, untitled
from quizapp.formats.questions.lines import Line
from quizapp.rules.vietnamese import fold

LOOSE = "key?"  # the role of a line from a table that seems to hold keys but cannot be read
OF_CODE = "key of "  # the role of a line of a table with a column for each code begins so
HEAD = re.compile(r"(?:(?:ma\s*)?de(?:\s*(?:thi|so))*|ma)\s*[:.]?\s*(\d{1,4})|(\d{3,4})")
CALLED = re.compile(r"(?:cau|ma|de)\b.*|stt|tt|")
MENTION = re.compile(r"\bmã\s+đề(?:\s+thi)?(?:\s+số)?\s*[:.]?\s*(\d{2,4})\b", re.IGNORECASE)
KEYS = re.compile(r"\bđáp\s+án\b|\bhướng\s+dẫn\s+chấm\b", re.IGNORECASE)
Pairs = list[tuple[int, str]]


def pairs_by_code(rows: Sequence[Sequence[str]]) -> dict[str, Pairs] | None:
    """Return the keys of a table that has a column, or a row, for each code; None: it is no such table."""
    rows = untitled(rows)
    if len(rows) < 2 or len({len(row) for row in rows}) > 1:
        return None
    return _columns(rows) or _columns([*zip(*rows, strict=True)])


def _columns(rows: Sequence[Sequence[str]]) -> dict[str, Pairs] | None:
    if not CALLED.fullmatch(fold(rows[0][0]).strip(" .:")):
        return None
    codes = [_code(cell) for cell in rows[0][1:]]
    numbers = [NUMBER.fullmatch(row[0]) for row in rows[1:]]
    cells = [cell for row in rows[1:] for cell in row[1:]]
    if not codes or None in codes or len(set(codes)) < len(codes) or not all(numbers):
        return None
    if not all(not cell or LETTER.fullmatch(cell) for cell in cells):
        return None
    return {
        code or "": [(int(n[1]), row[at]) for n, row in zip(numbers, rows[1:], strict=True) if n and row[at]]
        for at, code in enumerate(codes, start=1)
    }


def _code(cell: str) -> str | None:
    found = HEAD.fullmatch(fold(cell).strip(" .:"))
    return (found[1] or found[2]).lstrip("0") if found else None


def codes_in(lines: Iterable[Line]) -> set[str]:
    """Return the codes that lines speak of."""
    return {code for line in lines if not line.role for code in _mentioned(line)}


def codes_of(lines: Iterable[Line]) -> set[str]:
    """Return the codes of the papers among lines; those that head keys are none."""
    return codes_in(line for line in lines if not KEYS.search(line.shown))


def of_paper(lines: Sequence[Line], codes: set[str]) -> Iterator[Line]:
    """Give the lines with the keys of the paper's code as keys; where that is in doubt, only that there are some."""
    tables = {line.role.removeprefix(OF_CODE) for line in lines if line.role.startswith(OF_CODE)}
    chosen = codes & tables if len(codes) == 1 else set() if codes or len(tables) > 1 else tables
    under: set[str] = set()
    for line in lines:
        if not line.role and (mentioned := _mentioned(line)):
            under = mentioned if KEYS.search(line.shown) else under and mentioned
        if line.role.startswith(OF_CODE):
            is_ours = line.role.removeprefix(OF_CODE) in chosen
            if is_ours or not chosen:
                yield line.but(line.text, "key" if is_ours else LOOSE)
        elif under and codes and not under & codes and (line.role == "key" or pairs_of(parted(line.shown)[0])):
            yield line.but(line.text, LOOSE)
        else:
            yield line


def _mentioned(line: Line) -> set[str]:
    return {found.lstrip("0") for found in MENTION.findall(line.shown)}
