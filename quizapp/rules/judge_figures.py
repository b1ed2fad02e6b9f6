"""Figures for a talk among a jury: how far it agrees, who marks higher, who changed, who sees one impression."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations, pairwise
from math import sqrt
from statistics import fmean
from typing import Generic, TypeVar

from quizapp.rules import agreement
from quizapp.rules.agreement import Given
from quizapp.rules.estimates import Estimate, correlation, mean_of, spread, trend
from quizapp.rules.rubrics import Criterion
from quizapp.vocabulary import Turn

# On fewer observations a figure is not told: what each could turn to by chance is on the page, beside the number.
FOR_SHARES = 10
FOR_COEFFICIENTS = 30
FOR_MEANS = 10
FOR_TRENDS = 20
FOR_CORRELATIONS = 20

Value = TypeVar("Value")


@dataclass(frozen=True)
class Marking:
    """A judge's finished marks of an essay, in hundredths; `marks` by criterion key."""

    judge: int
    essay: int
    turn: Turn
    total: int
    marks: Mapping[str, int]
    finished_at: datetime


@dataclass(frozen=True)
class Figure(Generic[Value]):
    """A value with the number of observations it rests on. None: fewer than `least`, or no spread to reckon with."""

    value: Value | None
    count: int
    least: int

    @property
    def is_few(self) -> bool:
        return self.count < self.least


@dataclass(frozen=True)
class JuryFigures:
    """How far the judges of the first turn agree; `within`: so many hundredths are still near."""

    essays: int
    within: int
    exact: Figure[float]
    adjacent: Figure[float]
    kappa: Figure[float]
    icc_one: Figure[float]
    icc_mean: Figure[float]
    apart: Figure[float] | None  # None: the rules know no gap
    halo: Figure[float]


@dataclass(frozen=True)
class Beside:
    """A judge's marking of an essay beside the mean total of the others who marked it."""

    marking: Marking
    others: float

    @property
    def difference(self) -> float:
        return self.marking.total - self.others


@dataclass(frozen=True)
class Sides:
    """Third markings of essays where this judge's first marking was too far from the others'."""

    cases: int
    with_others: int
    undecided: int


@dataclass(frozen=True)
class JudgeFigures:
    """One judge; marks and differences in hundredths, `drift` over the whole sequence, correlations -1.0 to 1.0.

    `evenness`: the spread of the criteria within an essay, each as a share of its highest mark; small with a high
    `halo` says that one impression may have made all marks.
    """

    judge: int
    finished: int
    mean: float | None
    spread: Figure[float]
    severity: Figure[Estimate]
    drift: Figure[Estimate]
    halo: Figure[float]
    evenness: Figure[float]
    sides: Sides


@dataclass(frozen=True)
class Repeat:
    """An essay that a judge marked a second time without knowing."""

    before: Marking
    again: Marking

    @property
    def difference(self) -> int:
        return self.again.total - self.before.total


def counted(markings: Iterable[Marking]) -> list[Marking]:
    """Return the markings that make essays' marks: of the first turn and of third judges."""
    return [each for each in markings if each.turn in (Turn.FIRST, Turn.THIRD)]


def near(gap: int | None, criteria: Sequence[Criterion]) -> int:
    """Return how many hundredths two totals may differ and still be near: the gap of the rules, else the least step."""
    steps = [each.step for each in criteria if not each.levels]
    for each in criteria:
        marks = sorted({level.mark for level in each.levels})
        steps += [high - low for low, high in pairwise(marks)]
    return gap or min(steps, default=0)


def jury_figures(
    markings: Sequence[Marking], *, judges: int, gap: int | None, criteria: Sequence[Criterion]
) -> JuryFigures:
    """Return how far the judges agree, by the first turn alone.

    A third judge sees only essays that two could not agree on, so such marks would make the jury look worse than it is.
    """
    first = [Given(each.judge, each.essay, each.total) for each in markings if each.turn is Turn.FIRST]
    totals: dict[int, list[int]] = defaultdict(list)
    for each in first:
        totals[each.essay].append(each.total)
    complete = [each for each in totals.values() if len(each) >= judges]
    essays = sum(len(each) > 1 for each in totals.values())
    within = near(gap, criteria)
    icc, grouped = agreement.icc(first) or (None, None), agreement.grouped(first)
    apart = None
    if gap is not None and judges > 1:
        over = fmean(max(each) - min(each) > gap for each in complete) if complete else None
        apart = figure(over, len(complete), FOR_SHARES)
    return JuryFigures(
        essays=essays,
        within=within,
        exact=figure(agreement.exact(first), essays, FOR_SHARES),
        adjacent=figure(agreement.adjacent(first, within=within), essays, FOR_SHARES),
        kappa=figure(agreement.weighted_kappa(first), essays, FOR_COEFFICIENTS),
        icc_one=figure(icc[0], grouped, FOR_COEFFICIENTS),
        icc_mean=figure(icc[1], grouped, FOR_COEFFICIENTS),
        apart=apart,
        halo=_jury_halo(counted(markings), criteria),
    )


def judge_figures(
    markings: Sequence[Marking], criteria: Sequence[Criterion], judges: Iterable[int]
) -> dict[int, JudgeFigures]:
    """Return the figures of these judges out of all markings of a round."""
    own: dict[int, list[Marking]] = defaultdict(list)
    for each in counted(markings):
        own[each.judge].append(each)
    compared, sides = beside_others(markings), third_sides(markings)
    return {judge: _judge(judge, own[judge], compared.get(judge, []), sides, criteria) for judge in judges}


def beside_others(markings: Iterable[Marking]) -> dict[int, list[Beside]]:
    """Return by judge, in the order of finishing, each essay that others have marked too."""
    essays: dict[int, list[Marking]] = defaultdict(list)
    for each in counted(markings):
        essays[each.essay].append(each)
    found: dict[int, list[Beside]] = defaultdict(list)
    for together in essays.values():
        total = sum(each.total for each in together)
        for each in together if len(together) > 1 else ():
            found[each.judge].append(Beside(each, (total - each.total) / (len(together) - 1)))
    for each_judge in found.values():
        each_judge.sort(key=lambda each: (each.marking.finished_at, each.marking.essay))
    return found


def shared(markings: Iterable[Marking], judge: int) -> dict[int, list[tuple[int, int]]]:
    """Return by co-judge the pairs of totals, the own one first, of all essays that both have marked."""
    essays: dict[int, dict[int, int]] = defaultdict(dict)
    for each in counted(markings):
        essays[each.essay][each.judge] = each.total
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for totals in essays.values():
        for other, total in totals.items() if judge in totals else ():
            if other != judge:
                found[other].append((totals[judge], total))
    return found


def third_sides(markings: Iterable[Marking]) -> dict[int, Sides]:
    """Return by judge of the first turn to whom the third judges came nearer: to this one, or to the others."""
    essays: dict[int, list[Marking]] = defaultdict(list)
    for each in counted(markings):
        essays[each.essay].append(each)
    cases: dict[int, list[float]] = defaultdict(list)
    for together in essays.values():
        third = next((each.total for each in together if each.turn is Turn.THIRD), None)
        first = [each for each in together if each.turn is Turn.FIRST]
        for each in first if third is not None and len(first) > 1 else ():
            others = fmean(other.total for other in first if other is not each)
            cases[each.judge].append(abs(each.total - (third or 0)) - abs(others - (third or 0)))
    return {
        judge: Sides(len(found), sum(each > 0 for each in found), sum(each == 0 for each in found))
        for judge, found in cases.items()
    }


def repeats(markings: Iterable[Marking]) -> list[Repeat]:
    """Return the seeds: essays marked again by a judge who had marked them, in the order of the second marking."""
    markings = list(markings)
    before = {(each.judge, each.essay): each for each in counted(markings)}
    again = [each for each in markings if each.turn is Turn.SEED and (each.judge, each.essay) in before]
    again.sort(key=lambda each: (each.finished_at, each.essay))
    return [Repeat(before[each.judge, each.essay], each) for each in again]


def halo(markings: Sequence[Marking], criteria: Sequence[Criterion]) -> float | None:
    """Return the mean of Pearson's r over all pairs of criteria of the essays; None with fewer than two criteria.

    Criteria that always got the same mark are left out. A high figure may be a halo, or essays that are good in
    everything: it says something only beside the other judges'.
    Source: Saal, Downey & Lahey, "Rating the ratings", Psychological Bulletin 88 (1980).
    """
    columns = [[each.marks.get(criterion.key, 0) for each in markings] for criterion in criteria]
    found = [correlation(one, other) for one, other in combinations(columns, 2)]
    known = [each for each in found if each is not None]
    return fmean(known) if known else None


def evenness(markings: Sequence[Marking], criteria: Sequence[Criterion]) -> float | None:
    """Return the mean, over essays, of the standard deviation of the criteria, each as a share of its highest mark.

    None with fewer than two criteria. Source: as `halo`.
    """
    asked = [each for each in criteria if each.max_mark]
    if len(asked) < 2 or not markings:
        return None
    total = 0.0
    for each in markings:
        shares = [each.marks.get(criterion.key, 0) / criterion.max_mark for criterion in asked]
        mean = sum(shares) / len(shares)
        total += sqrt(sum((share - mean) ** 2 for share in shares) / (len(shares) - 1))
    return total / len(markings)


def figure(value: Value | None, count: int, least: int) -> Figure[Value]:
    """Return a figure whose value is kept back when it rests on too little."""
    return Figure(value if count >= least else None, count, least)


def _judge(
    judge: int, own: list[Marking], compared: list[Beside], sides: Mapping[int, Sides], criteria: Sequence[Criterion]
) -> JudgeFigures:
    totals = [each.total for each in own]
    differences = [each.difference for each in compared]
    slope = trend(differences)
    return JudgeFigures(
        judge=judge,
        finished=len(own),
        mean=fmean(totals) if totals else None,
        spread=figure(spread(totals), len(totals), FOR_MEANS),
        severity=figure(mean_of(differences), len(differences), FOR_MEANS),
        drift=figure(slope.times(len(differences) - 1) if slope else None, len(differences), FOR_TRENDS),
        halo=figure(halo(own, criteria), len(own), FOR_CORRELATIONS),
        evenness=figure(evenness(own, criteria), len(own), FOR_CORRELATIONS),
        sides=sides.get(judge, Sides(0, 0, 0)),
    )


def _jury_halo(markings: Sequence[Marking], criteria: Sequence[Criterion]) -> Figure[float]:
    """The judges' own figures, each weighted by the number of essays: severe and lenient judges are not mixed."""
    own: dict[int, list[Marking]] = defaultdict(list)
    for each in markings:
        own[each.judge].append(each)
    found = [(halo(each, criteria), len(each)) for each in own.values() if len(each) >= FOR_CORRELATIONS]
    known = [(value, count) for value, count in found if value is not None]
    essays = sum(count for _, count in known)
    weighted = sum(value * count for value, count in known) / essays if essays else None
    return Figure(weighted, essays, FOR_CORRELATIONS)
