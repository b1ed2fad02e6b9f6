"""What a contestant types to appeal about marks of questions, and an organiser to answer."""

from collections.abc import Iterable

from wtforms import HiddenField, RadioField, SelectChoice, SelectField
from wtforms.validators import InputRequired

from quizapp.vocabulary import AppealAnswer
from quizapp.web.forms import BaseForm, LongTextField, a_reason, whole

WHOLE = SelectChoice("", "Cả bài")


class AskForm(BaseForm):
    slot = SelectField("Câu cần xem lại")
    reason = LongTextField(
        "Lý do đề nghị phúc khảo",
        a_reason(10, 1000),
    )

    def __init__(self, questions: Iterable[tuple[int, str]]):
        """questions: number and label of each question that may be chosen; none where only a mark came in."""
        super().__init__()
        self.slot.choices = [WHOLE, *(SelectChoice(str(number), label) for number, label in questions)]

    @property
    def number(self) -> int | None:
        return int(self.slot.data) if self.slot.data else None


class AnswerForm(BaseForm):
    seen = HiddenField()
    seen_again = HiddenField()
    choice = RadioField("Quyết định", [InputRequired("Xin chọn một cách.")])
    answer = LongTextField(
        "Trả lời người dự thi",
        a_reason(10, 2000),
    )

    def __init__(self, *, differs: bool):
        """differs: the mark counted again is another, so that it may be taken."""
        super().__init__()
        choices = (AppealAnswer.KEEP, AppealAnswer.TAKE) if differs else (AppealAnswer.KEEP,)
        self.choice.choices = [SelectChoice(each.value, each.label) for each in choices]

    @property
    def seen_mark(self) -> int | None:
        return whole(self.seen.data)

    @property
    def seen_mark_again(self) -> int | None:
        return whole(self.seen_again.data)
