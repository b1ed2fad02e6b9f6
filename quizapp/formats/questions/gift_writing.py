"""`BankDraft` → GIFT, Moodle's format for typed questions."""

import re
from collections.abc import Iterator

from quizapp.formats.questions.categories import path_of
from quizapp.formats.questions.drafts import BankDraft, OptionDraft, QuestionDraft
from quizapp.formats.questions.lettering import tidy
from quizapp.formats.questions.moodle_writing import left_out, lost_everywhere, title_of, weight_of_right
from quizapp.formats.questions.writing import Losses, Written
from quizapp.vocabulary import QuestionKind

SIGNS = re.compile(r"[\\:#={}~]")
ARROW = "Không ghi câu trả lời ngắn có dấu “->”, vì GIFT hiểu thành câu ghép đôi"


def write(bank: BankDraft) -> Written:
    """Return a bank as a GIFT file."""
    losses = Losses()
    return losses.written("\n".join(_lines(bank, losses)))


def _lines(bank: BankDraft, losses: Losses) -> Iterator[str]:
    topic = ""
    for question in bank.questions:
        why = _left_out(question)
        if why:
            losses.leave_out(why, question)
            continue
        _note(question, bank, losses)
        if question.topic != topic:
            topic = question.topic
            yield f"$CATEGORY: {_escaped(path_of(topic, bank.topics))}\n"
        yield "\n".join(_question(question)) + "\n"


def _left_out(question: QuestionDraft) -> str:
    if question.kind is QuestionKind.SHORT and any("->" in each for each in question.accepted):
        return ARROW
    return left_out(question)


def _note(question: QuestionDraft, bank: BankDraft, losses: Losses) -> None:
    lost_everywhere(question, bank, losses)
    said = {
        "Không ghi được mã hoặc thẻ có dấu “\\”": any("\\" in each for each in (question.ref, *question.tags)),
        "Không ghi được điểm": question.marks is not None,
        "Không ghi được ảnh": question.pictures,
        "Không ghi được đáp án gợi ý của câu tự luận": question.suggested,
        "Không ghi được việc phân biệt chữ hoa": question.kind is QuestionKind.SHORT and question.case_matters,
        "Không ghi được việc giữ phương án ở cuối": (
            question.kind is not QuestionKind.TRUE_FALSE and any(each.pinned for each in question.options)
        ),
    }
    for what, is_lost in said.items():
        if is_lost:
            losses.note(what, question)


def _question(question: QuestionDraft) -> Iterator[str]:
    notes = [f"[id:{_bracketed(question.ref)}]"] if _can_be_noted(question.ref) else []
    notes += [f"[tag:{_bracketed(each)}]" for each in question.tags if _can_be_noted(each)]
    if notes:
        yield "// " + " ".join(notes)
    # A title keeps the first signs of a stem from meaning anything; [plain] keeps all texts from being HTML.
    yield f"::{_escaped(title_of(question))}::[plain]{_escaped(question.prompt)}{{"
    yield from _answers(question)
    if question.explanation:
        yield f"\t####[plain]{_escaped(question.explanation)}"
    yield "}"


def _answers(question: QuestionDraft) -> Iterator[str]:
    if question.kind is QuestionKind.TRUE_FALSE:
        yield "\tTRUE" if question.options[0].right else "\tFALSE"
    elif question.kind is QuestionKind.NUMBER:
        yield f"\t#{question.accepted[0]}" + (f":{question.tolerance}" if question.tolerance else "")
    elif question.kind is QuestionKind.SHORT:
        for text in question.accepted:
            yield "\t=" + _guarded(text.replace("*", r"\*"))
    elif question.kind is QuestionKind.SINGLE:
        for option in question.options:
            yield f"\t{'=' if option.right else '~'}{_guarded(option.text)}"
    else:
        for option in question.options:
            yield f"\t~{_weight(option, question)}{_guarded(option.text)}"


def _weight(option: OptionDraft, question: QuestionDraft) -> str:
    """Give right options equal parts, and take the whole away for a wrong one, so that ticking all gains nothing."""
    return f"%{weight_of_right(question)}%" if option.right else "%-100%"


def _guarded(text: str) -> str:
    """Return an answer so that neither a form nor a weight is seen at its beginning."""
    return ("[plain]" if tidy(text).startswith(("[", "%")) else "") + _escaped(text)


def _escaped(text: str) -> str:
    return SIGNS.sub(lambda found: "\\" + found[0], tidy(text)).replace("\n", r"\n")


def _can_be_noted(text: str) -> bool:
    """Return whether a comment can carry a name: a backslash there only ever escapes a bracket."""
    return bool(text) and "\\" not in text


def _bracketed(text: str) -> str:
    return tidy(text).replace("\n", " ").replace("]", r"\]")
