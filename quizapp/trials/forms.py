"""What an organiser types about a sample: its text, the known marks by the round's rubric, and why these."""

from typing import Any

from flask import request
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from quizapp.judging.drafts import EMPTY, Sheet, read_sheet
from quizapp.web.forms import BaseForm

MOST_CHARACTERS = 20_000


class SampleForm(BaseForm):
    text = TextAreaField(
        "Bài mẫu",
        [DataRequired("Xin dán nội dung bài mẫu."), Length(max=MOST_CHARACTERS, message="Nhiều nhất 20.000 ký tự.")],
    )
    reasons = TextAreaField(
        "Vì sao cho điểm như vậy",
        [
            DataRequired("Xin ghi lý do; giám khảo đọc sau khi đã chấm."),
            Length(max=5000, message="Nhiều nhất 5.000 ký tự."),
        ],
    )

    def __init__(self, sheet: Sheet, **values: Any):
        self.sheet, self.draft = sheet, EMPTY
        super().__init__(**values)

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        self.draft = read_sheet(request.form, self.sheet)
        lacking = [each for each in self.sheet.criteria if each.key not in {*self.draft.marks, *self.draft.problems}]
        self.form_errors.extend(self.draft.problems.values())
        self.form_errors.extend(f"“{each.title}”: xin cho điểm." for each in lacking)
        return valid and not self.draft.problems and not lacking

    @property
    def facts(self) -> dict[str, Any]:
        """What the actions ask, once the form is valid."""
        written = {"text": _written(self.text.data), "reasons": _written(self.reasons.data)}
        return written | {"known": self.draft, "total": self.sheet.total(self.draft.marks)}


def _written(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").replace("\0", "").strip()
