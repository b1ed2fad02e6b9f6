"""The prizes of a contest division by division, and the order in which they are given."""

from collections import deque
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Protocol

from quizapp.rules.contest_rules import BoardRules, ContestRules, PrizeRules
from quizapp.vocabulary import OnePrize, PrizeBy, StandingsOf

Group = tuple[int, list[int]]  # a rank and who share it


class Standing(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def rank(self) -> int: ...


class Groups:
    """A queue that takes from its source only what is looked at: prizes are few, boards may be long."""

    def __init__(self, source: Iterable[Group] = ()) -> None:
        self._taken: deque[Group] = deque()
        self._source = iter(source)

    def __bool__(self) -> bool:
        return bool(self._taken) or self._takes()

    def __iter__(self) -> Iterator[Group]:
        place = 0
        while place < len(self._taken) or self._takes():
            yield self._taken[place]
            place += 1

    @property
    def first(self) -> Group:
        """The head of a queue that is not empty."""
        return next(iter(self))

    def give_up_first(self) -> None:
        self._taken.popleft()

    def put_in_place_of_first(self, group: Group) -> None:
        self._taken[0] = group

    def _takes(self) -> bool:
        for group in self._source:
            self._taken.append(group)
            return True
        return False


@dataclass
class Line:
    """Those who still wait for prizes of one kind from one board, best first; titles follow one another along it."""

    groups: Groups
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


def all_slots(rules: ContestRules, boards: Mapping[tuple[str, str], Iterable[Standing]]) -> list[Slot]:
    """Return each prize in each division of its board, in the order of the rules.

    boards: who stands there, best first, by the board's key and the division's; walked through anew for each line.
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
            line = lines.setdefault(name, Line(Groups(_groups(rows))))
            slot = Slot(prize, division, (number, position), scope(rules, of_key[prize.board], prize), line)
            line.later.append(slot.count)
            slots.append(slot)
    return slots


def _groups(rows: Iterable[Standing]) -> Iterator[Group]:
    return ((rank, [each.id for each in group]) for rank, group in groupby(rows, lambda row: row.rank))


def in_turn(slots: Sequence[Slot]) -> list[Slot]:
    """Return the order of giving: by worth; what follows along a line lifts all that stands before it."""
    worth: dict[int, int] = {}
    turns = []
    for slot in reversed(slots):
        lifted = max(slot.prize.value_vnd or 0, worth.get(id(slot.line), 0))
        worth[id(slot.line)] = lifted
        turns.append((-lifted, slot.place, slot))
    return [slot for *_, slot in sorted(turns, key=lambda each: each[:2])]
