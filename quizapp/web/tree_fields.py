"""Fields that stand for keys of a contest's tree: `attempts__limit` for 'attempts.limit'; each keeps what was typed."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import StringField

from quizapp.formats.contest_tree import ABSENT, Tree, put
from quizapp.web.forms import LongTextField, TextField

NO_LIMIT = "không giới hạn"
DECIMAL = re.compile(r"-?[0-9]+([,.][0-9]+)?")
WHOLE = re.compile("0|[1-9][0-9]{0,8}")
GROUPED = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+")
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
TYPED_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
TYPED_TIME = re.compile(r"([0-9]{1,2}) ?[:hg.] ?([0-9]{2})?( ?phút|p)?")

Choices = Iterable[tuple[str, str]]


class KeyField:
    """What all fields share: the key's path, reading the tree and writing it.

    like: the kind of field as which the page shows it. of: the name of the offer that fills its choices.
    """

    like = ""
    of = ""
    stored: Any = ABSENT  # what the tree says before anything is written
    shown: Any = ABSENT  # what the field would tell of it
    data: Any
    short_name: str

    @property
    def path(self) -> str:
        return self.short_name.replace("__", ".")

    @property
    def kind(self) -> str:
        return self.like or type(self).__name__

    def shows(self, value: Any) -> bool:
        """Return whether a value of the tree has a place in the field; else it is left alone."""
        return not isinstance(value, dict | list)

    def show(self, value: Any) -> None:
        self.data = "" if value is ABSENT or value is None else str(value)

    def told(self) -> Any:
        return self.data or ABSENT

    def meet(self, value: Any) -> None:
        """Learn what the tree says, without a change of what was sent."""
        sent, self.stored = self.data, value
        self.show(value)
        self.shown, self.data = self.told(), sent

    def write(self, tree: Tree) -> None:
        """What nobody touched stays as it is spelled."""
        if self.told() != self.shown:
            put(tree, self.path, self.told())

    def offer(self, choices: Choices) -> None:
        """Take choices that only the database knows."""


class TextKey(KeyField, TextField):
    """A line of text."""


class ParagraphKey(KeyField, LongTextField):
    """A longer text, which the file takes as one paragraph."""

    def told(self) -> Any:
        return " ".join(self.data.split()) or ABSENT


class NumberKey(KeyField, TextField):
    """A number as Vietnamese write it: '0,5'. Where none may be said, it is said in words."""

    def __init__(self, *args: Any, may_be_none: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.may_be_none = may_be_none

    def show(self, value: Any) -> None:
        super().show(value)
        if value is None and self.may_be_none:
            self.data = NO_LIMIT
        elif DECIMAL.fullmatch(self.data):
            self.data = self.data.replace(".", ",")

    def told(self) -> Any:
        if self.may_be_none and self.data.lower().startswith("không"):
            return None
        text = self.data.replace(".", "") if GROUPED.fullmatch(self.data) else self.data
        if DECIMAL.fullmatch(text):
            text = text.replace(",", ".")
        return int(text) if WHOLE.fullmatch(text) else text or ABSENT


class CountKey(NumberKey):
    """How many prizes there are: one number, or one for each division: 'A: 3, B: 4'."""

    def shows(self, value: Any) -> bool:
        return not isinstance(value, list)

    def show(self, value: Any) -> None:
        if isinstance(value, dict):
            self.data = ", ".join(f"{key}: {count}" for key, count in value.items())
        else:
            super().show(value)

    def told(self) -> Any:
        pairs = [part.partition(":") for part in self.data.split(",") if part.strip()]
        if not pairs or not all(colon for _, colon, _ in pairs):
            return super().told()
        return {key.strip(): _whole(count.strip()) for key, _, count in pairs}


class ListKey(KeyField, TextField):
    """Names with commas between them."""

    def shows(self, value: Any) -> bool:
        return not isinstance(value, dict) and not any(isinstance(each, dict | list) for each in listed(value))

    def show(self, value: Any) -> None:
        self.data = ", ".join(listed(value))

    def told(self) -> Any:
        return [each for each in re.split(r"[,;\s]+", self.data) if each] or ABSENT


class UnitsKey(ListKey):
    """Unions by code or name, with commas between them; `named`: what each is, as far as it is known."""

    named: Sequence[tuple[str, str]] = ()

    def __init__(self, label: str, *, of: str, **more: Any):
        super().__init__(label, **more)
        self.of = of
        self.names: dict[str, str] = {}

    def offer(self, choices: Choices) -> None:
        self.names = dict(choices)

    def meet(self, value: Any) -> None:
        super().meet(value)
        self.named = [(each, self.names[each]) for each in listed(value) if each in self.names]

    def told(self) -> Any:
        return [each for each in (part.strip() for part in re.split(r"[,;\n]+", self.data)) if each] or ABSENT


class HoursKey(ListKey):
    """Spans of a day with commas between them: '7:00 - 11:00, 13:30-24:00'."""

    def told(self) -> Any:
        spans = (re.sub(r"\s*[-–]\s*", "-", each.strip()) for each in re.split("[,;]", self.data))
        return [each for each in spans if each] or ABSENT


class InstantKey(KeyField, StringField):
    """A day and a time of day, two inputs of one name; at 24:00 the day ends."""

    data: Any

    def show(self, value: Any) -> None:
        text = "" if value is ABSENT or value is None else str(value)
        day, time, *_ = [*re.split("[T ]", text, maxsplit=1), ""]
        self.data = (day, time)

    def process_formdata(self, valuelist: list[str]) -> None:
        day, time, *_ = [*(each.strip() for each in valuelist), "", ""]
        self.data = (day, time)

    def told(self) -> Any:
        day, time = self.day, self.time
        if typed := TYPED_DAY.fullmatch(day):
            day = f"{typed[3]}-{int(typed[2]):02d}-{int(typed[1]):02d}"
        if typed := TYPED_TIME.fullmatch(time.lower()):
            time = f"{int(typed[1]):02d}:{typed[2] or '00'}"
        return f"{day}T{time}" if time else day or ABSENT

    @property
    def day(self) -> str:
        return str((self.data or ("", ""))[0])

    @property
    def time(self) -> str:
        return str((self.data or ("", ""))[1])

    @property
    def spoken(self) -> str:
        """As people say it: '07:00 ngày 14/12/2026'."""
        day = "/".join(reversed(self.day.split("-"))) if ISO_DAY.fullmatch(self.day) else self.day
        return " ngày ".join(part for part in (self.time, day) if part) or "chưa rõ"

    @property
    def day_input(self) -> str:
        """A date input would swallow what is no date."""
        return "date" if not self.day or ISO_DAY.fullmatch(self.day) else "text"


def listed(value: Any) -> list[str]:
    """Return the texts of a list; one text alone is a list of one."""
    if value is ABSENT or value is None:
        return []
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


def _whole(text: str) -> Any:
    return int(text) if WHOLE.fullmatch(text) else text
