"""Text that remembers how each of its letters looks: what a key may be marked by, kept beside the letters."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import compress

from quizapp.formats.questions.cleaning import composed, look_alikes
from quizapp.rules.vietnamese import clean

Marks = frozenset[str]
PLAIN: Marks = frozenset()
OBJECT = "\ufffc"  # stands where a picture stands
_LEFT_OUT = {"Cf", "Cs"}
_USUAL = re.compile(r"[\t\n -~\u00a1-\u00ac\u00ae-\u02ff\u1e00-\u1eff\u2010-\u2027\u2030-\u205e]*")  # stands as it is


@dataclass(frozen=True)
class Rich:
    """A text and, for each of its letters, the marks that the letter carries."""

    text: str = ""
    marks: tuple[Marks, ...] = ()

    def __getitem__(self, place: slice) -> "Rich":
        return Rich(self.text[place], self.marks[place])

    def __add__(self, other: "Rich") -> "Rich":
        return Rich(self.text + other.text, self.marks + other.marks)

    def __bool__(self) -> bool:
        return bool(self.text.strip())

    @property
    def shown(self) -> str:
        """The text as it is stored."""
        return _shown(self.text)

    @property
    def objects(self) -> list[int]:
        """Which pictures stand in it, by their place in the file."""
        if OBJECT not in self.text:
            return []
        found = (mark for letter, marks in self if letter == OBJECT for mark in marks)
        return [int(mark[7:]) for mark in found if mark.startswith("object:")]

    def __iter__(self) -> Iterator[tuple[str, Marks]]:
        return zip(self.text, self.marks, strict=True)

    def without(self, start: int, end: int) -> "Rich":
        """Return it without the letters between two places."""
        return self[:start] + self[end:]

    def counted(self) -> tuple[int, dict[str, int]]:
        """Return how many letters and digits there are, and how many of them carry each mark."""
        return self._counted

    @cached_property
    def _counted(self) -> tuple[int, dict[str, int]]:
        looks = Counter(compress(self.marks, map(str.isalnum, self.text.replace(OBJECT, "x"))))
        if not looks:  # an answer may be all signs: “<”, “≥”, “+”
            looks = Counter(marks for letter, marks in self if not letter.isspace())
        found = dict[str, int]()
        for marks, count in looks.items():
            for mark in marks:
                found[mark] = found.get(mark, 0) + count
        return looks.total(), found


@lru_cache(maxsize=4096)  # asked of each line by all that may take it
def _shown(text: str) -> str:
    return clean(text.replace(OBJECT, " "))


def plain(text: str) -> Rich:
    """Return a text that has no looks."""
    return rich([(text, PLAIN)])


def rich(pieces: Iterable[tuple[str, Marks]]) -> Rich:
    """Return pieces of text as one: letters composed across pieces, signs that are not seen left out."""
    letters: list[str] = []
    marks: list[Marks] = []
    for text, looks in pieces:
        if _USUAL.fullmatch(text):
            letters += text
            marks += [looks] * len(text)
            continue
        for letter in text:
            if letters and unicodedata.combining(letter) and len(joined := composed(letters[-1] + letter)) == 1:
                letters[-1] = joined
            elif letter not in "\t\n" and unicodedata.category(letter) in _LEFT_OUT:
                continue
            else:
                letters.append(" " if letter == "\u00a0" else composed(letter)[:1] or letter)
                marks.append(looks)
    return Rich(look_alikes("".join(letters)), tuple(marks))


def split_lines(text: Rich) -> list[Rich]:
    """Return the lines of a text, without those that are blank."""
    places = [match.start() for match in re.finditer("\n", text.text)]
    bounds = zip([0, *(place + 1 for place in places)], [*places, len(text.text)], strict=True)
    return [line for line in (text[start:end] for start, end in bounds) if line]
