"""A ranked board with the names that its rows are written with; rows are made one by one, when they are stored."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from quizapp.rules.collective import UnionRow, score
from quizapp.rules.contest_rules import BoardRules
from quizapp.rules.prizes import Placed
from quizapp.rules.ranking import PersonRow
from quizapp.rules.vietnamese import fold
from quizapp.standings.placing import PlacedPeople
from quizapp.standings.sources import Named, Unit


@dataclass(frozen=True)
class Names:
    """Of people and of the audience's unions by id, and the union of each person."""

    people: Mapping[int, Named]
    units: Mapping[int, Unit]
    homes: Mapping[int, int | None]

    def of(self, *, person: int | None = None, union: int | None = None) -> tuple[str, str | None]:
        """Return the name of a person or a union, and of the union that it belongs to."""
        if person is not None:
            unit = self.units.get(self.homes[person] or 0)
            return self.people[person].name, unit.name if unit else None
        own = self.units[union or 0]
        upper = self.units.get(own.parent_id or 0)
        return own.name, upper.name if upper else None


@dataclass(frozen=True)
class MadeBoard:
    """One board, ranked. division: its key, '' where the board is not by division."""

    rules: BoardRules
    division: str
    title: str
    placed: PlacedPeople | Sequence[tuple[int, UnionRow]]
    provisional: int  # attempts of its rounds whose essay has no mark yet
    names: Names
    prizes: dict[int, str] = field(default_factory=dict)  # titles, by who got them

    def places(self) -> Iterator[tuple[int, int]]:
        """Give rank and id, best first."""
        if isinstance(self.placed, PlacedPeople):
            return self.placed.places()
        return ((rank, row.union_id) for rank, row in self.placed)

    def contenders(self) -> Iterator[tuple[int, int]]:
        """Give rank and id of those who may get a prize: all people, and unions that have something to show for it."""
        if isinstance(self.placed, PlacedPeople):
            yield from self.placed.places()
            return
        for rank, row in self.placed:
            if row.entrants and score(row, self.rules.measure, self.rules.weights) > 0:
                yield rank, row.union_id

    def rows(self) -> Iterator[dict[str, Any]]:
        """Give the columns of each `StandingsRow` without the board's id."""
        placed: Iterable[tuple[int, PersonRow | UnionRow]] = self.placed
        for position, (rank, row) in enumerate(placed, start=1):
            columns = self._person(row) if isinstance(row, PersonRow) else self._union(row)
            yield {"position": position, "rank": rank, **columns}

    def _person(self, row: PersonRow) -> dict[str, Any]:
        union = self.names.homes[row.person_id]
        person, unit = self.names.people[row.person_id], self.names.units.get(union or 0)
        return EMPTY | {
            "person_id": row.person_id,
            "union_id": union,
            "name": person.name,
            "name_folded": f"{person.folded} {unit.folded if unit else ''}",
            "unit_name": unit.name if unit else None,
            "marks": row.marks,
            "seconds": row.seconds,
            "submitted_at": row.submitted_at,
            "attempts": row.attempts,
            "prediction": row.prediction,
            "distance": row.distance,
            "prize": self.prizes.get(row.person_id),
        }

    def _union(self, row: UnionRow) -> dict[str, Any]:
        own = self.names.units[row.union_id]
        name, upper = self.names.of(union=row.union_id)
        known = score(row, self.rules.measure, self.rules.weights)
        return EMPTY | {
            "union_id": row.union_id,
            "name": name,
            "name_folded": f"{own.folded} {fold(own.code)}",
            "unit_name": upper,
            "marks": row.marks,
            "attempts": row.attempts,
            "entrants": row.entrants,
            "members": row.members,
            "rate": row.rate,
            "score": None if known < 0 else round(known * 100),
            "total": row.total,
            "winners": row.winners,
            "prize": self.prizes.get(row.union_id),
        }


@dataclass(frozen=True)
class Contending:
    """Those of a board who may get a prize, as often as they are asked for."""

    board: MadeBoard

    def __iter__(self) -> Iterator[Placed]:
        return (Placed(each, rank) for rank, each in self.board.contenders())


EMPTY: dict[str, Any] = dict.fromkeys(
    (
        *("person_id", "union_id", "name", "name_folded", "unit_name", "marks", "seconds", "submitted_at", "attempts"),
        *("entrants", "members", "rate", "score", "total", "winners", "prediction", "distance", "prize"),
    )
)
