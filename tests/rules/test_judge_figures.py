"""Figures of judges against hand-made examples, and against pandas on a jury drawn by lot."""

from datetime import UTC, datetime, timedelta
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from quizapp.rules.judge_figures import (
    Marking,
    Sides,
    beside_others,
    evenness,
    halo,
    judge_figures,
    jury_figures,
    near,
    repeats,
    shared,
    third_sides,
)
from quizapp.rules.rubrics import Criterion, RubricLevel
from quizapp.vocabulary import Turn

NOON = datetime(2026, 12, 1, 5, tzinfo=UTC)
CRITERIA = tuple(Criterion(key, key, "", most) for key, most in (("a", 200), ("b", 300), ("c", 500)))


def marking(judge, essay, total, turn=Turn.FIRST, *, minute=0, **marks):
    return Marking(judge, essay, turn, total, marks, NOON + timedelta(minutes=minute))


@pytest.fixture(scope="module")
def drawn():
    """250 essays, two of six judges each, a third where they are more than 150 apart."""
    rng = np.random.default_rng(11)
    made = []

    def mark(judge, essay, worth, turn):
        marks = {each.key: int(np.clip(rng.normal(worth, 0.2), 0, 1) * each.max_mark) for each in CRITERIA}
        total = sum(marks.values()) + 15 * judge
        made.append(marking(judge, essay, total, turn, minute=int(rng.integers(100_000)), **marks))
        return total

    for essay in range(250):
        worth = rng.normal(0.55, 0.15)
        one, other, third = (int(each) for each in rng.choice(6, 3, replace=False))
        if abs(mark(one, essay, worth, Turn.FIRST) - mark(other, essay, worth, Turn.FIRST)) > 150:
            mark(third, essay, worth, Turn.THIRD)
    return made


@pytest.fixture(scope="module")
def frame(drawn):
    table = pd.DataFrame([{**vars(each), **each.marks} for each in drawn])
    others = table.groupby("essay")["total"]
    table["others"] = (others.transform("sum") - table["total"]) / (others.transform("count") - 1)
    table["difference"] = table["total"] - table["others"]
    return table


def test_severity_spread_and_drift_of_each_judge_are_those_of_pandas(drawn, frame):
    found = judge_figures(drawn, CRITERIA, range(6))
    for judge, own in frame.sort_values("finished_at").groupby("judge"):
        figures = found[judge]
        differences = own["difference"].to_numpy()
        assert (figures.finished, figures.severity.count) == (len(own), len(own))
        assert figures.mean == pytest.approx(own["total"].mean())
        assert figures.spread.value == pytest.approx(own["total"].std())
        assert figures.severity.value.value == pytest.approx(differences.mean())
        assert figures.severity.value.margin == pytest.approx(1.98 * own["difference"].sem(), rel=0.01)
        slope, _ = np.polyfit(range(len(differences)), differences, 1)
        assert figures.drift.value.value == pytest.approx(slope * (len(differences) - 1))


def test_halo_and_evenness_of_each_judge_are_those_of_numpy(drawn, frame):
    found = judge_figures(drawn, CRITERIA, range(6))
    for judge, own in frame.groupby("judge"):
        matrix = np.corrcoef(own[["a", "b", "c"]].to_numpy().T)
        assert found[judge].halo.value == pytest.approx(matrix[np.triu_indices(3, 1)].mean())
        shares = own[["a", "b", "c"]] / [200, 300, 500]
        assert found[judge].evenness.value == pytest.approx(shares.std(axis=1).mean())


def test_the_jury_s_halo_weighs_each_judge_by_the_essays(drawn, frame):
    def one(own):
        return np.corrcoef(own[["a", "b", "c"]].to_numpy().T)[np.triu_indices(3, 1)].mean()

    sizes = frame.groupby("judge").size()
    expected = np.average([one(own) for _, own in frame.groupby("judge")], weights=sizes)
    found = jury_figures(drawn, judges=2, gap=150, criteria=CRITERIA).halo
    assert (found.value, found.count) == (pytest.approx(expected), sizes.sum())


def test_agreement_is_of_the_first_turn_alone(drawn, frame):
    pairs = frame[frame["turn"] == Turn.FIRST].groupby("essay")["total"].agg(["min", "max"])
    apart = pairs["max"] - pairs["min"]
    found = jury_figures(drawn, judges=2, gap=150, criteria=CRITERIA)
    assert found.essays == found.exact.count == found.apart.count == 250
    assert found.exact.value == pytest.approx((apart == 0).mean())
    assert found.adjacent.value == pytest.approx((apart <= 150).mean())
    assert found.apart.value == pytest.approx((apart > 150).mean())
    assert 0 < found.apart.value < 1
    assert any(each.turn is Turn.THIRD for each in drawn)


def test_the_third_sides_with_whom_it_is_nearer_to():
    essays = [(100, 400, 350), (100, 400, 200), (100, 400, 250), (100, 400, 400)]
    made = [
        marking(judge, essay, total, Turn.THIRD if judge == 3 else Turn.FIRST)
        for essay, totals in enumerate(essays)
        for judge, total in enumerate(totals, start=1)
    ]
    assert third_sides(made) == {1: Sides(4, 2, 1), 2: Sides(4, 1, 1)}


def test_one_who_marked_beside_two_is_compared_with_their_mean():
    made = [marking(1, 5, 300), marking(2, 5, 400), marking(3, 5, 450, Turn.THIRD), marking(1, 6, 100)]
    assert {judge: [each.difference for each in found] for judge, found in beside_others(made).items()} == {
        1: [-125],
        2: [25],
        3: [100],
    }


def test_seeds_and_appeals_change_no_figure_but_their_own(drawn):
    more = [marking(0, each.essay, 0, turn) for each in drawn[:60] for turn in (Turn.SEED, Turn.APPEAL)]
    for rule in (
        lambda every: jury_figures(every, judges=2, gap=150, criteria=CRITERIA),
        lambda every: judge_figures(every, CRITERIA, range(6)),
        lambda every: shared(every, 0),
        third_sides,
    ):
        assert rule([*drawn, *more]) == rule(drawn)


def test_a_seed_is_compared_with_the_same_judge_s_marking_of_the_same_essay():
    made = [
        marking(1, 5, 300, Turn.THIRD),
        marking(2, 5, 400),
        marking(1, 6, 200),
        marking(1, 6, 275, Turn.SEED, minute=9),
        marking(1, 5, 250, Turn.SEED, minute=8),
        marking(3, 5, 500, Turn.SEED),
    ]
    assert [(each.again.essay, each.difference) for each in repeats(made)] == [(5, -50), (6, 75)]


def test_two_judges_share_what_both_have_marked():
    made = [marking(1, 5, 300), marking(2, 5, 400), marking(1, 6, 100), marking(3, 6, 150), marking(2, 7, 1)]
    assert shared(made, 1) == {2: [(300, 400)], 3: [(100, 150)]}
    assert shared(made, 9) == {}


def test_differences_are_in_the_order_of_finishing():
    made = [marking(1, essay, 10 * essay, minute=-essay) for essay in range(3)]
    made += [marking(2, essay, 0) for essay in range(3)]
    assert [each.difference for each in beside_others(made)[1]] == [20, 10, 0]


LEVELS = Criterion("l", "", "", 200, tuple(RubricLevel("", "", mark) for mark in (0, 50, 200)))


@pytest.mark.parametrize(
    ("gap", "criteria", "within"),
    [(150, CRITERIA, 150), (None, CRITERIA, 25), (None, (LEVELS,), 50), (None, (), 0)],
)
def test_near_is_the_gap_of_the_rules_or_the_least_step(gap, criteria, within):
    assert near(gap, criteria) == within


@pytest.mark.parametrize("count", [9, 10])
def test_nine_essays_are_too_few_for_severity_and_ten_are_enough(count):
    made = [marking(judge, essay, 100 + judge * essay) for essay in range(count) for judge in (1, 2)]
    figure = judge_figures(made, CRITERIA, [1])[1].severity
    assert (figure.value is None, figure.is_few, figure.count) == (count == 9, count == 9, count)


def test_a_judge_alone_has_a_spread_but_nobody_to_be_compared_with():
    made = [marking(1, essay, essay, a=essay, b=essay * 2, c=5) for essay in range(40)]
    figures = judge_figures(made, CRITERIA, [1, 2])
    assert (figures[1].severity.value, figures[1].severity.count, figures[1].drift.value) == (None, 0, None)
    assert figures[1].halo.value == pytest.approx(1), "the criterion that never changes is left out"
    assert (figures[2].finished, figures[2].mean, figures[2].spread.value) == (0, None, None)
    jury = jury_figures(made, judges=2, gap=100, criteria=CRITERIA)
    assert (jury.essays, jury.exact.value, jury.kappa.value, jury.apart.value) == (0, None, None, None)


def test_where_all_marks_are_equal_agreement_is_whole_and_coefficients_cannot_be_told():
    made = [marking(judge, essay, 300, a=100, b=100, c=100) for essay in range(40) for judge in (1, 2)]
    jury = jury_figures(made, judges=2, gap=None, criteria=CRITERIA)
    assert (jury.exact.value, jury.adjacent.value, jury.apart) == (1, 1, None)
    assert [jury.kappa.value, jury.icc_one.value, jury.icc_mean.value, jury.halo.value] == [None] * 4
    assert not jury.kappa.is_few
    figures = judge_figures(made, CRITERIA, [1])[1]
    assert (figures.severity.value.value, figures.severity.value.margin, figures.drift.value.value) == (0, 0, 0)
    assert (figures.spread.value, figures.halo.value) == (0, None)


def test_one_free_mark_has_no_halo():
    made = [marking(1, essay, essay, mark=essay) for essay in range(30)]
    free = (Criterion("mark", "Điểm", "", 500),)
    assert (halo(made, free), evenness(made, free), evenness([], CRITERIA)) == (None, None, None)


def test_nothing_at_all_is_told_as_too_few():
    jury = jury_figures([], judges=2, gap=100, criteria=CRITERIA)
    assert all(each.is_few for each in (jury.exact, jury.adjacent, jury.kappa, jury.icc_one, jury.apart, jury.halo))
    assert judge_figures([], CRITERIA, []) == {}


def test_the_order_of_the_markings_does_not_matter(drawn):
    mixed = [drawn[place] for place in np.random.default_rng(1).permutation(len(drawn))]
    one, other = (judge_figures(each, CRITERIA, range(6)) for each in (drawn, mixed))
    for judge, name in [(judge, name) for judge in range(6) for name in ("spread", "halo", "evenness")]:
        assert getattr(one[judge], name).value == pytest.approx(getattr(other[judge], name).value)
    for judge in range(6):
        assert one[judge].severity.value.margin == pytest.approx(other[judge].severity.value.margin)
        assert one[judge].sides == other[judge].sides
    assert len(list(combinations(range(6), 2))) == sum(len(shared(drawn, judge)) for judge in range(6)) / 2
