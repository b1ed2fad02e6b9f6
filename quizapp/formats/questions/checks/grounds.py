"""What banks are held against: the register of laws with their articles, the numbers in them, and exceptions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from quizapp.formats.questions.checks.waivers import Waiver
from quizapp.rules.citations import LawSpan, law_key
from quizapp.rules.law_places import LawPlace, law_places
from quizapp.rules.quantities import Quantity, quantities

Numbers = frozenset[Quantity]


@dataclass(frozen=True)
class LawText:
    """A document of the register. `name`: as sources call it. `articles`: with their clauses; None: nobody counted.

    `amended`, `barred`: by 'article' or 'article clause', since when its words hold, or why nothing may rest on it.
    """

    span: LawSpan
    name: str = ""
    articles: Mapping[str, frozenset[str]] | None = None
    amended: Mapping[str, date] = field(default_factory=dict)
    barred: Mapping[str, str] = field(default_factory=dict)

    def since(self, place: LawPlace) -> date | None:
        """Return the day from which the words of a place hold; of a whole article those of its youngest clause."""
        days = [self.span.in_force_from, self.amended.get(place.article)]
        if place.clause:
            days.append(self.amended.get(f"{place.article} {place.clause}"))
        else:
            days += [day for key, day in self.amended.items() if key.split()[0] == place.article]
        return max((day for day in days if day), default=None)

    def why_barred(self, place: LawPlace) -> str:
        return self.barred.get(place.article) or self.barred.get(f"{place.article} {place.clause}", "")


@dataclass(frozen=True)
class Grounds:
    """`laws`, `numbers`: by the key of the document's number; numbers of a text without articles stand under ''.

    Numbers of the document '' are those of secondary sources, for questions that cite no text. `rubrics`: by code.
    """

    laws: Mapping[str, LawText] = field(default_factory=dict)
    numbers: Mapping[str, Mapping[str, Numbers]] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    rubrics: frozenset[str] = frozenset()

    @property
    def by_name(self) -> dict[str, LawText]:
        return {law.name: law for law in self.laws.values() if law.name}

    def named(self, source: str) -> list[tuple[LawText, LawPlace]]:
        """Return the documents of the register that a source names, with the places in them."""
        names = self.by_name
        found = [(names[place.document], place) for place in law_places(source) if place.document in names]
        dated = [law for law in self.laws.values() if law.articles is None and law.span.number in source]
        return found or [(law, LawPlace(law.span.number)) for law in dated]

    def numbers_at(self, law: LawText, article: str) -> Numbers | None:
        """Return the numbers of an article; None: nobody drew those of this text."""
        drawn = self.numbers.get(law_key(law.span.number))
        return None if drawn is None else drawn.get(article, frozenset())


def read_laws(known: str, articles: str) -> dict[str, LawText]:
    """Return the register: who knows a text, and which articles it has."""
    counted = yaml.safe_load(articles)
    return {law_key(each["number"]): _law(each, counted.get(each["number"], {})) for each in yaml.safe_load(known)}


def read_numbers(files: Iterable[str]) -> dict[str, dict[str, Numbers]]:
    """Return the numbers of each document by article."""
    read = [yaml.safe_load(file) for file in files]
    return {
        law_key(each["document"]): {
            str(article): frozenset(quantity for text in texts for quantity in quantities(text))
            for article, texts in each["articles"].items()
        }
        for each in read
    }


def _law(known: Mapping[str, Any], counted: Mapping[str, Any]) -> LawText:
    span = LawSpan(
        known["number"], known.get("in_force_from"), known.get("in_force_to"), known.get("replaced_by") or ""
    )
    if not counted:
        return LawText(span)
    articles = {str(article): _clauses(str(clauses)) for article, clauses in counted["articles"].items()}
    barred = {place: why for why, places in counted.get("barred", {}).items() for place in places}
    return LawText(span, counted["name"], articles, counted.get("amended", {}), barred)


def _clauses(written: str) -> frozenset[str]:
    count, *inserted = written.split()
    return frozenset([*map(str, range(1, int(count) + 1)), *inserted])
