"""One QTI item as a draft, or the reason why it is none: choice, true/false, typed and essay items."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from xml.etree.ElementTree import Element

from quizapp.formats.questions.drafts import FALSE, TRUE, OptionDraft, QuestionDraft, true_false_options
from quizapp.formats.questions.qti_key import (
    Declared,
    Key,
    declared,
    key_of_choices,
    key_of_texts,
    number_of,
    tolerance,
)
from quizapp.formats.questions.qti_text import Fetch, Texts, is_escaped
from quizapp.rules.vietnamese import clean, fold
from quizapp.vocabulary import QuestionKind

OTHERS = {
    "matchInteraction": "ghép đôi",
    "associateInteraction": "ghép cặp",
    "orderInteraction": "sắp thứ tự",
    "gapMatchInteraction": "kéo chữ vào chỗ trống",
    "inlineChoiceInteraction": "chọn từ trong dòng",
    "hottextInteraction": "chọn chữ trong đoạn",
    "hotspotInteraction": "chọn điểm trên hình",
    "selectPointInteraction": "chấm điểm trên hình",
    "sliderInteraction": "thanh trượt",
    "uploadInteraction": "nộp tệp",
    "drawingInteraction": "vẽ hình",
    "mediaInteraction": "xem phim, nghe âm thanh",
    "customInteraction": "dạng riêng của phần mềm khác",
    "portableCustomInteraction": "dạng riêng của phần mềm khác",
    "endAttemptInteraction": "nút xin gợi ý",
}
NOT_THE_STEM = {
    *(
        "simpleChoice",
        "rubricBlock",
        "feedbackBlock",
        "feedbackInline",
        "templateBlock",
        "templateInline",
        "infoControl",
    ),
}
FEEDBACK = {"feedbackInline", "feedbackBlock"}
FOR_JUDGES = {"scorer", "tutor", "author", "proctor", "testConstructor"}
YES, NO = {"dung", "true"}, {"sai", "false"}
NUMBERS = ("integer", "float")


class NotImportable(ValueError):
    """The item is no question that can be asked here; the message says why."""


@dataclass(frozen=True)
class Parts:
    """An item with its only interaction and what belongs to it."""

    item: Element
    body: Element
    interaction: Element
    texts: Texts
    response: Declared


def draft_of(item: Element, fetch: Fetch) -> tuple[QuestionDraft, str]:
    """Return the draft of an item, and where its key stood, ''. Raises NotImportable."""
    body = item.find("itemBody")
    if body is None:
        raise NotImportable("không có nội dung (itemBody)")
    if next(item.iter("templateProcessing"), None) is not None or next(body.iter("printedVariable"), None) is not None:
        raise NotImportable("câu có số liệu thay đổi mỗi lần làm (template)")
    interaction = _interaction(body)
    texts = Texts(fetch, is_escaped(body))
    try:
        response = declared(item, interaction.get("responseIdentifier", ""))
    except ValueError as error:
        raise NotImportable(f"điểm trong bảng điểm không phải số: “{error}”") from error
    parts = Parts(item, body, interaction, texts, response)
    kinds = {
        "choiceInteraction": _choice,
        "textEntryInteraction": _typed,
        "extendedTextInteraction": _essay,
    }
    _show_to_all(body)
    prompt = texts.of(body, without=NOT_THE_STEM)
    draft, key = kinds[interaction.tag](parts, prompt)
    reasons = [key.why, *([] if prompt or draft.pictures else ["câu không có nội dung"]), *texts.left_out]
    if item.get("adaptive") == "true":
        reasons.append("câu cho làm nhiều bước (adaptive), chỉ đưa vào được bước đầu")
    reasons = [*filter(None, [draft.why, *reasons])]
    why = "; ".join(dict.fromkeys([*reasons, *texts.remarks]))
    return replace(draft, flagged=bool(reasons), why=why[:1].upper() + why[1:], marks=_marks(item)), key.taken_from


def _interaction(body: Element) -> Element:
    found = [each for each in body.iter() if each.tag.endswith("Interaction")]
    if not found:
        raise NotImportable("chỉ có nội dung đọc, không có phần trả lời")
    strange = [each for each in found if each.tag in OTHERS or each.tag.startswith(("graphic", "position"))]
    if strange:
        tag = strange[0].tag
        raise NotImportable(f"dạng {OTHERS.get(tag, 'làm trên hình')} ({tag}) chưa nhập được")
    if len(found) > 1:
        raise NotImportable(f"có {len(found)} phần trả lời trong một câu, chưa nhập được; xin tách thành nhiều câu")
    if found[0].tag not in ("choiceInteraction", "textEntryInteraction", "extendedTextInteraction"):
        raise NotImportable(f"dạng {found[0].tag} chưa nhập được")
    return found[0]


def _show_to_all(body: Element) -> None:
    """What candidates are told beside the question belongs to the question."""
    for block in body.iter("rubricBlock"):
        if not FOR_JUDGES & set(block.get("view", "").split()):
            block.tag = "div"


def _choice(parts: Parts, prompt: str) -> tuple[QuestionDraft, Key]:
    choices = list(parts.interaction.iter("simpleChoice"))
    names = [each.get("identifier", "") for each in choices]
    single, contradiction = _is_single(parts)
    key = key_of_choices(parts.item, parts.response, names, single=single)
    if not contradiction and len(key.right) > (most := _most(parts)) > 0 and not single:
        contradiction = f"chỉ được chọn {most} phương án mà tệp ghi {len(key.right)} đáp án"
    if contradiction or len(set(names)) < len(names):
        key = Key(why=contradiction or "hai phương án có cùng mã")
    texts = [parts.texts.of(each, without=FEEDBACK, place=place) for place, each in enumerate(choices)]
    pinned = _pinned(parts.interaction, choices)
    options = tuple(
        OptionDraft(text, right=name in key.right, pinned=fixed)
        for text, name, fixed in zip(texts, names, pinned, strict=True)
    )
    kind = QuestionKind.SINGLE if single else QuestionKind.MULTIPLE
    draft = QuestionDraft(kind, prompt, options, why=_odd(options, parts.texts))
    draft = replace(draft, explanation=_explanation(parts, key, choices), pictures=tuple(parts.texts.pictures))
    return _as_true_false(draft) if single else draft, key


def _is_single(parts: Parts) -> tuple[bool, str]:
    cardinality, most = parts.response.cardinality, _most(parts)
    if cardinality not in ("single", "multiple"):
        return most == 1, f"tệp không khai báo đúng cách trả lời ({cardinality or 'thiếu responseDeclaration'})"
    return cardinality == "single" or (most == 1 and parts.interaction.get("maxChoices") is not None), ""


def _most(parts: Parts) -> int:
    """Return how many options may be chosen, 0: any number."""
    asked = parts.interaction.get("maxChoices")
    if asked is None:
        return 0 if parts.response.cardinality == "multiple" else 1
    return int(asked) if asked.isdecimal() else 0


def _pinned(interaction: Element, choices: Sequence[Element]) -> list[bool]:
    """Options that stay at the end stay there; one that stays elsewhere is only kept by keeping them all."""
    fixed = [each.get("fixed", "").lower() == "true" for each in choices]
    return fixed if fixed == sorted(fixed) or interaction.get("shuffle", "").lower() == "false" else [True] * len(fixed)


def _odd(options: Sequence[OptionDraft], texts: Texts) -> str:
    if len(options) < 2:
        return f"chỉ có {len(options)} phương án"
    pictured = {each.place for each in texts.pictures}
    if any(not each.text and place not in pictured for place, each in enumerate(options)):
        return "có phương án trống"
    written = [each.text for place, each in enumerate(options) if place not in pictured]
    return "có hai phương án giống nhau" if len(set(written)) < len(written) else ""


def _as_true_false(draft: QuestionDraft) -> QuestionDraft:
    said = [_said_alone(each.text) for each in draft.options]
    if len(said) != 2 or any(each.place is not None for each in draft.pictures):
        return draft
    if not ((said[0] in YES and said[1] in NO) or (said[0] in NO and said[1] in YES)):
        return draft
    [yes, no] = sorted(draft.options, key=lambda option: _said_alone(option.text) in NO)
    options = true_false_options(True)
    if not yes.right:
        options = true_false_options(False) if no.right else tuple(OptionDraft(t, False, True) for t in (TRUE, FALSE))
    return replace(draft, kind=QuestionKind.TRUE_FALSE, options=options)


def _said_alone(text: str) -> str:
    return fold(text).rstrip(".! ")


def _typed(parts: Parts, prompt: str) -> tuple[QuestionDraft, Key]:
    response = parts.response
    key = key_of_texts(parts.item, response)
    shared: dict[str, Any] = {"explanation": _explanation(parts, key), "pictures": tuple(parts.texts.pictures)}
    if response.base_type in NUMBERS:
        number = number_of(key.right[0]) if len(key.right) == 1 else None
        if number is None:
            key = Key(why=key.why or "đáp số không phải đúng một số")
            return QuestionDraft(QuestionKind.NUMBER, prompt, (), **shared), key
        span, why = tolerance(parts.item, number)
        shared |= {"accepted": (f"{number:f}",), "tolerance": f"{span.normalize():f}" if span else "", "why": why}
        return QuestionDraft(QuestionKind.NUMBER, prompt, (), **shared), key
    if response.base_type != "string":
        key = Key(why=f"kiểu trả lời “{response.base_type or 'không ghi'}” chưa nhập được")
    shared |= {"accepted": key.right, "case_matters": response.cased}
    return QuestionDraft(QuestionKind.SHORT, prompt, (), **shared), key


def _essay(parts: Parts, prompt: str) -> tuple[QuestionDraft, Key]:
    blocks = [each for each in parts.body.iter("rubricBlock") if each.tag == "rubricBlock"]
    suggested = [*_said(parts, blocks), *parts.response.correct]
    draft = QuestionDraft(
        QuestionKind.ESSAY,
        prompt,
        (),
        suggested="\n".join(filter(None, suggested)),
        explanation=_explanation(parts, Key()),
        pictures=tuple(parts.texts.pictures),
    )
    return draft, Key()


def _explanation(parts: Parts, key: Key, choices: Sequence[Element] = ()) -> str:
    """Return what is said after the answer: of a wrong option with the option before it."""
    options = {each.get("identifier", ""): each for each in choices if each.get("identifier") not in key.right}
    feedbacks = _feedbacks(parts)
    said: list[str] = []
    for feedback, text in zip(feedbacks, _said(parts, feedbacks), strict=True):
        about = options.get(feedback.get("identifier", ""))
        option = "" if about is None else parts.texts.of(about, without={*FEEDBACK, "img", "object"})
        said.append(f"{option}: {text}" if option and text else text)
    return "\n".join(dict.fromkeys(filter(None, said)))


def _said(parts: Parts, blocks: Sequence[Element]) -> list[str]:
    """Return texts that stand outside the question, whose pictures have no place."""
    apart = Texts(parts.texts.fetch, parts.texts.is_escaped)
    said = [apart.of(each) for each in blocks]
    pictures = ["hình chưa đưa vào được"] if apart.pictures else []
    parts.texts.remarks.extend(f"lời giải: {sentence}" for sentence in (*apart.left_out, *pictures))
    return said


def _feedbacks(parts: Parts) -> Sequence[Element]:
    blocks = [each for each in parts.body.iter() if each.tag in FEEDBACK]
    if parts.interaction.tag != "extendedTextInteraction":
        blocks += list(parts.body.iter("rubricBlock"))
    return [*parts.item.iter("modalFeedback"), *blocks]


def _marks(item: Element) -> int | None:
    for outcome in item.iter("outcomeDeclaration"):
        if outcome.get("identifier") == "SCORE" and (most := number_of(outcome.get("normalMaximum", ""))):
            return round(most * 100) if 0 < most < 10_000 else None
        if outcome.get("identifier") == "MAXSCORE":
            value = number_of(clean("".join(outcome.itertext())))
            return round(value * 100) if value is not None and 0 < value < 10_000 else None
    return None
