"""The parts of a thể lệ: articles, the names that they print, and how rounds that are alike are said once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from quizapp.rules.round_rules import RoundRules


@dataclass(frozen=True)
class KnownNames:
    """How people call what the rules name by code; a code without a name is printed as it is."""

    unions: Mapping[str, str] = field(default_factory=dict)
    banks: Mapping[str, str] = field(default_factory=dict)
    topics: Mapping[tuple[str, str], str] = field(default_factory=dict)  # by bank and topic
    rubrics: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Section:
    """An article of the thể lệ: paragraphs, then a list."""

    title: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()


def as_text(title: str, sections: Iterable[Section]) -> str:
    """Return the thể lệ as plain text: articles numbered, lists with hyphens."""
    lines = ["THỂ LỆ", title]
    for place, section in enumerate(sections, start=1):
        lines += ["", f"Điều {place}. {section.title}", *section.paragraphs]
        lines += [f"- {item}" for item in section.items]
    return "\n".join(lines)


def by_round(
    rounds: Sequence[RoundRules], sentence: Callable[[RoundRules], str], *, of: int | None = None
) -> tuple[str, ...]:
    """Say once what neighbouring rounds have in common; the titles stand before it only when rounds differ.

    of: how many rounds the contest has, where these may be only some of them.
    """
    said = [(text, [each.title for each in same]) for text, same in groupby(rounds, key=sentence)]
    if len(said) == 1 and len(rounds) == (of or len(rounds)):
        return (said[0][0],)
    return tuple(f"{', '.join(titles)}: {text[0].lower()}{text[1:]}" for text, titles in said)


def called(names: Mapping[str, str], code: str) -> str:
    return names.get(code, code)
