"""Answers with a picture of an essay: no name, no date, nothing kept outside the viewer's own browser."""

from flask import Response

from quizapp.models import EssayFile

SECONDS = 3600


def picture(file: EssayFile) -> Response:
    """Return the picture under no name but its address."""
    answer = Response(file.content, mimetype="image/webp")
    answer.headers["Cache-Control"] = f"private, max-age={SECONDS}"
    answer.headers["Content-Disposition"] = "inline"
    return answer
