"""Answers with a picture: no name, no date, nothing kept outside the viewer's own browser."""

from flask import Response

SECONDS = 3600


def answer_picture(content: bytes) -> Response:
    """Return a picture, WebP as all are stored, under no name but its address."""
    answer = Response(content, mimetype="image/webp")
    answer.headers["Cache-Control"] = f"private, max-age={SECONDS}"
    answer.headers["Content-Disposition"] = "inline"
    return answer
