"""The shape of what an organiser types about members."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_wtf.file import FileField
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from quizapp.models import Person
from quizapp.rules.birth_dates import read_birth_date
from quizapp.rules.vietnamese import canonical_phone
from quizapp.vocabulary import EntrantRole, Role
from quizapp.web.forms import BaseForm, TextField, at_most, chosen, required


class ImportForm(BaseForm):
    file = FileField("Tệp danh sách (.xlsx hoặc .csv)", [required()])
    unit = TextField("Mã đơn vị cho cả tệp", [at_most(60)])
    reason = TextField("Lý do sửa thông tin đã khóa", [at_most(200)])


class ConfirmForm(BaseForm):
    sealed = HiddenField()


class MemberForm(BaseForm):
    """Everything that is written of a member."""

    full_name = TextField("Họ và tên", [required(), at_most(100)])
    birth_date = TextField("Ngày sinh", [at_most(20)])
    phone = TextField("Số điện thoại", [at_most(20)])
    member_number = TextField("Mã đoàn viên", [at_most(40)], filters=[lambda text: text.upper() if text else None])
    unit = TextField("Mã đơn vị", [at_most(60)])
    entrant_role = SelectField(
        "Đối tượng", [chosen()], choices=[SelectChoice(each.value, each.label) for each in EntrantRole]
    )

    reason = TextField("Lý do sửa", [at_most(200)])

    def __init__(self, today: date, member: Person):
        self.today = today
        self.born: date | None = None
        super().__init__(data=_written(member))
        self.unit.flags.required = member.union is not None

    def validate_birth_date(self, field: Any) -> None:
        try:
            self.born = read_birth_date(field.data, self.today) if field.data else None
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def validate_phone(self, field: Any) -> None:
        if field.data and canonical_phone(field.data) is None:
            raise ValidationError("Số di động Việt Nam có 10 chữ số, ví dụ 0912 345 678.")
        field.data = canonical_phone(field.data) if field.data else None
        if not field.data and not self.member_number.data:
            raise ValidationError("Cần có số điện thoại hoặc mã đoàn viên để đăng nhập.")

    def ask_reason(self, what: Sequence[str], contests: Sequence[str]) -> None:
        """Refuse a change of what contests have locked, as long as no reason is given for it."""
        if what and not self.reason.data:
            titles = "; ".join(f"“{each}”" for each in contests)
            told = f"Người này đã dự thi {titles} nên {', '.join(what)} đã khóa. Muốn sửa, xin ghi lý do."
            self.reason.errors = [*self.reason.errors, told]

    @property
    def facts(self) -> dict[str, Any]:
        """Return what is written of a member, without the union."""
        names = ("full_name", "phone", "member_number", "entrant_role")
        return {name: self[name].data for name in names} | {"birth_date": self.born}


class ReasonForm(BaseForm):
    reason = TextField("Lý do", [required(), at_most(200)])


class UnitForm(BaseForm):
    unit = TextField("Mã đơn vị", [required(), at_most(60)])


class RoleForm(BaseForm):
    role = SelectField(
        "Vai trò",
        [chosen()],
        choices=[SelectChoice(each.value, each.label) for each in (Role.ORGANISER, Role.JUDGE, Role.ADMIN)],
    )
    unit = TextField("Mã đơn vị mà vai trò có hiệu lực (gồm cả các đơn vị bên dưới)", [required(), at_most(60)])


def _written(member: Person) -> dict[str, str]:
    return {
        "full_name": member.full_name,
        "birth_date": f"{member.birth_date:%d/%m/%Y}" if member.birth_date else "",
        "phone": member.phone or "",
        "member_number": member.member_number or "",
        "unit": member.union.code if member.union else "",
        "entrant_role": member.entrant_role,
    }
