"""Answers with weights in per cent, as Moodle marks them → a key that is either right or wrong, or why not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from quizapp.formats.questions.drafts import OptionDraft, true_false_options
from quizapp.vocabulary import QuestionKind

FULL, NEARLY = Decimal(100), Decimal("0.01")
ROUNDING = Decimal("1.5")  # 33 + 33.333 + 33.333 is all of it
NUMBER = re.compile(r"[+-]?(?:\d{1,30}(?:[.,]\d{0,30})?|[.,]\d{1,30})(?:[eE][+-]?\d{1,2})?", re.ASCII)
THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}", re.ASCII)
PART = "có câu trả lời được một phần điểm, hệ thống chỉ chấm đúng hoặc sai"
UNREADABLE = "trọng số điểm không đọc được"


@dataclass(frozen=True)
class Answer:
    """`weight`: in per cent; None: it cannot be read."""

    text: str
    weight: Decimal | None
    tolerance: str = ""


@dataclass(frozen=True)
class Key:
    """What the answers of a question come to. `whys`: what a person must look at; none: the key is sure."""

    kind: QuestionKind
    options: tuple[OptionDraft, ...] = ()
    accepted: tuple[str, ...] = ()
    tolerance: str = ""
    whys: tuple[str, ...] = ()


def weight_of(text: str) -> Decimal | None:
    """Return a weight as written, '33.33333' or '-50'; None: it is none."""
    text = text.strip().replace(",", ".")
    return Decimal(text) if re.fullmatch(r"[+-]?\d{1,4}(\.\d{0,20})?", text, re.ASCII) else None


def number_of(text: str) -> str | None:
    """Return a number with a point and without needless zeros; None: it is none, or '1,500' that may be two."""
    text = text.strip().replace("\u2212", "-")
    if not NUMBER.fullmatch(text) or THOUSANDS.fullmatch(text):
        return None
    return _written(Decimal(text.replace(",", ".")))


def range_of(least: str, most: str) -> tuple[str, str] | None:
    """Return the middle of a range of numbers and how far its ends are from it; None: it is none."""
    ends = number_of(least), number_of(most)
    if None in ends:
        return None
    low, high = (Decimal(each or "") for each in ends)
    if low > high:
        return None
    with localcontext() as context:
        context.prec = 200
        return _written((low + high) / 2), _written((high - low) / 2)


def single_key(answers: Sequence[Answer]) -> Key:
    """Return the key of a question of which one option is chosen: the one that gets all of the mark."""
    whys = _of_options(answers)
    right = [each for each in answers if _is_full(each)]
    if any(each.weight is None or each.weight > FULL + NEARLY for each in answers):
        whys.append(UNREADABLE)
        right = []
    elif len(right) > 1:
        whys.append(f"có {len(right)} phương án cùng được 100 % điểm, mà câu chỉ chọn một")
        right = []
    elif not right:
        whys.append("không có phương án nào được 100 % điểm")
    if _has_parts(answers):
        whys.append(PART)
    return _choice(QuestionKind.SINGLE, answers, right, whys)


def multiple_key(answers: Sequence[Answer]) -> Key:
    """Return the key of a question of which several are chosen: those whose weights together are all of the mark."""
    whys = _of_options(answers)
    right = [each for each in answers if each.weight and each.weight > 0]
    weights = [each.weight for each in right if each.weight]
    if any(each.weight is None for each in answers):
        whys.append(UNREADABLE)
        right = []
    elif not right:
        whys.append("không có phương án nào được điểm")
    elif abs(sum(weights) - FULL) > ROUNDING:
        whys.append(f"các phương án đúng cộng lại được {_written(sum(weights, Decimal()))} % điểm, không phải 100 %")
        right = []
    elif max(weights) - min(weights) > ROUNDING:
        whys.append("các phương án đúng có trọng số khác nhau, hệ thống chỉ chấm đúng hoặc sai")
    return _choice(QuestionKind.MULTIPLE, answers, right, whys)


def set_key(answers: Sequence[Answer]) -> Key:
    """Return the key of a question in which each right option carries the whole weight."""
    whys = _of_options(answers)
    right = [each for each in answers if _is_full(each)]
    if any(each.weight is None or (each.weight and not _is_full(each)) for each in answers):
        whys.append("có phương án không phải 0 % hay 100 % điểm")
        right = []
    elif not right:
        whys.append("không có phương án nào đúng")
    return _choice(QuestionKind.MULTIPLE, answers, right, whys)


def truth_key(true: Decimal | None, false: Decimal | None) -> Key:
    """Return the key of a statement by the weights of both answers."""
    if true is not None and false is not None:
        low, high = sorted((true, false))
        if abs(high - FULL) <= NEARLY and low <= 0:
            return Key(QuestionKind.TRUE_FALSE, true_false_options(true > false))
    options = tuple(OptionDraft(each.text, right=False, pinned=True) for each in true_false_options(True))
    return Key(QuestionKind.TRUE_FALSE, options, whys=("không rõ “Đúng” hay “Sai” được 100 % điểm",))


def short_key(answers: Sequence[Answer]) -> Key:
    """Return the key of a typed answer; an asterisk in it stands for any letters."""
    whys: list[str] = []
    wild = [each for each in answers if re.search(r"(?<!\\)\*", each.text)]
    if any(each.weight is None or each.weight > 0 for each in wild):
        whys.append("câu trả lời có dấu * thay cho chữ bất kỳ, hệ thống không chấm được như vậy")
    plain = [each for each in answers if each not in wild and each.text]
    texts = {each.text.replace(r"\*", "*"): None for each in plain if _is_full(each)}
    if any(each.weight is None or each.weight > FULL + NEARLY for each in plain):
        whys.append(UNREADABLE)
        texts = {}
    others = {each.text.replace(r"\*", "*").casefold() for each in plain if not _is_full(each)}
    if any(each.casefold() in others for each in texts):
        whys.append("cùng một câu trả lời vừa được 100 % vừa không được 100 % điểm")
        texts = {}
    if _has_parts(plain):
        whys.append(PART)
    if not texts and not whys:
        whys.append("không có câu trả lời nào được 100 % điểm")
    return Key(QuestionKind.SHORT, accepted=tuple(texts), whys=tuple(whys))


def number_key(answers: Sequence[Answer]) -> Key:
    """Return the key of a number; each answer's text and tolerance are as written."""
    whys: list[str] = []
    if _has_parts(answers):
        whys.append(PART)
    read = [(number_of(each.text), number_of(each.tolerance or "0")) for each in answers if _is_full(each)]
    right = set(read)
    if any(each.weight is None or each.weight > FULL + NEARLY for each in answers):
        whys.append(UNREADABLE)
    elif not right:
        whys.append("không có số nào được 100 % điểm")
    elif len(right) > 1:
        whys.append("có nhiều số (hoặc nhiều khoảng) cùng được 100 % điểm, hệ thống chỉ nhận một")
    else:
        [(number, tolerance)] = right
        if number is not None and tolerance is not None and not tolerance.startswith("-"):
            return Key(QuestionKind.NUMBER, (), (number,), "" if tolerance == "0" else tolerance, tuple(whys))
        whys.append("đáp án không phải là một số rõ ràng")
    return Key(QuestionKind.NUMBER, whys=tuple(whys))


def _choice(kind: QuestionKind, answers: Sequence[Answer], right: Sequence[Answer], whys: Sequence[str]) -> Key:
    """Return the key of a question with options. right: none where the weights contradict each other."""
    chosen = {id(each) for each in right}
    texts_right = {each.text for each in right}
    texts_wrong = {each.text for each in answers if id(each) not in chosen}
    if texts_right & texts_wrong or any(not each.text for each in right):
        chosen = set()
    return Key(kind, tuple(OptionDraft(each.text, right=id(each) in chosen) for each in answers), whys=tuple(whys))


def _of_options(answers: Sequence[Answer]) -> list[str]:
    texts = [each.text for each in answers]
    whys = ["có phương án trống"] if not all(texts) else []
    return whys + (["có hai phương án giống nhau"] if len(set(texts)) < len(texts) else [])


def _is_full(answer: Answer) -> bool:
    return answer.weight is not None and abs(answer.weight - FULL) <= NEARLY


def _has_parts(answers: Sequence[Answer]) -> bool:
    return any(each.weight and NEARLY < each.weight < FULL - NEARLY for each in answers)


def _written(number: Decimal) -> str:
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text.removeprefix("+")
