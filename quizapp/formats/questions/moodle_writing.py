"""What the writers of GIFT and Moodle XML share: names, weights, and what neither of both can say."""

from decimal import Decimal

from quizapp.formats.questions.categories import slug
from quizapp.formats.questions.drafts import BankDraft, QuestionDraft
from quizapp.formats.questions.lettering import tidy
from quizapp.formats.questions.writing import Losses
from quizapp.vocabulary import Confidence, Level, QuestionKind

LONGEST_TITLE = 60
NO_KEY = "Không ghi câu chưa có đáp án"
EMPTY = "Không ghi câu có phương án trống"


def left_out(question: QuestionDraft) -> str:
    """Return why a question cannot be written in either format, '' when it can."""
    if question.kind is QuestionKind.TRUE_FALSE and len(question.right_texts) != 1:
        return NO_KEY
    if question.kind is QuestionKind.MULTIPLE and not question.right_texts:
        return NO_KEY  # without weights it would read as a question with one right option
    if question.kind in (QuestionKind.SHORT, QuestionKind.NUMBER) and not question.accepted:
        return NO_KEY
    return EMPTY if any(not tidy(each.text) for each in question.options) else ""


def weight_of_right(question: QuestionDraft) -> str:
    """Return the weight of each of several right options as Moodle lists it: '33.33333'."""
    return format(round(Decimal(100) / len(question.right_texts), 5).normalize(), "f")


def title_of(question: QuestionDraft) -> str:
    """Return what names a question in a list: the beginning of its stem."""
    line = tidy(question.prompt).partition("\n")[0]
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1] + "…"


def lost_everywhere(question: QuestionDraft, bank: BankDraft, losses: Losses) -> None:
    """Note what a question has that neither GIFT nor Moodle XML has a place for."""
    said = {
        "Không ghi được rằng câu còn chờ người xem lại": question.flagged,
        "Không ghi được mức độ": question.level is not Level.EASY,
        "Không ghi được nguồn": question.source,
        "Không ghi được độ tin cậy của đáp án": question.confidence is not Confidence.TEXT,
        "Không ghi được thời hạn hiệu lực": question.valid_from or question.valid_to,
        "Không ghi được căn cứ pháp lý": question.citation,
        "Không ghi được việc bỏ qua dấu tiếng Việt": (
            question.kind is QuestionKind.SHORT and not question.accents_matter
        ),
        "Mã chủ đề sẽ khác khi nhập lại": question.topic and not _keeps_topic(question.topic, bank),
    }
    for what, is_lost in said.items():
        if is_lost:
            losses.note(what, question)


def _keeps_topic(code: str, bank: BankDraft) -> bool:
    parts = code.split("/")
    codes = ["/".join(parts[:length]) for length in range(1, len(parts) + 1)]
    return [slug(bank.topics.get(each, each.rpartition("/")[2])) for each in codes] == parts
