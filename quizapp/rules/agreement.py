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


@dataclass(frozen=True)
class Severity:
    """How a judge marks beside the others: mean difference in hundredths, below 0 severe; over so many pairs."""

    judge: int
    difference: float
    pairs: int


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
    """Return ICC(2,1) and ICC(2,k): how reliable one judge's mark is, and the mean of k judges' marks.

    Two-way random effects, absolute agreement, of the n essays that each of k judges has marked (see `full_block`):
    (MSB - MSE) / (MSB + (k-1)·MSE + k·(MSJ - MSE)/n) and (MSB - MSE) / (MSB + (MSJ - MSE)/n). None with fewer than
    two judges or essays, or when all marks are one.
    Source: Shrout & Fleiss, "Intraclass correlations", Psychological Bulletin 86 (1979).
    """
    rows = full_block(given)
    n, k = len(rows), len(rows[0]) if rows else 0
    if n < 2 or k < 2:
        return None
    mean = fmean(mark for row in rows for mark in row)
    between = k * sum((fmean(row) - mean) ** 2 for row in rows)
    judges = n * sum((fmean(column) - mean) ** 2 for column in zip(*rows, strict=True))
    rest = sum((mark - mean) ** 2 for row in rows for mark in row) - between - judges
    msb, msj, mse = between / (n - 1), judges / (k - 1), rest / ((n - 1) * (k - 1))
    one, all_of_them = msb + (k - 1) * mse + k * (msj - mse) / n, msb + (msj - mse) / n
    return ((msb - mse) / one, (msb - mse) / all_of_them) if one > 0 and all_of_them > 0 else None


def full_block(given: Iterable[Given]) -> list[list[int]]:
    """Return marks of essays (rows) by judges (columns) without a gap: the essays of the jury that marked most alike.

    Essays are grouped by who marked them; the group with the most essays counts, the one of more judges when two have
    as many. Empty when no essay has two judges.
    """
    groups: dict[tuple[int, ...], list[list[int]]] = defaultdict(list)
    for _, marks in sorted(_by_essay(given).items()):
        if len(marks) > 1:
            judges = tuple(sorted(marks))
            groups[judges].append([marks[judge] for judge in judges])
    return max(groups.items(), key=lambda group: (len(group[1]), len(group[0]), group[0]))[1] if groups else []


def severities(given: Iterable[Given]) -> list[Severity]:
    """Return for each judge the mean of own mark less the co-judge's over all essays shared; most severe first.

    Judges who share no essay are left out: there is nothing to compare them with.
    """
    differences: dict[int, list[int]] = defaultdict(list)
    for one, other in _pairs(given):
        differences[one.judge].append(one.total - other.total)
        differences[other.judge].append(other.total - one.total)
    found = (Severity(judge, fmean(each), len(each)) for judge, each in differences.items())
    return sorted(found, key=lambda each: (each.difference, each.judge))


def _pairs(given: Iterable[Given]) -> Iterator[tuple[Given, Given]]:
    for essay, marks in _by_essay(given).items():
        for one, other in combinations(sorted(marks), 2):
            yield Given(one, essay, marks[one]), Given(other, essay, marks[other])


def _by_essay(given: Iterable[Given]) -> dict[int, dict[int, int]]:
    marks: dict[int, dict[int, int]] = defaultdict(dict)
    for each in given:
        marks[each.essay][each.judge] = each.total
    return marks
