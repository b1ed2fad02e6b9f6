"""The key of a question: what its marks and the written keys say, and whether they agree; in doubt there is none."""

import re
from dataclasses import dataclass

from quizapp.formats.questions.found import Found
from quizapp.formats.questions.labels import ALL_OF_THEM, LETTERS, SEVERAL, TRUTHS, Key, letters_of
from quizapp.formats.questions.schemes import LABEL, Schemes, letters, marks_in, name_of
from quizapp.rules.vietnamese import fold

Places = frozenset[int]
REFERS = re.compile(
    r"\b(?:cả|Cả|đáp án|Đáp án|phương án|Phương án|câu|Câu|ý|Ý) [A-H]\b(?!\.)|"
    r"\b[A-H](?:,| và| hoặc|;) [A-H]\b(?!\.)|^[A-H]\W*$"
)
NONE: Places = frozenset()


@dataclass(frozen=True)
class Verdict:
    """The right options by place, and why a person must look; a key that is in doubt is empty."""

    right: Places = NONE
    why: str = ""
    several: bool = False


def judge(question: Found, schemes: Schemes) -> Verdict:
    """Return the key of a question with options."""
    if question.keyless:
        return Verdict()
    said: dict[str, Places] = {}
    for key in (*question.answers, *question.listed):
        places = places_of(question, key)
        name = f"{'danh sách đáp án' if key in question.listed else 'dòng đáp án'} ghi “{key.said}”"
        if places is None or _is_of_others(question, key):
            return Verdict(why=f"{name} nhưng không khớp phương án nào; xin chọn lại đáp án")
        said[name] = places
    marked = marks_in(question)
    for name in schemes.trusted:
        if name in marked and marked[name].strength >= LABEL:
            said[f"{name_of(name)} ở phương án {letters(marked[name].places)}"] = marked[name].places
    if len(set(said.values())) > 1:
        return Verdict(why=f"đáp án mâu thuẫn: {'; '.join(said)}. Xin chọn lại đáp án")
    rest = {name: each for name, each in marked.items() if name not in (*schemes.trusted, *schemes.dropped, "italic")}
    strange = {name: each for name, each in rest.items() if each.strength >= LABEL and each.one is not None}
    if not said:
        return Verdict(why=_nothing(schemes, rest or marked))
    right = next(iter(said.values()))
    other = next((name for name, each in strange.items() if each.places != right), None)
    if other is not None:
        also = f"{name_of(other)} ở phương án {letters(strange[other].places)}"
        return Verdict(why=f"đáp án mâu thuẫn: {'; '.join(said)}; {also}. Xin chọn lại đáp án")
    return _counted(question, right, said)


def _counted(question: Found, right: Places, said: dict[str, Places]) -> Verdict:
    if len(right) == len(question.choices) > 1:
        return Verdict(why="mọi phương án đều là đáp án; xin chọn lại đáp án")
    if len(right) < 2:
        return Verdict(right)
    written = any(len(key.letters) > 1 for key in (*question.answers, *question.listed))
    if written or SEVERAL.search(question.prompt):
        return Verdict(right, several=True)
    return Verdict(
        why=f"có {len(right)} phương án được đánh dấu ({'; '.join(said)}); xin chọn đáp án, hoặc đổi loại câu"
    )


def _nothing(schemes: Schemes, marked: dict) -> str:  # type: ignore[type-arg]
    if not marked:
        return "không thấy đáp án; xin chọn đáp án"
    told = "; ".join(f"{name_of(name)} ở phương án {letters(each.places)}" for name, each in marked.items())
    usual = f", trong khi tệp đánh dấu đáp án bằng {name_of(schemes.trusted[0])}" if schemes.trusted else ""
    return f"chưa rõ đáp án: chỉ có {told}{usual}; xin chọn đáp án"


def places_of(question: Found, key: Key) -> Places | None:
    """Return the options that a written key means; None: it fits none, or more than one."""
    labels = [choice.letter for choice in question.choices]
    if key.letters:
        if any(labels.count(letter) != 1 for letter in key.letters):
            return None
        places = frozenset(labels.index(letter) for letter in key.letters)
        if key.rest and _bare(f"{key.letters}. {key.rest}") in {
            _bare(each.unstarred[0].shown) for each in question.choices
        }:
            return None  # 'C. Mác' may be the option of that name
        return places if _agrees(question, places, key.rest) else None
    if question.style == "1" and key.text.strip(" .").isdigit():
        place = int(key.text.strip(" .")) - 1
        return frozenset([place]) if 0 <= place < len(labels) else None
    wanted = _bare(key.text)
    fits = [place for place, choice in enumerate(question.choices) if _bare(choice.unstarred[0].shown) == wanted]
    if not fits and wanted in TRUTHS:
        fits = [
            place
            for place, choice in enumerate(question.choices)
            if TRUTHS.get(_bare(choice.unstarred[0].shown)) is TRUTHS[wanted]
        ]
    return frozenset(fits) if len(fits) == 1 else None


def _is_of_others(question: Found, key: Key) -> bool:
    """Tell whether a key of several letters may mean the one option that speaks of just these: 'A, B', 'Cả A và B'."""
    if len(key.letters) < 2:
        return False
    for place, choice in enumerate(question.choices):
        text = choice.unstarred[0].shown
        speaks = ALL_OF_THEM.match(fold(text)) and not fold(text).startswith("khong")
        named = letters_of(" ".join(re.findall(r"(?<!\w)[A-Ha-h](?!\w)", text)))
        if (speaks or refers(text)) and key.letters == (named or LETTERS[:place]):
            return True
    return False


def _agrees(question: Found, places: Places, rest: str) -> bool:
    """Tell whether what follows a letter is not the text of another option: 'Đáp án: B. Hà Nội' where that is A."""
    wanted = _bare(rest)
    if not wanted:
        return True
    same = {place for place, choice in enumerate(question.choices) if _bare(choice.unstarred[0].shown) == wanted}
    return not same or bool(same & places)


def _bare(text: str) -> str:
    return fold(text).strip(" .;,:)(\"'“”")


def refers(text: str) -> bool:
    """Return whether an option names others by their letters: 'Cả A và B'."""
    return bool(REFERS.search(text))
