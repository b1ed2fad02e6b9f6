"""What a question says, with its key, and what it lacks before it can be asked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from quizapp.rules.typed_answers import TYPED_MOST
from quizapp.rules.vietnamese import clean
from quizapp.vocabulary import Confidence, Level, QuestionKind

STEM = -1  # the position of a picture that belongs to no option
MOST_OPTIONS = 12
CHOSEN = frozenset({QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.TRUE_FALSE})  # kinds with options
DRAWN = CHOSEN | {QuestionKind.NUMBER, QuestionKind.SHORT}  # for papers; an essay is asked by the rules of its round

Lack = tuple[str, str]  # field and sentence


@dataclass(frozen=True)
class OptionContent:
    text: str
    right: bool = False
    pinned: bool = False


@dataclass(frozen=True)
class PictureContent:
    """A stored picture by its digest. `position`: of the option beside which it stands, STEM for the question's own."""

    digest: str
    position: int = STEM
    alt: str = ""


@dataclass(frozen=True)
class QuestionContent:
    """Fields as a version keeps them; `accepted` spellings of a short answer, or the one value of a number."""

    kind: QuestionKind
    prompt: str
    topic: str = ""
    level: Level = Level.EASY
    options: tuple[OptionContent, ...] = ()
    explanation: str = ""
    source: str = ""
    confidence: Confidence = Confidence.TEXT
    valid_from: date | None = None
    valid_to: date | None = None
    tags: tuple[str, ...] = ()
    marks: int | None = None
    accepted: tuple[str, ...] = ()
    tolerance: str = ""
    case_matters: bool = False
    accents_matter: bool = True
    suggested: str = ""
    document: str = ""
    article: str = ""
    clause: str = ""
    link: str = ""
    pictures: tuple[PictureContent, ...] = field(default=())

    @property
    def right(self) -> frozenset[int]:
        """Return the positions of the right options."""
        return frozenset(position for position, option in enumerate(self.options) if option.right)


def lacks(content: QuestionContent) -> list[Lack]:
    """Return what keeps a question from being asked, each with the field that it is about and the remedy."""
    found: list[Lack] = []
    if not clean(content.prompt):
        found.append(("prompt", "Xin ghi câu hỏi."))
    if content.kind in CHOSEN:
        found += _of_options(content)
    elif content.kind is QuestionKind.NUMBER:
        found += _of_number(content)
    elif content.kind is QuestionKind.SHORT:
        found += _of_accepted(content)
    if content.valid_from and content.valid_to and content.valid_from > content.valid_to:
        found.append(("valid_to", "Ngày hết hiệu lực phải từ ngày bắt đầu có hiệu lực trở đi."))
    return found


def undescribed(content: QuestionContent) -> int:
    """Return how many pictures have no words for those who cannot see them: told to the author, never refused."""
    return sum(not clean(each.alt) for each in content.pictures)


def read_number(typed: str) -> str | None:
    """Return a typed number as it is kept: '3,14' → '3.14', '1 200' → '1200'; None when it is none.

    '1.200' may be one thousand two hundred or one and a fifth, so a point before exactly three digits is refused.
    """
    text = re.sub(r"\s", "", typed).replace("−", "-")
    if re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{3})+", text) or not re.fullmatch(r"-?[0-9]{1,15}([.,][0-9]{1,9})?", text):
        return None
    try:
        value = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    kept = f"{value:f}"
    return kept.rstrip("0").rstrip(".") if "." in kept else kept


def _of_options(content: QuestionContent) -> Iterator[Lack]:
    pictured = {each.position for each in content.pictures}
    texts = [fold_lightly(each.text) for each in content.options]
    if len(content.options) < 2:
        yield "options", "Câu hỏi cần ít nhất hai phương án."
    if len(content.options) > MOST_OPTIONS:
        yield "options", f"Câu hỏi có nhiều nhất {MOST_OPTIONS} phương án; xin bớt lại."
    if any(not text and position not in pictured for position, text in enumerate(texts)):
        yield "options", "Có phương án còn trống; xin ghi nội dung hoặc bấm “Bỏ”."
    written = [text for text in texts if text]
    if len(set(written)) < len(written):
        yield "options", "Có hai phương án giống hệt nhau; xin sửa một trong hai."
    yield from _of_key(content)


def _of_key(content: QuestionContent) -> Iterator[Lack]:
    right = len(content.right)
    if not right:
        yield "options", "Chưa chọn đáp án đúng."
    elif content.kind is not QuestionKind.MULTIPLE and right > 1:
        yield (
            "options",
            f"Câu này chỉ có một đáp án đúng nhưng đang chọn {right}; xin chọn lại, hoặc đổi dạng câu hỏi sang "
            "“Chọn nhiều phương án”.",
        )
    elif content.kind is QuestionKind.MULTIPLE and right == len(content.options):
        yield "options", "Mọi phương án đều đúng thì không còn gì để chọn; xin thêm một phương án sai."


def _of_accepted(content: QuestionContent) -> Iterator[Lack]:
    if not content.accepted:
        yield "accepted", "Xin ghi ít nhất một câu trả lời được chấp nhận."
    if any(len(each) > TYPED_MOST for each in content.accepted):
        yield "accepted", f"Câu trả lời ngắn dài nhất {TYPED_MOST} ký tự; xin rút gọn, hoặc đổi sang câu tự luận."


def _of_number(content: QuestionContent) -> Iterator[Lack]:
    if len(content.accepted) != 1 or read_number(content.accepted[0]) is None:
        yield "value", "Xin ghi đáp án là một con số, ví dụ 15 hoặc 3,5."
    tolerance = read_number(content.tolerance) if content.tolerance else "0"
    if tolerance is None or tolerance.startswith("-"):
        yield "tolerance", "Sai số là một con số từ 0 trở lên, ví dụ 0,5."


def fold_lightly(text: str) -> str:
    """Return a text without regard to case and blanks; accents stay: they make other words."""
    return clean(text).casefold()
