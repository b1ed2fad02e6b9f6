"""What a request may bring: JSON that is nested without end is no JSON."""

from typing import Any

from flask import Flask
from flask.json.provider import DefaultJSONProvider


class ShallowJSON(DefaultJSONProvider):
    """Python's parser gives up on deep nesting by an error that nobody takes for bad input."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        try:
            return super().loads(s, **kwargs)
        except RecursionError as error:
            raise ValueError("nested too deep") from error


def init_app(app: Flask) -> None:
    app.json = ShallowJSON(app)
