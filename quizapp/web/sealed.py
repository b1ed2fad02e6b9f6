"""Carries what was previewed to its confirmation: in the page itself, signed, for the one who saw it only."""

from typing import Any, TypeVar

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from quizapp.errors import BadShape
from quizapp.models import Person
from quizapp.rules.plain import decode, encode

GONE = "Bản xem trước này không dùng được nữa, nên chưa nhập gì. Xin chọn lại tệp để xem trước."

Content = TypeVar("Content")


def seal(content: Any, by: Person) -> str:
    """Return a frozen dataclass as text that only this server can have made; long text comes out compressed."""
    return str(_serializer(type(content), by).dumps(encode(content)))


def unseal(kind: type[Content], text: str | None, by: Person) -> Content:
    """Return what was sealed for this person. Raises BadShape for anything else."""
    try:
        content: Content = decode(kind, _serializer(kind, by).loads(text or ""))
    except BadData as error:
        raise BadShape(what=GONE) from error
    return content


def _serializer(kind: type[Any], by: Person) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=f"{kind.__module__}.{kind.__name__}:{by.id}")
