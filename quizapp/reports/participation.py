"""Who takes part, unit by unit, while a contest runs: the rules and the numbers of the boards, counted now."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from quizapp.models import Contest, Round, TradeUnion
from quizapp.reports import queries
from quizapp.rules.collective import UnionRow
from quizapp.rules.permissions import covers
from quizapp.rules.vietnamese import fold, sort_key
from quizapp.standings import queries as standings
from quizapp.vocabulary import UnionKind

ON_A_PAGE = 50


class Sort(StrEnum):
    RATE = "rate"
    ENTRANTS = "entrants"
    NAME = "name"


@dataclass(frozen=True)
class Wish:
    """What of the list is asked for. above: code of a union above the units; idle: only who has not started."""

    above: str = ""
    search: str = ""
    sort: Sort = Sort.RATE
    idle: bool = False
    page: int = 1


@dataclass(frozen=True)
class UnitRow:
    """A unit as the boards rank it, with the union above it and its attempts that are not handed in."""

    union: TradeUnion
    above: TradeUnion | None
    row: UnionRow
    running: int

    @property
    def is_idle(self) -> bool:
        return not self.row.attempts and not self.running


@dataclass(frozen=True)
class Total:
    """The sum of some units. rate: of the units whose members are known; unknown: how many are left out of it."""

    units: int
    idle: int
    entrants: int
    attempts: int
    running: int
    members: int
    rate: int | None
    unknown: int


@dataclass(frozen=True)
class Participation:
    """All units of a contest with what their people did. elsewhere: people, attempts and running ones of no unit."""

    counted_at: datetime
    units: list[UnitRow]
    elsewhere: tuple[int, int, int]

    @property
    def uppers(self) -> list[TradeUnion]:
        """The unions above the units, by name: what one may narrow the list by."""
        found = {each.above.id: each.above for each in self.units if each.above}
        return sorted(found.values(), key=lambda union: sort_key(union.name))

    def chosen(self, wish: Wish) -> list[UnitRow]:
        """Return the units that a wish asks for, in its order."""
        words = fold(wish.search).split()
        found = [each for each in self.units if _fits(each, wish, words)]
        return sorted(found, key=ORDERS[wish.sort])


def participation(
    contest: Contest, now: datetime, *, round_: Round | None = None, within: Sequence[str] | None = None
) -> Participation:
    """Return how each unit takes part in a round, or in all. within: paths of the subtrees that may be seen."""
    unions = standings.unions_of_audience(contest)
    home = standings.ranked_union(unions, UnionKind.GRASSROOTS)
    round_id = round_.id if round_ else None
    people: Counter[int] = Counter()
    attempts: Counter[int] = Counter()
    running: Counter[int] = Counter()
    nowhere = 0
    unit_of = {union_id: unit.id for union_id, unit in home.items()}
    for union, entrants, sat in queries.handed_in_by_union(contest, round_id):
        people[unit_of.get(union or 0, nowhere)] += entrants
        attempts[unit_of.get(union or 0, nowhere)] += sat
    for union, count in queries.unfinished_by_union(contest, round_id).items():
        running[unit_of.get(union or 0, nowhere)] += count
    day = min(now, contest.rules.closes_at).astimezone(ZoneInfo(contest.rules.timezone)).date()
    members, by_id = standings.members_on(unions, day), {union.id: union for union in unions}
    units = {union.id: union for union in home.values() if within is None or covers(within, union)}
    return Participation(
        counted_at=now,
        units=[
            UnitRow(
                union=union,
                above=by_id.get(union.parent_id or 0),
                row=UnionRow(union.id, people[union.id], attempts[union.id], members.get(union.id), None, Fraction(0)),
                running=running[union.id],
            )
            for union in units.values()
        ],
        elsewhere=(people[nowhere], attempts[nowhere], running[nowhere]) if within is None else (0, 0, 0),
    )


def total(units: Sequence[UnitRow]) -> Total:
    """Return the sums of some units."""
    known = [each.row for each in units if each.row.members is not None]
    members = sum(row.members or 0 for row in known)
    whole = UnionRow(0, sum(row.entrants for row in known), 0, members, None, Fraction(0))
    return Total(
        units=len(units),
        idle=sum(each.is_idle for each in units),
        entrants=sum(each.row.entrants for each in units),
        attempts=sum(each.row.attempts for each in units),
        running=sum(each.running for each in units),
        members=members,
        rate=whole.rate,
        unknown=len(units) - len(known),
    )


def _by_rate(unit: UnitRow) -> Any:
    rate = unit.row.exact_rate
    return (rate is None, -(rate or 0), *_by_entrants(unit))


def _by_entrants(unit: UnitRow) -> Any:
    return (-unit.row.entrants, sort_key(unit.union.name), unit.union.code)


def _by_name(unit: UnitRow) -> Any:
    return (sort_key(unit.union.name), unit.union.code)


ORDERS: dict[Sort, Callable[[UnitRow], Any]] = {Sort.RATE: _by_rate, Sort.ENTRANTS: _by_entrants, Sort.NAME: _by_name}


def _fits(unit: UnitRow, wish: Wish, words: Sequence[str]) -> bool:
    text = f"{unit.union.name_folded} {fold(unit.union.code)}"
    above = not wish.above or (unit.above is not None and unit.above.code == wish.above)
    return above and all(word in text for word in words) and not (wish.idle and not unit.is_idle)
