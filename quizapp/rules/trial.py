"""Trial marking: how far each judge was off from the marks that were agreed on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Tried:
    """A judge's marks of one sample beside the known ones; hundredths, marks by criterion key."""

    judge: int
    marks: Mapping[str, int]
    total: int
    known_marks: Mapping[str, int]
    known_total: int


@dataclass(frozen=True)
class Distance:
    """How far off, in hundredths: `bias` is the mean signed difference, below 0 severe; `error` the mean absolute one.

    `largest` keeps its sign; of two as large the one above the known mark.
    """

    bias: int
    error: int
    largest: int


@dataclass(frozen=True)
class Accuracy:
    """One judge's trial: so many samples, the total and each criterion. `within`: those within the rules' gap."""

    samples: int
    total: Distance
    criteria: Mapping[str, Distance]
    within: int | None  # None: the rules know no gap

    @property
    def share_hundredths(self) -> int | None:
        """The share of samples within the gap, in hundredths of a per cent."""
        return None if self.within is None else 10_000 * self.within // self.samples


def accuracies(tried: Iterable[Tried], *, gap: int | None) -> dict[int, Accuracy]:
    """Return how far each judge was off, by judge; who has marked no sample is left out.

    gap: hundredths, from the rules; a total exactly so far off is within. A criterion counts where both the judge and
    the known marks have it: a sample of an earlier rubric may have others.
    """
    by_judge: dict[int, list[Tried]] = {}
    for each in tried:
        by_judge.setdefault(each.judge, []).append(each)
    return {judge: _accuracy(found, gap) for judge, found in by_judge.items()}


def distance(differences: Sequence[int]) -> Distance:
    """Return what a judge's differences from the known marks come to; at least one. Halves go to the even neighbour."""
    count = len(differences)
    return Distance(
        bias=round(Fraction(sum(differences), count)),
        error=round(Fraction(sum(map(abs, differences)), count)),
        largest=max(differences, key=lambda each: (abs(each), each)),
    )


def _accuracy(found: Sequence[Tried], gap: int | None) -> Accuracy:
    totals = [each.total - each.known_total for each in found]
    criteria: dict[str, list[int]] = {}
    for each in found:
        for key in each.marks.keys() & each.known_marks.keys():
            criteria.setdefault(key, []).append(each.marks[key] - each.known_marks[key])
    return Accuracy(
        samples=len(found),
        total=distance(totals),
        criteria={key: distance(differences) for key, differences in criteria.items()},
        within=None if gap is None else sum(abs(total) <= gap for total in totals),
    )
