"""A text as names are looked for in it: lower case, without accents and unseen signs, each letter with its place."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

Span = tuple[int, int]
_UNSEEN = ("Cf", "Mn", "Me")  # they must not hide a name from the search
_BLANK_LETTERS = "\u115f\u1160\u2800\u3164\uffa0"  # called letters, and nothing is seen of them


class Searched:
    """A text with its folded form; `places[i]` is where the folded character i stands in the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded, self.places = folded(text)

    def original(self, span: Span) -> Span:
        """Return where a folded span stands in the text, with the accents that follow it."""
        start, end = self.places[span[0]], self.places[span[1] - 1] + 1
        while end < len(self.text) and unicodedata.combining(self.text[end]):
            end += 1
        return start, end

    def is_capital(self, span: Span) -> bool:
        """Return whether a word begins as names do."""
        return not self.text[self.places[span[0]]].islower()

    def is_upper(self, span: Span) -> bool:
        """Return whether nothing of a word is in small letters."""
        start, end = self.original(span)
        return not any(each.islower() for each in self.text[start:end])

    def is_written_as(self, span: Span, word: str) -> bool:
        """Return whether a word has the accents of `word`, or none at all: "Hồ" is not "họ", but "ho" may be it."""
        start, end = self.original(span)
        written = accents(self.text[start:end])
        return not written or written == accents(word)

    def find(self, words: Sequence[str]) -> Iterator[Span]:
        """Give the spans of these words, one after the other; a single short word is not looked for.

        Of two words the accents must be those of both or none at all; of more they do not matter.
        """
        plain = [re.escape(folded(word)[0]) for word in words]
        if not plain or (len(plain) == 1 and len(plain[0]) < 5):
            return
        blank = r"[\s._-]*" if len(plain) > 2 else r"[\s_-]+"
        pattern = rf"(?<!\w){blank.join(f'({word})' for word in plain)}(?!\w)"
        for match in re.finditer(pattern, self.folded):
            written = [self._accents(match.span(group)) for group in range(1, len(plain) + 1)]
            if len(plain) > 2 or not any(written) or written == [accents(word) for word in words]:
                yield match.span()

    def find_named(self, words: Sequence[str]) -> Iterator[Span]:
        """Give the spans of words that are written as names are: with capitals, and their accents or none."""
        blank = r"(?:[\s_-]{1,4}|\.)"
        plain = blank.join(f"({re.escape(folded(each)[0])})" for each in words)
        for match in re.finditer(rf"(?<!\w){plain}(?!\w)", self.folded):
            spans = [match.span(group) for group in range(1, len(words) + 1)]
            as_names = (self.is_capital(span) for span in spans)
            if all(as_names) and all(self.is_written_as(*pair) for pair in zip(spans, words, strict=True)):
                yield match.span()

    def _accents(self, span: Span) -> list[str]:
        start, end = self.original(span)
        return accents(self.text[start:end])


def folded(text: str) -> tuple[str, list[int]]:
    """Return the text in lower case without accents, and where each of its characters comes from."""
    found: list[str] = []
    places: list[int] = []
    for place, each in enumerate(text):
        for part in unicodedata.normalize("NFKD", each.lower()).replace("đ", "d"):
            if _is_seen(part):
                found.append(part)
                places.append(place)
    return "".join(found), places


def accents(word: str) -> list[str]:
    """Return the accents of a word; 'hòa' and 'hoà' have the same."""
    return sorted(
        each for each in unicodedata.normalize("NFD", word.lower()) if each == "đ" or unicodedata.combining(each)
    )


def _is_seen(part: str) -> bool:
    category = unicodedata.category(part)
    if category == "Cc":
        return part.isspace()
    return category not in _UNSEEN and part not in _BLANK_LETTERS
