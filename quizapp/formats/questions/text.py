"""Questions in a plain text file, in the grammar of Word files."""

from quizapp.formats.questions.answer_file import answer_lines
from quizapp.formats.questions.apart import QuestionFile, apart
from quizapp.formats.questions.drafting import read_lines
from quizapp.formats.questions.drafts import Reading
from quizapp.formats.questions.lines import Document
from quizapp.formats.questions.plain import decoded, plain_lines


def read_file(file: QuestionFile) -> Reading:
    """Return what a text file holds. Raises BadFile."""
    return read_lines(Document(plain_lines(decoded(file.data))), answers=answer_lines(file))


read = apart(read_file)
