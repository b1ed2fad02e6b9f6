"""Puts a jury's figures and the axes of their plots together, for the page of a round and of a judge."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from quizapp.fairness import queries
from quizapp.fairness.queries import Judge, Trial
from quizapp.judging.queries import essay_rule
from quizapp.models import Round
from quizapp.rules import judge_figures as rules
from quizapp.rules.axes import Axis, axis
from quizapp.rules.estimates import Bin, Estimate, blocks, histogram, mean_of
from quizapp.rules.judge_figures import JudgeFigures, JuryFigures, Marking, Repeat
from quizapp.rules.rubrics import Criterion, criteria
from quizapp.rules.settling import judge_max_mark
from quizapp.rules.wording import decimal, hundredths

BINS = 10
MOST_BLOCKS, LEAST_IN_BLOCK = 8, 5


@dataclass(frozen=True)
class Jury:
    """All that the figures of a round rest on, and the figures; `criteria` are what the judges were asked."""

    judges: list[Judge]
    markings: list[Marking]
    criteria: Sequence[Criterion]
    max_mark: int
    most_gap: int | None
    figures: JuryFigures
    by_judge: dict[int, JudgeFigures]

    @property
    def severities(self) -> list[tuple[Judge, Estimate]]:
        """The judges whose severity is known, the most severe first."""
        known = [(judge, self.by_judge[judge.seat_id].severity.value) for judge in self.judges]
        return sorted(((judge, value) for judge, value in known if value), key=lambda each: each[1].value)

    @property
    def severity_axis(self) -> Axis:
        ends = [end for _, each in self.severities for end in (each.low, each.high)]
        return _around_zero(ends)

    @property
    def spread_axis(self) -> Axis:
        known = [each.spread.value for each in self.by_judge.values() if each.spread.value is not None]
        return axis(0, max([*known, 50]), text=_tenths)


@dataclass(frozen=True)
class Block:
    """The mean difference from the others in a run of a judge's essays, which are counted from 1."""

    first: int
    last: int
    mean: float
    margin: float | None


@dataclass(frozen=True)
class Together:
    """The essays that two judges have marked; `points`: own total, the other's, how many essays have both."""

    other: Judge
    essays: int
    difference: float
    points: list[tuple[int, int, int]]


@dataclass(frozen=True)
class Repeats:
    """An own essay marked twice unknowingly: by code, with how near the two totals are."""

    pairs: list[tuple[str, Repeat]]
    mean_difference: float
    exact: int
    adjacent: int


@dataclass(frozen=True)
class JudgePage:
    judge: Judge
    figures: JudgeFigures
    bins: list[Bin]
    blocks: list[Block]
    drift_axis: Axis
    together: list[Together]
    shown: Together | None
    marks_axis: Axis
    repeats: Repeats | None
    trials: list[Trial]


def jury(round_: Round) -> Jury:
    """Return the figures of a round's jury; of each judge who has finished an essay or still sits."""
    rule, markings = essay_rule(round_), queries.markings(round_)
    max_mark = judge_max_mark(rule.max_mark, judges=rule.judges, combine=rule.combine)
    asked = criteria(queries.rubric_of(round_), max_mark)
    active = {each.judge for each in markings}
    judges = [each for each in queries.judges(round_) if each.seat_id in active or not each.has_left]
    return Jury(
        judges=judges,
        markings=markings,
        criteria=asked,
        max_mark=max_mark,
        most_gap=rule.gap,
        figures=rules.jury_figures(markings, judges=rule.judges, gap=rule.gap, criteria=asked),
        by_judge=rules.judge_figures(markings, asked, [each.seat_id for each in judges]),
    )


def judge_page(round_: Round, found: Jury, judge: Judge, *, beside: int) -> JudgePage:
    """Return one judge of the jury. beside: the seat of the judge to compare with; no such one: the most frequent."""
    own = [each for each in rules.counted(found.markings) if each.judge == judge.seat_id]
    steps = _blocks([each.difference for each in rules.beside_others(found.markings).get(judge.seat_id, [])])
    together = _together(found, judge)
    trials = [each for each in queries.trials(round_) if each.seat_id == judge.seat_id]
    return JudgePage(
        judge=judge,
        figures=found.by_judge[judge.seat_id],
        bins=histogram([each.total for each in own], high=found.max_mark, bins=BINS),
        blocks=steps,
        drift_axis=_around_zero([each.mean + side * (each.margin or 0) for each in steps for side in (-1, 1)]),
        together=together,
        shown=next((each for each in together if each.other.seat_id == beside), together[0] if together else None),
        marks_axis=axis(0, found.max_mark, text=lambda value: hundredths(round(value)), most=5),
        repeats=_repeats(found, judge),
        trials=trials,
    )


def _blocks(differences: Sequence[float]) -> list[Block]:
    found, first = [], 1
    for run in blocks(differences, most=MOST_BLOCKS, least=LEAST_IN_BLOCK) if differences else ():
        mean = mean_of(run)
        found.append(Block(first, first + len(run) - 1, fmean(run), mean.margin if mean else None))
        first += len(run)
    return found


def _together(found: Jury, judge: Judge) -> list[Together]:
    pairs = rules.shared(found.markings, judge.seat_id)
    made = [
        Together(
            other=other,
            essays=len(pairs[other.seat_id]),
            difference=fmean(own - theirs for own, theirs in pairs[other.seat_id]),
            points=[(*pair, count) for pair, count in sorted(Counter(pairs[other.seat_id]).items())],
        )
        for other in found.judges
        if other.seat_id in pairs
    ]
    return sorted(made, key=lambda each: -each.essays)


def _repeats(found: Jury, judge: Judge) -> Repeats | None:
    own = [each for each in rules.repeats(found.markings) if each.before.judge == judge.seat_id]
    if not own:
        return None
    codes, sizes = queries.codes([each.before.essay for each in own]), [abs(each.difference) for each in own]
    within = found.figures.within
    return Repeats(
        pairs=[(codes[each.before.essay], each) for each in own],
        mean_difference=fmean(sizes),
        exact=sizes.count(0),
        adjacent=sum(size <= within for size in sizes),
    )


def _around_zero(ends: Sequence[float]) -> Axis:
    """An axis of differences of marks; with zero in it, and never so narrow that nothing looks like much."""
    return axis(min([*ends, -50]), max([*ends, 50]), text=_tenths)


def _tenths(value: float) -> str:
    return decimal(value / 100, 1)
