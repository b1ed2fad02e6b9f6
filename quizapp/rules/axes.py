"""The axis of a plot: round ends and round steps around what is to be shown."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, floor, log10

STEPS = (1, 2, 5, 10)


@dataclass(frozen=True)
class Tick:
    """A place on an axis and what is written there."""

    value: float
    text: str


@dataclass(frozen=True)
class Axis:
    """From `low` to `high`, with ticks at both ends and between."""

    ticks: tuple[Tick, ...]

    @property
    def low(self) -> float:
        return self.ticks[0].value

    @property
    def high(self) -> float:
        return self.ticks[-1].value

    def at(self, value: float) -> float:
        """Return where a value lies: 0.0 at the low end, 1.0 at the high one; what lies outside is put at the end."""
        return min(max((value - self.low) / (self.high - self.low), 0.0), 1.0)


def axis(low: float, high: float, *, text: Callable[[float], str], most: int = 4) -> Axis:
    """Return an axis that holds both ends, in at most `most` equal steps of 1, 2 or 5 times a power of ten."""
    if high <= low:
        low, high = low - 1, high + 1
    power = 10 ** floor(log10((high - low) / most))
    for step in (power * each for each in (*STEPS, 20, 50)):
        first, last = floor(low / step), ceil(high / step)
        if last - first <= most:
            break
    return Axis(tuple(Tick(place * step, text(place * step)) for place in range(first, last + 1)))
