"""An essay as judges see it: who wrote it is covered wherever the text itself says so."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

COVER = "▇▇▇"

_DROPPED = ("Cf",)  # signs that are not seen: they must not hide a name from the search
_DIGIT_WORD = r"(?:khong|mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin)"
_NUMBERED = r"(?:(?:so |ma )?(?:the )?doan vien|so the|cccd|cmnd|can cuoc)"
_DATE = r"\d{1,2}[-./]\d{1,2}[-./]\d{4}(?!\d)"
_ALWAYS = re.compile(
    "|".join(
        (
            # Starts and lengths are bounded: a text of dots must not keep the search busy for seconds.
            r"(?<![\w.+%-])[\w.+%-]{1,64}\s?(?:@|[(\[]at[)\]])\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}",  # e-mail
            r"(?<![\w.])(?:https?://)?(?:\w{1,20}\.){0,3}(?:facebook|fb|zalo|tiktok|instagram)\.\w+/\S*\w",  # own page
            # A phone, a citizen's or member's card.
            rf"(?<![\d.,])(?!{_DATE})(?:\((?=\d{{2,4}}\)))?(?:\+\s?84|0)(?:[\s.()_-]{{0,2}}\d){{8,12}}(?!\d)",
            r"(?<![\d.,])\d{9,13}(?!\d)",  # a phone whose zero is lost, 84…, a member's number
            # "số thẻ đoàn viên: AB-123456": what is named as a number of a person, however short
            rf"(?<!\w){_NUMBERED}(?: so)?\W{{0,3}}[a-z]{{0,4}}\W?\d[\d.\s-]{{3,}}\d",
            rf"(?<!\w){_DIGIT_WORD}(?:[\s,.-]+{_DIGIT_WORD}){{8,}}(?!\w)",  # a number written in words
        )
    )
)
_HEAD = re.compile(r"(?:cong doan|cdcs|cd)\s+(?:co so\s+|bo phan\s+)?")


def hidden(text: str, names: Iterable[str], unions: Iterable[str]) -> str:
    """Return the text with what tells the writer covered by "▇▇▇"; everything else is kept byte for byte.

    Covered are phone numbers, e-mails, personal pages and numbers of members or identity cards, whoever's they are;
    each of `names` whole, and its family name with its given name; each of `unions`, also without "Công đoàn cơ sở".
    Case, line breaks and signs that are not seen do not matter. Nor do accents in three words and more; of two words
    both must be written as in the name or both without accents: "Hồ Hòa" is not "họ hòa". A given name alone is a word
    like others ("An", "Hoa") and stays; a member's number may be handed in as one of the names.
    """
    folded, places = _folded(text)
    searched = _Searched(text, folded, places)
    spans = [match.span() for match in _ALWAYS.finditer(folded)]
    for name in names:
        words = name.split()
        spans += searched.find(words)
        if len(words) > 2:
            spans += searched.find([words[0], words[-1]])
    for union in unions:
        spans += searched.find(union.split())
        spans += searched.find(_without_head(union))
    return _covered(text, (searched.original(span) for span in spans))


class _Searched:
    """A text with its folded form; `places[i]` is where the folded character i stands in the text."""

    def __init__(self, text: str, folded: str, places: Sequence[int]) -> None:
        self.text, self.folded, self.places = text, folded, places

    def find(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Give the folded spans of these words, one after the other; a single short word is not looked for."""
        plain = [re.escape(_folded(word)[0]) for word in words]
        if not plain or (len(plain) == 1 and len(plain[0]) < 5):
            return
        blank = r"[\s._-]*" if len(plain) > 2 else r"[\s_-]+"
        pattern = rf"(?<!\w){blank.join(f'({word})' for word in plain)}(?!\w)"
        for match in re.finditer(pattern, self.folded):
            written = [self._accents(match.span(group)) for group in range(1, len(plain) + 1)]
            if len(plain) > 2 or not any(written) or written == [_accents(word) for word in words]:
                yield match.span()

    def original(self, span: tuple[int, int]) -> tuple[int, int]:
        start, end = self.places[span[0]], self.places[span[1] - 1] + 1
        while end < len(self.text) and unicodedata.combining(self.text[end]):
            end += 1
        return start, end

    def _accents(self, span: tuple[int, int]) -> list[str]:
        start, end = self.original(span)
        return _accents(self.text[start:end])


def _folded(text: str) -> tuple[str, list[int]]:
    """Return the text in lower case without accents, and where each of its characters comes from."""
    folded: list[str] = []
    places: list[int] = []
    for place, each in enumerate(text):
        for part in unicodedata.normalize("NFKD", each.lower()).replace("đ", "d"):
            if not unicodedata.combining(part) and unicodedata.category(part) not in _DROPPED:
                folded.append(part)
                places.append(place)
    return "".join(folded), places


def _accents(word: str) -> list[str]:
    """Return the accents of a word; 'hòa' and 'hoà' have the same."""
    return sorted(
        each for each in unicodedata.normalize("NFD", word.lower()) if each == "đ" or unicodedata.combining(each)
    )


def _without_head(union: str) -> list[str]:
    """Return the words of a union's name after "Công đoàn cơ sở" when they can stand for it: two at least."""
    folded, places = _folded(union)
    head = _HEAD.match(folded)
    rest = union[places[head.end()] :].split() if head and head.end() < len(folded) else []
    return rest if len(rest) > 1 else []


def _covered(text: str, spans: Iterable[tuple[int, int]]) -> str:
    kept: list[str] = []
    done = 0
    for start, end in sorted(spans):
        if start >= done:
            kept += (text[done:start], COVER)
        done = max(done, end)
    return "".join((*kept, text[done:]))
