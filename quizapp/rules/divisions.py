"""Divisions: in which part of a contest an entrant is ranked."""

from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.rules.contest_rules import DivisionRules
from quizapp.rules.union_tree import key_of

NO_DIVISION = "-"  # what one chooses who belongs to none


@dataclass(frozen=True)
class Standing:
    """What divisions ask of a union. Kinds and workplaces are those of the vocabulary; workplace None: not said."""

    code: str
    kind: str
    workplace: str | None


Line = Sequence[Standing]  # the own union first, then each above it up to the root; empty: of no union


def division_of(divisions: Sequence[DivisionRules], line: Line, role: str, chosen: str | None = None) -> str | None:
    """Return the key of the division to which an entrant belongs, None for none.

    It is the first that fits; where entrants choose, it is the one that they chose of their `offered` ones.
    """
    open_to = offered(divisions, line, role)
    if asks_for_choice(open_to):
        return next((each.key for each in open_to if each.key == chosen), None)
    return open_to[0].key if open_to else None


def offered(divisions: Sequence[DivisionRules], line: Line, role: str) -> list[DivisionRules]:
    """Return the divisions among which an entrant may choose: those that fit, up to the first that needs no choice."""
    found = []
    for each in divisions:
        if _fits(each, line, role):
            found.append(each)
            if not each.chosen:
                break
    return found


def choices(open_to: Sequence[DivisionRules]) -> list[str]:
    """Return what may be chosen of offered divisions: their keys, and none of them where no other takes the rest."""
    return [*(each.key for each in open_to), *[NO_DIVISION] * all(each.chosen for each in open_to)]


def asks_for_choice(open_to: Sequence[DivisionRules]) -> bool:
    """Return whether an entrant to whom these divisions are offered has to choose."""
    return any(each.chosen for each in open_to)


def _fits(division: DivisionRules, line: Line, role: str) -> bool:
    units = {key_of(code) for code in division.units}
    workplace = next((each.workplace for each in line if each.workplace), None)
    return (
        (not units or any(key_of(each.code) in units for each in line))
        and (not division.kinds or any(each.kind in division.kinds for each in line))
        and (not division.workplaces or workplace in division.workplaces)
        and (not division.roles or role in division.roles)
    )
