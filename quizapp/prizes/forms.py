"""What an organiser chooses and types to decide a tie."""

from collections.abc import Sequence

from wtforms import HiddenField, RadioField, SelectChoice

from quizapp.vocabulary import TieDecision
from quizapp.web.forms import BaseForm, TextField, a_reason, chosen


class DecisionForm(BaseForm):
    division = HiddenField()
    contenders = HiddenField()
    decision = RadioField("Cách xử lý", [chosen()])
    reason = TextField("Lý do", a_reason())

    def __init__(self) -> None:
        super().__init__()
        self.offer(tuple(TieDecision))

    def offer(self, choices: Sequence[TieDecision]) -> None:
        self.decision.choices = [SelectChoice(each.value, each.label) for each in choices]
