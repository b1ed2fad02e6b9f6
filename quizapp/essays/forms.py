"""What an organiser types about the jury."""

from wtforms import BooleanField, HiddenField
from wtforms.validators import ValidationError

from quizapp.judging.seeds import MOST
from quizapp.web.forms import BaseForm, TextField, at_most, required, whole


class SeatForm(BaseForm):
    person = HiddenField()
    capacity = TextField("Số bài nhiều nhất", [at_most(6)])
    is_chair = BooleanField("Là Trưởng Ban Giám khảo")

    def validate_capacity(self, field: TextField) -> None:
        if field.data and not (field.data.isascii() and field.data.isdecimal() and int(field.data) > 0):
            raise ValidationError("Xin ghi một số nguyên lớn hơn 0, hoặc bỏ trống nếu không giới hạn.")

    @property
    def most(self) -> int | None:
        return int(self.capacity.data) if self.capacity.data else None

    @property
    def person_id(self) -> int:
        return whole(self.person.data) or 0


class SeedForm(BaseForm):
    count = TextField("Số bài chấm lặp cho mỗi giám khảo", [required(), at_most(2)])

    def validate_count(self, field: TextField) -> None:
        if not (field.data.isascii() and field.data.isdecimal() and 0 < int(field.data) <= MOST):
            raise ValidationError(f"Xin ghi một số từ 1 đến {MOST}.")


class AllocateForm(BaseForm):
    early = BooleanField("Phân ngay các bài đã nộp, dù đợt thi còn mở")
