"""Pictures of questions, for whoever sits the paper on which they stand."""

from flask import Blueprint, Response

from quizapp.errors import NotFound
from quizapp.models import Attempt
from quizapp.questions.on_paper import picture_on_paper
from quizapp.rules import permissions
from quizapp.web.guards import load

bp = Blueprint("question_pictures", __name__, url_prefix="/attempts/<int:attempt_id>/pictures")

SECONDS = 3600


@bp.get("/<digest>")
def show(attempt_id: int, digest: str) -> Response:
    attempt = load(Attempt, attempt_id, permissions.may_answer)
    found = picture_on_paper(attempt.paper_id, digest)
    if found is None:
        raise NotFound()
    answer = Response(found.content, mimetype="image/webp")
    answer.headers["Cache-Control"] = f"private, max-age={SECONDS}"
    answer.headers["Content-Disposition"] = "inline"
    return answer
