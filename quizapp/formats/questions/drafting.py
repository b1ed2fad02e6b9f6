"""What was found in a file → drafts of questions: their kind, their key, what a person must still look at."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from quizapp.formats.questions import labels
from quizapp.formats.questions.codes import LOOSE, codes_in, codes_of, of_paper
from quizapp.formats.questions.drafts import (
    FALSE,
    TRUE,
    OptionDraft,
    PictureDraft,
    QuestionDraft,
    QuestionProblem,
    Reading,
)
from quizapp.formats.questions.found import Found, Parsed
from quizapp.formats.questions.grids import lines_of
from quizapp.formats.questions.judging import judge, refers
from quizapp.formats.questions.lines import Document, Line, Thing
from quizapp.formats.questions.marked_copy import take_keys
from quizapp.formats.questions.matching import attach
from quizapp.formats.questions.parsing import parse
from quizapp.formats.questions.rich import Rich
from quizapp.formats.questions.schemes import Schemes, decide, name_of
from quizapp.formats.questions.statements import statements_of
from quizapp.formats.questions.typed import typed
from quizapp.formats.questions.unlabelled import take_unlabelled
from quizapp.formats.workbook import refused
from quizapp.rules.question_typing import fold_name
from quizapp.rules.vietnamese import clean, fold
from quizapp.vocabulary import Level, QuestionKind

NO_QUESTIONS = (
    "không thấy câu hỏi nào. Mỗi câu xin bắt đầu bằng “Câu 1:” (hoặc “1.”), mỗi phương án bằng “A.”, “B.”, "
    "… rồi gửi lại."
)
LOOSE_KEYS = "có bảng giống bảng đáp án nhưng không đọc được"
OTHER_CODE = "tệp đáp án là của mã đề {}, còn tệp câu hỏi là mã đề {}. Xin gửi đúng tệp đáp án."
NO_COPY = (
    "tệp đáp án có câu hỏi nhưng không câu nào vừa có đáp án rõ vừa giống câu trong tệp câu hỏi. Xin gửi bản có "
    "đánh dấu đáp án của chính đề này, hoặc ghi mỗi dòng một câu, ví dụ “1-A”."
)
LONGEST_SOURCE = 300


@dataclass
class Scribe:
    """Writes drafts from what was found; `things`: the pictures of the file."""

    things: Sequence[Thing]
    schemes: Schemes
    loose: bool

    def drafts(self, question: Found) -> Iterator[QuestionDraft]:
        """Give the drafts that a question of the file makes: one, or one for each of its true/false statements."""
        told = statements_of(question, self.schemes)
        if told is None:
            yield self._draft(question)
            return
        base = self._base(question)
        for text, answer, why in told:
            doubts = [*question.doubts, *question.keyless, *self._lost(question)]
            doubts += [why] if why else []
            prompt = clean(f"{base.prompt} {text}")
            yield replace(
                base,
                kind=QuestionKind.TRUE_FALSE,
                prompt=prompt,
                options=_truths(None if why or question.keyless else answer),
                marks=None,
                flagged=bool(doubts),
                why="; ".join(dict.fromkeys(doubts)),
            )

    def _draft(self, question: Found) -> QuestionDraft:
        base = self._base(question)
        if len(question.choices) < 2:
            return self._without_options(question, base)
        verdict = judge(question, self.schemes)
        doubts = [*question.doubts, *question.keyless, *self._of_options(question), *self._lost(question)]
        doubts += [verdict.why] if verdict.why else []
        if self.loose and not verdict.right:
            doubts.append(LOOSE_KEYS)
        texts = [
            choice.unstarred[0].shown if self._has_star(question) else choice.text.shown for choice in question.choices
        ]
        kind = QuestionKind.MULTIPLE if verdict.several else QuestionKind.SINGLE
        options = _options(texts, verdict.right)
        if _are_truths(texts):
            kind = QuestionKind.TRUE_FALSE
            right = next((labels.TRUTHS[_word(texts[place])] for place in verdict.right), None)
            options = _truths(right)
        return replace(base, kind=kind, options=options, flagged=bool(doubts), why="; ".join(dict.fromkeys(doubts)))

    def _without_options(self, question: Found, base: QuestionDraft) -> QuestionDraft:
        found = typed(question, base)
        doubts = [*question.doubts, *question.keyless, *self._lost(question)]
        if found.why:
            doubts.append(found.why)
        if question.choices:
            doubts.append("chỉ thấy một phương án")
        made = found.draft
        if question.keyless:
            made = replace(made, accepted=(), options=_truths(None) if made.options else ())
        return replace(made, flagged=bool(doubts), why="; ".join(dict.fromkeys(doubts)))

    def _base(self, question: Found) -> QuestionDraft:
        source = " ".join(question.source)
        texts = {fold(choice.unstarred[0].shown).strip(" .") for choice in question.choices}
        # 'Đáp án: B. Huế' says which option is right, and nothing more.
        explanation = " ".join(each for each in question.explanation if fold(each).strip(" .") not in texts)
        if len(source) > LONGEST_SOURCE:
            explanation, source = clean(f"{explanation} {source}"), ""
        return QuestionDraft(
            kind=QuestionKind.ESSAY,
            prompt=question.prompt,
            options=(),
            explanation=clean(explanation),
            source=clean(source),
            topic=fold_name(question.topic) if question.topic else "",
            level=question.level or Level.EASY,
            marks=question.marks,
            suggested=clean(" ".join(question.suggested)),
            pictures=tuple(self._pictures(question)),
            row=question.row,
            original="\n".join(question.original),
        )

    def _pictures(self, question: Found) -> Iterator[PictureDraft]:
        for place, text in _texts(question):
            for number in text.objects:
                if not self.things[number].lost:
                    yield PictureDraft(self.things[number].name, self.things[number].content, place)

    def _lost(self, question: Found) -> Iterator[str]:
        for _, text in _texts(question):
            for number in text.objects:
                if self.things[number].lost:
                    yield f"câu có {self.things[number].lost}, chưa lấy được; xin thêm lại"
            if any("formula" in marks for marks in set(text.marks)):
                yield "câu có công thức, đã được ghi thành chữ; xin xem lại"

    def _of_options(self, question: Found) -> Iterator[str]:
        seen: dict[str, str] = {}
        for choice in question.choices:
            text = choice.unstarred[0]
            if not text.shown and not text.objects:
                yield f"phương án {choice.letter} để trống"
            letters, found = choice.text.counted()
            if letters and found.get("strike", 0) * 2 > letters:
                yield f"phương án {choice.letter} bị gạch ngang"
            if text.shown and not text.objects:
                first = seen.setdefault(fold(text.shown), choice.letter)
                if first != choice.letter and text.shown == self._text(question, first):
                    yield f"phương án {first} và {choice.letter} giống nhau"

    @staticmethod
    def _text(question: Found, letter: str) -> str:
        return next(each.unstarred[0].shown for each in question.choices if each.letter == letter)

    @staticmethod
    def _has_star(question: Found) -> bool:
        return 0 < sum(choice.unstarred[1] for choice in question.choices) < len(question.choices)


def _texts(question: Found) -> Iterator[tuple[int | None, Rich]]:
    yield from ((None, text) for text in question.stem)
    for place, choice in enumerate(question.choices):
        yield place, choice.label
        yield place, choice.text


def _word(text: str) -> str:
    return re.sub(r"[^a-z]", "", fold(text))


def _are_truths(texts: Sequence[str]) -> bool:
    found = [labels.TRUTHS.get(_word(text)) for text in texts]
    return len(texts) == 2 and None not in found and found[0] is not found[1]


def _truths(answer: bool | None) -> tuple[OptionDraft, ...]:
    return (
        OptionDraft(TRUE, right=answer is True, pinned=True),
        OptionDraft(FALSE, right=answer is False, pinned=True),
    )


def _options(texts: Sequence[str], right: frozenset[int]) -> tuple[OptionDraft, ...]:
    """Return options; those that speak of others keep their place, and all do when letters are named."""
    first = next((place for place, text in enumerate(texts) if labels.ALL_OF_THEM.match(fold(text))), len(texts))
    if any(refers(text) for text in texts):
        first = 0
    return tuple(OptionDraft(text, place in right, pinned=place >= first) for place, text in enumerate(texts))


def read_lines(document: Document, *, answers: Sequence[Line] | None = None) -> Reading:
    """Return what a document holds; answers: the lines of a file of keys. Raises BadFile when it is nothing."""
    lines = [*lines_of(document.blocks)]
    codes = codes_of(lines)
    lines = [*of_paper(lines, codes)]
    loose = any(line.role == LOOSE for line in lines)
    parsed = parse([line for line in lines if line.role != LOOSE and (line.text or line.role)])
    if not parsed.questions:
        raise refused(NO_QUESTIONS)
    if answers is not None:
        _take_answers(parsed, answers, codes)
    problems = attach(parsed)
    parsed.questions = take_unlabelled(parsed.questions)
    schemes = decide(parsed.questions)
    scribe = Scribe(document.things, schemes, loose)
    drafts: list[QuestionDraft] = []
    n = 0
    for question in parsed.questions:
        for draft in scribe.drafts(question):
            n += 1
            if draft.prompt or (draft.pictures and draft.options):
                drafts.append(replace(draft, n=n))
            else:
                what = f"“{question.label or 'câu không có số'}” không có nội dung câu hỏi"
                problems.append(QuestionProblem(n, question.where, what))
    evidence = (*_evidence(parsed, schemes, drafts), *document.remarks)
    return Reading(tuple(drafts), tuple(problems), topics=parsed.topics, evidence=evidence)


def _take_answers(parsed: Parsed, lines: Sequence[Line], codes: set[str]) -> None:
    """Give what a file of keys says: a list, or the paper once more with its key marked."""
    others = codes_in(lines)
    if codes and others and not codes & others:
        raise refused(OTHER_CODE.format(sorted(others)[0], sorted(codes)[0]))
    lines = [line for line in of_paper(lines, codes) if line.role != LOOSE]
    found = parse([Line(Rich()).but(Rich(), "keys"), *lines])
    if any(len(each.choices) > 1 for each in found.questions):
        if not take_keys(parsed.questions, parse(lines)):
            raise refused(NO_COPY)
    elif not found.lists:
        raise refused("không đọc được đáp án nào trong tệp đáp án. Mỗi dòng xin ghi số câu và chữ, ví dụ “1-A”.")
    else:
        parsed.lists += found.lists


def _evidence(parsed: Parsed, schemes: Schemes, drafts: Sequence[QuestionDraft]) -> Iterator[str]:
    yield f"{len(drafts)} câu hỏi."
    for name in schemes.trusted:
        yield f"Đáp án nhận theo {name_of(name)} ở {schemes.counts[name]} câu."
    written = sum(bool(each.answers) for each in parsed.questions)
    listed = sum(bool(each.listed) for each in parsed.questions)
    if written:
        yield f"Đáp án ghi ngay dưới câu ở {written} câu."
    if listed:
        yield f"Đáp án theo danh sách ở {listed} câu."
    for name in sorted(schemes.dropped):
        yield f"Có {name_of(name)} nhưng chỉ để trình bày, không phải đáp án."
    unclear = sum(draft.flagged for draft in drafts)
    if unclear:
        yield f"{unclear} câu chưa rõ, cần xem lại."
    numbers = [each.number for each in parsed.questions if each.number is not None and each.run == 0]
    gaps = sorted({*range(min(numbers), max(numbers))} - {*numbers}) if numbers else []
    if gaps and len(gaps) < len(numbers):
        yield f"Tệp không có câu số {', '.join(map(str, gaps[:10]))}."
