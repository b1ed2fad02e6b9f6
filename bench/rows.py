"""One measured figure, beside the floor that was measured in the same run."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Row:
    """`ratio` is value ÷ floor; rows without a floor have a goal in words."""

    name: str
    value: float
    unit: str
    floor: float | None = None
    ratio: float | None = None
    goal: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def __str__(self) -> str:
        floor = "" if self.floor is None else _figure(self.floor)
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        return f"{self.name:<28}{_figure(self.value):>12} {self.unit:<18}{floor:>12}{ratio:>8}  {self.goal}"


def _figure(value: float) -> str:
    return f"{value:,.1f}" if value >= 10 else f"{value:.2f}"


def table(rows: Sequence[Row]) -> str:
    """Return all rows as text, under a head."""
    head = f"{'name':<28}{'value':>12} {'unit':<18}{'floor':>12}{'ratio':>8}  goal"
    return "\n".join([head, "-" * len(head), *map(str, rows)])
