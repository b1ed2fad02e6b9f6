"""Templates that the world knows, by their headings: Kahoot and Quizizz (Wayground)."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from quizapp.formats.questions.sheets.asked import Asked, Sheet
from quizapp.formats.questions.sheets.grid import Cell
from quizapp.formats.questions.sheets.table import Head
from quizapp.formats.questions.sheets.texts import clean, fold

OWN_KEY = "Đáp án đúng (chữ cái)"
"""The heading by which our own template is known."""


@dataclass(frozen=True)
class Form:
    """A template. `places`: what in its key are places of options, from 1 or A; `prepared`: its rows as read."""

    name: str
    places: str
    prepared: Callable[[Sheet], Sheet]


def form_of(head: Head) -> Form | None:
    """Return the template that a heading belongs to; None: somebody's own."""
    titles = {fold(title) for title in head.titles.values()}
    if any("time limit" in each for each in titles) and any(each.startswith("answer 1") for each in titles):
        return KAHOOT
    if {"question text", "question type"} <= titles and any(each.startswith("option 1") for each in titles):
        return QUIZIZZ
    return OWN if fold(OWN_KEY) in titles else None


def _as_it_is(sheet: Sheet) -> Sheet:
    return sheet


def _quizizz(sheet: Sheet) -> Sheet:
    asked = [each for each in sheet.asked if not _is_instruction(each)]
    return replace(sheet, asked=[_typed(each) for each in asked])


def _is_instruction(asked: Asked) -> bool:
    text = clean(asked.prompt.shown)
    return asked.row == asked.head.row + 1 and bool(re.match(r"text of the question", text, re.IGNORECASE))


def _typed(asked: Asked) -> Asked:
    """Multiple choice has one answer there; an empty type is that, too."""
    shown = clean(asked.more["kind"].shown) if "kind" in asked.more else ""
    options = {fold(slot.cell.shown) for slot in asked.slots if slot}
    if options != {"true", "false"} and fold(shown) in ("", "multiple choice"):
        asked.more["kind"] = Cell("single", "single")
    return asked


KAHOOT = Form("Kahoot", "number", _as_it_is)
QUIZIZZ = Form("Quizizz", "number", _quizizz)
OWN = Form("của hệ thống", "letter", _as_it_is)
