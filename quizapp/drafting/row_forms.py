"""Forms of the rows of a round: draws from banks, and fixed papers."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import request
from wtforms import Field

from quizapp.formats.contest_tree import ABSENT, Tree, named_in, put, value_at
from quizapp.vocabulary import Level
from quizapp.web.forms import LongTextField
from quizapp.web.tree_choices import ChoiceKey
from quizapp.web.tree_fields import Choices, KeyField, NumberKey, TextKey, listed
from quizapp.web.tree_forms import TreeForm

MOST_ROWS = 40

Offers = Mapping[str, Choices]


class SourceKey(ChoiceKey):
    """A bank, or one topic of it; both keys in one choice, so that no topic can be of another bank."""

    @property
    def path(self) -> str:
        return "bank"

    def show_both(self, bank: Any, topic: Any) -> None:
        told = [str(each) for each in (bank, topic) if each not in (ABSENT, None, "")]
        self.show("|".join(told))

    def write(self, tree: Tree) -> None:
        bank, _, topic = (self.data or "").partition("|")
        put(tree, "bank", bank or ABSENT)
        put(tree, "topic", topic or ABSENT)


class RefsKey(KeyField, LongTextField):
    """Ids of questions, one a line; `asked`: what each of them asks, as far as it is known."""

    asked: Sequence[tuple[str, str]] = ()

    def shows(self, value: Any) -> bool:
        return not isinstance(value, dict) and not any(isinstance(each, dict | list) for each in listed(value))

    def show(self, value: Any) -> None:
        self.data = "\n".join(listed(value))

    def told(self) -> Any:
        return [each for each in re.split(r"[,;\s]+", self.data or "") if each] or ABSENT


class RowForm(TreeForm):
    """A row of a list; one that says nothing is no row."""

    main: str  # the field that shows what is wrong with the list as a whole

    def __init__(self, tree: Tree, offers: Offers, *, prefix: str):
        super().__init__(tree, offers, prefix=prefix)

    def tell(self, path: str, text: str) -> Field | None:
        return super().tell(path or self.main, text)


class DrawForm(RowForm):
    source = SourceKey("Lấy từ ngân hàng, chủ đề", of="sources")
    count = NumberKey("Số câu")
    level = ChoiceKey("Mức", Level, usual="Mọi mức")
    section = TextKey("Đứng dưới đề mục")
    tag = TextKey("Chỉ câu có nhãn")
    marks = NumberKey("Điểm mỗi câu")

    main = "bank"

    def __init__(self, tree: Tree, offers: Offers, *, prefix: str):
        super().__init__(tree, offers, prefix=prefix)
        if not self.is_submitted():
            self.source.show_both(value_at(tree, "bank"), value_at(tree, "topic"))
        labels = {each.value: each.label for each in self.source.choices}
        self.source.description = labels[self.source.data] if self.source.data else ""  # the list cuts it short

    @property
    def says_more(self) -> bool:
        return any(each and (each.data or each.errors) for each in (self.section, self.tag, self.marks))

    def tell(self, path: str, text: str) -> Field | None:
        return super().tell("bank" if path == "topic" else path, text)


class PaperForm(RowForm):
    title = TextKey("Tên đề", description="Để trống thì máy đặt: Đề 1, Đề 2 …")
    bank = ChoiceKey("Câu hỏi ở ngân hàng", of="banks")
    questions = RefsKey(
        "Mã các câu hỏi",
        description="Mỗi dòng một mã, theo thứ tự trong đề; lấy mã ở trang ngân hàng câu hỏi. "
        "Câu của ngân hàng khác thì ghi “mã ngân hàng:mã câu”.",
        render_kw={"rows": 8, "spellcheck": "false"},
    )

    main = "questions"

    def __init__(self, tree: Tree, offers: Offers, *, prefix: str):
        super().__init__(tree, offers, prefix=prefix)
        prompts = dict(offers.get("prompts", ()))
        if self.questions:
            self.questions.asked = [(each.partition(":")[2], prompts.get(each, "")) for each in named_in(tree)]


class Rows:
    """A list of the round as rows, `empty` of which wait to be filled in. What is no list of mappings is left alone."""

    def __init__(self, tree: Tree, path: str, make: Callable[..., RowForm], offers: Offers, *, empty: int):
        self.path, self.name = path, path.replace(".", "-")
        stored = value_at(tree, path)
        nothing = stored is ABSENT or stored is None
        self.is_shown = nothing or (isinstance(stored, list) and all(isinstance(each, dict) for each in stored))
        self.given: list[Tree] = stored if isinstance(stored, list) and self.is_shown else []
        number = len(self.given) + empty
        if request.method == "POST":
            number = min(request.form.get(f"{self.name}-rows", number, type=int), MOST_ROWS)
        trees = [*self.given, *({} for _ in range(number - len(self.given)))][:number]
        self.forms = [make(each, offers, prefix=f"{self.name}-{place}-") for place, each in enumerate(trees, start=1)]

    def __len__(self) -> int:
        return len(self.forms)

    @property
    def says(self) -> bool:
        return bool(self.given) or any(field.errors for form in self.forms for field in form)

    def write(self, tree: Tree) -> None:
        if not self.is_shown:
            return
        written = []
        for place, form in enumerate(self.forms):
            row = dict(self.given[place]) if place < len(self.given) else {}
            form.write(row)
            written.append(row)
        if found := [each for each in written if each.keys() - {"key"}]:
            put(tree, self.path, found)
        elif value_at(tree, self.path) is not None:
            put(tree, self.path, ABSENT)

    def holds(self, path: str) -> bool:
        return path == self.path or path.startswith(f"{self.path}.")

    def tell(self, path: str, text: str) -> Field | None:
        """Show a problem of a row, or of the whole list, which stands at its first row."""
        number, _, key = path[len(self.path) + 1 :].partition(".")
        if number.isdecimal() and 0 < int(number) <= len(self.forms):
            return self.forms[int(number) - 1].tell(key, text)
        return self.forms[0].tell("", text) if self.forms else None
