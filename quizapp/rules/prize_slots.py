"""The prizes of a contest division by division, and the order in which they are given."""

from collections import deque
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from quizapp.rules.contest_rules import BoardRules, ContestRules, PrizeRules
from quizapp.vocabulary import OnePrize, PrizeBy, StandingsOf

Group = tuple[int, list[int]]  # a rank and who share it


@dataclass
class Line:
    """Those who still wait for prizes of one kind from one board, best first; titles follow one another along it."""

    groups: deque[Group]
    later: list[int] = field(default_factory=list)  # how many there are of each prize that is still to be given
    is_blocked: bool = False


@dataclass(frozen=True)
class Slot:
    """A prize in one division. scope: within which a person gets one prize; None: the one-prize rule is silent."""

    prize: PrizeRules
    division: str
    place: tuple[int, int]  # of the prize and the division in the rules
    scope: Hashable
    line: Line

    @property
    def count(self) -> int:
        return self.prize.count_in(self.division)


def scope(rules: ContestRules, board: BoardRules, prize: PrizeRules) -> Hashable:
    """Return what a person may have one prize of; prizes of another scope do not matter. None: there is no limit."""
    if prize.is_side or board.of is not StandingsOf.PEOPLE or rules.one_prize is OnePrize.NO:
        return None
    return tuple(each.key for each in rules.rounds_of(board)) if rules.one_prize is OnePrize.ROUND else ()


def all_slots(rules: ContestRules, boards: Mapping[tuple[str, str], Sequence[tuple[int, int]]]) -> list[Slot]:
    """Return each prize in each division of its board, in the order of the rules.

    boards: ids with their ranks, best first, by the board's key and the division's.
    """
    divisions = ["", *(each.key for each in rules.divisions)]
    of_key = {each.key: each for each in rules.boards}
    lines: dict[tuple[str, str, PrizeBy, bool], Line] = {}
    slots = []
    for number, prize in enumerate(rules.prizes):
        for position, division in enumerate(divisions):
            rows = boards.get((prize.board, division))
            if rows is None:
                continue
            name = (prize.board, division, prize.by, prize.is_side)
            line = lines.setdefault(name, Line(deque()))
            line.groups = line.groups or _groups(rows)
            slot = Slot(prize, division, (number, position), scope(rules, of_key[prize.board], prize), line)
            line.later.append(slot.count)
            slots.append(slot)
    return slots


def _groups(rows: Iterable[tuple[int, int]]) -> deque[Group]:
    return deque((rank, [each for each, _ in group]) for rank, group in groupby(rows, lambda row: row[1]))


def in_turn(slots: Sequence[Slot]) -> list[Slot]:
    """Return the order of giving: by worth; what follows along a line lifts all that stands before it."""
    worth: dict[int, int] = {}
    turns = []
    for slot in reversed(slots):
        lifted = max(slot.prize.value_vnd or 0, worth.get(id(slot.line), 0))
        worth[id(slot.line)] = lifted
        turns.append((-lifted, slot.place, slot))
    return [slot for *_, slot in sorted(turns, key=lambda each: each[:2])]
