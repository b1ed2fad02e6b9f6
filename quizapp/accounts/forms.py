"""The shape of what is typed to log in, to register and to choose a password."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from wtforms import BooleanField, HiddenField, PasswordField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, ValidationError

from quizapp.errors import PhoneTaken
from quizapp.models import Person
from quizapp.rules.birth_dates import read_birth_date
from quizapp.rules.passwords import MOST, fault, least_length, own_facts
from quizapp.rules.vietnamese import canonical_phone, proper_name
from quizapp.vocabulary import EntrantRole
from quizapp.web.forms import BaseForm, TextField, at_most, chosen, required

ROLES = [SelectChoice(each.value, each.label) for each in EntrantRole]
PICK = "Xin chọn đúng đơn vị của bạn trong danh sách dưới đây."
BOTH = "Xin xóa tên công đoàn ở đây, hoặc bỏ dấu ở ô “Tôi không thuộc công đoàn cơ sở nào”."
NO_UNION = (
    "Không có đơn vị nào của cuộc thi có tên “{typed}”. Xin gõ một phần tên, có dấu hay không dấu đều được; nếu vẫn "
    "không thấy, hỏi công đoàn cơ sở tên ghi trong danh sách."
)


def consent(otherwise: str) -> BooleanField:
    """Return a box that is empty until the person ticks it. otherwise: what does not happen without the tick."""
    return BooleanField(
        "Tôi đồng ý với việc xử lý dữ liệu cá nhân đã nêu ở trang “Bảo vệ dữ liệu cá nhân”",
        [DataRequired(f"Xin đọc trang “Bảo vệ dữ liệu cá nhân” rồi đánh dấu; {otherwise}")],
    )


class LogInForm(BaseForm):
    login = TextField("Số điện thoại hoặc mã đoàn viên", [required(), at_most(40)])
    password = PasswordField("Mật khẩu hoặc mã đăng nhập lần đầu", [required(), at_most(MOST)])
    next = HiddenField()


class PasswordForm(BaseForm):
    """A new password of a person."""

    password = PasswordField("Mật khẩu mới", [required()])

    def __init__(self, person: Person):
        super().__init__()
        self.person = person
        self.least = least_length(has_role=bool(person.grants))

    def validate_password(self, field: Any) -> None:
        person = self.person
        facts = own_facts(
            full_name=person.full_name,
            birth_date=person.birth_date,
            phone=person.phone,
            member_number=person.member_number,
        )
        _check(field.data, facts, has_role=bool(person.grants))


class FirstPasswordForm(PasswordForm):
    """The choice after a first-time code: whom a list brought in has not been asked for consent before."""

    consent = consent("chưa đồng ý thì chưa thể dùng tài khoản.")

    def __init__(self, person: Person):
        super().__init__(person)
        if person.consented_at is not None:
            del self.consent


class ChangePasswordForm(PasswordForm):
    old = PasswordField("Mật khẩu hiện nay", [required(), at_most(MOST)])


class UnionChoice(BaseForm):
    """The grassroots union that a person names."""

    union = TextField("Công đoàn cơ sở", [required(), at_most(200)])
    union_id = HiddenField()  # what was picked of the matches …
    union_asked = HiddenField()  # … of this text

    def is_right(self, *, union_found: bool, matches: bool) -> bool:
        """Return whether all was typed well, with what is known of the union."""
        self.validate()
        if not union_found and not self.union.errors:
            self.union.errors = [PICK if matches else NO_UNION.format(typed=self.union.data)]
        return not self.errors

    @property
    def picked_id(self) -> int | None:
        """Return the id of the union that was picked, unless the text was changed afterwards."""
        picked, same = self.union_id.data or "", self.union_asked.data == self.union.data
        return int(picked) if same and picked.isascii() and picked.isdigit() and len(picked) < 18 else None


class RegistrationForm(UnionChoice):
    full_name = TextField("Họ và tên", [required(), at_most(100)])
    birth_date = TextField("Ngày sinh", [required(), at_most(20)])
    phone = TextField("Số điện thoại", [required(), at_most(20)])
    without_union = BooleanField("Tôi không thuộc công đoàn cơ sở nào")
    entrant_role = RadioField(
        "Bạn là", [chosen()], choices=[SelectChoice(each.value, each.label) for each in EntrantRole]
    )
    password = PasswordField("Mật khẩu", [required()])
    consent = consent("chưa đồng ý thì chưa thể đăng ký.")
    least = least_length(has_role=False)

    def __init__(self, today: date, *, without_union: bool):
        """without_union: whether the contest takes people who belong to no union."""
        super().__init__()
        self.today = today
        self.born: date | None = None
        if without_union:
            self.union.flags.required = False
        else:
            del self.without_union

    def validate_full_name(self, field: Any) -> None:
        if len(field.data.split()) < 2 or any(each.isdigit() for each in field.data):
            raise ValidationError("Xin ghi đủ họ và tên, ví dụ Nguyễn Thị Hoa.")

    def validate_birth_date(self, field: Any) -> None:
        try:
            self.born = read_birth_date(field.data, self.today)
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def validate_phone(self, field: Any) -> None:
        if canonical_phone(field.data) is None:
            raise ValidationError("Số di động Việt Nam có 10 chữ số, ví dụ 0912 345 678.")

    def validate_password(self, field: Any) -> None:
        facts = own_facts(
            full_name=self.full_name.data,
            birth_date=self.born,
            phone=canonical_phone(self.phone.data),
            member_number=None,
        )
        _check(field.data, facts, has_role=False)

    @property
    def is_alone(self) -> bool:
        """Whether the person says to belong to no union, where that is allowed."""
        return "without_union" in self and bool(self.without_union.data)

    def is_complete(self, *, union_found: bool, matches: bool, phone_taken: bool) -> bool:
        """Return whether all was typed well, with what is known of union and phone; who is of no union names none."""
        self.is_right(union_found=union_found or self.is_alone, matches=matches)
        if self.is_alone:
            self.union.errors = [BOTH] if self.union.data else []
        if phone_taken and not self.phone.errors:
            self.phone.errors = [PhoneTaken.message]
        return not self.errors

    @property
    def facts(self) -> dict[str, Any]:
        """Return what a right form says of a person, without the union."""
        return {
            "full_name": proper_name(self.full_name.data),
            "birth_date": self.born,
            "phone": canonical_phone(self.phone.data),
            "entrant_role": self.entrant_role.data,
        }


@cache
def common_passwords() -> frozenset[str]:
    """Return the passwords that people take most, folded; what is Vietnamese among them comes from habits here."""
    return frozenset((Path(__file__).parent / "common_passwords.txt").read_text().split())


def _check(password: str, own: tuple[str, ...], *, has_role: bool) -> None:
    if found := fault(password, has_role=has_role, own=own, common=common_passwords()):
        raise ValidationError(found)
