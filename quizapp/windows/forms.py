"""What an organiser types to change hours, or to pause a contest."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField
from wtforms.fields import DateTimeLocalField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from quizapp.models import Round
from quizapp.vocabulary import WindowChangeKind
from quizapp.web.forms import BaseForm, TextField, a_reason, at_most, chosen

REASON = a_reason(most=300)
KINDS = (
    (WindowChangeKind.EXTENSION, "Thêm giờ: đóng muộn hơn"),
    (WindowChangeKind.SHIFT, "Dời giờ: mở và đóng cùng sớm hơn hoặc muộn hơn (khi chưa ai vào thi)"),
    (WindowChangeKind.OUTAGE, "Bù giờ sự cố: trả lại khoảng thời gian hệ thống hoặc mạng bị hỏng"),
)
MOVES, STAYS = "moves", "stays"
CLOSES = (
    (MOVES, "Giờ đóng của đợt cũng lùi: người chưa thi có thêm thời gian để vào thi"),
    (STAYS, "Giờ đóng giữ nguyên: chỉ người đang làm bài được bù phút, kể cả quá giờ đóng của đợt"),
)
EVERY_ROUND = ""
A_MONTH = 31 * 24 * 60
NEITHER = "Xin nhập số phút."


class ChangeForm(BaseForm):
    kind = RadioField("Cách thay đổi", [chosen()], choices=[SelectChoice(kind.value, label) for kind, label in KINDS])
    round = SelectField("Đợt thi", choices=[])
    phone = TextField("Riêng một người: số điện thoại", [at_most(40)])
    unit = TextField("Riêng một công đoàn: mã đơn vị", [at_most(60)])
    minutes = IntegerField("Số phút", [Optional()])
    to_sitting = BooleanField("Thêm cả số phút này cho người đang làm bài")
    starts_at = DateTimeLocalField("Sự cố từ", [Optional()])
    ends_at = DateTimeLocalField("Sự cố đến", [Optional()])
    close = RadioField(
        "Khi bù giờ sự cố", choices=[SelectChoice(value, label) for value, label in CLOSES], default=MOVES
    )
    reason = TextField("Lý do", REASON)
    seen = HiddenField()

    def offer(self, rounds: Sequence[Round]) -> "ChangeForm":
        found = [SelectChoice(each.key, each.title) for each in rounds]
        self.round.choices = [SelectChoice(EVERY_ROUND, "Mọi đợt thi"), *found]
        return self

    def check(self, zone: ZoneInfo, now: datetime) -> bool:
        """Return whether all is well; each kind asks for something else."""
        if not self.validate_on_submit():
            return False
        if self.kind.data == WindowChangeKind.OUTAGE:
            self._check_interval(zone, now)
        else:
            self._check_minutes()
        if self.phone.data and self.unit.data:
            self.unit.errors = [*self.unit.errors, "Xin chỉ điền một trong hai: số điện thoại hoặc mã đơn vị."]
        return not self.errors

    @property
    def digest(self) -> str:
        """Says whether what is applied is what was previewed."""
        typed = [each.data for each in self if each.name not in ("seen", "csrf_token")]
        return hashlib.sha256(repr(typed).encode()).hexdigest()

    def interval(self, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
        if self.kind.data != WindowChangeKind.OUTAGE or not self.starts_at.data or not self.ends_at.data:
            return None, None
        return self.starts_at.data.replace(tzinfo=zone), self.ends_at.data.replace(tzinfo=zone)

    def _check_minutes(self) -> None:
        least = 1 if self.kind.data == WindowChangeKind.EXTENSION else -A_MONTH
        if self.minutes.data is None or self.minutes.data == 0:
            self.minutes.errors = [*self.minutes.errors, NEITHER]
        elif not least <= self.minutes.data <= A_MONTH:
            self.minutes.errors = [
                *self.minutes.errors,
                "Nhiều nhất 31 ngày; muốn sớm hơn, xin chọn “Dời giờ”.",
            ]

    def _check_interval(self, zone: ZoneInfo, now: datetime) -> None:
        start, end = self.interval(zone)
        if start is None or end is None:
            self.starts_at.errors = [*self.starts_at.errors, "Xin chọn lúc bắt đầu và lúc hết sự cố."]
        elif end <= start:
            self.ends_at.errors = [*self.ends_at.errors, "Lúc hết sự cố phải sau lúc bắt đầu."]
        elif end > now:
            wrong = "Sự cố chưa qua: xin dùng “Tạm dừng cuộc thi”, hoặc chọn lúc hết trước bây giờ."
            self.ends_at.errors = [*self.ends_at.errors, wrong]


class PauseForm(BaseForm):
    reason = TextField("Lý do tạm dừng", REASON)
