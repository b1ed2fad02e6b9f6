"""Finds what is right: for graders, and for pages that the rules allow to show keys."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ScalarSelect, Select, select

from quizapp.db import session
from quizapp.models import AcceptedAnswer, AnswerKey, KeyCorrection, QuestionVersion
from quizapp.rules.grading import GradedSlot, Key
from quizapp.rules.typed_answers import TypedKey
from quizapp.vocabulary import KeyVerdict, QuestionKind


@dataclass(frozen=True)
class PutRight:
    """How a question counts in a contest whose organisers found its key wrong; options: with a new key, its own."""

    verdict: KeyVerdict
    options: frozenset[int] = frozenset()


def put_right_in(contest_id: int | ScalarSelect[int]) -> dict[int, PutRight]:
    """Return the corrections of keys that stand in a contest, by version."""
    asked = select(KeyCorrection.version_id, KeyCorrection.verdict, KeyCorrection.options)
    standing = asked.where(KeyCorrection.contest_id == contest_id, KeyCorrection.undone_at.is_(None))
    return {
        version_id: PutRight(KeyVerdict(verdict), frozenset(options or ()))
        for version_id, verdict, options in session.execute(standing)
    }


def judged(slot: GradedSlot, put_right: PutRight | None) -> GradedSlot:
    """Return a slot as it counts after its key was put right; None: the key stands."""
    if put_right is None:
        return slot
    key = Key(put_right.options) if put_right.verdict is KeyVerdict.NEW_KEY else slot.key
    return replace(slot, key=key, verdict=put_right.verdict)


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
