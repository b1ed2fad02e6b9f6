"""A union's score from its entrants: how many, what share of the members, how well."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from quizapp.rules.ranking import shared_ranks
from quizapp.vocabulary import Measure


@dataclass(frozen=True)
class UnionRow:
    """A union with what its people did. marks: mean of the counted marks in hundredths, None without entrants."""

    union_id: int
    entrants: int
    attempts: int
    members: int | None
    marks: int | None
    mean: Fraction  # the exact mean, so that rounding never makes or breaks a tie

    @property
    def rate(self) -> int | None:
        """Entrants ÷ members in hundredths of a per cent, None when the members are not known."""
        return None if self.exact_rate is None else int(self.exact_rate * 10_000)

    @property
    def exact_rate(self) -> Fraction | None:
        """More entrants than members (the count is older than they are) is still the whole of them: 1."""
        return min(Fraction(1), Fraction(self.entrants, self.members)) if self.members else None


def union_row(union_id: int, marks: Iterable[tuple[int, int]], members: int | None) -> UnionRow:
    """Return a union's row. marks: of each entrant the counted mark in hundredths and the number of attempts."""
    pairs = list(marks)
    mean = Fraction(sum(mark for mark, _ in pairs), len(pairs)) if pairs else Fraction(0)
    return UnionRow(
        union_id=union_id,
        entrants=len(pairs),
        attempts=sum(attempts for _, attempts in pairs),
        members=members,
        marks=round(mean) if pairs else None,
        mean=mean,
    )


def measured(row: UnionRow, measure: Measure) -> Fraction:
    """Return what a union is ranked by, more is better; an unknown rate ranks below every known one."""
    if measure is Measure.RATE:
        return Fraction(-1) if row.exact_rate is None else row.exact_rate
    return {
        Measure.ENTRANTS: Fraction(row.entrants),
        Measure.ATTEMPTS: Fraction(row.attempts),
        Measure.MEAN: row.mean,
    }[measure]


def ranked_unions(rows: Iterable[UnionRow], measure: Measure) -> Iterator[tuple[int, UnionRow]]:
    """Give rank and row, best first; unions equal in the measure share a rank."""
    return shared_ranks(rows, lambda row: -measured(row, measure), lambda row: row.union_id)
