"""The answers of each kind of question in Moodle XML → its key."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from html import escape
from xml.etree.ElementTree import Element, tostring

from quizapp.formats.questions.embedded import Texts, decoded_file
from quizapp.formats.questions.lettering import tidy
from quizapp.formats.questions.markup import ENTITY, TAG
from quizapp.formats.questions.weighing import (
    FULL,
    Answer,
    Key,
    multiple_key,
    number_key,
    set_key,
    short_key,
    single_key,
    truth_key,
    weight_of,
)
from quizapp.vocabulary import QuestionKind

FORMS = {"html": "html", "plain_text": "plain", "markdown": "markdown", "moodle_auto_format": "moodle"}
FORMS |= {"wiki_like": "moodle"}
TRUE_WORDS = ("true", "đúng", "vrai", "verdadero", "verdadeiro", "vero", "wahr")
FALSE_WORDS = ("false", "sai", "faux", "falso", "falsch")
NO_UNITS = "3"
FEW = "câu chọn phương án nhưng có {count} phương án; cần ít nhất hai phương án"
KeyOf = Callable[[Element, Texts, str], Key | str]


class Part:
    """An element that holds a text, with the form of that text and the files beside it."""

    def __init__(self, element: Element | None, otherwise: str = "html"):
        self.element = element
        named = "" if element is None else (element.get("format") or "").strip()
        self.form = FORMS.get(named, otherwise)

    @property
    def text(self) -> str:
        if self.element is None:
            return ""
        inner = self.element.find("text")
        if inner is None:
            return self.element.text or ""
        # Some programs write markup as elements of the file, which Moodle itself would not read.
        markup = (tostring(each, encoding="unicode") for each in inner)
        return escape(inner.text or "", quote=False) + "".join(markup) if len(inner) else inner.text or ""

    @property
    def files(self) -> dict[str, bytes]:
        """The files beside the text, by path and name."""
        found = [] if self.element is None else self.element.findall("file")
        return {
            ((each.get("path") or "/") + (each.get("name") or "")).lstrip("/"): decoded_file(each.text or "")
            for each in found
        }


def says_no(element: Element | None, otherwise: bool) -> bool:
    """Return whether an element says false, as Moodle takes it."""
    return otherwise if element is None else (element.text or "").strip().lower() in ("", "0", "false")


def _weight(answer: Element) -> Decimal | None:
    inner = answer.find("fraction")  # of old files, where 1 is all
    if inner is not None:
        part = weight_of(inner.text or "")
        return None if part is None else part * 100
    return weight_of(answer.get("fraction") or "0")


def _options(element: Element, texts: Texts, form: str) -> list[Answer]:
    answers: list[Answer] = []
    for each in element.findall("answer"):
        part, place, weight = Part(each, form), len(answers), _weight(each)
        text = texts.read(part.text, part.form, part.files, place=place, where=f"phương án {place + 1}")
        if text or weight != 0:  # Moodle leaves out a blank option, too
            answers.append(Answer(text, weight))
    return answers


def _choice(element: Element, texts: Texts, form: str) -> Key | str:
    is_single = not says_no(element.find("single"), otherwise=False)
    return _kept_in_order(element, _options(element, texts, form), single_key if is_single else multiple_key)


def _set(element: Element, texts: Texts, form: str) -> Key | str:
    return _kept_in_order(element, _options(element, texts, form), set_key)


def _kept_in_order(element: Element, answers: list[Answer], key_of: Callable[[list[Answer]], Key]) -> Key | str:
    if len(answers) < 2:
        return FEW.format(count=len(answers))
    key = key_of(answers)
    if says_no(element.find("shuffleanswers"), otherwise=False):
        return replace(key, options=tuple(replace(each, pinned=True) for each in key.options))
    return key


def _truth(element: Element, texts: Texts, form: str) -> Key | str:
    found: dict[bool, Decimal | None] = {}
    answers = element.findall("answer")
    for each in answers:
        word = tidy(Part(each).text).lower()
        if word in TRUE_WORDS + FALSE_WORDS:
            found[word in TRUE_WORDS] = _weight(each)
    if len(answers) == 1 and [*found.values()] == [FULL]:
        found.setdefault(True, Decimal())
        found.setdefault(False, Decimal())
    if len(found) != max(len(answers), 2):
        found = {}
    return truth_key(found.get(True), found.get(False))


def _short(element: Element, texts: Texts, form: str) -> Key | str:
    parts = [Part(each) for each in element.findall("answer")]
    answers = [Answer(tidy(part.text), _weight(part.element)) for part in parts if part.element is not None]
    key = short_key(answers)
    if any(part.form != "plain" and (TAG.search(part.text) or ENTITY.search(part.text)) for part in parts):
        return Key(key.kind, whys=(*key.whys, "câu trả lời có mã HTML, cần gõ lại bằng chữ thường"))
    return key


def _number(element: Element, texts: Texts, form: str) -> Key | str:
    answers = [
        Answer(tidy(Part(each).text), _weight(each), (each.findtext("tolerance") or "").strip())
        for each in element.findall("answer")
    ]
    key = number_key(answers)
    has_units = element.find("units/unit") is not None and (element.findtext("showunits") or "").strip() != NO_UNITS
    return replace(key, whys=(*key.whys, "câu có đơn vị đo, hệ thống chỉ chấm con số")) if has_units else key


def _essay(element: Element, texts: Texts, form: str) -> Key | str:
    whys = []
    if (element.findtext("responseformat") or "").strip() == "noinline":
        whys.append("câu trả lời bằng tệp đính kèm, không gõ bài")
    if re.sub(r"<[^>]*>|\s|&nbsp;", "", Part(element.find("responsetemplate")).text):
        texts.remarks.append("ô trả lời có mẫu điền sẵn, chưa nhập được")
    return Key(QuestionKind.ESSAY, whys=tuple(whys))


READ: dict[str, KeyOf] = {
    "multichoice": _choice,
    "multichoiceset": _set,
    "oumultiresponse": _set,
    "truefalse": _truth,
    "shortanswer": _short,
    "numerical": _number,
    "essay": _essay,
}
"""By Moodle's name of a kind: what reads its answers."""
