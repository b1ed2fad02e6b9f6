"""What a chair of a jury, or an organiser, types to decide about an essay's mark."""

from wtforms import HiddenField
from wtforms.validators import ValidationError

from quizapp.rules.wording import hundredths, read_hundredths
from quizapp.web.forms import BaseForm, TextField, a_reason, at_most, required, whole


class DecisionForm(BaseForm):
    seen = HiddenField()
    mark = TextField("Điểm của bài", [required(), at_most(8)])
    reason = TextField("Lý do", a_reason())

    def __init__(self, max_mark: int):
        self.max_mark = max_mark
        super().__init__()

    def validate_mark(self, field: TextField) -> None:
        mark = read_hundredths(field.data)
        if mark is None or mark > self.max_mark:
            raise ValidationError(f"Điểm là số từ 0 đến {hundredths(self.max_mark)}; ví dụ 3,5.")

    @property
    def hundredths(self) -> int:
        return read_hundredths(self.mark.data) or 0

    @property
    def seen_id(self) -> int:
        return whole(self.seen.data) or 0
