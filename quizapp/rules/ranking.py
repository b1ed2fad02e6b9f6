"""The order of people: a chain of tie-breaks as data; equals share a rank."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from quizapp.vocabulary import TieBreak


class Result(Protocol):
    """What the chain looks at. distance: between guess and truth; None: no guess, or no truth yet."""

    @property
    def marks(self) -> int: ...
    @property
    def seconds(self) -> int: ...
    @property
    def submitted_at(self) -> datetime: ...
    @property
    def distance(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person with what counts: marks in hundredths, whole seconds, the instant of handing in, the guess."""

    person_id: int
    marks: int
    seconds: int
    submitted_at: datetime
    attempts: int = 1
    prediction: int | None = None
    distance: int | None = None


Row = TypeVar("Row")

# No guess comes after every guess. While no truth is known nobody has a distance, so that this link decides nothing.
KEYS: dict[TieBreak, Callable[[Result], Any]] = {
    TieBreak.MARKS: lambda row: -row.marks,
    TieBreak.PREDICTION: lambda row: (row.distance is None, row.distance or 0),
    TieBreak.SECONDS: lambda row: row.seconds,
    TieBreak.SUBMITTED_AT: lambda row: row.submitted_at,
}


def ranked(rows: Iterable[PersonRow], order: Sequence[TieBreak]) -> Iterator[tuple[int, PersonRow]]:
    """Give rank and row, best first; rows equal in the whole chain share a rank, and the next rank is skipped."""
    keys = [KEYS[link] for link in order]
    return shared_ranks(rows, lambda row: tuple(key(row) for key in keys), lambda row: row.person_id)


def shared_ranks(
    rows: Iterable[Row], key: Callable[[Row], Any], among_equals: Callable[[Row], Any]
) -> Iterator[tuple[int, Row]]:
    """Give rank and row by ascending key: 1, 2, 2, 4 … `among_equals` only keeps the listing steady."""
    keyed = sorted(((key(row), among_equals(row), row) for row in rows), key=lambda each: each[:2])
    rank, previous = 0, None
    for place, (value, _, row) in enumerate(keyed, start=1):
        if value != previous:
            rank, previous = place, value
        yield rank, row


def decided_by(better: PersonRow, worse: PersonRow, order: Sequence[TieBreak]) -> TieBreak | None:
    """Return the first link of the chain in which two rows differ; None when they are equal in all."""
    return next((link for link in order if KEYS[link](better) != KEYS[link](worse)), None)
