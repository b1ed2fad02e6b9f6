"""What a judge's desk sends, by form or as JSON, read against the criteria that were asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from quizapp.errors import BadShape
from quizapp.judging.queries import essay_rule
from quizapp.models import Allocation
from quizapp.rules.rubrics import Criterion, criteria, mark_problem
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


def max_mark(allocation: Allocation) -> int:
    """Return out of how many hundredths this judge marks."""
    rule = essay_rule(allocation.seat.round)
    return judge_max_mark(rule.max_mark, judges=rule.judges, combine=rule.combine)


def criteria_of(allocation: Allocation) -> Sequence[Criterion]:
    return criteria(allocation.rubric.content if allocation.rubric else None, max_mark(allocation))


def read(fields: Mapping[str, Any], allocation: Allocation) -> Draft:
    """Return what was sent; a mark that is none is told and not taken. Raises BadShape."""
    draft = Draft(
        marks={},
        comments={},
        comment=_text(fields, "comment"),
        notes=_text(fields, "notes"),
        is_in_doubt=bool(_text(fields, "doubt")),
    )
    content = allocation.rubric.content if allocation.rubric else None
    for each in criteria_of(allocation):
        if comment := _text(fields, f"comment-{each.key}"):
            draft.comments[each.key] = comment
        typed = _text(fields, f"mark-{each.key}").strip()
        if not typed:
            continue
        mark = read_hundredths(typed)
        if mark is None:
            problem: str | None = f"“{each.title}”: xin ghi điểm bằng số, ví dụ 1,5."
        else:
            problem = mark_problem(content, each.key, mark, max_mark(allocation))
        if problem is None and mark is not None:
            draft.marks[each.key] = mark
        else:
            draft.problems[each.key] = problem or ""
    return draft


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name, "")
    if not isinstance(value, str):
        raise BadShape(what=f"“{name}” phải là chữ.")
    text = value.replace("\r\n", "\n").replace("\0", "").encode("utf-8", "replace").decode()
    if len(text) > MOST_CHARACTERS:
        raise BadShape(what="Mỗi ô ghi nhiều nhất 5.000 ký tự; xin rút gọn rồi lưu lại.")
    return text
