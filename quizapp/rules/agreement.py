"""How far the judges agree: figures from who gave what to which essay."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean


@dataclass(frozen=True)
class Given:
    """A judge's finished total of an essay, in hundredths."""

    judge: int
    essay: int
    total: int


def exact(given: Iterable[Given]) -> float | None:
    """Return the share, 0.0 to 1.0, of pairs of marks of one essay that are equal; None without a pair."""
    return adjacent(given, within=0)


def adjacent(given: Iterable[Given], *, within: int) -> float | None:
    """Return the share of pairs of marks of one essay that are at most `within` hundredths apart; None without one."""
    near = [abs(one.total - other.total) <= within for one, other in _pairs(given)]
    return fmean(near) if near else None


def weighted_kappa(given: Iterable[Given]) -> float | None:
    """Return the quadratic weighted kappa of all pairs of marks of one essay: 1 agreement, 0 as by chance.

    1 - sum(observed squared differences) / sum(those expected of independent judges with the same marks). Judges
    change from essay to essay and have no order, so each pair counts both ways round. None without a pair or when
    all marks are one. Source: Cohen, "Weighted kappa", Psychological Bulletin 70 (1968).
    """
    found = list(_pairs(given))
    observed = sum((one.total - other.total) ** 2 for one, other in found)
    marks = Counter(each.total for pair in found for each in pair)
    count = marks.total()
    # The mean of (x - y)² over independent x and y of one spread is twice its variance.
    square = count * sum(times * mark * mark for mark, times in marks.items())
    spread = square - sum(times * mark for mark, times in marks.items()) ** 2
    return 1 - observed * count / spread if spread else None


def icc(given: Iterable[Given]) -> tuple[float, float] | None:
    """Return ICC(2,1) and ICC(2,k): how reliable one judge's mark is, and the mean of the k judges' marks.

    Two-way random effects, absolute agreement. Not all judges mark all essays: the essays that the same judges marked
    make a group, each group is an analysis of variance, and the variances of essays, judges and rest are estimated
    from the sums over all groups of two essays or more. With one group these are the figures of Shrout & Fleiss; with
    groups of several sizes k is the mean number of judges. None without such a group or when all marks are one.
    Source: Shrout & Fleiss, "Intraclass correlations", Psychological Bulletin 86 (1979); the variances by equating
    mean squares with their expectations: Searle, Casella & McCulloch, "Variance Components" (1992), chapter 4.
    """
    groups = [_Group(rows) for rows in _groups(given)]
    if not groups:
        return None
    rest = sum(group.rest for group in groups) / sum((group.n - 1) * (group.k - 1) for group in groups)
    judges_free, essays_free = sum(group.k - 1 for group in groups), sum(group.n - 1 for group in groups)
    judges = sum(group.judges for group in groups) - rest * judges_free
    judges /= sum(group.n * (group.k - 1) for group in groups)
    essays = sum(group.essays for group in groups) - rest * essays_free
    essays /= sum(group.k * (group.n - 1) for group in groups)
    k = sum(group.n * group.k for group in groups) / sum(group.n for group in groups)
    one, mean_of_all = essays + judges + rest, essays + (judges + rest) / k
    return (essays / one, essays / mean_of_all) if one > 0 and mean_of_all > 0 else None


def grouped(given: Iterable[Given]) -> int:
    """Return how many essays `icc` rests on: those of which the same judges marked another one."""
    return sum(map(len, _groups(given)))


class _Group:
    """The sums of squares of essays (rows) by judges (columns)."""

    def __init__(self, rows: list[list[int]]):
        self.n, self.k = len(rows), len(rows[0])
        mean = fmean(mark for row in rows for mark in row)
        self.essays = self.k * sum((fmean(row) - mean) ** 2 for row in rows)
        self.judges = self.n * sum((fmean(column) - mean) ** 2 for column in zip(*rows, strict=True))
        self.rest = sum((mark - mean) ** 2 for row in rows for mark in row) - self.essays - self.judges


def _groups(given: Iterable[Given]) -> list[list[list[int]]]:
    groups: dict[tuple[int, ...], list[list[int]]] = defaultdict(list)
    for _, marks in sorted(_by_essay(given).items()):
        judges = tuple(sorted(marks))
        groups[judges].append([marks[judge] for judge in judges])
    return [rows for judges, rows in sorted(groups.items()) if len(judges) > 1 and len(rows) > 1]


def _pairs(given: Iterable[Given]) -> Iterator[tuple[Given, Given]]:
    for essay, marks in _by_essay(given).items():
        for one, other in combinations(sorted(marks), 2):
            yield Given(one, essay, marks[one]), Given(other, essay, marks[other])


def _by_essay(given: Iterable[Given]) -> dict[int, dict[int, int]]:
    marks: dict[int, dict[int, int]] = defaultdict(dict)
    for each in given:
        marks[each.essay][each.judge] = each.total
    return marks
