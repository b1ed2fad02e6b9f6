"""The rubric file, docs/question-bank-file.md: YAML text → rubrics, or everything that is wrong with it, by line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quizapp.formats.marked_section import Report, Section
from quizapp.formats.marked_yaml import read
from quizapp.rules.rubrics import Criterion, RubricContent, RubricLevel
from quizapp.rules.vietnamese import fold
from quizapp.rules.wording import hundredths, read_hundredths

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MOST_CRITERIA, LEAST_LEVELS, LONGEST = 12, 2, 400


@dataclass(frozen=True)
class RubricDraft:
    """A rubric as a file gives it."""

    code: str
    title: str
    content: RubricContent


def read_rubrics(source: str | bytes) -> tuple[RubricDraft, ...]:
    """Return the rubrics of a file. Raises BadFile with all that is wrong: line, place, remedy."""
    report = Report(root="gốc của tệp")
    root = Section(read(source), "", report, line=1)
    parts = root.sections("rubrics", required=True)
    found = tuple(_rubric(part) for part in parts)
    _refuse_twins(parts, [each.code for each in found], "code")
    report.finish()
    return found


def _rubric(part: Section) -> RubricDraft:
    code = _name(part, "code")
    title = part.text("title", most=120)
    parts = part.sections("criteria", required=True)
    criteria = tuple(_criterion(each) for each in parts)
    _refuse_twins(parts, [each.key for each in criteria], "key")
    if len(criteria) > MOST_CRITERIA:
        part.wrong("criteria", f"có {len(criteria)} tiêu chí; xin ghi nhiều nhất {MOST_CRITERIA}")
    return RubricDraft(code, title, RubricContent(criteria))


def _criterion(part: Section) -> Criterion:
    key, title, description = _name(part, "key"), part.text("title"), part.text("description", "", most=LONGEST)
    most = part.hundredths("marks", most=999_00)
    parts = part.sections("levels")
    levels = tuple(_level(each) for each in parts)
    for problem in _of_levels(levels, most) if levels else ():
        part.wrong("levels", problem)
    return Criterion(key, title, description, most, levels)


def _level(part: Section) -> RubricLevel:
    written = part.text("marks")
    mark = read_hundredths(written)
    if written and mark is None:
        part.wrong("marks", f"“{written}” không phải số điểm; xin ghi như 0, 1 hoặc 0.5")
    return RubricLevel(part.text("title"), part.text("descriptor", most=LONGEST), mark or 0)


def _of_levels(levels: Sequence[RubricLevel], most: int) -> Iterator[str]:
    marks = [level.mark for level in levels]
    if len(levels) < LEAST_LEVELS:
        yield f"xin ghi ít nhất {LEAST_LEVELS} mức, hoặc không ghi mức nào"
    if any(first >= second for first, second in pairwise(marks)):
        yield "điểm các mức phải tăng dần; xin xếp từ mức thấp nhất đến mức cao nhất"
    if marks[-1] != most:
        yield f"mức cao nhất {hundredths(marks[-1])} điểm khác điểm của tiêu chí {hundredths(most)}; xin sửa cho khớp"
    for name in ("title", "descriptor"):
        if len({fold(getattr(level, name)) for level in levels}) < len(levels):
            said = "tên" if name == "title" else "mô tả"
            yield f"hai mức có {said} giống nhau; giám khảo không phân biệt được, xin viết khác đi"


def _refuse_twins(parts: Sequence[Section], names: Sequence[str], key: str) -> None:
    seen: set[str] = set()
    for part, name in zip(parts, names, strict=True):
        if name in seen:
            part.wrong(key, f"“{name}” đã dùng ở trên; xin chọn mã khác")
        seen.add(name)


def _name(part: Section, key: str) -> str:
    name = part.text(key, most=40)
    if name and not NAME.fullmatch(name):
        part.wrong(key, f"“{name}” phải là chữ thường không dấu, chữ số và dấu “-” ở giữa")
    return name
