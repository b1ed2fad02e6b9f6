"""Carries a file's rows from the preview to the confirmation: in the page itself, signed, for this organiser only."""

from dataclasses import asdict, astuple, dataclass
from datetime import date
from typing import Any

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from quizapp.errors import BadShape
from quizapp.formats.roster import RosterRow
from quizapp.models import Person

GONE = "Bản xem trước này không dùng được nữa, nên chưa nhập gì. Xin chọn lại tệp để xem trước."


@dataclass(frozen=True)
class Sealed:
    """What was previewed: the rows, the union chosen for rows that name none, the digest of what they would do."""

    rows: tuple[RosterRow, ...]
    unit: str | None
    digest: str
    file_name: str


def seal(content: Sealed, by: Person) -> str:
    """Return the content as text that only this server can have made; long text comes out compressed."""
    rows = [[each.isoformat() if isinstance(each, date) else each for each in astuple(row)] for row in content.rows]
    return str(_serializer(by).dumps(asdict(content) | {"rows": rows}))


def unseal(text: str, by: Person) -> Sealed:
    """Return what was sealed for this organiser. Raises BadShape for anything else."""
    try:
        content = _serializer(by).loads(text)
    except BadData as error:
        raise BadShape(what=GONE) from error
    return Sealed(**content | {"rows": tuple(_row(*each) for each in content["rows"])})


def _row(row: int, full_name: str, birth_date: str | None, *others: Any) -> RosterRow:
    return RosterRow(row, full_name, date.fromisoformat(birth_date) if birth_date else None, *others)


def _serializer(by: Person) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=f"members-import:{by.id}")
