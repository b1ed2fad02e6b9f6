"""The prizes of a contest file: sections → `PrizeRules`, and back."""

import re
from collections.abc import Sequence
from typing import Any

from quizapp.formats import contest_values as values
from quizapp.formats.marked_section import Section
from quizapp.rules.contest_rules import PrizeRules
from quizapp.rules.vietnamese import fold
from quizapp.vocabulary import OnePrize, OnTie, PrizeBy

MOST_OF_ONE = 10_000
MOST_DONG = 999_999_999
MOST_OF_KEY = 40


def read_prizes(section: Section) -> tuple[PrizeRules, ...]:
    parts = section.sections("prizes")
    prizes: list[PrizeRules] = []
    for part in parts:
        prizes.append(_prize(part, {each.key for each in prizes}))
    values.refuse_twins(parts, [each.key for each in prizes])
    return tuple(prizes)


def read_one_prize(section: Section) -> OnePrize:
    if section.is_none("one_prize_per_person"):
        return OnePrize.NO
    return section.word("one_prize_per_person", OnePrize, OnePrize.CONTEST)


def write_prize(prize: PrizeRules) -> dict[str, Any]:
    written: dict[str, Any] = {
        "key": prize.key,
        "title": prize.title,
        "standings": prize.board,
        "count": {key: int(count) for key, count in prize.counts} or prize.count,
    }
    if prize.value_vnd is not None:
        written["value_vnd"] = prize.value_vnd
    written |= {"by": prize.by.value, "on_tie": prize.on_tie.value}
    return written | ({"side": True} if prize.is_side else {})


def _prize(section: Section, taken: set[str]) -> PrizeRules:
    title, board = section.text("title"), section.text("standings")
    made = _key_of(title, board, taken)
    count, counts = _counts(section)
    return PrizeRules(
        key=values.name(section, "key") if values.is_given(section, "key") else made,
        title=title,
        board=board,
        count=count,
        counts=counts,
        value_vnd=values.dong(section, "value_vnd", most=MOST_DONG),
        by=section.word("by", PrizeBy, PrizeBy.RANK),
        on_tie=section.word("on_tie", OnTie, OnTie.ASK),
        is_side=values.flag(section, "side"),
    )


def _counts(section: Section) -> tuple[int, tuple[tuple[str, ...], ...]]:
    """Return how many of a board or of each division; the second by division, in place of the first."""
    if not section.is_group("count"):
        return section.number("count", least=1, most=MOST_OF_ONE, default=1), ()
    by_division = section.section("count")
    pairs = [(key, by_division.number(key, least=0, most=MOST_OF_ONE)) for key in by_division.entries]
    return 1, tuple((key, str(count)) for key, count in pairs)


def _key_of(title: str, board: str, taken: set[str]) -> str:
    """Return the key of a prize that names none: of its title, and of its board where that is taken."""
    short = _named(title) or "giai"
    wanted: Sequence[str] = (short, _named(f"{short}-{board}"), *(f"{short[:35]}-{n}" for n in range(2, 1000)))
    return next((each for each in wanted if each not in taken), short)


def _named(text: str) -> str:
    return "-".join(re.findall("[a-z0-9]+", fold(text).lower()))[:MOST_OF_KEY].strip("-")
