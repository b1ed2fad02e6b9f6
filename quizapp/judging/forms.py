"""What a judge types who gives an essay back, or takes some."""

from wtforms.validators import Length

from quizapp.web.forms import BaseForm, TextField, at_most, required


class ReturnForm(BaseForm):
    reason = TextField("Lý do", [required(), Length(min=5, message="Xin ghi rõ hơn, ít nhất 5 ký tự."), at_most(500)])


class TakeForm(BaseForm):
    count = TextField("Số bài")

    def number(self, usual: int) -> int:
        """Return how many essays were asked for; what is no number is the usual one."""
        typed = self.count.data or ""
        return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 4 else usual
