"""Fields for keys of a contest's tree that take some of a few words, or yes and no."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wtforms import BooleanField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput

from quizapp.formats.contest_tree import ABSENT, Tree, put, value_at
from quizapp.vocabulary.word import Word
from quizapp.web.tree_fields import Choices, KeyField, listed


class ChoiceKey(KeyField, SelectField):
    """One of the words of a kind; `usual`: what no word means."""

    def __init__(
        self,
        label: str,
        kind: type[Word] | Sequence[tuple[str, str]] = (),
        *,
        usual: str = "",
        of: str = "",
        **more: Any,
    ):
        self.words = [(each.value, _capital(each.label)) for each in kind] if isinstance(kind, type) else list(kind)
        self.names = {each.name.lower(): each.value for each in kind} if isinstance(kind, type) else {}
        self.of = of
        super().__init__(label, **more)
        self.choices = [SelectChoice("", usual or "Chưa chọn"), *(SelectChoice(*each) for each in self.words)]

    def offer(self, choices: Choices) -> None:
        self.choices = [*self.choices, *(SelectChoice(*each) for each in choices)]

    def show(self, value: Any) -> None:
        super().show(value)
        self.data = self.names.get(self.data.lower(), self.data)
        self.keep_strange()

    def keep_strange(self) -> None:
        """Show what was chosen though nobody offers it."""
        known = {each.value for each in self.choices}
        if self.data and self.data not in known:
            self.offer([(self.data, f"{self.data} (không có trong danh sách)")])


class ChainKey(ChoiceKey):
    """A list of words whose order matters, as one of the usual chains."""

    def __init__(self, label: str, words: Mapping[str, str], chains: Iterable[str], *, usual: str, **more: Any):
        self.labels = words
        super().__init__(label, [(each, self._worded(each.split(","))) for each in chains], usual=usual, **more)

    def shows(self, value: Any) -> bool:
        return not isinstance(value, dict)

    def show(self, value: Any) -> None:
        self.data = ",".join(listed(value))
        known = {each.value for each in self.choices}
        if self.data not in known:
            self.offer([(self.data, self._worded(listed(value)))])

    def told(self) -> Any:
        return self.data.split(",") if self.data else ABSENT

    def _worded(self, chain: Iterable[str]) -> str:
        return _capital(", rồi ".join(self.labels.get(each, each) for each in chain))


class WordsKey(KeyField, SelectMultipleField):
    """Some of the words of a kind, each with a box to tick; none ticked says nothing."""

    like = "RadioField"
    choices: list[SelectChoice]
    option_widget = CheckboxInput()

    def __init__(self, label: str, kind: type[Word] | Choices = (), *, all_is: str = "", of: str = "", **more: Any):
        words = [(each.value, _capital(each.label)) for each in kind] if isinstance(kind, type) else list(kind)
        self.of, self.all_is = of, all_is
        super().__init__(label, choices=[SelectChoice(*each) for each in words], **more)

    def offer(self, choices: Choices) -> None:
        self.choices = [*self.choices, *(SelectChoice(*each) for each in choices)]

    def shows(self, value: Any) -> bool:
        return not isinstance(value, dict) and not any(isinstance(each, dict | list) for each in listed(value))

    def show(self, value: Any) -> None:
        self.data = [each for each in listed(value) if each != self.all_is]
        known = {each.value for each in self.choices}
        self.offer((each, f"{each} (không có trong danh sách)") for each in self.data if each not in known)

    def told(self) -> Any:
        return self.data or ABSENT


class SwitchKey(KeyField, BooleanField):
    """Yes, or what says nothing."""

    like = "BooleanField"

    def shows(self, value: Any) -> bool:
        return value in (ABSENT, None, True, False, "true", "false")

    def show(self, value: Any) -> None:
        self.data = value in (True, "true")

    def told(self) -> Any:
        return True if self.data else ABSENT


class NoneKey(SwitchKey):
    """Says none where the key's absence would say something else; stands after the fields below its key."""

    def shows(self, value: Any) -> bool:
        return True

    def show(self, value: Any) -> None:
        self.data = value is None

    def write(self, tree: Tree) -> None:
        if self.data:
            put(tree, self.path, None)
        elif value_at(tree, self.path) is None:
            put(tree, self.path, ABSENT)


class SectionKey(SwitchKey):
    """Whether there is such a section at all; stands after the fields below its key, any of which makes one.

    seed: the key that says none in a section in which nothing else is said.
    """

    def __init__(self, label: str, *, seed: str, **more: Any):
        super().__init__(label, **more)
        self.seed = seed

    def shows(self, value: Any) -> bool:
        return value is ABSENT or value is None or isinstance(value, dict)

    def show(self, value: Any) -> None:
        self.data = isinstance(value, dict)

    def write(self, tree: Tree) -> None:
        if not self.data and isinstance(self.stored, dict):
            put(tree, self.path, ABSENT)
        elif self.data and not isinstance(value_at(tree, self.path), dict):
            put(tree, self.path, {self.seed: None})


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
