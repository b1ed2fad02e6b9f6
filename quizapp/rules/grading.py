"""Response and key give a fraction, a fraction gives a mark; marks are integers in hundredths."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from quizapp.rules.round_rules import RoundRules
from quizapp.rules.typed_answers import TYPED_MOST, TypedKey
from quizapp.vocabulary import KeyVerdict, MultipleMarks

CHOICE, CHOICES, TYPED = "s", "m", "t"  # what a slot's shape begins with: one option, any of them, typed


@dataclass(frozen=True)
class Key:
    """What is right: `options`, by their positions in the bank, all of them and no other; or what may be typed."""

    options: frozenset[int] = frozenset()
    typed: TypedKey | None = None


@dataclass(frozen=True)
class GradedSlot:
    """A slot with its key: `option_order` as drawn, empty where the answer is typed.

    right_mark: hundredths, None: the scheme's; verdict: how the organisers put the key right, None: it stands as it
    was. With a new key, `key` is that one.
    """

    number: int
    option_order: tuple[int, ...]
    key: Key
    right_mark: int | None = None
    verdict: KeyVerdict | None = None


@dataclass(frozen=True)
class MarkScheme:
    """What answers give, in hundredths: `wrong` is 0 or below, and only for an answer; a blank gives nothing.

    scale_to: what all questions right give together; None: the sum of their marks.
    """

    right: int
    wrong: int = 0
    multiple: MultipleMarks = MultipleMarks.ALL_OR_NOTHING
    scale_to: int | None = None


def scheme_of(rules: RoundRules) -> MarkScheme:
    """Return what answers give in a round."""
    return MarkScheme(rules.right_mark, rules.wrong_mark, rules.multiple, rules.scale_to)


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


def fraction(
    answer: str | None,
    option_order: Sequence[int],
    key: Key,
    multiple: MultipleMarks = MultipleMarks.ALL_OR_NOTHING,
) -> Fraction:
    """Return how right a raw answer is, 0 to 1.

    All or nothing: each right option must be chosen and no other. Partial: of the right options those that were
    chosen, less the wrong ones that were; so whoever ticks everything gains nothing by it.
    """
    if key.typed:
        return Fraction(bool(answer) and key.typed.accepts(answer or ""))
    chosen = positions(answer, option_order)
    if multiple is MultipleMarks.ALL_OR_NOTHING or not key.options:
        return Fraction(chosen == key.options)
    return max(Fraction(0), Fraction(len(chosen & key.options) - len(chosen - key.options), len(key.options)))


def slot_part(slot: GradedSlot, answer: str | None, multiple: MultipleMarks) -> Fraction:
    """Return how right an answer in a slot counts as, 0 to 1, by its key as it was put right; void ones count as 0."""
    if slot.verdict in (KeyVerdict.VOID, KeyVerdict.ALL_RIGHT):
        return Fraction(slot.verdict is KeyVerdict.ALL_RIGHT)
    return fraction(answer, slot.option_order, slot.key, multiple)


def slot_mark(slot: GradedSlot, answer: str | None, scheme: MarkScheme) -> Fraction:
    """Return what an answer gives in its slot, in hundredths, before the paper is scaled: below 0 where it is wrong."""
    if slot.verdict is KeyVerdict.VOID:
        return Fraction(0)
    if slot.verdict is KeyVerdict.ALL_RIGHT:
        return Fraction(most_of(slot, scheme))
    right = fraction(answer, slot.option_order, slot.key, scheme.multiple)
    return right * most_of(slot, scheme) if right or not answer else Fraction(scheme.wrong)


def most_of(slot: GradedSlot, scheme: MarkScheme) -> int:
    """Return what a right answer in a slot gives, in hundredths, before the paper is scaled."""
    return scheme.right if slot.right_mark is None else slot.right_mark


def paper_mark(slots: Sequence[GradedSlot], responses: Mapping[int, str | None], scheme: MarkScheme) -> int:
    """Return the mark of a paper in hundredths, never below 0. responses: raw answers by slot number.

    It is rounded once, at the end. The questions that are left carry the marks of void ones, so that the most that a
    paper can give stays the same; a paper of void questions alone gives 0.
    """
    whole = sum(most_of(slot, scheme) for slot in slots)
    left = sum(most_of(slot, scheme) for slot in slots if slot.verdict is not KeyVerdict.VOID)
    if not left:
        return 0
    total = sum((slot_mark(slot, responses.get(slot.number), scheme) for slot in slots), Fraction(0))
    return round(max(Fraction(0), total) * (whole if scheme.scale_to is None else scheme.scale_to) / left)


def blanks(slots: Iterable[GradedSlot], responses: Mapping[int, str | None]) -> list[int]:
    """Return the numbers of slots without an answer, of those that count."""
    return [slot.number for slot in slots if slot.verdict is not KeyVerdict.VOID and not responses.get(slot.number)]
