"""What an organiser types about a bank: what to list, its head, a file to import."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from quizapp.formats.questions.reading import LABELS
from quizapp.models import QuestionBank, TradeUnion
from quizapp.rules.question_typing import topic_code
from quizapp.rules.vietnamese import clean
from quizapp.vocabulary import Level
from quizapp.web.forms import BaseForm, LongTextField, TextField, at_most, chosen, required

CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
TOPIC = re.compile(r"[a-z0-9]+([-/][a-z0-9]+)*", re.ASCII)


class QuestionFilter(BaseForm):
    """Words, topic and level from the address of the page; a value that is not offered does not narrow."""

    class Meta(BaseForm.Meta):
        csrf = False  # only asks

    q = TextField("Tìm câu hỏi (không cần dấu)")
    topic = SelectField("Chủ đề")
    level = SelectField("Mức độ")

    def __init__(self, args: Any, *, topics: Mapping[str, str]):
        super().__init__(args)
        self.topic.choices = _choices("Mọi chủ đề", topics)
        self.level.choices = _choices("Mọi mức độ", {level.value: level.label for level in Level})
        self.page = max(1, args.get("page", 1, type=int))
        self.is_for_print = args.get("print") == "1"

    def chosen(self, name: str) -> str:
        """Return a choice that is really offered, or ''."""
        field = self[name]
        return str(field.data) if field.data in {choice.value for choice in field.choices} else ""

    @property
    def asked(self) -> dict[str, str]:
        """Return what narrows the list, as the address says it."""
        asked = {"q": self.q.data or "", "topic": self.chosen("topic"), "level": self.chosen("level")}
        return {name: value for name, value in asked.items() if value}


class BankForm(BaseForm):
    """A bank's head. `topics`: one a line, 'Tên chủ đề' or 'ma-chu-de: Tên chủ đề'."""

    code = TextField("Mã ngân hàng", [required(), at_most(60)])
    title = TextField("Tên ngân hàng", [required(), at_most(160)])
    about = LongTextField("Ngân hàng này dựa trên văn bản nào, dùng cho ai", [at_most(2000)])
    unit = SelectField("Của công đoàn", [chosen()], coerce=int)
    topics = LongTextField("Các chủ đề, mỗi dòng một chủ đề", [at_most(4000)])
    needs_review = BooleanField("Mỗi câu phải được người thứ hai duyệt rồi mới đưa vào dùng")

    def __init__(self, unions: Sequence[TradeUnion], *, used: Sequence[str] = (), **kwargs: Any):
        super().__init__(**kwargs)
        self.used = used  # codes of topics that questions are of
        self.unit.choices = [SelectChoice(union.id, union.name) for union in unions]
        self.topic_names: dict[str, str] = {}

    def validate_code(self, field: Any) -> None:
        if not CODE.fullmatch(field.data):
            raise ValidationError("Chỉ dùng chữ thường không dấu, chữ số và dấu nối; ví dụ: luat-lao-dong.")

    def validate_topics(self, field: Any) -> None:
        for line in filter(None, map(clean, field.data.splitlines())):
            code, colon, name = (part.strip() for part in line.partition(":"))
            if not colon or not name or not TOPIC.fullmatch(code):
                code, name = topic_code(line), line
            if not code:
                raise ValidationError(f"Dòng “{line[:60]}” cần có chữ cái hoặc chữ số.")
            if code in self.topic_names:
                raise ValidationError(f"Hai chủ đề cùng mã “{code}”; xin viết khác đi, hoặc ghi “mã: tên chủ đề”.")
            self.topic_names[code] = name
        if lost := [code for code in self.used if code not in self.topic_names]:
            raise ValidationError(f"Còn câu hỏi thuộc chủ đề {', '.join(lost)}; xin giữ lại các dòng này.")


class ImportForm(BaseForm):
    file = FileField("Tệp câu hỏi", [required()])
    answers = FileField("Tệp đáp án riêng")
    format = SelectField("Định dạng", choices=[SelectChoice("", "Tự nhận theo nội dung")])
    as_drafts = BooleanField("Để tất cả là bản nháp, xem lại rồi mới đưa vào dùng")

    def __init__(self, **kwargs: Any):
        super().__init__(**kwargs)
        self.format.choices = _choices("Tự nhận theo nội dung", LABELS)


def written(bank: QuestionBank) -> dict[str, Any]:
    """Return a bank's head as the form shows it."""
    lines = (name if topic_code(name) == code else f"{code}: {name}" for code, name in bank.topics.items())
    return {
        "code": bank.code,
        "title": bank.title,
        "about": bank.about,
        "unit": bank.union_id,
        "topics": "\n".join(lines),
        "needs_review": bank.needs_review,
    }


def _choices(all_of_them: str, labels: Mapping[str, str]) -> list[SelectChoice]:
    return [SelectChoice("", all_of_them), *(SelectChoice(value, label) for value, label in labels.items())]
