"""Options that share a line: where each begins, told from letters that only look like labels."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from quizapp.formats.questions.labels import INLINE, LETTERS, OPTION
from quizapp.formats.questions.rich import Rich

NAMES_A_THING = re.compile(
    r"(?:nhóm|nhóm máu|loại|hạng|bên|điểm|khoản|mục|vitamin|khối|câu|ý|phương án|đáp án|tổ|lớp|công ty|ông|bà|anh|chị|"
    r"gan|phần|phụ lục|mẫu|cấp|và|hoặc|cả|hình)\s*$",
    re.IGNORECASE,
)
WIDE = re.compile(r"(?:\t|\s{2,}|\n)\s*$")
ENDS = re.compile(r"[?:.;…”\"')!]\s*$")


@dataclass(frozen=True)
class Style:
    """How labels are written: small or capital, the sign before and after the letter."""

    small: bool
    before: str
    after: str


@dataclass(frozen=True)
class Label:
    """The label of an option in a text: where it starts, where the option's own text does."""

    start: int
    end: int
    letter: str
    starred: bool
    style: Style


@lru_cache(maxsize=4096)  # asked of each line by all that may take it
def label_at_start(text: str) -> Label | None:
    """Return the label that a line begins with; None: it begins with none."""
    found = OPTION.match(text)
    if not found or (found["open"] and found["close"] not in (")", "]")):
        return None
    if found["gap"] is not None and (found["open"] or (found["star"] is None and not _is_bare(found, text))):
        return None
    signs = (found["star"] or "") + (found["star2"] or "")
    starred = bool(signs.strip()) and not set(signs) & set("☐□") and signs.strip() != "[ ]"
    after = found["close"] or ("-" if found["dash"] else " ")
    style = Style(found["letter"].islower(), found["open"] or "", after)
    return Label(found.start("letter") - len(found["open"] or ""), found.end(), found["letter"].upper(), starred, style)


def _is_bare(found: re.Match[str], text: str) -> bool:
    """Tell whether a letter without a sign is a label: 'A<tab>Hà Nội'."""
    return (found["letter"].isupper() and found["gap"] != "") or not text[found.end("letter") :].strip()


def labels_within(text: str, letter: str, style: Style) -> list[Label]:
    """Return the places in a text where the option of a letter may begin."""
    found = []
    for match in INLINE.finditer(text):
        before = text[: match.start()]
        if match["letter"].upper() != letter or match["letter"].islower() != style.small:
            continue
        if (match["open"] or "", match["close"]) != (style.before, style.after):
            continue
        if before and not before[-1].isspace() and not ENDS.search(before):
            continue
        if NAMES_A_THING.search(before) and not WIDE.search(before):
            continue
        starred = bool(match["star"] or match["star2"])
        found.append(Label(match.start(), match.end(), letter, starred, style))
    return found


def chain(text: str, first: Label, until: str = "") -> tuple[list[Label], bool]:
    """Return the labels that follow a first one in its line, and whether their places are sure.

    until: the letter that the next line begins with; it is not looked for in this one.
    """
    labels, sure = [first], True
    if first.style.after in ("-", " "):
        return labels, sure
    for letter in LETTERS[LETTERS.index(first.letter) + 1 :]:
        if letter == until:
            break
        here = [
            each
            for each in labels_within(text, letter, first.style)
            if each.start >= labels[-1].end and re.search(r"\w", text[labels[-1].end : each.start])
        ]
        here = [each for each in here if text[each.end :].strip()]
        if not here:
            break
        wide = [each for each in here if WIDE.search(text[: each.start])]
        following = LETTERS[LETTERS.index(letter) + 1 : LETTERS.index(letter) + 2]
        after = [each.start for each in labels_within(text, following, first.style) if each.start > here[0].end]
        rivals = [each for each in wide or here if not after or each.start < after[0]]
        sure = sure and len(rivals) <= 1
        # Names begin with such letters, too, and few questions have a fifth option.
        sure = sure and (letter < "E" or bool(wide))
        labels.append((wide or here)[0])
    return labels, sure


def cut(text: Rich, labels: list[Label]) -> Iterator[tuple[Label, Rich, Rich]]:
    """Give each label with its own letters and the text up to the next one."""
    ends = [each.start for each in labels[1:]] + [len(text.text)]
    for label, end in zip(labels, ends, strict=True):
        yield label, text[label.start : label.end], text[label.end : end]


def options_in_stem(text: str, next_letter: str) -> tuple[list[Label], bool]:
    """Return the labels of options that follow a stem in one line. next_letter: with which the next line begins."""
    for match in INLINE.finditer(text):
        if (
            match["letter"].upper() != "A"
            or not text[match.end() :].strip()
            or (match["open"] and match["close"] != ")")
        ):
            continue
        before = text[: match.start()]
        if NAMES_A_THING.search(before) or (before and not before[-1].isspace() and not ENDS.search(before)):
            continue
        style = Style(match["letter"].islower(), match["open"] or "", match["close"])
        first = Label(match.start(), match.end(), "A", bool(match["star"] or match["star2"]), style)
        labels, sure = chain(text, first, next_letter)
        following = LETTERS[len(labels) : len(labels) + 1]
        is_set_off = not before.strip() or bool(WIDE.search(before) or ENDS.search(before))
        enough = 2 if is_set_off else 3
        if style.small and not is_set_off:
            continue
        if len(labels) >= enough or (is_set_off and next_letter == following and before.strip()):
            return labels, sure
    return [], True
