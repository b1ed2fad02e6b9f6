"""What is typed of a text of law, and of a signature."""

from datetime import date
from typing import Any

from wtforms.validators import URL, Optional, ValidationError

from quizapp.rules.written_days import read_day
from quizapp.web.forms import BaseForm, LongTextField, TextField, at_most, required

DAYS = ("issued_on", "in_force_from", "in_force_to")


class LawForm(BaseForm):
    number = TextField("Số hiệu", [required(), at_most(60)])
    title = TextField("Tên văn bản", [required(), at_most(300)])
    issued_on = TextField("Ngày ban hành", [at_most(20)])
    in_force_from = TextField("Có hiệu lực từ ngày", [at_most(20)])
    in_force_to = TextField("Hiệu lực đến hết ngày", [at_most(20)])
    replaced_by = TextField("Được thay bằng văn bản số", [at_most(60)])
    link = TextField(
        "Đường dẫn đến văn bản",
        [Optional(), at_most(500), URL(message="Đường dẫn bắt đầu bằng https:// hoặc http://.")],
    )

    def __init__(self, **kwargs: Any):
        super().__init__(**kwargs)
        self.days: dict[str, date | None] = {}

    def validate_issued_on(self, field: Any) -> None:
        self._read(field)

    def validate_in_force_from(self, field: Any) -> None:
        self._read(field)

    def validate_in_force_to(self, field: Any) -> None:
        self._read(field)
        begins, ends = self.days.get("in_force_from"), self.days.get("in_force_to")
        if begins and ends and ends < begins:
            raise ValidationError("Ngày hết hiệu lực phải từ ngày bắt đầu có hiệu lực trở đi.")

    @property
    def facts(self) -> dict[str, Any]:
        typed = {name: self[name].data or "" for name in ("number", "title", "replaced_by", "link")}
        return typed | {name: self.days.get(name) for name in DAYS}

    def _read(self, field: Any) -> None:
        try:
            self.days[field.name] = read_day(field.data or "")
        except ValueError as error:
            raise ValidationError(str(error)) from error


class WaiverForm(BaseForm):
    reason = LongTextField("Vì sao vẫn dùng câu này", [required(), at_most(500)], render_kw={"rows": 2})


def written(law: Any) -> dict[str, Any]:
    """Return a text as the form shows it."""
    days = {name: getattr(law, name) for name in DAYS}
    return {name: getattr(law, name) for name in ("number", "title", "replaced_by", "link")} | {
        name: f"{day:%d/%m/%Y}" if day else "" for name, day in days.items()
    }
