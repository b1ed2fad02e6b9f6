"""What a judge's desk sends, by form or as JSON, read against the criteria that were asked."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from quizapp.errors import BadShape
from quizapp.judging.queries import essay_rule
from quizapp.models import Allocation, Assessment, Round
from quizapp.rules.rubrics import Criterion, RubricContent, assessment_total, criteria, mark_problem
from quizapp.rules.settling import judge_max_mark
from quizapp.rules.wording import read_hundredths

MOST_CHARACTERS = 5000


@dataclass(frozen=True)
class Draft:
    """Marks in hundredths and comments, by criterion key; `problems`: what was typed but is no mark."""

    marks: dict[str, int]
    comments: dict[str, str]
    comment: str
    notes: str
    is_in_doubt: bool
    problems: dict[str, str] = field(default_factory=dict)


EMPTY = Draft(marks={}, comments={}, comment="", notes="", is_in_doubt=False)


@dataclass(frozen=True)
class Sheet:
    """What a judge fills in: by a rubric, or one free mark; out of `max_mark` hundredths."""

    content: RubricContent | None
    max_mark: int

    @property
    def criteria(self) -> Sequence[Criterion]:
        return criteria(self.content, self.max_mark)

    def total(self, marks: Mapping[str, int]) -> int | None:
        return assessment_total(self.content, marks, self.max_mark)


def most_of(round_: Round) -> int:
    """Return out of how many hundredths each judge of a round marks."""
    rule = essay_rule(round_)
    return judge_max_mark(rule.max_mark, judges=rule.judges, combine=rule.combine)


def sheet_of(allocation: Allocation) -> Sheet:
    return Sheet(allocation.rubric.content if allocation.rubric else None, most_of(allocation.seat.round))


def max_mark(allocation: Allocation) -> int:
    """Return out of how many hundredths this judge marks."""
    return most_of(allocation.seat.round)


def criteria_of(allocation: Allocation) -> Sequence[Criterion]:
    return sheet_of(allocation).criteria


def read(fields: Mapping[str, Any], allocation: Allocation) -> Draft:
    """Return what was sent; a mark that is none is told and not taken. Raises BadShape."""
    return read_sheet(fields, sheet_of(allocation))


def read_sheet(fields: Mapping[str, Any], sheet: Sheet, *, only: str | None = None) -> Draft:
    """Return what was sent for a sheet, or for one criterion of it. Raises BadShape."""
    draft = Draft(
        marks={},
        comments={},
        comment=_text(fields, "comment"),
        notes=_text(fields, "notes"),
        is_in_doubt=bool(_text(fields, "doubt")),
    )
    for each in sheet.criteria:
        if only not in (None, each.key):
            continue
        if comment := _text(fields, f"comment-{each.key}"):
            draft.comments[each.key] = comment
        typed = _text(fields, f"mark-{each.key}").strip()
        if not typed:
            continue
        mark = read_hundredths(typed)
        if mark is None:
            problem: str | None = f"“{each.title}”: xin ghi điểm bằng số, ví dụ 1,5."
        else:
            problem = mark_problem(sheet.content, each.key, mark, sheet.max_mark)
        if problem is None and mark is not None:
            draft.marks[each.key] = mark
        else:
            draft.problems[each.key] = problem or ""
    return draft


def as_kept(kept: Assessment | None) -> Draft:
    """Return what is kept as the draft that would keep it."""
    if kept is None:
        return EMPTY
    return Draft(kept.marks, kept.comments, kept.comment, kept.notes, kept.is_in_doubt)


def merged(kept: Draft | Assessment | None, draft: Draft, key: str) -> Draft:
    """Return what is kept with the mark and comment of one criterion from a draft.

    What is no mark, or none at all, never takes one away from what was finished.
    """
    kept = kept or EMPTY
    marks = {**kept.marks, **draft.marks}
    if key not in draft.marks and not (isinstance(kept, Assessment) and kept.finished_at):
        marks.pop(key, None)
    comments = {each: text for each, text in kept.comments.items() if each != key} | draft.comments
    whole = Draft(marks, comments, kept.comment, kept.notes, kept.is_in_doubt)
    return replace(whole, problems=draft.problems)


def version(kept: Draft | Assessment | None, key: str | None = None) -> str:
    """Return what tells one content of a sheet from every other; key: of this criterion alone."""
    kept = kept or EMPTY
    content: list[Any] = [kept.marks.get(key), kept.comments.get(key)] if key else [kept.marks, kept.comments]
    if key is None:
        content += [kept.comment, kept.notes, kept.is_in_doubt]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


def known(fields: Mapping[str, Any], sheet: Sheet, key: str | None = None) -> frozenset[str] | None:
    """Return the versions that a page knows of: the one it shows, and those that it sent without hearing an answer.

    None: it did not come from a page that tells.
    """
    if "seen" not in fields:
        return None
    try:
        unheard = json.loads(_text(fields, "unheard") or "[]")
        drafts = [read_sheet(each, sheet, only=key) for each in unheard if isinstance(each, dict)]
    except (BadShape, ValueError, TypeError, RecursionError):
        drafts = []
    return frozenset((_text(fields, "seen"), *(version(each, key) for each in drafts)))


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name, "")
    if not isinstance(value, str):
        raise BadShape(what=f"“{name}” phải là chữ.")
    text = value.replace("\r\n", "\n").replace("\0", "").encode("utf-8", "replace").decode()
    if len(text) > MOST_CHARACTERS and name != "unheard":
        raise BadShape(what="Mỗi ô ghi nhiều nhất 5.000 ký tự; xin rút gọn rồi lưu lại.")
    return text
