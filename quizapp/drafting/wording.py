"""The keys and words of contest files as the form calls them; all of it is taken from the form's own fields."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from wtforms.fields.core import UnboundField

from quizapp.drafting import part_forms
from quizapp.drafting.round_form import RoundForm
from quizapp.drafting.row_forms import DrawForm, PaperForm
from quizapp.formats.contest_tree import Tree, items_of
from quizapp.vocabulary import Measure, TieBreak
from quizapp.vocabulary.word import Word
from quizapp.web.tree_choices import NoneKey, SectionKey
from quizapp.web.tree_forms import TreeForm

FORMS: Mapping[str, Sequence[tuple[str, type[TreeForm]]]] = {  # by part; with the list in which a row's form stands
    "general": [("", part_forms.GeneralForm)],
    "rounds": [("", RoundForm), ("paper.", DrawForm), ("papers.", PaperForm), ("practice.paper.", DrawForm)],
    "divisions": [("", part_forms.DivisionForm)],
    "standings": [("", part_forms.UnionBoardForm), ("", part_forms.PeopleBoardForm)],
    "prizes": [("", part_forms.PrizeForm)],
    "publish": [("", part_forms.PublishForm)],
}
SECTIONS = {
    **{"rounds": "Đợt thi", "divisions": "Bảng, khối", "standings": "Bảng xếp hạng", "prizes": "Giải thưởng"},
    **{"audience": "Ai được dự thi", "identity": "Thông tin phải khai", "publish": "Công bố", "entry": "Vào thi"},
    **{"sittings": "Ca thi", "attempts": "Lượt thi", "time": "Thời gian làm bài", "paper": "Đề thi", "show": "Công bố"},
    **{"papers": "Các đề cho sẵn", "order": "Thứ tự", "marks": "Điểm", "prediction": "Câu hỏi dự đoán"},
    **{"practice": "Thi thử", "practice.paper": "Đề thi thử", "essay": "Bài viết", "weights": "Điểm tổng hợp"},
    **{"only_if": "Điều kiện", "appeals": "Phúc khảo", "topic": "Chủ đề", "bank": "Câu hỏi ở ngân hàng"},
    **{"audience.age": "Tuổi ít nhất, nhiều nhất"},
}
ITEMS = {"rounds": "Đợt thi", "divisions": "Bảng thi", "standings": "Bảng xếp hạng", "prizes": "Giải thưởng"}
VIETNAMESE = {"de", "kho", "khac", "nganh", "tu", "chu"}  # words of files that sentences may have, too
NAME = r"[a-z]+(?:[._][a-z0-9]+)*"
ALL_KEYS = re.compile(rf" \(({NAME}(?:: {NAME})?(?:, {NAME})*)\)")
QUOTED = re.compile(rf"(?:khóa )?“({NAME})(?:: ({NAME}))?”")
BARE = re.compile(rf"(?<![\w“.:/-])({NAME})(?:: ({NAME}))?(?![\w”./-])")
TURNS = {
    "none (không giới hạn)": "không giới hạn",
    "xin bỏ dòng này": "xin để trống mục này",
    "bỏ dòng này": "để trống mục này",
    "một dòng": "một trong hai",
}


def _unbound(form: type[TreeForm]) -> Iterator[tuple[str, Any]]:
    for name in dir(form):
        field = getattr(form, name)
        if isinstance(field, UnboundField):
            yield ("bank" if name == "source" else name.replace("__", ".")), field


def _short(label: str) -> str:
    return re.sub(r" \([^)]*:.*\)$", "", label)


def _labels_of(part: str) -> dict[str, str]:
    found = [(f"{at}{path}", field) for at, form in FORMS[part] for path, field in _unbound(form)]
    return {
        path: _short(each.args[0]) for path, each in found if not issubclass(each.field_class, NoneKey | SectionKey)
    }


def _words_of(part: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for at, form in FORMS[part]:
        for path, field in _unbound(form):
            kind = field.args[1] if len(field.args) > 1 else ()
            if isinstance(kind, type) and issubclass(kind, Word):
                words = {word: each.label for each in kind for word in (each.value, each.name.lower())}
            else:
                words = {} if isinstance(kind, type) else dict(kind)
            found.setdefault(f"{at}{path}", {}).update(words)
    return found


LABELS: Mapping[str, Mapping[str, str]] = {part: _labels_of(part) for part in FORMS}
WORDS: Mapping[str, Mapping[str, Mapping[str, str]]] = {part: _words_of(part) for part in FORMS}
OTHERS = {each.value: each.label for each in (*Measure, *TieBreak)} | {
    "none": "không có",
    "all": "tất cả",
    "true": "có",
}


def label_of(part: str, path: str) -> str:
    """Return how the form calls a key; '': it has no field."""
    return LABELS[part].get(path) or SECTIONS.get(path, "")


def word_of(part: str, path: str, word: str) -> str:
    return WORDS[part].get(path, {}).get(word, word)


def worded(text: str, part: str) -> str:
    """Say for a form what is said for a file: keys by their labels, words by what they mean."""
    for said, instead in TURNS.items():
        text = text.replace(said, instead)
    text = ALL_KEYS.sub(lambda found: "" if all(map(_key(part), re.findall(NAME, found[1]))) else found[0], text)
    text = QUOTED.sub(lambda found: _said(part, found), text)
    return BARE.sub(lambda found: _said(part, found, bare=True), text)


def place_of(tree: Tree, column: str) -> str:
    """Return where a key stands, as one reads it: 'Đợt thi “Tuần 1” › Kết thúc lúc'."""
    part, path, number = parted(column)
    titles = []
    if number:
        item = items_of(tree, part)[number - 1]
        titles = [f"{ITEMS[part]} “{item.get('title') or number}”" if isinstance(item, dict) else ITEMS[part]]
    label = label_of(part, re.sub(r"\.[0-9]+", "", path)) or (SECTIONS.get(part, "") if not titles else "")
    return " › ".join([*titles, *([label] if label else [])])


def parted(column: str) -> tuple[str, str, int]:
    """'rounds.1.closes' → 'rounds', 'closes', 1; what is no list is of the page that has its field."""
    key, _, rest = column.partition(".")
    if key in ITEMS:
        number, _, path = rest.partition(".")
        return key, path, int(number) if number.isdecimal() else 0
    return ("publish" if column in LABELS["publish"] else "general"), column, 0


def _key(part: str) -> Any:
    return lambda token: _named(part, token) or token in ("of", "unions", "true")


def _named(part: str, token: str) -> str:
    """Return the label of a key that is named by its path or by the last part of it, on this page or another."""
    for each in (part, *FORMS):
        if token in LABELS[each]:
            return LABELS[each][token]
        if token in SECTIONS:
            return SECTIONS[token]
        ends = [label for path, label in LABELS[each].items() if path.endswith(f".{token}")]
        if len(ends) == 1 or (ends and each == part):
            return ends[0]
    return ""


def _meaning(part: str, token: str) -> str:
    if token in VIETNAMESE:
        return ""
    if token in OTHERS:
        return str(OTHERS[token])
    own = (words[token] for words in WORDS[part].values() if token in words)
    other = (words[token] for each in WORDS.values() for words in each.values() if token in words)
    return next(own, "") or next(other, "")


def _said(part: str, found: re.Match[str], *, bare: bool = False) -> str:
    """English words in a Vietnamese sentence are keys, or words of files; those in quotation marks may be names."""
    key, value = found[1], found[2]
    said = _called(part, key, bare=bare)
    if value and not said:  # what stands before the colon belongs to the sentence
        return f"{key}: {_quoted(_called(part, value, bare=bare), value)}" if bare else found[0]
    if not said:
        return found[0]
    return f"“{said}: {_meaning(part, value) or value}”" if value else f"“{said}”"


def _called(part: str, name: str, *, bare: bool) -> str:
    return _named(part, name) or (_meaning(part, name) if bare or "_" in name else "")


def _quoted(said: str, name: str) -> str:
    return f"“{said}”" if said else name
