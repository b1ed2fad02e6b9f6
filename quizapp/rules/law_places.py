"""Where a citation points: 'Bộ luật Lao động 2019, Điều 107 khoản 2 và Điều 108' → articles, clauses."""

import re
from dataclasses import dataclass

_NOTE = re.compile(r"\s*\([^()]*\)")
_FIRST = re.compile(r"(?:,\s*|^)(?=(?:Điều|khoản|điểm) )")
_TOKEN = re.compile(r"(Điều|khoản|điểm) (\d+[a-zđ]?|[a-zđ])(?![\w])")
_END = re.compile(r"[\s,;]*(?: và)?[\s,;]*$")


@dataclass(frozen=True)
class LawPlace:
    """One place that is cited: `document` as it is named there, '25', '1', 'a'; '' where nothing is said."""

    document: str
    article: str = ""
    clause: str = ""
    point: str = ""


def law_places(source: str) -> list[LawPlace]:
    """Return the places that a citation names, in its order: documents parted by ';', notes in brackets left out."""
    found: list[LawPlace] = []
    document = ""
    for part in _NOTE.sub("", source).split(";"):
        pieces = _FIRST.split(part.strip(), maxsplit=1)
        document = pieces[0].strip() or document
        found += _within(document, pieces[1]) if len(pieces) > 1 else [LawPlace(document)]
    return found


def first_citation(source: str) -> tuple[str, str, str]:
    """Return the first document that is named, its first article ('Điều 107') and the clauses there ('khoản 2')."""
    part = _NOTE.sub("", source).split(";")[0].strip()
    pieces = _FIRST.split(part, maxsplit=1)
    if len(pieces) < 2:
        return pieces[0].strip(), "", ""
    found = re.match(r"(Điều \d+[a-zđ]?)(.*?)(?=Điều|$)", pieces[1])
    if not found:
        return pieces[0].strip(), "", pieces[1]
    return pieces[0].strip(), found[1], _END.sub("", found[2]).strip(" ,")


def _within(document: str, places: str) -> list[LawPlace]:
    found: list[LawPlace] = []
    for word, name in _TOKEN.findall(places):
        last = found[-1] if found else LawPlace(document)
        if word == "Điều":
            found.append(LawPlace(document, name))
        elif word == "khoản":
            found[-1:] = [LawPlace(document, last.article, name)] if not last.clause else [last]
            if last.clause:
                found.append(LawPlace(document, last.article, name))
        else:
            found[-1:] = [LawPlace(document, last.article, last.clause, name)] if not last.point else [last]
            if last.point:
                found.append(LawPlace(document, last.article, last.clause, name))
    return found
