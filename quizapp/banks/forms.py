"""What an organiser asks of a bank's list of questions."""

from collections.abc import Mapping
from typing import Any

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from quizapp.vocabulary import Level
from quizapp.web.forms import BaseForm, TextField


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


def _choices(all_of_them: str, labels: Mapping[str, str]) -> list[SelectChoice]:
    return [SelectChoice("", all_of_them), *(SelectChoice(value, label) for value, label in labels.items())]
