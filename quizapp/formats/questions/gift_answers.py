"""What stands between the braces of a GIFT question → its key."""

import re
from dataclasses import dataclass
from decimal import Decimal

from quizapp.formats.questions.drafts import OptionDraft
from quizapp.formats.questions.embedded import Texts
from quizapp.formats.questions.gift_blocks import seen
from quizapp.formats.questions.lettering import tidy
from quizapp.formats.questions.weighing import (
    FULL,
    Answer,
    Key,
    multiple_key,
    number_key,
    range_of,
    short_key,
    single_key,
    truth_key,
    weight_of,
)
from quizapp.vocabulary import QuestionKind

FORM = re.compile(r"\[(html|moodle|plain|markdown)\]")
WEIGHT = re.compile(r"%([+-]?\d{1,3}(?:[.,]\d*)?)%")
TRUE_WORDS, FALSE_WORDS = ("t", "true", "đúng"), ("f", "false", "sai")
FEW = "câu chọn phương án nhưng chỉ có một phương án; cần ít nhất hai phương án"
MATCHING = "chưa nhập được: câu ghép đôi"
NO_NUMBER = "phần đáp án bằng số (sau dấu #) còn trống"
DOUBTFUL = "có dấu “=” hoặc “~” trong lời chưa viết thành “\\=”, “\\~” nên chưa rõ đâu là phương án"
UNMARKED = "phần trong { } không có dấu “=” hay “~” nên chưa rõ có phải đáp án không"


@dataclass(frozen=True)
class Piece:
    """What stands after a sign: `=`, `~`, or '' for what stands before all signs."""

    sign: str
    text: str

    @property
    def body(self) -> str:
        return self.text.partition("#")[0].strip()

    @property
    def has_feedback(self) -> bool:
        return bool(self.text.partition("#")[2].strip())


def form_of(text: str, otherwise: str) -> tuple[str, str]:
    """Return the form that a text names at its beginning, [html], and the text without it."""
    found = FORM.match(text)
    return (found[1], text[found.end() :]) if found else (otherwise, text)


def key_of(inside: str, texts: Texts, form: str) -> Key | str:
    """Return the key that stands in the braces, or why the question cannot be taken."""
    if not inside:
        return Key(QuestionKind.ESSAY)
    if inside.startswith("#"):
        return _number(inside[1:])
    if "~" in inside:
        return _choice(inside, texts, form)
    if "=" in inside and "->" in inside:
        return MATCHING
    word = inside.partition("#")[0].strip().lower()
    if word in TRUE_WORDS + FALSE_WORDS:
        weights = FULL * (word in TRUE_WORDS), FULL * (word in FALSE_WORDS)
        return truth_key(*weights)
    return _short(inside)


def has_feedback(inside: str) -> bool:
    """Return whether answers carry comments of their own."""
    return any(each.has_feedback for each in _pieces(inside.lstrip("#")))


def has_penalties(inside: str) -> bool:
    return any(each.sign == "~" and each.body.startswith("%-") for each in _pieces(inside))


def _pieces(inside: str) -> list[Piece]:
    parts = re.split(r"([=~])", inside)
    pieces = [Piece("", parts[0])] if parts[0].strip() else []
    found = [Piece(sign, text) for sign, text in zip(parts[1::2], parts[2::2], strict=True)]
    for place, piece in enumerate(found):
        follows = found[place + 1].sign if place + 1 < len(found) else ""
        is_doubled = piece.sign == "~" and follows == "="  # '~=' is a slip for '='
        if piece.sign == "=" or piece.text.strip() or not (is_doubled or not follows):
            pieces.append(piece)
    return pieces


def _choice(inside: str, texts: Texts, form: str) -> Key | str:
    pieces = _pieces(inside)
    if len(pieces) < 2:
        return FEW
    answers = []
    for place, piece in enumerate(pieces):
        weight, body = _weighed(piece.body, FULL * (piece.sign == "="))
        if piece.sign == "=" and weight != FULL:
            weight = None  # all of the mark and a part of it at once
        own_form, body = form_of(body, form)
        text = texts.read(seen(body), own_form, {}, place=place, where=f"phương án {place + 1}")
        answers.append(Answer(text, weight))
    is_single = any(each.sign == "=" for each in pieces) or not any(each.weight for each in answers)
    key = single_key(answers) if is_single else multiple_key(answers)
    if pieces[0].sign == "" or _is_doubtful(inside):
        return _without_answer(key, DOUBTFUL)
    return key


def _short(inside: str) -> Key:
    pieces = _pieces(inside)
    answers = []
    for piece in pieces:
        weight, body = _weighed(piece.body)
        answers.append(Answer(tidy(seen(form_of(body, "plain")[1])), weight))
    if not any(piece.sign for piece in pieces):
        return Key(QuestionKind.SHORT, whys=(UNMARKED,))
    key = short_key(answers)
    if pieces[0].sign == "" or re.search(r"\S=", inside):
        return _without_answer(key, DOUBTFUL)
    return key


def _number(inside: str) -> Key | str:
    """Read numbers; what comes after `~` is a comment on all other answers."""
    pieces = [each for each in _pieces(inside.partition("~")[0]) if each.body]
    if not pieces:
        return NO_NUMBER
    answers = []
    for piece in pieces:
        weight, body = _weighed(piece.body)
        body = seen(form_of(body, "plain")[1])
        least, dots, most = body.partition("..")
        if dots:
            middle, tolerance = range_of(least, most) or ("", "")
        else:
            middle, _, tolerance = body.partition(":")
        answers.append(Answer(middle, weight, tolerance.strip()))
    key = number_key(answers)
    is_mixed = len(pieces) > 1 and pieces[0].sign == ""
    return _without_answer(key, DOUBTFUL) if is_mixed else key


def _weighed(body: str, otherwise: Decimal = FULL) -> tuple[Decimal | None, str]:
    found = WEIGHT.match(body)
    return (weight_of(found[1]), body[found.end() :].strip()) if found else (otherwise, body)


def _is_doubtful(inside: str) -> bool:
    """Return whether some signs stand where the others of the question do not, as signs of a formula do."""
    signs = [found.start() for found in re.finditer("[=~]", inside)]
    before = [inside[:place].rstrip("~") if inside[place] == "=" else inside[:place] for place in signs]
    apart = [not text or text[-1].isspace() for text in before]
    first_of_line = [not text.rpartition("\n")[2].strip() for text in before]
    if not all(apart) and any(apart[1:]):
        return True
    return sum(first_of_line) > 1 and not all(first_of_line)


def _without_answer(key: Key, why: str) -> Key:
    options = tuple(OptionDraft(each.text, right=False) for each in key.options)
    return Key(key.kind, options, whys=(*key.whys, why))
