"""Who is on a board at all: conditions of people and of unions, and unions of which nobody has entered yet."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Protocol

from quizapp.rules.collective import UnionRow
from quizapp.rules.contest_rules import DivisionRules, OnlyIf
from quizapp.rules.counting import Sat


class UnionPlace(Protocol):
    """Where a union stands in the tree, codes and kinds from the top to itself."""

    @property
    def codes(self) -> Sequence[str]: ...
    @property
    def kinds(self) -> Sequence[str]: ...
    @property
    def workplace(self) -> str | None: ...  # its own, or of the nearest above it that has one


def lets_person(only_if: OnlyIf, sat: Sat) -> bool:
    """Return whether a person's counted result is on a board."""
    if only_if.all_right and not sat.all_right:
        return False
    return only_if.least_mark is None or sat.marks >= only_if.least_mark


def lets_union(only_if: OnlyIf, row: UnionRow) -> bool:
    """Return whether a union is on a board; thresholds are exclusive, an unknown rate is above none."""
    if only_if.rate_over is not None and (row.exact_rate or Fraction(0)) <= Fraction(only_if.rate_over, 10_000):
        return False
    return only_if.mean_over is None or row.mean > only_if.mean_over


def divisions_of(union: UnionPlace, divisions: Sequence[DivisionRules]) -> frozenset[str]:
    """Return the keys of the divisions in which people of a union may be: its place decides, as far as it can.

    What depends on the person (role, own choice) may be true of somebody; after a division that depends on nothing of
    the person no later one is reached.
    """
    found = []
    for each in divisions:
        if _place_fits(union, each):
            found.append(each.key)
            if not each.roles and not each.chosen:
                break
    return frozenset(found)


def _place_fits(union: UnionPlace, division: DivisionRules) -> bool:
    by_unit = not division.units or bool(set(division.units) & set(union.codes))
    by_kind = not division.kinds or bool({each.value for each in division.kinds} & set(union.kinds))
    by_work = not division.workplaces or union.workplace in {each.value for each in division.workplaces}
    return by_unit and by_kind and by_work
