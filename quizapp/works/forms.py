"""What organisers type to choose a work, and a writer to agree."""

from wtforms import HiddenField, RadioField
from wtforms.fields.choices import SelectChoice

from quizapp.web.forms import BaseForm, TextField, at_most, chosen


class ChooseForm(BaseForm):
    code = HiddenField()
    title = TextField("Tên bài khi giới thiệu", [at_most(150)])


class ConsentForm(BaseForm):
    name = RadioField(
        "Họ tên và đơn vị", [chosen()], choices=[SelectChoice("no", "Không ghi tên"), SelectChoice("yes", "Ghi tên")]
    )

    @property
    def with_name(self) -> bool:
        return bool(self.name.data == "yes")
