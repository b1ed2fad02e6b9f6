"""Frozen dataclasses as plain JSON values, and back."""

from base64 import b64decode, b64encode
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints


def encode(value: Any) -> Any:
    """Return a dataclass as plain JSON values; `decode` is its inverse."""
    if value is None or type(value) in (str, bool, int):  # most are
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: encode(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [encode(each) for each in value]
    if isinstance(value, date):  # an instant is a date, too
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, bytes):
        return b64encode(value).decode()
    return value.value if isinstance(value, StrEnum) else value


def decode(kind: Any, value: Any) -> Any:
    """Return the value of type `kind` that `encode` gave as plain JSON values. Raises ValueError on a word unknown."""
    if get_origin(kind) in (Union, UnionType):
        return None if value is None else decode(next(each for each in get_args(kind) if each is not type(None)), value)
    if get_origin(kind) is tuple:
        return tuple(decode(get_args(kind)[0], each) for each in value)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: decode(hints[name], each) for name, each in value.items()})
    if kind in (date, datetime):
        return kind.fromisoformat(value)
    if kind is timedelta:
        return timedelta(seconds=value)
    if kind is bytes:
        return b64decode(value)
    return kind(value) if isinstance(kind, type) and issubclass(kind, StrEnum) else value


@cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    return get_type_hints(kind)
