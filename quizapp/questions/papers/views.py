"""Pictures of questions, for whoever sits the paper on which they stand."""

from flask import Blueprint, Response

from quizapp.errors import NotFound
from quizapp.models import Attempt
from quizapp.questions.on_paper import picture_on_paper
from quizapp.rules import permissions
from quizapp.web.guards import load
from quizapp.web.pictures import answer_picture

bp = Blueprint("question_pictures", __name__, url_prefix="/attempts/<int:attempt_id>/pictures")


@bp.get("/<digest>")
def show(attempt_id: int, digest: str) -> Response:
    attempt = load(Attempt, attempt_id, permissions.may_answer)
    found = picture_on_paper(attempt.paper_id, digest)
    if found is None:
        raise NotFound()
    return answer_picture(found.content)
