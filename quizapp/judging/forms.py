"""What a judge types who gives an essay back, or takes some."""

from quizapp.web.forms import BaseForm, TextField, a_reason


class ReturnForm(BaseForm):
    reason = TextField("Lý do", a_reason())


class TakeForm(BaseForm):
    count = TextField("Số bài")

    def number(self, usual: int) -> int:
        """Return how many essays were asked for; what is no number is the usual one."""
        typed = self.count.data or ""
        return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 4 else usual
