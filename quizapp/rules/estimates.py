"""What a sample tells, and how surely: a mean, a trend, a correlation, a histogram."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from statistics import NormalDist, fmean

NORMAL = NormalDist().inv_cdf(0.975)
FROM_TABLES = {1: 12.706, 2: 4.303}  # where the expansion of `t_quantile` does not hold yet


@dataclass(frozen=True)
class Estimate:
    """A value found from `count` observations; `margin` is half of its 95 % interval."""

    value: float
    margin: float
    count: int

    @property
    def low(self) -> float:
        return self.value - self.margin

    @property
    def high(self) -> float:
        return self.value + self.margin

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out zero: hardly by chance."""
        return self.low > 0 or self.high < 0

    def times(self, factor: float) -> "Estimate":
        """Return the same estimate in other units."""
        return Estimate(self.value * factor, self.margin * abs(factor), self.count)


@dataclass(frozen=True)
class Bin:
    """How many values lie from `low` up to, but not at, `high`; the last bin takes those at its end too."""

    low: float
    high: float
    count: int


def spread(values: Sequence[float]) -> float | None:
    """Return the standard deviation of a sample, in units of the values; None for fewer than two."""
    if len(values) < 2:
        return None
    mean = fmean(values)
    return sqrt(sum((value - mean) ** 2 for value in values) / (len(values) - 1))


def mean_of(values: Sequence[float]) -> Estimate | None:
    """Return the mean with its 95 % interval by Student's t; None for fewer than two values."""
    deviation = spread(values)
    if deviation is None:
        return None
    return Estimate(fmean(values), t_quantile(len(values) - 1) * deviation / sqrt(len(values)), len(values))


def trend(values: Sequence[float]) -> Estimate | None:
    """Return by how much the values change from one to the next: the slope of the line of least squares.

    Its 95 % interval is of Student's t with n - 2 degrees of freedom; None for fewer than three values.
    Source: Draper & Smith, "Applied Regression Analysis", chapter 1.
    """
    n = len(values)
    if n < 3:
        return None
    centre, mean = (n - 1) / 2, fmean(values)
    width = n * (n * n - 1) / 12  # the sum of (x - centre)² over 0 … n-1
    slope = sum((x - centre) * (value - mean) for x, value in enumerate(values)) / width
    rest = sum((value - mean - slope * (x - centre)) ** 2 for x, value in enumerate(values))
    return Estimate(slope, t_quantile(n - 2) * sqrt(rest / (n - 2) / width), n)


def correlation(xs: Sequence[float], ys: Sequence[float]) -> float | None:
    """Return Pearson's r, -1.0 to 1.0; None where one side has no spread."""
    x_mean, y_mean = fmean(xs) if xs else 0, fmean(ys) if ys else 0
    both = sum((x - x_mean) * (y - y_mean) for x, y in zip(xs, ys, strict=True))
    square = sum((x - x_mean) ** 2 for x in xs) * sum((y - y_mean) ** 2 for y in ys)
    return both / sqrt(square) if square > 0 else None


def histogram(values: Iterable[float], *, high: float, bins: int) -> list[Bin]:
    """Return how many of the values, all from 0 to `high`, fall in each of equally wide bins."""
    counts = [0] * bins
    for value in values:
        counts[min(int(value * bins / high), bins - 1) if high else 0] += 1
    return [Bin(high * place / bins, high * (place + 1) / bins, count) for place, count in enumerate(counts)]


def blocks(values: Sequence[float], *, most: int, least: int) -> list[Sequence[float]]:
    """Return the values cut into at most `most` runs of nearly one length, none of fewer than `least`."""
    count = max(min(most, len(values) // least), 1)
    ends = [len(values) * place // count for place in range(count + 1)]
    return [values[start:end] for start, end in pairwise(ends)]


def t_quantile(degrees: int) -> float:
    """Return what Student's t exceeds in 2.5 % of cases, to about 0.003.

    Source: Abramowitz & Stegun, "Handbook of Mathematical Functions", 26.7.5.
    """
    if degrees in FROM_TABLES:
        return FROM_TABLES[degrees]
    z, n = NORMAL, degrees
    return (
        z
        + (z**3 + z) / (4 * n)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * n**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * n**3)
        + (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / (92160 * n**4)
    )
