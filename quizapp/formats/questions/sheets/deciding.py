"""Which option of a question in a sheet is right: what its key, its marks and its looks say, and whether they agree."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from quizapp.formats.questions.sheets.asked import Asked
from quizapp.formats.questions.sheets.grid import PLAIN, Cell, Look
from quizapp.formats.questions.sheets.keys import LETTERS, Choices, Found, is_yes, read_key
from quizapp.formats.questions.sheets.listed import Slot
from quizapp.formats.questions.sheets.texts import clean, fold
from quizapp.formats.questions.sheets.titles import LABEL

NO_KEY = "không có đáp án; xin chọn đáp án đúng"
COUNTED_FROM = "cột đáp án có số 0: không rõ phương án đầu là số 0 hay số 1; xin chọn lại đáp án"
INDEX_FROM = "cột đáp án là chỉ số (index), không rõ đếm từ 0 hay từ 1; xin chọn lại đáp án"
APART = "các dấu hiệu trái nhau: {those}; xin chọn lại đáp án"
SAME_SLOT = "cả cột phương án này được tô như nhau, không rõ có phải đáp án"
SAI_FIRST = "đáp án ghi bằng số mà phương án đầu là “Sai”: không rõ 1 là “Đúng” hay là phương án đầu"
TWO_STARS = "có {count} phương án mang dấu *; xin chọn lại đáp án"
STARRED = re.compile(r"[*✓✔√☑✅].*\w")  # "**" is a text
NUMBERED = re.compile(r"(\d)[.)](?:\s+|(?=[^\W\d]))(?=\S)")
BULLET = re.compile(r"[-–•+●○▪]\s*(?=[^\W\d])")
TRUE_WORDS, FALSE_WORDS = {"dung", "true"}, {"sai", "false"}


@dataclass(frozen=True)
class Habits:
    """What all questions of a sheet tell of its key together."""

    uses_key: bool
    from_zero: bool
    index_unproved: bool
    same_slot: bool  # the cells that stand out are always in one column: the column's looks, not a key
    places: str = ""  # "number" or "letter": the format says that these are places of options, not their texts


class Option(NamedTuple):
    text: str
    slot: Slot
    starred: bool


def options_of(asked: Asked) -> list[Option | None]:
    """Return the options of a question by place, without their labels and stars; None where there is none."""
    slots = asked.slots
    while slots and slots[-1] is None:
        slots = slots[:-1]
    texts = ["" if slot is None else clean(slot.cell.shown) for slot in slots]
    stars = [bool(STARRED.match(text)) for text in texts]
    if sum(stars) == len([text for text in texts if text]):
        stars = [False] * len(texts)  # bullets
    texts = [text.lstrip("*✓✔√☑✅ ") if star else text for text, star in zip(texts, stars, strict=True)]
    labels = [match[1].upper() if (match := LABEL.match(text)) else "" for text in texts]
    filled = [place for place, text in enumerate(texts) if text]
    by_rows = len({slot.row for slot in slots if slot}) > 1
    expected = [LETTERS[place] for place in (range(len(filled)) if by_rows else filled)]
    labelled = [labels[place] for place in filled]
    if filled and sorted(labelled) == expected:
        for place in filled:
            texts[place] = clean(LABEL.sub("", texts[place], count=1))
            if slot := slots[place]:
                slot.label = labels[place]
    elif filled and (
        bare := _unmarked([texts[place] for place in filled], [*range(len(filled))] if by_rows else filled)
    ):
        for place, text in zip(filled, bare, strict=True):
            texts[place] = text
    return [
        Option(text, slot, star) if slot is not None and text else None
        for text, slot, star in zip(texts, slots, stars, strict=True)
    ]


def _unmarked(texts: Sequence[str], places: Sequence[int]) -> list[str]:
    """Return options without the numbers 1., 2., 3. or the dashes that stand before all of them; []: there are none."""
    if texts and all(BULLET.match(text) for text in texts):
        return [BULLET.sub("", text) for text in texts]
    found = [NUMBERED.match(text) for text in texts]
    if [int(match[1]) if match else 0 for match in found] == [place + 1 for place in places]:
        return [NUMBERED.sub("", text) for text in texts]
    return []


def habits_of(questions: Sequence[Asked], *, places: str) -> Habits:
    """Return what the questions of a sheet have in common."""
    keys = [key for each in questions for key in each.keys if each.slots]
    numbers = [each.value for each in keys if isinstance(each.value, int) and not isinstance(each.value, bool)]
    numbers += [int(each.shown) for each in keys if isinstance(each.value, str) and clean(each.shown).isdigit()]
    is_index = any(
        head.counts_from(column) is None
        for head in [each.head for each in questions[:1]]
        for column in head.of("index")
    )
    sizes = [len([slot for slot in each.slots if slot]) for each in questions]
    proved = any(
        clean(key.shown) == str(size) for each, size in zip(questions, sizes, strict=True) for key in each.keys
    )
    odd = [found.right[0] for each in questions if len((found := _by_looks(options_of(each))).right) == 1]
    return Habits(
        uses_key=any(each.keys or any(slot and slot.mark for slot in each.slots) for each in questions),
        from_zero=0 in numbers,
        index_unproved=is_index and not proved,
        same_slot=len(odd) > 2 and len(set(odd)) == 1 and len(odd) == len(questions),
        places=places,
    )


def decide(asked: Asked, options: Sequence[Option | None], habits: Habits) -> Found:
    """Return which options are right, or why it is not clear."""
    if asked.is_right_first:
        right = [
            place for place, each in enumerate(options) if each and asked.head.columns[each.slot.column].name == "right"
        ]
        return Found(tuple(right), told="right") if len(right) == 1 else Found(why=NO_KEY)
    choices = _choices(options)
    said: list[tuple[str, Found]] = []
    for key in asked.keys:
        said.append((f"ô đáp án ghi “{clean(key.shown)[:40]}”", _key(key, choices, habits)))
    marked = _by_marks(options, choices, habits)
    if marked.right or marked.why:
        said.append(("dấu bên phương án", marked))
    if any(option and option.starred for option in options):
        stars = tuple(place for place, option in enumerate(options) if option and option.starred)
        why = TWO_STARS.format(count=len(stars)) if len(stars) > 1 else ""
        said.append(("dấu * trước phương án", Found(stars, why, told="star")))
    looks = _by_looks(options)
    if habits.same_slot:
        looks = Found() if habits.uses_key else Found(why=SAME_SLOT)
    if (looks.right and said) or (not said and not habits.uses_key and (looks.right or looks.why)):
        said.append(("định dạng của ô", looks))
    return _agreed(said, options)


def _agreed(said: Sequence[tuple[str, Found]], options: Sequence[Option | None]) -> Found:
    unclear = next((found for _, found in said if found.why), None)
    if unclear:
        return Found(why=unclear.why)
    if not said:
        return Found(why=NO_KEY)
    if len({tuple(sorted(found.right)) for _, found in said}) > 1:
        told = [f"{name} chỉ {_letters(found.right)}" for name, found in said]
        return Found(why=APART.format(those=", ".join(told)))
    return said[0][1] if said[0][1].right else Found(why=NO_KEY)


def _letters(places: Sequence[int]) -> str:
    return ", ".join(LETTERS[place] if place < len(LETTERS) else str(place + 1) for place in places)


def _choices(options: Sequence[Option | None]) -> Choices:
    texts = [option.text if option else "" for option in options]
    labels = [option.slot.label if option else "" for option in options]
    ordered = [LETTERS[place] if text else "" for place, text in enumerate(texts) if place < len(LETTERS)]
    return Choices(texts, () if labels == ordered or not any(labels) else labels)


def _key(key: Cell, choices: Choices, habits: Habits) -> Found:
    found = read_key(key, choices, places=habits.places)
    if found.told == "number" and habits.from_zero:
        return Found(why=COUNTED_FROM)
    if found.told == "number" and habits.index_unproved:
        return Found(why=INDEX_FROM)
    if found.told in ("number", "letter") and choices.letters:
        expected = [label for label in choices.letters if label]
        if expected != list(LETTERS[: len(expected)]) or len(expected) < len(choices.filled):
            return Found(why="nhãn A, B, C trước các phương án không theo thứ tự cột; không rõ đáp án chỉ nhãn hay cột")
    if found.told == "number" and not habits.places and _is_sai_first(choices):
        return Found(why=SAI_FIRST)
    if key.shown.strip() == "0" and found.why:
        return Found(why=COUNTED_FROM)
    return found


def _is_sai_first(choices: Choices) -> bool:
    """Return whether the options are "Sai", then "Đúng": then 1 may be the first option or "Đúng"."""
    words = [_truth(fold(choices.slots[place]).strip(" .")) for place in choices.filled]
    return words == [False, True]


def _by_marks(options: Sequence[Option | None], choices: Choices, habits: Habits) -> Found:
    marks = [(place, option.slot.mark) for place, option in enumerate(options) if option and option.slot.mark]
    if not marks:
        return Found()
    if wrong := next((mark for _, mark in marks if mark.error), None):
        return Found(why=wrong.error)
    told = [(place, is_yes(mark)) for place, mark in marks]
    if len(marks) == 1 and told[0][1] is not None:
        # "Đúng" beside the first row may be the text of another option
        said = _key(marks[0][1], choices, habits)
        if len(clean(marks[0][1].shown)) > 1 and said.told == "text" and said.right != (told[0][0],):
            return Found(why=f"ô đáp án ghi “{clean(marks[0][1].shown)[:40]}” nhưng đứng cạnh phương án khác")
    if all(yes is not None for _, yes in told):
        right = tuple(place for place, yes in told if yes)
        if len(right) == len(choices.filled) > 1 and len({clean(mark.shown) for _, mark in marks}) == 1:
            return Found(why="mọi phương án đều được đánh dấu đúng; xin chọn lại đáp án")
        return Found(right, told="mark") if right else Found(why="không phương án nào được đánh dấu đúng")
    if len(marks) == 1:
        place, mark = marks[0]
        found = _key(mark, choices, habits)
        if found.right in ((place,), ()) or place == 0:
            return found
        return Found(why=f"ô đáp án ghi “{clean(mark.shown)[:40]}” nhưng đứng cạnh phương án khác")
    shown = {clean(mark.shown) for _, mark in marks}
    if len(shown) == 1 and len(marks) == len(choices.filled):
        return _key(marks[0][1], choices, habits)  # one key, filled down beside all options
    return Found(why=f"dấu bên các phương án không rõ nghĩa (“{'”, “'.join(sorted(shown))[:60]}”)")


def _by_looks(options: Sequence[Option | None]) -> Found:
    """Return the option whose looks stand out among its neighbours."""
    looks = [(place, option.slot.cell.look) for place, option in enumerate(options) if option]
    if len(looks) < 2:
        return Found()
    common, count = Counter(look for _, look in looks).most_common(1)[0]
    if len(looks) == 2:
        common, count = PLAIN, sum(look == PLAIN for _, look in looks)
    odd = [(place, look) for place, look in looks if look != common]
    if not odd:
        return Found()
    if len(odd) == 1 and count == len(looks) - 1:
        place, look = odd[0]
        return (
            Found((place,), told="look")
            if _adds(look, common)
            else Found(why="một phương án mất định dạng mà các phương án khác có; không rõ đáp án")
        )
    return Found(why=f"có {len(odd)} phương án có định dạng khác nhau; không rõ đáp án")


def _adds(look: Look, common: Look) -> bool:
    """Return whether a look has more than the common one: made bold, not made plain."""
    lost = [mine for mine, theirs in zip(look, common, strict=True) if theirs and not mine]
    return not lost


def is_true_false(options: Sequence[Option | None]) -> bool:
    """Return whether two options are "Đúng" and "Sai"."""
    words = [fold(option.text).strip(" .") for option in options if option]
    return len(words) == 2 and {_truth(word) for word in words} == {True, False}


def _truth(word: str) -> bool | None:
    return True if word in TRUE_WORDS else False if word in FALSE_WORDS else None


def truth_of(options: Sequence[Option | None], found: Found) -> bool | None:
    """Return which of "Đúng" and "Sai" a key means; None: it means none."""
    chosen = [options[place] for place in found.right]
    return _truth(fold(chosen[0].text).strip(" .")) if len(chosen) == 1 and chosen[0] else None
