"""What the bank file says of a question's answers, by kind, and of what belongs to it besides: marks, law, pictures."""

import re
from base64 import b64decode
from collections.abc import Sequence
from typing import TypedDict

from quizapp.formats.marked_section import Section
from quizapp.formats.questions.drafts import (
    FALSE,
    TRUE,
    Citation,
    OptionDraft,
    PictureDraft,
    true_false_options,
)
from quizapp.rules.rubrics import SUGGESTED
from quizapp.vocabulary import QuestionKind

MOST_OPTIONS = 26  # as many as there are letters
LONGEST_OPTION, LONGEST_ANSWER, LONGEST_SUGGESTED, LONGEST_CITED = 5_000, 1_000, 50_000, 2_000
MOST_MARKS = 10_000_00
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
MOST_PICTURE = 14 * 1024 * 1024


class Answers(TypedDict):
    """The fields of a QuestionDraft that hold its key."""

    options: tuple[OptionDraft, ...]
    accepted: tuple[str, ...]
    tolerance: str
    case_matters: bool
    accents_matter: bool
    suggested: str


def answers(section: Section, kind: QuestionKind, *, flagged: bool) -> Answers:
    """Return the key of a question. flagged: it need not be complete, since a person must look at it first."""
    found = Answers(options=(), accepted=(), tolerance="", case_matters=False, accents_matter=True, suggested="")
    if kind is QuestionKind.TRUE_FALSE:
        found["options"] = _true_false(section, flagged=flagged)
    elif kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE):
        found["options"] = _options(section, kind, flagged=flagged)
    elif kind is QuestionKind.ESSAY:
        found["suggested"] = section.lines("suggested", "", most=LONGEST_SUGGESTED)
    else:
        found["accepted"] = _accepted(section, flagged=flagged)
        if kind is QuestionKind.NUMBER:
            found["accepted"] = tuple(_number(section, "accepted", each) for each in found["accepted"])
            found["tolerance"] = _number(section, "tolerance", section.text("tolerance", ""))
            if len(found["accepted"]) > 1 and not flagged:
                section.wrong("accepted", "câu number có đúng một đáp số; sai số cho phép ghi ở “tolerance”")
        else:
            found["case_matters"] = section.flag("case_matters") or False
            found["accents_matter"] = section.flag("accents_matter") is not False
    return found


def marks(section: Section) -> int | None:
    """Return the marks of a question in hundredths; None: the file gives none."""
    if "marks" not in section or section.is_none("marks"):
        return None
    if section.text("marks") == "0":
        return 0
    return section.hundredths("marks", most=MOST_MARKS)


def tags(section: Section, kind: QuestionKind) -> tuple[str, ...]:
    """Return the tags of a question; the rubric that an essay names is the last of them."""
    found = section.texts("tags")
    if kind is not QuestionKind.ESSAY:
        section.refuse("rubric", "phiếu chấm chỉ dùng cho câu essay; xin bỏ dòng này")
        return found
    rubric = section.text("rubric", "", most=40)
    return (*found, f"{SUGGESTED}{rubric}") if rubric else found


def citation(section: Section) -> Citation | None:
    if "citation" not in section or section.is_none("citation"):
        return None
    part = section.section("citation")
    keys = ("document", "article", "clause", "link")
    return Citation(**{key: part.text(key, None if key == "document" else "", most=LONGEST_CITED) for key in keys})


def pictures(section: Section) -> tuple[PictureDraft, ...]:
    """Return the pictures, with their content in base64, of the stem or of the option whose number is said."""
    return tuple(_picture(part) for part in section.sections("pictures"))


def _picture(part: Section) -> PictureDraft:
    place = part.number("option", least=1, most=MOST_OPTIONS, default=0)
    typed = re.sub(r"\s", "", part.text("content", most=MOST_PICTURE))
    try:
        content = b64decode(typed, validate=True)
    except ValueError:
        content = b""
        part.wrong("content", "ảnh phải ghi ở dạng base64; xin xuất lại ngân hàng để có dòng này")
    return PictureDraft(part.text("name", ""), content, place - 1 if place else None)


def _accepted(section: Section, *, flagged: bool) -> tuple[str, ...]:
    found = section.texts("accepted")
    if not found and not flagged and not section.is_broken:
        section.wrong("accepted", 'thiếu đáp án; xin ghi mỗi cách viết được chấp nhận một dòng, ví dụ ["Hà Nội"]')
    if any(len(each) > LONGEST_ANSWER for each in found):
        section.wrong("accepted", f"dài quá {LONGEST_ANSWER} ký tự; xin viết ngắn hơn")
    return found


def _number(section: Section, key: str, text: str) -> str:
    number = text.replace(",", ".")
    if number and not (NUMBER.fullmatch(number) and not (key == "tolerance" and number.startswith("-"))):
        section.wrong(key, f"“{text}” không phải số; xin ghi như 3.14")
    return number


def _true_false(section: Section, *, flagged: bool) -> tuple[OptionDraft, ...]:
    section.refuse("options", "câu true_false không ghi “options”; xin ghi “answer: true” hoặc “answer: false”")
    answer = section.flag("answer")
    if answer is None and flagged:
        return OptionDraft(TRUE, right=False, pinned=True), OptionDraft(FALSE, right=False, pinned=True)
    if answer is None and not section.is_broken:
        section.wrong("answer", "thiếu đáp án; xin ghi “answer: true” (Đúng) hoặc “answer: false” (Sai)")
    return true_false_options(bool(answer))


def _options(section: Section, kind: QuestionKind, *, flagged: bool) -> tuple[OptionDraft, ...]:
    section.refuse("answer", "“answer” chỉ dùng cho câu true_false; xin ghi đáp án bằng “right:” trong “options”")
    parts = section.sections("options", required=not flagged)
    may_be_blank = flagged or "pictures" in section  # a picture may be all of an option
    options = tuple(_option(part, may_be_blank) for part in parts)
    if flagged or not parts:
        return options
    if not 2 <= len(options) <= MOST_OPTIONS:
        section.wrong("options", f"có {len(options)} phương án; câu {kind} cần từ 2 đến {MOST_OPTIONS} phương án")
    right = sum(option.right for option in options)
    if kind is QuestionKind.SINGLE and right != 1:
        section.wrong(
            "options", f"có {right} phương án “right”; câu single phải có đúng một, nhiều hơn là câu multiple"
        )
    if kind is QuestionKind.MULTIPLE and not right:
        section.wrong("options", "câu multiple phải có ít nhất một phương án “right”")
    _refuse_equal(parts, options)
    return options


def _option(part: Section, may_be_blank: bool) -> OptionDraft:
    given = [key for key in ("right", "wrong") if key in part]
    if len(given) != 1 and not part.is_broken:
        part.report.note(part.line, part.path, "mỗi phương án ghi đúng một khóa: “right” (đúng) hoặc “wrong” (sai)")
    needed = () if may_be_blank else given
    texts = [part.lines(key, None if key in needed else "", most=LONGEST_OPTION) for key in ("right", "wrong")]
    return OptionDraft(next(filter(None, texts), ""), right="right" in given, pinned=part.flag("pinned") or False)


def _refuse_equal(parts: Sequence[Section], options: Sequence[OptionDraft]) -> None:
    seen: dict[str, int] = {}
    for number, (part, option) in enumerate(zip(parts, options, strict=True), start=1):
        first = seen.setdefault(option.text, number)
        if option.text and first != number:
            part.report.note(part.line, part.path, f"giống phương án {first}; xin viết khác đi hoặc bỏ một phương án")
    pinned = [option.pinned for option in options]
    if pinned != sorted(pinned):
        place = pinned.index(True)
        parts[place].wrong("pinned", "phương án “pinned: true” phải đứng sau các phương án khác; xin chuyển xuống cuối")
