"""Lists and tables of keys: '1-A 2-B', 'Câu 1: A', rows of numbers over rows of letters, solutions by number."""

import re
from collections.abc import Sequence

from quizapp.formats.questions.found import Entry
from quizapp.formats.questions.labels import KEYS, Key, answer_of, letters_of
from quizapp.rules.vietnamese import clean, fold

_ONE = (
    r"(?:câu\s*(?:hỏi\s*)?(?:số\s*)?)?(?P<n>\d{1,3})(?!\d)\s*[.:)\-–—=/→>]*\s*(?:đáp án\s*:?\s*|chọn\s*)?"
    r"(?P<key>(?-i:[A-H](?:\s*[,&]\s*[A-H](?!\w))+|[A-H]{1,6}|[a-h]|Đ|S)|Đúng|Sai)(?![\w])"
)
ONE = re.compile(_ONE, re.IGNORECASE)
BETWEEN = re.compile(r"[\s,;|.•*–-]*")
STRING = re.compile(
    r"\s*(?:câu\s*)?(\d{1,3})\s*(?:-|–|—|đến|→)\s*(?:câu\s*)?(\d{1,3})\s*[:.=]?\s*((?:(?-i:[A-H])[\s,.-]*)+)$",
    re.IGNORECASE,
)
PART = re.compile(r"\s*(?:phần\s+)?(?:[IVX]{1,4}|phần\s+\d)\s*[.:)–-]\s*(?=(?:câu\s*)?\d)", re.IGNORECASE)
CALLED = re.compile(r"^\s*(?:bảng\s+)?(?:đáp án|đa|key|answers?)\s*:\s*", re.IGNORECASE)
NUMBER = re.compile(r"(?:câu\s*(?:hỏi\s*)?(?:số\s*)?)?(\d{1,3})\s*[.:)]?", re.IGNORECASE)
LETTER = re.compile(r"\(?([A-H](?:\s*[,;&]?\s*[A-H])*|[a-h])\)?\s*\.?")
GUIDES = ("noi dung", "noi dung can dat", "yeu cau can dat", "huong dan cham", "noi dung tra loi", "goi y tra loi")
MARKS = ("diem", "thang diem", "bieu diem", "so diem")
TICKS = ("", "x", "X", "✓", "✔", "☒", "☑", "●", "*")
HEADS = {
    "number": ("cau", "cau hoi", "cau so", "stt", "tt", "so", "so cau", "cau hoi so", "no", "question"),
    "key": ("dap an", "d/a", "da", "key", "answer", "dap an dung", "tra loi", "chon", "phuong an dung", "phuong an"),
    "explanation": ("giai thich", "loi giai", "huong dan", "huong dan giai", "ghi chu"),
    "source": ("can cu", "nguon", "trich dan", "can cu phap ly", "tham khao"),
}


def pairs_of(text: str) -> list[tuple[int, Key]]:
    """Return the keys that a line gives when it is nothing but such pairs; [] when it is anything else."""
    if found := STRING.match(text):
        first, last, letters = int(found[1]), int(found[2]), re.findall("[A-H]", found[3].upper())
        if last - first + 1 == len(letters) > 1:
            return [(first + place, Key(letter)) for place, letter in enumerate(letters)]
    pairs, place = list[tuple[int, Key]](), BETWEEN.match(text).end()  # type: ignore[union-attr]
    while place < len(text):
        found = ONE.match(text, place)
        if not found:
            return []
        pairs.append((int(found["n"]), key_of(found["key"])))
        between = BETWEEN.match(text, found.end())
        place = between.end() if between else found.end()
    return pairs


def parted(text: str) -> tuple[str, bool]:
    """Return a line of a list without what names its part or calls it a key, and whether it names a part."""
    found = PART.match(text)
    return (text[found.end() :], True) if found else (CALLED.sub("", text), False)


def key_of(text: str) -> Key:
    """Return what a cell or a place in a list gives as key."""
    text = clean(text)
    if fold(text).rstrip(".") in ("dung", "sai", "s") or text.rstrip(".").upper() == "Đ":
        return Key(text=text.rstrip("."))
    if LETTER.fullmatch(text):
        return Key(letters_of(text))
    found = KEYS.match(text)
    if found:
        return Key(letters_of(found["keys"]), rest=clean(found["rest"] or ""))
    return Key(text=text)


class KeyReader:
    """Gathers keys; a number that comes again begins a new list."""

    def __init__(self) -> None:
        self.lists: list[list[Entry]] = [[]]
        self.new_part = False

    def part(self) -> None:
        """Note that a new part begins."""
        self.new_part = True
        if self.lists[-1]:
            self.lists.append([])

    def close(self) -> None:
        """Note that nothing more comes."""
        self.lists = [each for each in self.lists if each] or [[]]

    def add(self, pairs: Sequence[tuple[int, Key]], where: str) -> None:
        """Add pairs of a line."""
        for number, key in pairs:
            self.entry(number, Key(key.letters, key.text, key.rest, where))

    def entry(self, number: int, key: Key) -> None:
        """Add a key."""
        if any(each.number == number for each in self.lists[-1]):
            self.lists.append([])
        self.lists[-1].append(Entry(number, key, [key.rest] if key.rest else []))

    def told(self, text: str, where: str) -> None:
        """Add a key that a table told: number, key, explanation, by tabs."""
        number, key, *rest = text.split("\t")
        found = key_of(key)
        self.entry(int(number), Key(found.letters, found.text, "\n".join([found.rest, *rest]).strip(), where))

    def line(self, text: str, where: str, label: re.Match[str] | None) -> None:
        """Add what a line of a list says."""
        rest, is_part = parted(text)
        if pairs := pairs_of(rest):
            if is_part:
                self.part()
            self.add(pairs, where)
            return
        last = self.lists[-1][-1] if self.lists[-1] else None
        if label is not None:
            rest = clean(text[len(clean(label[0])) :])
            answer = answer_of(rest)
            key = answer if answer and (answer.letters or answer.text) else key_of(rest)
            self.entry(int(label["n"]), Key(key.letters, key.text, key.rest, where))
        elif last is not None:
            answer = answer_of(text)
            if answer and answer.letters and not last.key.letters:
                last.lines = [*filter(None, [last.key.text]), *last.lines, *filter(None, [answer.rest])]
                last.key = Key(answer.letters, where=where)
            elif last.key.letters:
                last.lines.append(text)
            else:
                last.key = Key(text=clean(f"{last.key.text} {text}"), where=last.key.where)


def pairs_of_grid(rows: Sequence[Sequence[str]]) -> list[tuple[int, str]] | None:
    """Return the keys of a table as (number, key and explanation by tabs); None: it is no table of keys."""
    rows = untitled(rows)
    if not rows:
        return None
    return _by_heads(rows) or _ticked(rows) or _across(rows) or _down(rows) or _in_cells(rows)


def guide_of(rows: Sequence[Sequence[str]]) -> list[tuple[int, str]]:
    """Return what a guide for markers suggests for each number; [] when a table is none: 'Câu | Nội dung | Điểm'."""
    rows = untitled(rows)
    heads = [fold(cell).strip(" .:") for cell in rows[0]] if rows else []
    contents = [place for place, head in enumerate(heads) if head in GUIDES]
    if len(contents) != 1 or not {*MARKS} & {*heads} or _head(rows[0][0]) != "number":
        return []
    told: dict[int, str] = {}
    last = 0
    for row in rows[1:]:
        if len(row) != len(heads):
            continue
        number = re.match(r"(?:câu\s*)?(\d{1,3})(?!\d)", row[0], re.IGNORECASE)
        last = int(number[1]) if number else last
        told[last] = clean(f"{told.get(last, '')} {row[contents[0]]}")
    return [(number, text) for number, text in told.items() if number and text]


def untitled(rows: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """Return the rows that are not blank, without those above that only hold a title across the table."""
    rows = [row for row in rows if any(row)]
    widest = max((len(row) for row in rows), default=0)
    while rows and widest > 1 and title_of(rows[0]):
        rows = rows[1:]
    return rows


def title_of(row: Sequence[str]) -> str:
    """Return what a row says when it is one text across a table; "": it is none."""
    return row[0] if len(row) == 1 and not NUMBER.fullmatch(row[0]) and not pairs_of(row[0]) else ""


def _ticked(rows: Sequence[Sequence[str]]) -> list[tuple[int, str]] | None:
    """Read a column of numbers beside columns 'A', 'B', 'C', 'D' of which one is ticked."""
    letters = [cell.strip(" .") for cell in rows[0][1:]]
    if _head(rows[0][0]) != "number" or len(letters) < 2 or letters != [*"ABCDEFGH"[: len(letters)]]:
        return None
    made = []
    for row in rows[1:]:
        number = NUMBER.fullmatch(row[0])
        if not number or len(row) != len(rows[0]) or not all(cell in TICKS for cell in row[1:]):
            return None
        if any(row[1:]):
            ticked = [letter for letter, cell in zip(letters, row[1:], strict=True) if cell]
            made.append((int(number[1]), " hoặc ".join(ticked)))
    return made or None


def _by_heads(rows: Sequence[Sequence[str]]) -> list[tuple[int, str]] | None:
    """Read columns 'Câu' and 'Đáp án', which may come several times side by side."""
    heads = [_head(cell) for cell in rows[0]]
    numbers = [place for place, head in enumerate(heads) if head == "number"]
    if not numbers or heads.count("key") != len(numbers) or len(rows) < 2:
        return None
    if len(numbers) == 1 and len(rows) == 2 and sum(bool(NUMBER.fullmatch(cell)) for cell in rows[0]):
        return None
    made = []
    for place in numbers:
        later = [*range(place + 1, len(heads))]
        keys = [at for at in later if heads[at] == "key"][:1]
        if not keys:
            return None
        others = [at for at in later if heads[at] in ("explanation", "source")] if len(numbers) == 1 else []
        for row in rows[1:]:
            cells = [*row, *[""] * (len(heads) - len(row))]
            number = NUMBER.fullmatch(cells[place])
            if number and cells[keys[0]]:
                made.append((int(number[1]), "\t".join([cells[keys[0]], *(cells[at] for at in others if cells[at])])))
    return made or None


def _across(rows: Sequence[Sequence[str]]) -> list[tuple[int, str]] | None:
    """Read rows of numbers, each over a row of keys."""
    if len(rows) < 2 or len(rows) % 2:
        return None
    made = []
    for above, below in zip(rows[::2], rows[1::2], strict=True):
        for place, cell in enumerate(above):
            key = below[place] if place < len(below) else ""
            if place == 0 and _head(cell) == "number" and not NUMBER.fullmatch(cell):
                continue
            number = NUMBER.fullmatch(cell)
            if not number and (cell or key):
                return None
            if number and key:
                told = place and _head(below[0]) == "key"
                if not (told or _is_key(key)):
                    return None
                made.append((int(number[1]), key))
    return made or None


def _down(rows: Sequence[Sequence[str]]) -> list[tuple[int, str]] | None:
    """Read columns of numbers, each beside a column of keys, without a heading."""
    made = []
    for row in rows:
        for place in range(0, len(row) - 1, 2):
            number = NUMBER.fullmatch(row[place])
            if not number and not row[place] and not row[place + 1]:
                continue
            if not number or not _is_key(row[place + 1]):
                return None
            made.append((int(number[1]), row[place + 1]))
        if len(row) % 2 and row[-1]:
            return None
    return made or None


def _in_cells(rows: Sequence[Sequence[str]]) -> list[tuple[int, str]] | None:
    """Read cells that each hold pairs: '1.A'."""
    made = []
    for cell in (cell for row in rows for cell in row if cell):
        pairs = pairs_of(cell)
        if not pairs:
            return None
        made += [(number, key.letters or key.text) for number, key in pairs]
    return made or None


def _is_key(cell: str) -> bool:
    return bool(LETTER.fullmatch(cell)) or fold(cell) in ("dung", "sai", "d", "s")


def _head(cell: str) -> str:
    bare = fold(cell).strip(" .:")
    return next((name for name, words in HEADS.items() if bare in words), "")
