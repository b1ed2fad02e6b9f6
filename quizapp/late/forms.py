"""What an organiser ticks and types to decide about late answers."""

import re

from wtforms import HiddenField, SelectMultipleField

from quizapp.web.forms import BaseForm, TextField, a_reason, whole

PLACE = re.compile(r"(\d{1,6})-(\d{1,18})", re.ASCII)
REASON = a_reason()


class DecisionForm(BaseForm):
    seen = HiddenField()
    pick = SelectMultipleField("Câu được tính", validate_choice=False)
    reason = TextField("Lý do", REASON)

    @property
    def picked(self) -> set[tuple[int, int]]:
        """Slot and number of each change that is ticked."""
        found = (PLACE.fullmatch(str(each)) for each in self.pick.data or ())
        return {(int(each[1]), int(each[2])) for each in found if each}

    @property
    def seen_count(self) -> int:
        return whole(self.seen.data) or 0


class UndoForm(BaseForm):
    decision = HiddenField()
    reason = TextField("Lý do hoàn tác", REASON)

    @property
    def decision_id(self) -> int:
        return whole(self.decision.data) or 0
