"""A question while it is being read: its parts as they stood in the file, not decided yet what they amount to."""

import re
from dataclasses import dataclass, field

from quizapp.formats.questions.labels import Key
from quizapp.formats.questions.rich import Rich
from quizapp.vocabulary import Level

_STAR = r"[*✓✔✅☑]+|√(?=\s|$)|[(\[]\s*(?:[*xX✓✔Đđ]|đúng|Đúng|ĐÚNG|Đ/A|ĐA|đáp án|Đáp án|đáp án đúng|Đáp án đúng)\s*[)\]]"
STAR_BEFORE = re.compile(rf"\s*(?:{_STAR})\s*")
STAR_AFTER = re.compile(rf"(?:(?<=\s)|(?<=\w)(?=[*✓✔✅☑])|(?<=[.;,)”\"]))(?:{_STAR})\s*[.;]?\s*$")
WRONG = re.compile(r"\s[(\[]\s*(?:S|s|sai|Sai|SAI|✗|☐)\s*[)\]]\s*$|^\s*[✗☐□]\s*")


@dataclass
class Choice:
    """An option: the `label` before it, its `text`, whether a sign before the label stars it, its letter."""

    letter: str
    label: Rich
    text: Rich
    starred: bool = False
    auto: bool = False

    @property
    def unstarred(self) -> tuple[Rich, bool]:
        """The text without a sign that says that it is right, and whether there was one."""
        text, starred = self.text, self.starred
        if found := STAR_BEFORE.match(text.text):
            text, starred = text[found.end() :], True
        if found := STAR_AFTER.search(text.text):
            text, starred = text[: found.start()], True
        return (text, starred) if text else (self.text, self.starred)

    @property
    def bare(self) -> Rich:
        """The text without a sign that says that it is wrong."""
        found = WRONG.search(self.text.text)
        return self.text.without(found.start(), found.end()) if found else self.text


@dataclass
class Found:
    """A question of a file. `number`: as the file counts it; `run`: which count of the file, from 0, that belongs to.

    `doubts`: why a person must look; `keyless`: the reasons for which no key may be taken at all.
    """

    number: int | None
    label: str
    where: str
    run: int = 0
    row: int = 0
    part: str = ""
    topic: str = ""
    stem: list[Rich] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    statements: list[Rich] = field(default_factory=list)
    style: str = ""
    answers: list[Key] = field(default_factory=list)
    listed: list[Key] = field(default_factory=list)
    explanation: list[str] = field(default_factory=list)
    source: list[str] = field(default_factory=list)
    suggested: list[str] = field(default_factory=list)
    level: Level | None = None
    marks: int | None = None
    doubts: list[str] = field(default_factory=list)
    keyless: list[str] = field(default_factory=list)
    original: list[str] = field(default_factory=list)
    pictures: list[tuple[int, int | None]] = field(default_factory=list)
    mode: str = "stem"
    alone: bool = True  # each option so far has had a line of its own

    @property
    def prompt(self) -> str:
        return " ".join(filter(None, (each.shown for each in self.stem)))

    def doubt(self, why: str) -> None:
        """Note once why a person must look."""
        if why not in self.doubts:
            self.doubts.append(why)


@dataclass
class Entry:
    """What a list of keys says of a question; `lines`: what follows it there."""

    number: int
    key: Key
    lines: list[str] = field(default_factory=list)


@dataclass
class Parsed:
    """All that was found: questions, lists of keys (one for each time that their numbers start anew), remarks."""

    questions: list[Found] = field(default_factory=list)
    lists: list[list[Entry]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    topics: dict[str, str] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
