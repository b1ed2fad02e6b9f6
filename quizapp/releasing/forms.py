"""What an organiser types to rehearse a contest, to publish it, and to take that back."""

from datetime import timedelta

from wtforms import BooleanField, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice

from quizapp.web.forms import BaseForm, TextField, a_reason, required

HOURS = {"1": "1 giờ", "4": "4 giờ", "24": "1 ngày", "72": "3 ngày"}


class RehearsalForm(BaseForm):
    hours = SelectField("Mở diễn tập trong", choices=[SelectChoice(*each) for each in HOURS.items()], default="4")

    @property
    def length(self) -> timedelta:
        return timedelta(hours=int(self.hours.data))


class PublishForm(BaseForm):
    read = BooleanField("Tôi đã đọc thể lệ và đồng ý công bố cuộc thi này", [required()])


class TakeBackForm(BaseForm):
    reason = TextField("Lý do thôi công bố", a_reason())


class ChangesForm(BaseForm):
    """seen: what the organiser has read of the changes of a public contest before confirming them."""

    seen = HiddenField()
