"""A union's score from its entrants: how many, what share of the members, how well, with how many prizes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import nlargest

from quizapp.rules.contest_rules import BoardRules, Weight
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
    mean: Fraction  # the exact mean in hundredths, so that rounding never makes or breaks a tie
    total: int = 0  # of the counted marks, hundredths
    top_mean: Fraction = Fraction(0)  # hundredths: the best k, divided by k
    winners: int = 0  # prizes of its people

    @property
    def rate(self) -> int | None:
        """Entrants ÷ members in hundredths of a per cent, None when the members are not known."""
        return None if self.exact_rate is None else int(self.exact_rate * 10_000)

    @property
    def exact_rate(self) -> Fraction | None:
        """More entrants than members (the count is older than they are) is still the whole of them: 1."""
        return min(Fraction(1), Fraction(self.entrants, self.members)) if self.members else None


def union_row(
    union_id: int,
    marks: Iterable[tuple[int, int]],
    members: int | None,
    *,
    top_k: int | None = None,
    winners: int = 0,
) -> UnionRow:
    """Return a union's row. marks: of each entrant the counted mark in hundredths and the number of attempts."""
    pairs = list(marks)
    total = sum(mark for mark, _ in pairs)
    mean = Fraction(total, len(pairs)) if pairs else Fraction(0)
    return UnionRow(
        union_id=union_id,
        entrants=len(pairs),
        attempts=sum(attempts for _, attempts in pairs),
        members=members,
        marks=round(mean) if pairs else None,
        mean=mean,
        total=total,
        top_mean=Fraction(sum(nlargest(top_k, (mark for mark, _ in pairs))), top_k) if top_k else Fraction(0),
        winners=winners,
    )


def measured(row: UnionRow, measure: Measure) -> Fraction:
    """Return what a union is ranked by in people, attempts, prizes, marks, or as a rate from 0 to 1; more is better.

    An unknown rate ranks below every known one.
    """
    if measure is Measure.RATE:
        return Fraction(-1) if row.exact_rate is None else row.exact_rate
    return {
        Measure.ENTRANTS: Fraction(row.entrants),
        Measure.ATTEMPTS: Fraction(row.attempts),
        Measure.WINNERS: Fraction(row.winners),
        Measure.SUM: Fraction(row.total, 100),
        Measure.MEAN: row.mean / 100,
        Measure.TOP_K_MEAN: row.top_mean / 100,
    }[measure]


def score(row: UnionRow, measure: Measure, weights: Sequence[Weight] = ()) -> Fraction:
    """Return what a union is ranked by first: one measure, or several by their weights, an unknown rate then as 0."""
    if not weights:
        return measured(row, measure)
    return sum((max(Fraction(0), measured(row, each.measure)) * each.hundredths / 100 for each in weights), Fraction(0))


def ranked_unions(
    rows: Iterable[UnionRow], measure: Measure, *, weights: Sequence[Weight] = (), order: Sequence[Measure] = ()
) -> Iterator[tuple[int, UnionRow]]:
    """Give rank and row, best first. order: measures that break ties; unions equal in all share a rank."""
    return shared_ranks(
        rows,
        lambda row: (-score(row, measure, weights), *(-measured(row, each) for each in order)),
        lambda row: row.union_id,
    )


def scored_by(board: BoardRules) -> frozenset[Measure]:
    """Return all measures that a board of unions looks at."""
    first = [each.measure for each in board.weights] or [board.measure]
    return frozenset((*first, *board.union_order))
