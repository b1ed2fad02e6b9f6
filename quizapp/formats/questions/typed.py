"""Questions without options: a short or a numeric answer, true or false, or an essay."""

import re
from dataclasses import dataclass, replace

from quizapp.formats.questions.drafts import FALSE, TRUE, OptionDraft, QuestionDraft
from quizapp.formats.questions.found import Found
from quizapp.formats.questions.labels import (
    ESSAY_PART,
    ESSAY_WORDS,
    SHORT_PART,
    TRUTH_END,
    TRUTH_PART,
    TRUTHS,
    Key,
)
from quizapp.rules.vietnamese import clean, fold
from quizapp.vocabulary import QuestionKind

NUMERIC = re.compile(r"[+\-−]?\d+(?:[.,]\d+)?")
THOUSANDS = re.compile(r"[+\-−]?\d{1,3}(?:[.,]\d{3})+")
SHORT_MOST = 80
TRUTH_ASKED = re.compile(r"\b(đúng\s*(?:hay|/|hoặc|-|–)\s*sai|true or false)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Typed:
    draft: QuestionDraft
    why: str = ""


def typed(question: Found, base: QuestionDraft) -> Typed:
    """Return a question without options as the kind that it is."""
    keys = [*question.answers, *question.listed]
    texts = list(dict.fromkeys(clean(key.text) for key in keys if key.text))
    if any(key.letters for key in keys):
        said = ", ".join(key.letters for key in keys if key.letters)
        return Typed(base, f"có đáp án “{said}” nhưng không thấy các phương án; xin thêm phương án")
    truth = _truth(question, texts)
    if truth is not None:
        return _true_false(base, truth, question)
    if ESSAY_PART.search(question.part) or base.suggested or any(len(text) > SHORT_MOST for text in texts):
        return Typed(replace(base, suggested=clean(" ".join(filter(None, [*texts, base.suggested])))))
    if texts:
        return _short(base, texts, keys)
    if SHORT_PART.search(question.part):
        return Typed(replace(base, kind=QuestionKind.SHORT), "không thấy đáp án; xin ghi đáp án")
    if TRUTH_PART.search(question.part) or TRUTH_ASKED.search(base.prompt):
        return _true_false(base, {}, question)
    if ESSAY_WORDS.search(base.prompt):
        return Typed(base)
    return Typed(base, "không thấy phương án trả lời; xin thêm phương án, hoặc giữ là câu tự luận")


def _truth(question: Found, texts: list[str]) -> dict[str, bool] | None:
    """Return what says whether a statement is true: {} when nothing does, though it is one; None: it is none."""
    said = {f"đáp án ghi “{text}”": TRUTHS[word] for text in texts if (word := fold(text).strip(" .")) in TRUTHS}
    if texts and len(said) < len(texts):
        return None
    last = question.stem[-1].text if question.stem else ""
    end = TRUTH_END.search(last)
    if end and (end["in"] or TRUTH_PART.search(question.part)) and not TRUTH_ASKED.search(last[end.start() - 12 :]):
        said[f"cuối câu ghi “{end['in'] or end['out']}”"] = TRUTHS[fold(end["in"] or end["out"])]
        question.stem[-1] = question.stem[-1][: end.start()]
    return said or None


def _true_false(base: QuestionDraft, said: dict[str, bool], question: Found) -> Typed:
    answers = set(said.values())
    answer = next(iter(answers)) if len(answers) == 1 else None
    options = (
        OptionDraft(TRUE, right=answer is True, pinned=True),
        OptionDraft(FALSE, right=answer is False, pinned=True),
    )
    why = "không thấy đáp án đúng hay sai; xin chọn đáp án" if not said else ""
    if len(answers) > 1:
        why = f"đáp án mâu thuẫn: {'; '.join(said)}. Xin chọn lại đáp án"
    return Typed(replace(base, kind=QuestionKind.TRUE_FALSE, options=options, prompt=question.prompt), why)


def _short(base: QuestionDraft, texts: list[str], keys: list[Key]) -> Typed:
    if len(texts) > 1:
        return Typed(
            replace(base, kind=QuestionKind.SHORT), f"đáp án mâu thuẫn: {'; '.join(texts)}. Xin ghi lại đáp án"
        )
    text = texts[0].rstrip(". ")
    if THOUSANDS.fullmatch(text):
        why = f"đáp án “{text}” có thể là số nguyên hoặc số thập phân; xin ghi lại đáp án"
        return Typed(replace(base, kind=QuestionKind.NUMBER), why)
    if NUMERIC.fullmatch(text):
        number = text.replace(",", ".").replace("−", "-").lstrip("+")
        return Typed(replace(base, kind=QuestionKind.NUMBER, accepted=(number,)))
    accepted = tuple(filter(None, (clean(each) for each in re.split(r";|\s/\s|\shoặc\s", text))))
    return Typed(replace(base, kind=QuestionKind.SHORT, accepted=accepted))
