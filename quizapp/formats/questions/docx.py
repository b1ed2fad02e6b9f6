"""Questions in a Word file."""

from quizapp.formats.questions.answer_file import answer_lines
from quizapp.formats.questions.apart import QuestionFile, apart
from quizapp.formats.questions.drafting import read_lines
from quizapp.formats.questions.drafts import Reading
from quizapp.formats.questions.word.body import read_document


def read_file(file: QuestionFile) -> Reading:
    """Return what a Word file holds. Raises BadFile."""
    return read_lines(read_document(file.data), answers=answer_lines(file))


read = apart(read_file)
