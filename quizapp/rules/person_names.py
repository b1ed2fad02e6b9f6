"""How a Vietnamese name stands in a text: whole, in part, with initials, after "tôi là", as a signature."""

import re
from collections.abc import Iterator, Sequence

from quizapp.rules.searched import Searched, Span, folded

_CLUSTERS = ("ngh", "ng", "nh", "th", "tr", "ph", "ch", "kh", "gi", "gh", "qu")
_WHO = "(?:toi|minh|em|con|chau|anh|chi|ban than|tac gia|nguoi viet|nguoi lam|nguoi du thi|nguoi thuc hien)"
# What one says before the own name.
_INTRODUCED = (
    rf"(?<!\w)(?:{_WHO} (?:la|ten la|ten)|ten (?:cua )?{_WHO}(?: la)?|(?:ho va |ho )?ten(?= ?:)"
    rf"|ky(?: ten|(?= ?:))|nguoi viet|tac gia|nguoi du thi|facebook|fb|zalo|nick)[\s:.,;–—-]{{1,4}}"
)
_ASIDE = rf"(?<!\w){_WHO}\s?[,–—-]\s?"  # "Tôi, Hoa, …"
_CLAUSE_END = r"(?=\s*(?:[^\w\s]|\n|$))"
_BETWEEN = r"[\s._-]{0,3}"
_LETTERS_APART = r"[\s._*/-]{0,2}"
_LONGEST_SIGNATURE = 60
_LEAST_LETTERS = 7  # of a name that is looked for letter by letter


def spans(searched: Searched, name: str) -> Iterator[Span]:
    """Give where a text says a name of two words or more; of one word, such as a member's number, only the whole."""
    words = name.split()
    yield from searched.find(words)
    if len(words) < 2:
        return
    if len(words) > 2:
        yield from searched.find([words[0], words[-1]])
        yield from _letters_apart(searched, words)
        for length in range(2, len(words)):
            yield from searched.find_named(words[-length:])
    yield from searched.find_named([words[0], words[-1]])
    yield from searched.find_named([words[-1], words[0]])
    yield from _with_initials(searched, words)
    yield from _introduced(searched, words)
    yield from _signed(searched, words)


def _letters_apart(searched: Searched, words: Sequence[str]) -> Iterator[Span]:
    letters = folded("".join(words))[0]
    if len(letters) >= _LEAST_LETTERS:
        pattern = _LETTERS_APART.join(map(re.escape, letters))
        for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", searched.folded):
            yield match.span()


def _with_initials(searched: Searched, words: Sequence[str]) -> Iterator[Span]:
    """Give "N.T. Hòa", "NT Hòa", "Nguyễn T. H.", "N.T.H.", "N. Hòa"; never bare letters such as "NTH"."""
    yield from _mixed(searched, words)
    if len(words) > 2:
        yield from _mixed(searched, [words[0], words[-1]])


def _mixed(searched: Searched, words: Sequence[str]) -> Iterator[Span]:
    parts = [f"(?:({re.escape(folded(word)[0])})|({_initial(word)})(\\.)?)" for word in words]
    for match in re.finditer(rf"(?<!\w){_BETWEEN.join(parts)}(?!\w)", searched.folded):
        whole = {place: match.span(1 + 3 * place) for place in range(len(words)) if match[1 + 3 * place]}
        short = [match.span(2 + 3 * place) for place in range(len(words)) if match[2 + 3 * place]]
        dots = sum(bool(match[3 + 3 * place]) for place in range(len(words)))
        if not short or not all(map(searched.is_capital, (*whole.values(), *short))):
            continue
        if not all(searched.is_written_as(span, words[place]) for place, span in whole.items()):
            continue
        # Two letters with dots may be anything ("T.P."), and so may two words of which one is a bare letter.
        if (whole and (dots or len(words) > 2)) or (len(words) > 2 and dots >= len(words) - 1):
            yield match.span()


def _introduced(searched: Searched, words: Sequence[str]) -> Iterator[Span]:
    """Give the given name, and what goes before it, where one says the own name; bare initials, too."""
    given = words[-1]
    middle = "".join(f"(?:{re.escape(folded(each)[0])}[\\s.]{{1,3}})?" for each in words[1:-1])
    initials = folded("".join(each[0] for each in words))[0]
    pattern = rf"{_INTRODUCED}({middle})(?:({re.escape(folded(given)[0])})(?!\w)({_CLAUSE_END})?|({initials})(?!\w))"
    for match in re.finditer(pattern, searched.folded):
        if match[4]:
            if len(words) > 2 and searched.is_upper(match.span(4)):
                yield match.span(4)
        elif searched.is_written_as(match.span(2), given) and (
            searched.is_capital(match.span(2)) or match[3] is not None
        ):
            yield (match.start(1) if match[1] else match.start(2)), match.end(2)
    for match in re.finditer(rf"{_ASIDE}({re.escape(folded(given)[0])})(?!\w)", searched.folded):
        if searched.is_capital(match.span(1)) and searched.is_written_as(match.span(1), given):
            yield match.span(1)


def _signed(searched: Searched, words: Sequence[str]) -> Iterator[Span]:
    """Give the given name, or initials, that stand alone on the last line."""
    given, initials = re.escape(folded(words[-1])[0]), folded("".join(each[0] for each in words))[0]
    start = searched.folded.rstrip().rfind("\n") + 1
    line = searched.folded[start : start + _LONGEST_SIGNATURE].rstrip()
    match = re.compile(rf"[^\w\n]*(?:({given})|({initials}))[^\w\n]*").fullmatch(
        searched.folded, start, start + len(line)
    )
    if match is None or len(searched.folded.rstrip()) > start + len(line):
        return
    span = match.span(1) if match[1] else match.span(2)
    is_given = match[1] and searched.is_capital(span) and searched.is_written_as(span, words[-1])
    if is_given or (match[2] and len(words) > 2 and searched.is_upper(span)):
        yield span


def _initial(word: str) -> str:
    plain = folded(word)[0]
    cluster = next((each for each in _CLUSTERS if plain.startswith(each) and plain != each), "")
    return "|".join(re.escape(each) for each in (cluster, plain[:1]) if each)
