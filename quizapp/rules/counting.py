"""Which of a person's attempts count, and what several together make."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from quizapp.rules.ranking import KEYS
from quizapp.vocabulary import Counting, TieBreak

USUAL = (TieBreak.MARKS, TieBreak.SECONDS, TieBreak.SUBMITTED_AT)


@dataclass(frozen=True, slots=True)
class Sat:
    """An attempt that was handed in: hundredths of a mark, whole seconds used, instant of handing in, its number.

    all_right: all questions; prediction: the guess; distance: of it from the truth, where there is one.
    """

    marks: int
    seconds: int
    submitted_at: datetime
    number: int = 1
    attempts: int = 1  # how many attempts stand behind this value
    all_right: bool = False
    prediction: int | None = None
    distance: int | None = None


def counted(sat: Sequence[Sat], counting: Counting, order: Sequence[TieBreak] = USUAL) -> Sat:
    """Return what counts of at least one attempt.

    best: the highest mark, then by the chain of the board without its prediction. sum: marks and seconds added.
    mean: marks and seconds averaged, halves rounded to even. Both are complete at the instant of the last attempt,
    have everything right when each has, and keep a guess only where there is no second one: two add up to nothing.
    """
    if len(sat) == 1:
        return sat[0]
    if counting is Counting.BEST:
        chosen = min(sat, key=_goodness(order))
    elif counting is Counting.FIRST:
        chosen = min(sat, key=lambda each: (each.submitted_at, each.number))
    elif counting is Counting.LAST:
        chosen = max(sat, key=lambda each: (each.submitted_at, each.number))
    else:
        chosen = _together(sat, 1 if counting is Counting.SUM else len(sat))
    return Sat(
        chosen.marks,
        chosen.seconds,
        chosen.submitted_at,
        chosen.number,
        sum(each.attempts for each in sat),
        chosen.all_right,
        chosen.prediction,
        chosen.distance,
    )


def of_attempts(sat: Sequence[Sat], counting: Counting, order: Sequence[TieBreak] = USUAL) -> Sat:
    """Return what counts of the attempts of one round; of several guesses at one truth the latest stands."""
    found = counted(sat, counting, order)
    if len(sat) == 1 or counting not in (Counting.SUM, Counting.MEAN):
        return found
    last = max(sat, key=lambda each: (each.submitted_at, each.number))
    return replace(found, prediction=last.prediction, distance=last.distance)


def of_rounds(parts: Sequence[Sat], combine: Counting, order: Sequence[TieBreak] = USUAL, *, rounds: int = 1) -> Sat:
    """Return what the results of at least one round make. rounds: how many there are; added up, a missed one is a gap.

    Nobody who missed a round has everything right in the sum of all.
    """
    found = counted(parts, combine, order)
    if combine is Counting.SUM and len(parts) < rounds and found.all_right:
        return replace(found, all_right=False)
    return found


def _goodness(order: Sequence[TieBreak]) -> Callable[[Sat], Any]:
    """What a person would choose by knows no truth: the guess of the best attempt counts, not the best guess."""
    keys = [KEYS[link] for link in (TieBreak.MARKS, *order, *USUAL) if link is not TieBreak.PREDICTION]
    return lambda each: (*(key(each) for key in keys), each.number)


def _together(sat: Sequence[Sat], parts: int) -> Sat:
    guesses = [each for each in sat if each.prediction is not None]
    only = guesses[0] if len(guesses) == 1 else None
    return Sat(
        marks=round(Fraction(sum(each.marks for each in sat), parts)),
        seconds=round(Fraction(sum(each.seconds for each in sat), parts)),
        submitted_at=max(each.submitted_at for each in sat),
        all_right=all(each.all_right for each in sat),
        prediction=only.prediction if only else None,
        distance=only.distance if only else None,
    )
