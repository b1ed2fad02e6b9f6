"""People on a board as two columns, rank and id: all boards of a contest are held at once, maybe of 200,000 people."""

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from quizapp.rules.contest_rules import BoardRules
from quizapp.rules.counting import Sat
from quizapp.rules.ranking import PersonRow, ranked
from quizapp.rules.thresholds import lets_person


@dataclass(frozen=True)
class PlacedPeople:
    """Ranks and ids, best first; the rows themselves are made when they are asked for."""

    people: Mapping[int, Sat]
    ranks: "array[int]" = field(default_factory=lambda: array("q"))
    ids: "array[int]" = field(default_factory=lambda: array("q"))

    def __len__(self) -> int:
        return len(self.ids)

    def __iter__(self) -> Iterator[tuple[int, PersonRow]]:
        return ((rank, _row(who, self.people[who])) for rank, who in self.places())

    def places(self) -> Iterator[tuple[int, int]]:
        """Give rank and id, best first."""
        return zip(self.ranks, self.ids, strict=True)


def placed_people(board: BoardRules, people: Mapping[int, Sat]) -> PlacedPeople:
    """Return the people that a board lets in, ranked by its chain."""
    placed = PlacedPeople(people)
    rows = (_row(who, sat) for who, sat in people.items() if lets_person(board.only_if, sat))
    for rank, row in ranked(rows, board.order):
        placed.ranks.append(rank)
        placed.ids.append(row.person_id)
    return placed


def _row(who: int, sat: Sat) -> PersonRow:
    return PersonRow(who, sat.marks, sat.seconds, sat.submitted_at, sat.attempts, sat.prediction, sat.distance)
