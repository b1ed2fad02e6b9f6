"""Criteria and levels: what a judge is asked, and what the answers make."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RubricLevel:
    """One level of a criterion; mark in hundredths."""

    title: str
    descriptor: str
    mark: int


@dataclass(frozen=True)
class Criterion:
    """One thing that is judged. Without levels any mark from 0 to `max_mark` (hundredths) in steps of `step`."""

    key: str
    title: str
    description: str
    max_mark: int
    levels: tuple[RubricLevel, ...] = ()
    step: int = 25


@dataclass(frozen=True)
class RubricContent:
    criteria: tuple[Criterion, ...]

    @property
    def max_mark(self) -> int:
        return sum(criterion.max_mark for criterion in self.criteria)
