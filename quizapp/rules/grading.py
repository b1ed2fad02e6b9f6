"""Response and key give a fraction, a fraction gives a mark; marks are integers in hundredths."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from quizapp.rules.typed_answers import TYPED_MOST, TypedKey

CHOICE, CHOICES, TYPED = "s", "m", "t"  # what a slot's shape begins with: one option, any of them, typed


@dataclass(frozen=True)
class Key:
    """What is right: `options`, by their positions in the bank, all of them and no other; or what may be typed."""

    options: frozenset[int] = frozenset()
    typed: TypedKey | None = None


@dataclass(frozen=True)
class GradedSlot:
    """A slot with its key: `option_order` as drawn, empty where the answer is typed."""

    number: int
    option_order: tuple[int, ...]
    key: Key


def places(answer: str | None) -> frozenset[int]:
    """Return the places, from 1 as shown, that a raw answer names: '1,3' → {1, 3}; None or '' → none."""
    return frozenset(int(place) for place in (answer or "").split(",") if place)


def is_answer(answer: str | None, shape: str) -> bool:
    """Return whether a raw answer can belong to a slot of this shape ('s4', 'm5', 't200'); None and '' clear it."""
    if not answer:
        return answer is None or answer == ""
    last = int(shape[1:])
    if shape[0] == TYPED:
        return len(answer) <= last and not any(unicodedata.category(each) in ("Cc", "Cs") for each in answer)
    named = answer.split(",")
    if len(named) > 1 and (shape[0] != CHOICES or len(set(named)) < len(named)):
        return False
    return all(place.isdecimal() and place.isascii() and len(place) < 3 and 1 <= int(place) <= last for place in named)


def shape_of(options: int, *, several: bool) -> str:
    """Return the shape of a slot: of so many options one, or several, may be chosen; without options one types."""
    return f"{CHOICES if several else CHOICE}{options}" if options else f"{TYPED}{TYPED_MOST}"


def order_of(stored: str) -> tuple[int, ...]:
    """Return the order of options as a paper's slot keeps it: '2,0,1' → (2, 0, 1); '' where the answer is typed."""
    return tuple(int(position) for position in stored.split(",") if position)


def positions(answer: str | None, option_order: Sequence[int]) -> frozenset[int]:
    """Return the positions in the bank of the options that were chosen by their places in this paper."""
    return frozenset(option_order[place - 1] for place in places(answer))


def fraction(answer: str | None, option_order: Sequence[int], key: Key) -> Fraction:
    """Return how right a raw answer is: all or nothing; of several right options each must be chosen and no other."""
    if key.typed:
        return Fraction(bool(answer) and key.typed.accepts(answer or ""))
    return Fraction(positions(answer, option_order) == key.options)


def paper_mark(slots: Iterable[GradedSlot], responses: Mapping[int, str | None], right_mark: int) -> int:
    """Return the mark of a paper in hundredths. responses: raw answers by slot number; right_mark: of one slot."""
    total = Fraction(0)
    for slot in slots:
        total += fraction(responses.get(slot.number), slot.option_order, slot.key) * right_mark
    return round(total)
