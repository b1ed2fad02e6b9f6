"""Carries a file's rows from the preview to the confirmation: in the page itself, signed, for this organiser only."""

from dataclasses import astuple
from datetime import date
from typing import Any

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from quizapp.errors import NotFound
from quizapp.formats.union_list import UnionList, UnionRow
from quizapp.models import Person


def seal(listing: UnionList, digest: str, file_name: str, by: Person) -> str:
    """Return the rows and what was shown of them as text that only this server can have made."""
    rows = [[each.isoformat() if isinstance(each, date) else each for each in astuple(row)] for row in listing.rows]
    return str(_serializer(by).dumps([rows, listing.notes, digest, file_name]))


def unseal(text: str, by: Person) -> tuple[UnionList, str, str]:
    """Return list, digest and name of the file as they were sealed for this organiser. Raises NotFound."""
    try:
        rows, notes, digest, file_name = _serializer(by).loads(text)
    except BadData as error:
        raise NotFound() from error
    return UnionList(tuple(_row(*row) for row in rows), notes=tuple(notes)), digest, file_name


def _row(row: int, code: str, name: str, kind: str, parent_code: str | None, *others: Any) -> UnionRow:
    valid_from, valid_to, members, counted_on = others
    return UnionRow(row, code, name, kind, parent_code, _day(valid_from), _day(valid_to), members, _day(counted_on))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _serializer(by: Person) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=f"unions-import:{by.id}")
