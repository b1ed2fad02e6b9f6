"""Figures of agreement against examples that were worked out by hand."""

import pytest
from hypothesis import given as over
from hypothesis import strategies as st

from quizapp.rules.agreement import Given, Severity, adjacent, exact, full_block, icc, severities, weighted_kappa

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
    assert [exact(marks), adjacent(marks, within=9), weighted_kappa(marks), icc(marks), severities(marks)] == [
        *[None] * 4,
        [],
    ]
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


def test_the_jury_with_the_most_essays_makes_the_block():
    marks = [*table([(1, 2), (3, 4)]), Given(7, 9, 1), Given(8, 9, 1), Given(9, 9, 1), Given(5, 5, 5)]
    assert full_block(marks) == [[1, 2], [3, 4]]


def test_severity_is_the_mean_difference_from_those_who_marked_the_same():
    marks = [Given(1, 1, 700), Given(2, 1, 800), Given(1, 2, 600), Given(3, 2, 600), Given(4, 4, 0)]
    assert severities(marks) == [Severity(1, -50.0, 2), Severity(3, 0.0, 1), Severity(2, 100.0, 1)]


@over(st.lists(st.builds(Given, st.integers(1, 4), st.integers(1, 5), st.integers(0, 10)), max_size=20), st.randoms())
def test_the_order_of_the_marks_does_not_matter(marks, random):
    marks = list({(each.judge, each.essay): each for each in marks}.values())
    mixed = random.sample(marks, len(marks))
    for figure in (exact, weighted_kappa, icc):
        assert figure(mixed) == pytest.approx(figure(marks))
    assert severities(mixed) == severities(marks)
    assert -1.0000001 <= (weighted_kappa(marks) or 0) <= 1
