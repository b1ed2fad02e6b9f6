"""A question as an address names it: by its bank and its number."""

from quizapp.errors import NotFound
from quizapp.models import QuestionBank
from quizapp.questions import queries
from quizapp.questions.queries import Listed


def listed_question(bank: QuestionBank, question_id: int) -> Listed:
    """Return the question with its newest version. Raises NotFound."""
    found = queries.one(bank, question_id)
    if found is None:
        raise NotFound()
    return found
