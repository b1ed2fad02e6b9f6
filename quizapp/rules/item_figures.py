"""How a question did in the attempts so far: how hard it was, what was chosen, how well it tells the able apart."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import sqrt

LEAST_FOR_DISCRIMINATION = 10  # of fewer attempts the figure says nothing


@dataclass(frozen=True)
class Answered:
    """One question in one handed-in paper. chosen: the bank's positions, none where the answer is typed.

    part: how right it is, 0 to 1, where the round gives marks for parts.
    """

    version_id: int
    is_blank: bool
    is_right: bool
    chosen: frozenset[int] = frozenset()
    part: float | None = None

    @property
    def share(self) -> float:
        return float(self.is_right) if self.part is None else self.part


@dataclass
class ItemTally:
    """Sums over attempts; y is how right an answer is, 0 to 1, x the mean of that among the paper's other questions."""

    answered: int = 0
    right: int = 0
    blank: int = 0
    taken: Counter[int] = field(default_factory=Counter)
    pairs: int = 0
    x: float = 0.0
    xx: float = 0.0
    y: float = 0.0
    yy: float = 0.0
    xy: float = 0.0

    def add(self, each: Answered, rest: float | None) -> None:
        """Count an answer. rest: x, None where the paper had no other question."""
        self.answered += not each.is_blank
        self.blank += each.is_blank
        self.right += each.is_right
        self.taken.update(each.chosen)
        if rest is not None:
            self.pairs += 1
            self.x += rest
            self.xx += rest * rest
            self.y += each.share
            self.yy += each.share**2
            self.xy += rest * each.share

    @property
    def asked(self) -> int:
        return self.answered + self.blank

    @property
    def facility(self) -> int | None:
        """Return the share of right answers, blank ones counted as wrong, in hundredths of a per cent."""
        return round(10_000 * self.right / self.asked) if self.asked else None

    @property
    def discrimination(self) -> int | None:
        """Return the corrected point-biserial correlation in hundredths, −100 to 100; None: too few, or all alike.

        It is the correlation of how right this question was with how right the paper's other questions were.
        Source: Henrysson, "Correction of item-total correlations in item analysis", Psychometrika 28 (1963).
        """
        n = self.pairs
        spread = (n * self.xx - self.x**2) * (n * self.yy - self.y**2)
        if n < LEAST_FOR_DISCRIMINATION or spread <= 1e-9:
            return None
        return round(100 * (n * self.xy - self.x * self.y) / sqrt(spread))


def count_paper(tallies: dict[int, ItemTally], paper: Iterable[Answered]) -> None:
    """Add one handed-in paper to the tallies, which are by version."""
    slots = list(paper)
    right = sum(each.share for each in slots)
    for each in slots:
        rest = (right - each.share) / (len(slots) - 1) if len(slots) > 1 else None
        tallies.setdefault(each.version_id, ItemTally()).add(each, rest)
