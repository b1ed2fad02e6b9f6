"""Questions that ask the same thing: equal but for case, blanks and the order of options, or nearly so."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Generic, TypeVar

from quizapp.rules.vietnamese import clean, fold

ALIKE = 0.85
ALIKE_BUT_NUMBERS = 0.95  # another number is mostly another question: 'khoản 1 Điều 25', 'khoản 1 Điều 26'
NEARLY = 0.99
SHARED = 0.6  # of the pairs of neighbouring words: fewer and two texts cannot be alike enough
COMMON = 60  # a pair of words in more questions than these ("theo quy", "quy dinh") leads to nobody
MOST = 3  # twins that are told of one question

Key = TypeVar("Key", bound=Hashable)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Asked:
    """What two questions are compared by. `right`: the texts of the key, in any order; `seen`: digests of pictures."""

    prompt: str
    options: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Likeness(Generic[Key]):
    """Another question, how much of the words is the same (0.0 to 1.0), and whether the key says the same."""

    key: Key
    share: float
    same_key: bool

    @property
    def is_same_text(self) -> bool:
        return self.share == 1.0


@dataclass(frozen=True)
class _Plain:
    """`text`: as one reads and sees it; `words`: without accents and signs, options in the order of the alphabet."""

    text: tuple[str, ...]
    words: tuple[str, ...]
    right: frozenset[str]


class Index(Generic[Key]):
    """Questions to look among."""

    def __init__(self, questions: Mapping[Key, Asked]):
        self.plain = {key: _plain(asked) for key, asked in questions.items()}
        self.equal: dict[tuple[str, ...], list[Key]] = defaultdict(list)
        self.having: dict[tuple[str, str], list[Key]] = defaultdict(list)
        for key, plain in self.plain.items():
            self.equal[plain.words].append(key)
            for pair in {*pairwise(plain.words)}:
                self.having[pair].append(key)

    def twins(self, asked: Asked, but: Collection[Key] = ()) -> list[Likeness[Key]]:
        """Return the questions like this one, the most alike first: those with `ALIKE` of the words in common.

        A share of 1.0 is the very same text; accents and signs make two texts only alike: '+1' is not '-1'.
        """
        plain = _plain(asked)
        found = [self._likeness(key, plain) for key in self._near(plain) if key not in but]
        return sorted((each for each in found if each.share >= ALIKE), key=lambda each: -each.share)[:MOST]

    def _likeness(self, key: Key, plain: _Plain) -> Likeness[Key]:
        other = self.plain[key]
        share = 1.0 if other.text == plain.text else min(_share(plain.words, other.words), NEARLY)
        if share < ALIKE_BUT_NUMBERS and _numbers(plain.words) != _numbers(other.words):
            share = 0.0
        return Likeness(key, share, other.right == plain.right)

    def _near(self, plain: _Plain) -> set[Key]:
        """Return the questions that may be alike: they share the words, or enough of their rare pairs."""
        pairs = {*pairwise(plain.words)}
        listed = [self.having[pair] for pair in pairs if pair in self.having]
        rare = [keys for keys in listed if len(keys) <= COMMON]
        counted = Counter(key for keys in rare for key in keys)
        least = max(1, SHARED * len(pairs) - (len(listed) - len(rare)))
        equal = self.equal.get(plain.words, ()) if plain.words else ()
        return {*equal, *(key for key, count in counted.items() if count >= least)}


def _plain(asked: Asked) -> _Plain:
    options = sorted(map(_lightly, asked.options))
    parts = [asked.prompt, *sorted(asked.options, key=_words)]
    words = tuple(word for part in parts for word in _words(part))
    return _Plain(
        (_lightly(asked.prompt), *options, "", *sorted(asked.seen)), words, frozenset(map(_lightly, asked.right))
    )


def _lightly(text: str) -> str:
    return clean(text).casefold()


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def _numbers(words: Sequence[str]) -> list[str]:
    return sorted(word for word in words if word[0].isdigit())


def _share(one: Sequence[str], other: Sequence[str]) -> float:
    """Return how much of two texts is the same words in the same order."""
    if 2 * min(len(one), len(other)) < ALIKE * (len(one) + len(other)):
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return 0.0 if matcher.quick_ratio() < ALIKE else matcher.ratio()
