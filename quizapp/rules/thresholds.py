"""Who is on a board at all: conditions of people and of unions, and unions of which nobody has entered yet."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from quizapp.rules.collective import UnionRow
from quizapp.rules.contest_rules import DivisionRules, OnlyIf
from quizapp.rules.counting import Sat
from quizapp.rules.divisions import Line, offered


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


def divisions_of(line: Line, divisions: Sequence[DivisionRules]) -> frozenset[str]:
    """Return the keys of the divisions in which people of a union may be: its place decides, as far as it can.

    What depends on the person (role, own choice) may be true of somebody; after a division that depends on nothing of
    the person no later one is reached.
    """
    by_place = [replace(each, roles=(), chosen=each.chosen or bool(each.roles)) for each in divisions]
    return frozenset(each.key for each in offered(by_place, line, role=""))
