"""The ways in which a union's name stands in a text: whole, without "Công đoàn cơ sở", with initials, as letters."""

import re
from collections.abc import Iterator, Sequence

from quizapp.rules.searched import Searched, Span, folded

_HEAD = re.compile(r"(?:cong doan|cdcs|cd)\s+(?:co so\s+|bo phan\s+)?")
# What kind of house it is; the rest is its own name.
_FORM = re.compile(
    r"(?:(?:tong )?cong ty|cty|c\.ty|tap doan|nha may|xi nghiep|co phan|cp|tnhh|mtv|mot thanh vien|san xuat|sx"
    r"|thuong mai|tm|dich vu|dv)\s+"
)
_BEFORE = (
    r"(?:cong doan(?: co so| bo phan)?|cdcs|cdbp|cd|(?:tong )?cong ty|cty|c\.ty|ct|nha may|nm|xi nghiep|xn|don vi)"
    r"(?:\s+(?:co phan|cp|tnhh|mtv))*\s+"
)
_FEDERATION = "lien doan lao dong "
_COMMON_LETTERS = {
    "bhxh",
    "bhyt",
    "bhtn",
    "atld",
    "cnvc",
    "ldld",
    "cdcs",
    "tnhh",
    "ubnd",
    "hdnd",
    "bcht",
    "thpt",
    "thcs",
}
_LEAST_LETTERS = 4  # of initials that nothing goes before


def spans(searched: Searched, union: str) -> Iterator[Span]:
    """Give where a text names a union."""
    yield from searched.find(union.split())
    if folded(union)[0].startswith(_FEDERATION):
        yield from searched.find(["LĐLĐ", *union.split()[4:]])
    rest = _after(_HEAD, union)
    if len(rest) > 2:
        yield from searched.find(rest)
    own = rest
    while shorter := _after(_FORM, " ".join(own)):
        own = shorter
    if len(own) > 2 and own != rest:
        yield from searched.find(own)
    if len(own) > 1:
        yield from searched.find_named(own)
        yield from _headed(searched, own)
        yield from _with_initials(searched, own)
    if rest:
        yield from _letters(searched, rest)
        yield from _letters(searched, ["Công", "ty", *own])


def _headed(searched: Searched, own: Sequence[str]) -> Iterator[Span]:
    """Give the own name behind "công đoàn", "công ty", …, whatever its letters' size, or its initials there."""
    words = r"[\s._-]{1,4}".join(f"({re.escape(folded(each)[0])})" for each in own)
    initials = folded("".join(each[0] for each in own))[0]
    for match in re.finditer(rf"(?<!\w){_BEFORE}(?:{words}|({re.escape(initials)}))(?!\w)", searched.folded):
        if match[len(own) + 1]:
            if searched.is_upper(match.span(len(own) + 1)):
                yield match.span()
        elif all(searched.is_written_as(match.span(place), each) for place, each in enumerate(own, start=1)):
            yield match.span()


def _with_initials(searched: Searched, own: Sequence[str]) -> Iterator[Span]:
    """Give "Dệt BM" or "Dệt B.M." of Dệt Bình Minh: first words whole, the others' letters, two at least."""
    for whole in range(1, len(own) - 1):
        first = r"\s{1,3}".join(f"({re.escape(folded(each)[0])})" for each in own[:whole])
        last = r"\.?\s?".join(re.escape(folded(each)[0][:1]) for each in own[whole:])
        for match in re.finditer(rf"(?<!\w){first}\s{{1,3}}({last})(?!\w)", searched.folded):
            written = [match.span(place) for place in range(1, whole + 1)]
            if searched.is_upper(match.span(whole + 1)) and all(map(searched.is_capital, written)):
                yield match.span()


def _letters(searched: Searched, words: Sequence[str]) -> Iterator[Span]:
    """Give the initials of a name where they stand as one word in capitals: "CTDBM"."""
    initials = folded("".join(each[0] for each in words))[0]
    if len(initials) < _LEAST_LETTERS or not initials.isalpha() or initials in _COMMON_LETTERS:
        return
    for match in re.finditer(rf"(?<!\w){initials}(?!\w)", searched.folded):
        if searched.is_upper(match.span()):
            yield match.span()


def _after(head: re.Pattern[str], name: str) -> list[str]:
    """Return the words of a name after its head; none when it has no such head."""
    plain, places = folded(name)
    found = head.match(plain)
    return name[places[found.end()] :].split() if found and found.end() < len(plain) else []
