"""The shape of what an organiser types or uploads about unions."""

from typing import Any

from flask_wtf.file import FileField
from wtforms import DateField, HiddenField, IntegerField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional, ValidationError

from quizapp.vocabulary import UnionKind, Workplace
from quizapp.web.forms import BaseForm, TextField, at_most, chosen, required

DAYS = ["%Y-%m-%d", "%d/%m/%Y"]


class ImportForm(BaseForm):
    file = FileField("Tệp danh sách công đoàn (.xlsx hoặc .csv)", [required()])


class ConfirmForm(BaseForm):
    sealed = HiddenField()


class UnionForm(BaseForm):
    """What may be mended of a union that is there; its code and its place in the tree stay."""

    name = TextField("Tên công đoàn", [required(), at_most(200)])
    kind = SelectField("Loại", [chosen()], choices=[SelectChoice(each.value, each.label) for each in UnionKind])
    workplace = SelectField("Loại hình", [Optional()])
    valid_from = DateField("Hiệu lực từ ngày", [Optional()], format=DAYS)
    valid_to = DateField("Hiệu lực đến hết ngày", [Optional()], format=DAYS)

    def __init__(self, **kwargs: Any):
        super().__init__(**kwargs)
        self.workplace.choices = [("", "Chưa ghi"), *((each.value, each.label) for each in Workplace)]

    def validate_valid_to(self, field: Any) -> None:
        if field.data and self.valid_from.data and field.data < self.valid_from.data:
            raise ValidationError("Ngày kết thúc phải sau ngày bắt đầu hiệu lực.")

    @property
    def facts(self) -> dict[str, Any]:
        """Return what was typed, by the columns of a union."""
        facts = {name: self[name].data for name in ("name", "kind", "valid_from", "valid_to")}
        return facts | {"workplace": self.workplace.data or None}


class NewUnionForm(UnionForm):
    code = TextField("Mã công đoàn", [required(), at_most(40)])


class CountForm(BaseForm):
    counted_on = DateField("Ngày thống kê", [required()], format=DAYS)
    members = IntegerField(
        "Số đoàn viên",
        [chosen(), NumberRange(min=0, max=100_000_000, message="Số đoàn viên là số nguyên, không âm.")],
    )
