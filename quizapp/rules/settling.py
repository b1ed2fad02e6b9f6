"""The marks of the judges become the mark of an essay, or tell what is still missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from quizapp.vocabulary import Combine, EssayState, Resolution


@dataclass(frozen=True)
class Settled:
    """Where an essay stands. mark: hundredths, None until settled; used: the totals it was made of, lowest first."""

    state: EssayState
    mark: int | None
    used: tuple[int, ...]
    how: str  # for people, in Vietnamese: the rule that made the mark, or what is awaited


def settle(
    totals: Sequence[int],
    *,
    judges: int,
    gap: int | None,
    combine: Combine,
    resolution: Resolution,
    third: int | None,
) -> Settled:
    """Return what the finished totals make of an essay, all in hundredths; their order never matters.

    totals: of the judges of the first turn; third: of the one who was called because two were more than `gap` apart
    (not looked at otherwise). Of three, NEAREST takes the two that are closest; of two pairs equally close, the pair
    that is better for the writer. Halves of a hundredth go to the even neighbour.
    SUM: each judge marks out of a `judges`-th of the essay's marks (see `judge_max_mark`), so the mark is `judges`
    times the mean of the totals that count: with two judges and no gap exactly their sum.
    """
    if len(totals) < max(judges, 1):
        return _waiting(EssayState.BEING_MARKED)
    if gap is None or max(totals) - min(totals) <= gap:
        made_by = _median if combine is Combine.MEDIAN else _mean
        return _settled(totals, made_by(totals), judges, combine, str(combine.label))
    if resolution is Resolution.CHAIR:
        return _waiting(EssayState.FOR_THE_CHAIR)
    if third is None:
        return _waiting(EssayState.FAR_APART)
    everyone = (*totals, third)
    if resolution is Resolution.MEDIAN:
        return _settled(everyone, _median(everyone), judges, combine, str(resolution.label))
    pair = nearest_two(everyone)
    return _settled(pair, _mean(pair), judges, combine, str(resolution.label))


def nearest_two(totals: Sequence[int]) -> tuple[int, int]:
    """Return the two totals that are closest, the lower first; of pairs equally close the higher one."""
    return min(combinations(sorted(totals), 2), key=lambda pair: (pair[1] - pair[0], -pair[0] - pair[1]))


def judge_max_mark(max_mark: int, *, judges: int, combine: Combine) -> int:
    """Return out of how many hundredths one judge marks an essay of `max_mark`: all, or an equal part of a sum."""
    return max_mark // max(judges, 1) if combine is Combine.SUM else max_mark


def _waiting(state: EssayState) -> Settled:
    return Settled(state, None, (), str(state.label))


def _settled(used: Sequence[int], one: Fraction, judges: int, combine: Combine, how: str) -> Settled:
    if combine is Combine.SUM:
        one *= judges
        if how != combine.label:
            how = f"{how}, nhân {judges}"
    return Settled(EssayState.SETTLED, round(one), tuple(sorted(used)), how)


def _mean(totals: Sequence[int]) -> Fraction:
    return Fraction(sum(totals), len(totals))


def _median(totals: Sequence[int]) -> Fraction:
    ordered, middle = sorted(totals), len(totals) // 2
    return Fraction(ordered[middle]) if len(totals) % 2 else _mean(ordered[middle - 1 : middle + 1])
