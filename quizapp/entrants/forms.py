"""What an organiser types about people who take part: a reason, and what is said of a pair of accounts."""

from typing import Any

from wtforms import HiddenField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError

from quizapp.models import Person
from quizapp.vocabulary import DuplicateVerdict
from quizapp.web.forms import BaseForm, TextField, a_reason, at_most, required, whole

REASON = a_reason()
NOBODY = "0"


class ReasonForm(BaseForm):
    """A reason; attempt: of the attempt that is meant, '' for all of the person."""

    attempt = HiddenField()
    reason = TextField("Lý do", REASON)

    @property
    def attempt_id(self) -> int | None:
        return whole(self.attempt.data)


class PlaceForm(BaseForm):
    """The union of somebody who had none, and how the organisers know it."""

    unit = TextField("Mã đơn vị", [required(), at_most(60)])
    why = TextField("Lý do", REASON)

    def is_right(self, *, union_found: bool) -> bool:
        self.validate_on_submit()
        if not union_found and not self.unit.errors:
            self.unit.errors = ["Không có đơn vị mã này trong phạm vi của bạn; xin xem mã trong danh sách công đoàn."]
        return not self.errors


class PairForm(BaseForm):
    verdict = RadioField(
        "Kết luận",
        [InputRequired("Xin chọn một kết luận.")],
        choices=[SelectChoice(each.value, each.label) for each in DuplicateVerdict],
    )
    out = RadioField("Nếu là cùng một người, không công nhận kết quả của", [Optional()])
    reason = TextField("Lý do", REASON)

    def __init__(self, pair: tuple[Person, Person]):
        super().__init__()
        self.pair = pair
        names = [f"Tài khoản {letter}: {each.full_name}" for letter, each in zip("AB", pair, strict=True)]
        choices = [(str(each.id), name) for each, name in zip(pair, names, strict=True)]
        self.out.choices = [*choices, (NOBODY, "Giữ kết quả của cả hai tài khoản")]

    def validate_reason(self, field: Any) -> None:
        if self.verdict.data == DuplicateVerdict.SAME.value and not self.out.data:
            self.out.errors = ["Xin chọn tài khoản có kết quả không được công nhận, hoặc giữ cả hai."]
            raise ValidationError("Xin chọn ở mục ngay trên trước khi ghi.")

    @property
    def chosen(self) -> DuplicateVerdict:
        return DuplicateVerdict(self.verdict.data)

    @property
    def left_out(self) -> Person | None:
        """Whose results are not to count; nobody's when the two are different people."""
        named = self.out.data if self.chosen is DuplicateVerdict.SAME else NOBODY
        return next((each for each in self.pair if str(each.id) == named), None)
