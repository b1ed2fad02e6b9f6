"""Criteria and levels: what a judge is asked, and what the answers make."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from quizapp.rules.wording import hundredths


@dataclass(frozen=True)
class RubricLevel:
    """One level of a criterion; mark in hundredths."""

    title: str
    descriptor: str
    mark: int


@dataclass(frozen=True)
class Criterion:
    """One thing that is judged. Without levels any mark from 0 to `max_mark` (hundredths) in steps of `step`."""

    key: str
    title: str
    description: str
    max_mark: int
    levels: tuple[RubricLevel, ...] = ()
    step: int = 25


@dataclass(frozen=True)
class RubricContent:
    criteria: tuple[Criterion, ...]

    @property
    def max_mark(self) -> int:
        return sum(criterion.max_mark for criterion in self.criteria)


FREE = Criterion(key="mark", title="Điểm", description="", max_mark=0)
"""The one criterion of an essay without a rubric; its `max_mark` is the essay's."""


SUGGESTED = "rubric:"
"""What the tag of an essay begins with that names the rubric for it."""


def suggested_rubric(tags: Iterable[str]) -> str:
    """Return the code of the rubric that the tags of an essay name, or ''."""
    return next((tag.removeprefix(SUGGESTED) for tag in tags if tag.startswith(SUGGESTED)), "")


def criteria(content: RubricContent | None, max_mark: int) -> tuple[Criterion, ...]:
    """Return what a judge is asked: the rubric's criteria, or one free mark keyed "mark" out of `max_mark`."""
    return content.criteria if content else (replace(FREE, max_mark=max_mark),)


def assessment_total(content: RubricContent | None, marks: Mapping[str, int], max_mark: int) -> int | None:
    """Return the total of a judge's marks in hundredths out of `max_mark`, or None while a criterion has no mark.

    marks: by criterion key, each one that `mark_problem` allows; keys of no criterion are not looked at.
    """
    asked = criteria(content, max_mark)
    if any(criterion.key not in marks for criterion in asked):
        return None
    total = sum(marks[criterion.key] for criterion in asked)
    return scaled_total(total, content.max_mark, max_mark) if content else total


def scaled_total(total: int, rubric_max: int, max_mark: int) -> int:
    """Return a total out of `rubric_max` as hundredths out of `max_mark`; exact, halves go to the even neighbour."""
    return total if rubric_max == max_mark or not rubric_max else round(Fraction(total * max_mark, rubric_max))


def mark_problem(content: RubricContent | None, key: str, mark: int, max_mark: int) -> str | None:
    """Return in Vietnamese why a mark (hundredths) is not one that the criterion of this key allows, or None.

    With levels only their marks count; without, any step from 0 to the highest mark, and that one itself.
    """
    criterion = next((each for each in criteria(content, max_mark) if each.key == key), None)
    if criterion is None:
        return "Phiếu chấm không có tiêu chí này; hãy tải lại trang rồi chấm lại."
    if criterion.levels:
        allowed = sorted({level.mark for level in criterion.levels})
        if mark in allowed:
            return None
        return f"“{criterion.title}” chỉ nhận các mức điểm {'; '.join(map(hundredths, allowed))}."
    if not 0 <= mark <= criterion.max_mark:
        return f"“{criterion.title}” phải từ 0 đến {hundredths(criterion.max_mark)} điểm."
    if mark % criterion.step and mark != criterion.max_mark:
        return f"“{criterion.title}” chỉ nhận điểm lẻ đến {hundredths(criterion.step)}."
    return None
