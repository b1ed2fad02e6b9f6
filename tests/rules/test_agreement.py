"""Figures of agreement against examples that were worked out by hand, and against numpy."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given as over
from hypothesis import strategies as st

from quizapp.rules.agreement import Given, adjacent, exact, grouped, icc, weighted_kappa

# Shrout & Fleiss (1979), table 2: six targets, four judges.
SHROUT_FLEISS = ((9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7))


def table(rows):
    return [Given(judge, essay, mark) for essay, row in enumerate(rows) for judge, mark in enumerate(row)]


def test_marks_are_exactly_and_nearly_the_same_in_so_many_pairs():
    marks = table([(700, 700), (700, 725), (700, 750), (0, 1000)])
    assert (exact(marks), adjacent(marks, within=25), adjacent(marks, within=50)) == (0.25, 0.5, 0.75)


def test_three_judges_of_an_essay_are_three_pairs():
    assert exact(table([(1, 1, 2)])) == pytest.approx(1 / 3)


def test_without_two_marks_of_one_essay_there_is_nothing_to_say():
    marks = [Given(1, 1, 500), Given(2, 2, 500)]
    assert [exact(marks), adjacent(marks, within=9), weighted_kappa(marks), icc(marks)] == [None] * 4
    assert exact([]) is icc([]) is None


def test_weighted_kappa_by_hand():
    # Differences squared: 0 + 0 + 1 = 1 of 3 pairs. The six marks 1 1 2 2 2 3 have variance 17/36, so independent
    # marks would differ by 34/36 squared: 1 - (1/3) / (34/36) = 11/17.
    assert weighted_kappa(table([(1, 1), (2, 2), (2, 3)])) == pytest.approx(11 / 17)


def test_weighted_kappa_is_one_for_the_same_and_minus_one_for_opposite_marks():
    assert weighted_kappa(table([(1, 1), (2, 2)])) == 1
    assert weighted_kappa(table([(0, 1), (1, 0)])) == -1
    assert weighted_kappa(table([(1, 1), (1, 1)])) is None


def test_icc_gives_the_figures_of_shrout_and_fleiss():
    assert [round(each, 2) for each in icc(table(SHROUT_FLEISS))] == [0.29, 0.62]


def test_icc_needs_two_essays_of_the_same_two_judges_and_some_spread():
    assert icc(table([(1, 2)])) is None
    assert icc(table([(5, 5), (5, 5)])) is None
    assert icc([Given(1, 1, 5), Given(2, 1, 6), Given(1, 2, 7), Given(3, 2, 9)]) is None


def test_icc_is_one_when_all_judges_agree():
    assert icc(table([(1, 1), (4, 4), (9, 9)])) == pytest.approx((1, 1))


def numpy_kappa(rows):
    """By a confusion matrix of all pairs, both ways round, with squared weights."""
    pairs = [pair for row in rows for one, other in combinations(row, 2) for pair in ((one, other), (other, one))]
    marks = sorted({mark for pair in pairs for mark in pair})
    observed = np.zeros((len(marks), len(marks)))
    for one, other in pairs:
        observed[marks.index(one), marks.index(other)] += 1 / len(pairs)
    expected = np.outer(observed.sum(axis=1), observed.sum(axis=0))
    weights = np.subtract.outer(marks, marks).astype(float) ** 2
    return 1 - (weights * observed).sum() / (weights * expected).sum()


def numpy_icc(rows):
    """By the mean squares of a two-way analysis of variance, as Shrout & Fleiss write it."""
    x = np.array(rows, dtype=float)
    n, k = x.shape
    msb = k * ((x.mean(axis=1) - x.mean()) ** 2).sum() / (n - 1)
    msj = n * ((x.mean(axis=0) - x.mean()) ** 2).sum() / (k - 1)
    residual = x - x.mean(axis=1, keepdims=True) - x.mean(axis=0) + x.mean()
    mse = (residual**2).sum() / ((n - 1) * (k - 1))
    one = (msb - mse) / (msb + (k - 1) * mse + k * (msj - mse) / n)
    return one, (msb - mse) / (msb + (msj - mse) / n)


def jury_of(seed, essays=60, judges=3):
    rng = np.random.default_rng(seed)
    worth, severity = rng.normal(600, 120, essays), rng.normal(0, 50, judges)
    marks = worth[:, None] + severity + rng.normal(0, 70, (essays, judges))
    return [[int(mark) for mark in row] for row in np.clip(np.round(marks / 25) * 25, 0, 1000)]


@pytest.mark.parametrize("seed", range(5))
def test_kappa_and_icc_are_those_of_numpy(seed):
    rows = jury_of(seed)
    assert weighted_kappa(table(rows)) == pytest.approx(numpy_kappa(rows))
    assert icc(table(rows)) == pytest.approx(numpy_icc(rows))


def test_groups_of_other_judges_are_added_up():
    """Judges 0 and 1 marked some essays, 2 and 3 others: each group by itself, then the sums of both."""
    groups = [jury_of(seed, essays, judges=2) for seed, essays in ((1, 20), (2, 12))]
    marks = [
        Given(2 * number + judge, 100 * number + essay, mark)
        for number, rows in enumerate(groups)
        for essay, row in enumerate(rows)
        for judge, mark in enumerate(row)
    ]
    arrays = [np.array(rows, dtype=float) for rows in groups]
    between = sum(2 * ((x.mean(axis=1) - x.mean()) ** 2).sum() for x in arrays)
    judges = sum(len(x) * ((x.mean(axis=0) - x.mean()) ** 2).sum() for x in arrays)
    rest = sum(((x - x.mean()) ** 2).sum() for x in arrays) - between - judges
    mse = rest / (19 + 11)
    of_judges = (judges - 2 * mse) / (20 + 12)
    of_essays = (between - 30 * mse) / (2 * 30)
    expected = of_essays / (of_essays + of_judges + mse), of_essays / (of_essays + (of_judges + mse) / 2)
    assert icc(marks) == pytest.approx(expected)
    assert grouped(marks) == 32


def test_in_many_groups_the_variances_that_made_the_marks_are_found_again():
    """Seven judges in pairs, true ICC(2,1) = 120² / (120² + 50² + 70²) = 0.66."""
    rng = np.random.default_rng(4)
    severity = np.array([-70, -50, -20, 0, 20, 50, 70]) * 50 / np.std([-70, -50, -20, 0, 20, 50, 70], ddof=1)
    marks = []
    for essay in range(4000):
        worth = rng.normal(600, 120)
        for judge in rng.choice(7, 2, replace=False):
            marks.append(Given(int(judge), essay, round(worth + severity[judge] + rng.normal(0, 70))))
    assert icc(marks)[0] == pytest.approx(0.66, abs=0.02)
    assert grouped([*marks, Given(1, 9999, 5), Given(99, 9999, 5)]) == 4000


@over(st.lists(st.builds(Given, st.integers(1, 4), st.integers(1, 5), st.integers(0, 10)), max_size=20), st.randoms())
def test_the_order_of_the_marks_does_not_matter(marks, random):
    marks = list({(each.judge, each.essay): each for each in marks}.values())
    mixed = random.sample(marks, len(marks))
    for figure in (exact, weighted_kappa, icc):
        assert figure(mixed) == pytest.approx(figure(marks))
    assert grouped(mixed) == grouped(marks)
    assert -1.0000001 <= (weighted_kappa(marks) or 0) <= 1
