"""What a writer types to appeal, and an organiser to answer."""

from wtforms import HiddenField, RadioField, SelectChoice
from wtforms.validators import InputRequired, ValidationError

from quizapp.rules.wording import hundredths, read_hundredths
from quizapp.vocabulary import AppealAnswer
from quizapp.web.forms import BaseForm, LongTextField, TextField, a_reason, at_most, whole

CHOICES = [SelectChoice(each.value, each.label) for each in AppealAnswer]


class AppealForm(BaseForm):
    reason = LongTextField(
        "Lý do đề nghị phúc khảo",
        a_reason(10, 1000),
    )


class AnswerForm(BaseForm):
    seen = HiddenField()
    seen_mark = HiddenField()
    choice = RadioField("Quyết định", [InputRequired("Xin chọn một cách.")], choices=CHOICES)
    mark = TextField("Điểm khác", [at_most(8)])
    answer = LongTextField(
        "Trả lời người viết",
        a_reason(10, 2000),
    )

    def __init__(self, max_mark: int):
        self.max_mark = max_mark
        super().__init__()

    def validate_mark(self, field: TextField) -> None:
        if self.choice.data != AppealAnswer.OTHER.value:
            return
        mark = read_hundredths(field.data or "")
        if mark is None or mark > self.max_mark:
            raise ValidationError(f"Điểm là số từ 0 đến {hundredths(self.max_mark)}; ví dụ 3,5.")

    @property
    def hundredths(self) -> int | None:
        return read_hundredths(self.mark.data or "")

    @property
    def seen_id(self) -> int:
        return _seen(self.seen)

    @property
    def seen_hundredths(self) -> int:
        return _seen(self.seen_mark)


def _seen(field: HiddenField) -> int:
    """Nothing that could be read is -1, which is no mark and no settlement: an answer to it is refused."""
    number = whole(field.data)
    return -1 if number is None else number
