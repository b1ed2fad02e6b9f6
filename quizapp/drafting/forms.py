"""What an organiser says when a draft is made, and the whole of it as the text of a contest file."""

from collections.abc import Iterable, Sequence

from wtforms import IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from quizapp.models import TradeUnion
from quizapp.web.forms import BaseForm, LongTextField, chosen

EMPTY, COPY = "empty", "copy"


class StartForm(BaseForm):
    """shapes: key, and what is said of each."""

    start = RadioField("Bắt đầu từ", [chosen()], choices=[])
    contest = SelectField("Cuộc thi muốn sao chép", [Optional()], choices=[])
    unit = SelectField("Công đoàn tổ chức", coerce=int)

    def offer(
        self, shapes: Iterable[tuple[str, str]], contests: Iterable[tuple[str, str]], unions: Sequence[TradeUnion]
    ) -> "StartForm":
        copies = [SelectChoice(*each) for each in contests]
        ways = [*shapes, (EMPTY, "Bản trống: tự điền từ đầu")]
        ways += [(COPY, "Sao chép một cuộc thi đã có")] if copies else []
        self.start.choices = [SelectChoice(*each) for each in ways]
        self.contest.choices = [SelectChoice("", "Chưa chọn"), *copies]
        self.unit.choices = [SelectChoice(each.id, f"{each.name} ({each.code})") for each in unions]
        return self

    def check(self) -> bool:
        if not self.validate_on_submit():
            return False
        if self.start.data == COPY and not self.contest.data:
            self.contest.errors = ["Xin chọn cuộc thi muốn sao chép."]
        return not self.contest.errors


class SeenForm(BaseForm):
    """The version of the draft that the page showed."""

    seen = IntegerField()

    @property
    def version(self) -> int:
        return self.seen.data or 0


class WholeForm(SeenForm):
    text = LongTextField("Nội dung tệp cuộc thi", render_kw={"rows": 28, "spellcheck": "false", "wrap": "off"})
