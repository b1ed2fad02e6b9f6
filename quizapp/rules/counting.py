"""Which of a person's attempts count, and what several together make."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from quizapp.vocabulary import Counting


@dataclass(frozen=True, slots=True)
class Sat:
    """An attempt that was handed in: mark in hundredths, whole seconds used, instant of handing in, its number."""

    mark: int
    seconds: int
    submitted_at: datetime
    number: int = 1
    attempts: int = 1  # how many attempts stand behind this value


def counted(sat: Sequence[Sat], counting: Counting) -> Sat:
    """Return what counts of at least one attempt.

    best: the highest mark, then the least time, then the earliest. sum: marks and seconds added. mean: marks and
    seconds averaged, halves rounded to even. Both are complete at the instant of the last attempt.
    """
    if len(sat) == 1:
        return sat[0]
    if counting is Counting.BEST:
        chosen = min(sat, key=lambda each: (-each.mark, each.seconds, each.submitted_at))
    elif counting is Counting.FIRST:
        chosen = min(sat, key=lambda each: (each.submitted_at, each.number))
    elif counting is Counting.LAST:
        chosen = max(sat, key=lambda each: (each.submitted_at, each.number))
    else:
        parts = 1 if counting is Counting.SUM else len(sat)
        chosen = Sat(
            mark=round(Fraction(sum(each.mark for each in sat), parts)),
            seconds=round(Fraction(sum(each.seconds for each in sat), parts)),
            submitted_at=max(each.submitted_at for each in sat),
        )
    attempts = sum(each.attempts for each in sat)
    return Sat(chosen.mark, chosen.seconds, chosen.submitted_at, chosen.number, attempts)
