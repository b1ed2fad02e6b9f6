"""Response and key give a fraction, a fraction gives a mark; marks are integers in hundredths."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class GradedSlot:
    """A slot with its key: `option_order` as drawn, `key` the positions, in the bank, of the right options."""

    number: int
    option_order: tuple[int, ...]
    key: frozenset[int]


def places(answer: str | None) -> frozenset[int]:
    """Return the places, from 1 as shown, that a raw answer names: '1,3' → {1, 3}; None or '' → none."""
    return frozenset(int(place) for place in (answer or "").split(",") if place)


def is_answer(answer: str | None, shape: str) -> bool:
    """Return whether a raw answer can belong to a slot of this shape ('s4', 'm5'); None and '' clear the slot."""
    if not answer:
        return answer is None or answer == ""
    named = answer.split(",")
    if len(named) > 1 and (shape[0] != "m" or len(set(named)) < len(named)):
        return False
    last = int(shape[1:])
    return all(place.isdecimal() and place.isascii() and len(place) < 3 and 1 <= int(place) <= last for place in named)


def positions(answer: str | None, option_order: Sequence[int]) -> frozenset[int]:
    """Return the positions in the bank of the options that were chosen by their places in this paper."""
    return frozenset(option_order[place - 1] for place in places(answer))


def fraction(chosen: frozenset[int], key: frozenset[int]) -> Fraction:
    """Return how right a choice is: all or nothing; of several right options each must be chosen and no other."""
    return Fraction(1) if chosen == key else Fraction(0)


def paper_mark(slots: Iterable[GradedSlot], responses: Mapping[int, str | None], right_mark: int) -> int:
    """Return the mark of a paper in hundredths. responses: raw answers by slot number; right_mark: of one slot."""
    total = Fraction(0)
    for slot in slots:
        total += fraction(positions(responses.get(slot.number), slot.option_order), slot.key) * right_mark
    return round(total)
