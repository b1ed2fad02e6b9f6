"""What a cell of keys says about the options of its question: letters, numbers, texts; never a guess."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from quizapp.formats.questions.cleaning import look_alikes
from quizapp.formats.questions.sheets.grid import Cell
from quizapp.formats.questions.sheets.texts import clean, fold

LETTERS = "ABCDEFGHIJ"
YES = {
    "x",
    "v",
    "✓",
    "✔",
    "√",
    "☑",
    "✅",
    "1",
    "đ",
    "đúng",
    "true",
    "yes",
    "t",
    "y",
    "có",
    "dung",
    "correct",
    "right",
    "*",
}
NO = {"0", "s", "sai", "false", "no", "f", "n", "không", "-", "–", "wrong", "incorrect", "☐", "□"}
PREFIX = re.compile(
    r"^(?:(?:đáp án|phương án|câu trả lời|câu|ý|option|answer|key|chọn|lựa chọn|choice|correct answer)(?: đúng)?"
    r"\s*(?:là)?\s*[:.]?\s*)+"
    r"(?=[A-Ja-j0-9]\b)",
    re.IGNORECASE,
)
APART = re.compile(r"\s*(?:[,;+&|\n]|\bvà\b|\band\b)\s*|\s+", re.IGNORECASE)
TOKEN = re.compile(r"\(?([A-Ja-j]|\d{1,2})\)?[.):]?")
WITH_TEXT = re.compile(r"\(?([A-J]|\d{1,2})\s?[.):]\s*(\S.*)", re.DOTALL)
RUN = re.compile(r"[A-J]{2,}|[a-j]{2,}")
UNCLEAR = "ô đáp án ghi “{shown}”, không rõ là phương án nào"


@dataclass(frozen=True)
class Choices:
    """The options that a key is looked for in. `slots`: by column or label, from 1, '' where there is none."""

    slots: Sequence[str]
    letters: Sequence[str] = ()  # labels as they stand before the options; (): A, B, C … in order

    @property
    def filled(self) -> list[int]:
        return [place for place, text in enumerate(self.slots) if text]


@dataclass(frozen=True)
class Found:
    """Places of the right options, from 0. `why`: it is unclear, then there are none. `sure`: how it was told."""

    right: tuple[int, ...] = ()
    why: str = ""
    told: str = ""


def same(text: str) -> str:
    """Return what texts of options and keys are compared by: case and the sign at the end aside."""
    return re.sub(r"[\s.;,]+$", "", clean(text).casefold())


def read_key(cell: Cell, choices: Choices, *, places: str = "") -> Found:
    """Return which options a key means. places: "number" or "letter" are places by the format."""
    if cell.error:
        return Found(why=cell.error)
    shown = look_alikes(unicodedata.normalize("NFKC", clean(cell.shown)))
    if isinstance(cell.value, date):
        return Found(why=f"ô đáp án là ngày tháng “{shown}”: bảng tính đã tự đổi; xin gõ lại đáp án dạng chữ")
    by_text = _texts(shown, cell, choices)
    if isinstance(cell.value, bool):
        return by_text if by_text.right else _truth(cell.value, choices)
    by_place = _places(shown, cell, choices)
    if by_place.right and by_place.told == places:
        return by_place
    if by_place.right and by_text.right and set(by_place.right) != set(by_text.right):
        return Found(
            why=f"ô đáp án “{shown}” vừa chỉ thứ tự một phương án, vừa là nội dung phương án khác; không rõ ý nào"
        )
    if by_text.right:
        return by_text
    if by_place.right:
        return by_place
    if by_place.why and by_place.told:
        return Found(why=by_place.why)
    return Found(why=by_text.why or by_place.why or UNCLEAR.format(shown=shown[:80]))


def _truth(value: bool, choices: Choices) -> Found:
    words = ({"dung", "true"}, {"sai", "false"})[not value]
    right = [place for place in choices.filled if fold(choices.slots[place]) in words]
    return (
        Found((right[0],), told="text")
        if len(right) == 1
        else Found(why="ô đáp án ghi TRUE/FALSE, không rõ là phương án nào")
    )


def _texts(shown: str, cell: Cell, choices: Choices) -> Found:
    found = _text(shown, choices)
    if found.right or found.why:
        return found
    for pattern in (r"\n", r"[;|]", r"\s*,\s*"):
        parts = [each for each in map(clean, re.split(pattern, cell.shown)) if each]
        places = [_text(each, choices) for each in parts]
        if len(parts) > 1 and all(each.right for each in places):
            return Found(tuple(dict.fromkeys(each.right[0] for each in places)), told="text")
    return Found()


def _text(text: str, choices: Choices) -> Found:
    wanted = same(text)
    right = [place for place in choices.filled if same(choices.slots[place]) == wanted]
    if not right and (number := _number(text)) is not None:
        right = [place for place in choices.filled if _number(choices.slots[place]) == number]
    if not right and wanted in ("đúng", "true", "đ", "t", "sai", "false", "s", "f"):
        words = ({"đúng", "true"}, {"sai", "false"})[wanted[0] in "sf"]
        right = [place for place in choices.filled if same(choices.slots[place]) in words]
    if len(right) > 1:
        return Found(why=f"ô đáp án “{text[:80]}” trùng với {len(right)} phương án; không rõ phương án nào")
    if right:
        return Found((right[0],), told="text")
    if match := WITH_TEXT.fullmatch(PREFIX.sub("", look_alikes(clean(text)))):
        return _labelled(match, choices)
    return Found()


def _labelled(match: re.Match[str], choices: Choices) -> Found:
    place = _place(match[1], choices)
    right = [each for each in choices.filled if same(choices.slots[each]) == same(match[2])]
    if not right:
        # "A. C." or "1. 2" are places with signs, not a place with its text
        if re.fullmatch(r"[\sA-Ja-j0-9.,;)(]+", match[2]):
            return Found()
        return Found(why=f"ô đáp án ghi “{match[0][:80]}”, khác nội dung của phương án {match[1]}")
    if place is None or place not in right:
        return Found(why=f"ô đáp án ghi “{match[0][:80]}”: chữ cái chỉ một phương án, nội dung là phương án khác")
    return Found((place,), told="letter")


def _number(text: str) -> float | None:
    if not re.fullmatch(r"-?\d+([.,]\d+)?%?", text.strip()):
        return None
    number = float(text.strip().rstrip("%").replace(",", "."))
    return number / 100 if text.strip().endswith("%") else number


def _places(shown: str, cell: Cell, choices: Choices) -> Found:
    value = cell.value
    if isinstance(value, float) and not isinstance(value, bool):
        shown = f"{value!r}".replace(".", ",")  # '1,3' was typed, a decimal was made of it
        if not re.fullmatch(r"[1-9],[1-9]", shown):
            return Found()
    elif isinstance(value, int) and not isinstance(value, bool):
        shown = str(value)
    elif re.fullmatch(r"\d+[.,]0", shown):
        shown = shown[:-2]
    elif re.fullmatch(r"\d+\.\d+", shown):
        shown = shown.replace(".", ",")
    bare = PREFIX.sub("", shown.replace("_", " "))
    if RUN.fullmatch(bare) and len(set(bare)) == len(bare) and (bare.isupper() or list(bare) == sorted(bare)):
        tokens = list(bare)
    else:
        tokens = [each for each in APART.split(PREFIX.sub("", bare)) if each]
        tokens = [PREFIX.sub("", each) for each in tokens if fold(each) not in ("dap", "an", "cau", "phuong")]
    found = [TOKEN.fullmatch(each) for each in tokens]
    if not tokens or not all(found):
        return Found()
    places = [_place(match[1], choices) for match in found if match]
    if any(place is None for place in places):
        wrong = next(match[1] for match, place in zip(found, places, strict=True) if match and place is None)
        return Found(why=f"đáp án “{wrong}” không có trong các phương án của câu", told="beyond")
    if len(set(places)) < len(places):
        return Found(why=f"ô đáp án ghi “{shown}”: một phương án được nhắc hai lần", told="twice")
    numbers = [match[1].isdigit() for match in found if match]
    if any(numbers) and not all(numbers):
        return Found(why=UNCLEAR.format(shown=shown), told="mixed")
    return Found(
        tuple(sorted(place for place in places if place is not None)), told="number" if numbers[0] else "letter"
    )


def _place(token: str, choices: Choices) -> int | None:
    """Return where a letter or a number points to; None: to no option, or it is not sure which."""
    if token.isdigit():
        place = int(token) - 1
        gap = choices.filled[: place + 1] != list(range(place + 1))
        return place if place in choices.filled and not gap else None
    if choices.letters:
        return choices.letters.index(token.upper()) if token.upper() in choices.letters else None
    place = LETTERS.index(token.upper())
    return place if place in choices.filled else None


def is_yes(cell: Cell) -> bool | None:
    """Return whether a mark beside an option says that it is right; None: it is no such mark."""
    if isinstance(cell.value, bool):
        return cell.value
    shown = clean(cell.shown).casefold()
    return True if shown in YES else False if shown in NO else None
