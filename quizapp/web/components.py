"""What the page of components shows: a field of every type, at first and with an error; rows of boards."""

from datetime import UTC, datetime
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    FileField,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SearchField,
    SelectField,
    TelField,
    TextAreaField,
)
from wtforms.fields import DateTimeLocalField
from wtforms.fields.choices import SelectChoice

from quizapp.rules.axes import axis
from quizapp.rules.estimates import histogram
from quizapp.rules.wording import decimal, hundredths
from quizapp.web.forms import BaseForm, TextField, chosen, required

ROLES = [
    SelectChoice("doan_vien", "Đoàn viên"),
    SelectChoice("can_bo", "Cán bộ công đoàn"),
    SelectChoice("nguoi_lao_dong", "Người lao động"),
]
WRONG = {
    "name": "Xin điền mục này.",
    "phone": "Số điện thoại có 10 chữ số, ví dụ 0912 345 678.",
    "email": "Địa chỉ thư điện tử chưa đủ; ví dụ: an@congdoan.vn.",
    "password": "Mật khẩu cần ít nhất 8 ký tự.",
    "members": "Xin nhập một số nguyên.",
    "born": "Ngày chưa đúng; ví dụ: 25/12/1990.",
    "opens_at": "Đợt thi phải mở trước khi đóng.",
    "search": "Xin gõ ít nhất hai chữ cái.",
    "role": "Lựa chọn này không có trong danh sách.",
    "answer": "Bài viết dài hơn 500 chữ; xin rút gọn.",
    "file": "Xin chọn tệp .xlsx.",
    "entrant": "Xin chọn một mục.",
    "consent": "Xin đọc rồi đánh dấu.",
}
PEOPLE: list[dict[str, Any]] = [
    {"position": 1, "rank": 1, "name": "Nguyễn Thị Hoa", "unit_name": "CĐCS Dệt Mẫu", "marks": 2000, "seconds": 512},
    {"position": 2, "rank": 2, "name": "Trần Văn Bình", "unit_name": None, "marks": 1850, "seconds": 725},
    {
        "position": 3,
        "rank": 1204,
        "name": "Công Tằng Tôn Nữ Thị Phương Thảo",
        "unit_name": "Công đoàn cơ sở Công ty trách nhiệm hữu hạn một thành viên Giày Mẫu",
        "marks": 1733,
        "seconds": 1199,
    },
]
UNIONS: list[dict[str, Any]] = [
    {"name": "CĐCS Dệt Mẫu", "unit_name": "Công đoàn xã Mẫu", "members": 120, "rate": 6250, "marks": 1733},
    {"name": "CĐCS May Mẫu", "unit_name": "Công đoàn xã Mẫu", "members": None, "rate": None, "marks": None},
]

PLOT: dict[str, Any] = {
    "bins": histogram([40, 120, 130, 210, 220, 230, 250, 280, 310, 390, 500], high=500, bins=10),
    "marks": axis(0, 500, text=lambda value: hundredths(round(value)), most=5),
    "differences": axis(-100, 100, text=lambda value: decimal(value / 100, 1)),
}


class SampleForm(BaseForm):
    hidden = HiddenField()
    name = TextField("Họ và tên", [required()])
    phone = TelField("Số điện thoại", [required()])
    email = EmailField("Thư điện tử")
    password = PasswordField("Mật khẩu", [required()])
    members = IntegerField("Số đoàn viên")
    born = DateField("Ngày sinh")
    opens_at = DateTimeLocalField("Mở lúc")
    search = SearchField("Tìm công đoàn")
    role = SelectField("Vai trò", choices=ROLES)
    answer = TextAreaField("Bài viết")
    file = FileField("Tệp danh sách", [required()])
    entrant = RadioField("Bạn là", [chosen()], choices=ROLES)
    consent = BooleanField("Tôi đồng ý với việc xử lý dữ liệu cá nhân", [required()])


def samples() -> dict[str, Any]:
    """Return the form as it is shown at first and as it comes back with an error at every field; rows of boards."""
    form, wrong = (_sample(prefix) for prefix in ("", "wrong-"))
    for name, sentence in WRONG.items():
        wrong[name].errors = [sentence]
    instant = datetime(2026, 12, 1, 5, 20, tzinfo=UTC)
    guess = {"submitted_at": instant, "prediction": 1204, "distance": 3, "prize": None}
    people = [guess | row for row in PEOPLE]
    people[0] |= {"prize": "Giải Nhất", "prediction": 1201, "distance": 0}
    people[1] |= {"prediction": None, "distance": None}
    counts = {"entrants": 75, "attempts": 131}
    unions = [row | counts | {"position": rank, "rank": rank} for rank, row in enumerate(UNIONS, start=1)]
    return {"form": form, "wrong": wrong, "people": people, "unions": unions, "plot": PLOT}


def _sample(prefix: str) -> SampleForm:
    values: dict[str, Any] = {"role": "can_bo", "entrant": "doan_vien"}
    return SampleForm(formdata=None, prefix=prefix, data=values)
