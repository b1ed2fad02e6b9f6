"""What an organiser chooses and types to put a key right."""

from wtforms import HiddenField, RadioField, SelectMultipleField, ValidationError
from wtforms.fields.choices import SelectChoice

from quizapp.vocabulary import KeyVerdict
from quizapp.web.forms import BaseForm, LongTextField, TextField, a_reason, at_most, chosen, whole

REASON = a_reason()


class CorrectionForm(BaseForm):
    verdict = RadioField(
        "Cách xử lý", [chosen()], choices=[SelectChoice(each.value, each.label) for each in KeyVerdict]
    )
    options = SelectMultipleField("Đáp án mới", coerce=int)
    reason = TextField("Lý do", REASON)
    notice = LongTextField("Thông báo cho người dự thi", [at_most(4000)])

    def validate_options(self, field: SelectMultipleField) -> None:
        if self.verdict.data == KeyVerdict.NEW_KEY and not field.data:
            raise ValidationError("Xin đánh dấu ít nhất một phương án đúng.")

    @property
    def right_options(self) -> tuple[int, ...]:
        return tuple(self.options.data or ()) if self.verdict.data == KeyVerdict.NEW_KEY else ()


class UndoForm(BaseForm):
    reason = TextField("Lý do hoàn tác", REASON)


class RecountForm(BaseForm):
    seen = HiddenField()
    reason = TextField("Lý do đếm lại", REASON)

    @property
    def seen_people(self) -> int | None:
        return whole(self.seen.data)
