"""`BankDraft` → Aiken, which knows questions with one right option and nothing else."""

from collections.abc import Iterator

from quizapp.formats.questions.aiken import ANSWER, LABEL, OPTION
from quizapp.formats.questions.cleaning import look_alikes
from quizapp.formats.questions.drafts import BankDraft, QuestionDraft
from quizapp.formats.questions.writing import Losses, Written
from quizapp.rules.vietnamese import clean
from quizapp.vocabulary import Confidence, Level, QuestionKind

MOST_OPTIONS = 26
KINDS = "Không ghi câu chọn nhiều phương án, trả lời ngắn, bằng số hay tự luận"
NO_KEY = "Không ghi câu chưa có đúng một đáp án"
SHAPE = "Không ghi câu có lời giống dòng phương án hoặc dòng ANSWER, hoặc có phương án trống"


def write(bank: BankDraft) -> Written:
    """Return a bank as an Aiken file."""
    losses = Losses()
    return losses.written("\n".join(_blocks(bank, losses)))


def _blocks(bank: BankDraft, losses: Losses) -> Iterator[str]:
    for question in bank.questions:
        if why := _left_out(question):
            losses.leave_out(why, question)
        else:
            _note(question, losses)
            yield "\n".join(_question(question)) + "\n"


def _left_out(question: QuestionDraft) -> str:
    if question.kind not in (QuestionKind.SINGLE, QuestionKind.TRUE_FALSE):
        return KINDS
    texts = [clean(each.text) for each in question.options]
    if len(question.right_texts) != 1 or not 2 <= len(texts) <= MOST_OPTIONS:
        return NO_KEY
    stem = clean(question.prompt)
    is_seen = OPTION.fullmatch(look_alikes(stem)) or ANSWER.fullmatch(stem) or LABEL.match(stem)
    return SHAPE if is_seen or not stem or not all(texts) or len(set(texts)) < len(texts) else ""


def _note(question: QuestionDraft, losses: Losses) -> None:
    said = {
        "Câu đúng sai ghi thành câu chọn một": question.kind is QuestionKind.TRUE_FALSE,
        "Không ghi được lời giải thích": question.explanation,
        "Không ghi được nguồn và căn cứ pháp lý": question.source or question.citation,
        "Không ghi được chủ đề": question.topic,
        "Không ghi được mức độ": question.level is not Level.EASY,
        "Không ghi được độ tin cậy của đáp án": question.confidence is not Confidence.TEXT,
        "Không ghi được thời hạn hiệu lực": question.valid_from or question.valid_to,
        "Không ghi được mã câu hỏi": question.ref,
        "Không ghi được điểm": question.marks is not None,
        "Không ghi được thẻ": question.tags,
        "Không ghi được ảnh": question.pictures,
        "Không ghi được việc giữ phương án ở cuối": (
            question.kind is QuestionKind.SINGLE and any(each.pinned for each in question.options)
        ),
        "Các dòng của câu được nối thành một dòng": any(
            "\n" in each.strip() for each in (question.prompt, *(option.text for option in question.options))
        ),
    }
    for what, is_lost in said.items():
        if is_lost:
            losses.note(what, question)


def _question(question: QuestionDraft) -> Iterator[str]:
    yield clean(question.prompt)
    for place, option in enumerate(question.options):
        yield f"{chr(ord('A') + place)}) {clean(option.text)}"
    right = [each.right for each in question.options].index(True)
    yield f"ANSWER: {chr(ord('A') + right)}"
