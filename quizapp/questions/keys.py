"""Finds what is right: for graders, and for pages that the rules allow to show keys."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, select

from quizapp.db import session
from quizapp.models import AcceptedAnswer, AnswerKey, QuestionVersion
from quizapp.rules.grading import Key
from quizapp.rules.typed_answers import TypedKey
from quizapp.vocabulary import QuestionKind


def keys_of(versions: Select[tuple[int]] | Collection[int]) -> dict[int, Key]:
    """Return the keys of versions, given by ids or by what selects them; versions without a key are left out."""
    options: dict[int, set[int]] = {}
    asked = select(AnswerKey.version_id, AnswerKey.position).where(AnswerKey.version_id.in_(versions))
    for version_id, position in session.execute(asked):
        options.setdefault(version_id, set()).add(position)
    return {version_id: Key(frozenset(right)) for version_id, right in options.items()} | _typed(versions)


def _typed(versions: Select[tuple[int]] | Collection[int]) -> dict[int, Key]:
    asked = (
        select(
            QuestionVersion.id,
            QuestionVersion.kind,
            QuestionVersion.case_matters,
            QuestionVersion.accents_matter,
            AcceptedAnswer.text,
            AcceptedAnswer.tolerance,
        )
        .join(AcceptedAnswer, AcceptedAnswer.version_id == QuestionVersion.id)
        .where(QuestionVersion.id.in_(versions))
        .order_by(AcceptedAnswer.position)
    )
    found: dict[int, list[Any]] = {}
    for row in session.execute(asked):
        found.setdefault(row.id, []).append(row)
    return {version_id: Key(typed=_typed_key(rows)) for version_id, rows in found.items()}


def _typed_key(rows: list[Any]) -> TypedKey:
    first = rows[0]
    return TypedKey(
        accepted=tuple(row.text for row in rows),
        is_number=first.kind == QuestionKind.NUMBER,
        tolerance=first.tolerance,
        case_matters=first.case_matters,
        accents_matter=first.accents_matter,
    )
