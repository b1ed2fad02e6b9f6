"""The shape of a rubric as an organiser types it: criteria, each with levels written one a line."""

import re
from typing import Any

from wtforms import FieldList, Form, FormField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from quizapp.rules.rubrics import Criterion, RubricContent, RubricLevel
from quizapp.rules.vietnamese import clean
from quizapp.rules.wording import hundredths, read_hundredths
from quizapp.web.forms import BaseForm, TextField, at_most, chosen, required

CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
LEVELS_HINT = "Mỗi dòng một mức: tên mức | mô tả | điểm. Bỏ trống nếu cho giám khảo tự ghi điểm."
MOST_CRITERIA = 12


class CriterionForm(Form):
    key = HiddenField()
    title = StringField("Tên tiêu chí")
    description = StringField("Giám khảo xem xét điều gì")
    max_mark = StringField("Điểm tối đa")
    levels = TextAreaField("Các mức điểm", render_kw={"rows": 4})

    @property
    def is_blank(self) -> bool:
        return not any(clean(self[name].data or "") for name in ("title", "description", "max_mark", "levels"))

    def read(self, key: str) -> Criterion:
        """Return what was typed. Raises ValueError with a sentence that names the remedy."""
        title = clean(self.title.data or "")
        if not title:
            raise ValueError("Xin ghi tên tiêu chí.")
        levels = tuple(_level(line) for line in (self.levels.data or "").splitlines() if clean(line))
        if len(levels) == 1:
            raise ValueError("Xin ghi ít nhất hai mức, mỗi mức một dòng; hoặc bỏ trống ô các mức.")
        most = read_hundredths(self.max_mark.data) if clean(self.max_mark.data or "") else None
        if levels:
            most = max(level.mark for level in levels)
        if not most:
            raise ValueError("Xin ghi điểm tối đa lớn hơn 0, ví dụ 2 hoặc 1,5.")
        return Criterion(key, title, clean(self.description.data or ""), most, levels)


class RubricForm(BaseForm):
    code = TextField("Mã phiếu chấm", [required(), at_most(40)])
    title = TextField("Tên phiếu chấm", [required(), at_most(120)])
    unit = SelectField("Của công đoàn", [chosen()], coerce=int)
    criteria = FieldList(FormField(CriterionForm), max_entries=MOST_CRITERIA)
    content: RubricContent

    def __init__(self, unions: Any, **kwargs: Any):
        super().__init__(**kwargs)
        self.unit.choices = [SelectChoice(union.id, union.name) for union in unions]
        self.wrong: dict[int, str] = {}  # by place of the criterion

    def validate_code(self, field: Any) -> None:
        if not CODE.fullmatch(field.data):
            raise ValidationError("Chỉ dùng chữ thường không dấu, chữ số và dấu nối; ví dụ: sang-kien-2026.")

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        return self._read() and fine

    def add_rows(self, count: int = 1) -> None:
        for _ in range(min(count, MOST_CRITERIA - len(self.criteria.entries))):
            self.criteria.append_entry()

    def _read(self) -> bool:
        made: list[Criterion] = []
        taken = {entry.form.key.data for entry in self.criteria}
        free = (f"tc{number}" for number in range(1, 100) if f"tc{number}" not in taken)
        for place, entry in enumerate(self.criteria):
            if not entry.form.is_blank:
                try:
                    made.append(entry.form.read(entry.form.key.data or next(free)))
                except ValueError as error:
                    self.wrong[place] = str(error)
                    self.form_errors.append(f"Tiêu chí {place + 1}: {error}")
        if len({each.key for each in made}) < len(made):
            self.form_errors.append("Trang đã cũ; xin tải lại rồi nhập lại.")
        if not made and not self.wrong:
            self.form_errors.append("Xin ghi ít nhất một tiêu chí.")
        self.content = RubricContent(tuple(made))
        return not self.form_errors


def written(code: str, title: str, content: RubricContent, unit: int | None = None) -> dict[str, Any]:
    """Return a rubric as the form shows it."""
    criteria = [
        {
            "key": each.key,
            "title": each.title,
            "description": each.description,
            "max_mark": hundredths(each.max_mark),
            "levels": "\n".join(f"{x.title} | {x.descriptor} | {hundredths(x.mark)}" for x in each.levels),
        }
        for each in content.criteria
    ]
    return {"code": code, "title": title, "unit": unit, "criteria": criteria}


def _level(line: str) -> RubricLevel:
    parts = [clean(part) for part in line.split("|")]
    mark = read_hundredths(parts[-1])
    if len(parts) not in (2, 3) or mark is None or not parts[0]:
        raise ValueError(
            f"Dòng “{clean(line)[:60]}” cần có dạng: tên mức | mô tả | điểm; ví dụ: Tốt | Ý mới, cụ thể | 2."
        )
    return RubricLevel(parts[0], parts[1] if len(parts) == 3 else "", mark)
