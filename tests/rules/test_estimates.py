"""Estimates against numpy and known quantiles."""

import numpy as np
import pytest

from quizapp.rules.estimates import (
    Bin,
    Estimate,
    blocks,
    correlation,
    histogram,
    mean_of,
    spread,
    t_quantile,
    trend,
)

VALUES = [float(each) for each in np.random.default_rng(7).normal(-40, 60, 37)]


@pytest.mark.parametrize(
    ("degrees", "quantile"), [(1, 12.706), (2, 4.303), (3, 3.182), (5, 2.571), (9, 2.262), (30, 2.042), (1000, 1.962)]
)
def test_quantiles_are_those_of_the_tables(degrees, quantile):
    assert t_quantile(degrees) == pytest.approx(quantile, abs=0.004)


def test_a_mean_and_its_interval_are_those_of_numpy():
    found = mean_of(VALUES)
    error = np.std(VALUES, ddof=1) / np.sqrt(37)
    assert (found.value, found.margin) == pytest.approx((np.mean(VALUES), 2.0281 * error), rel=1e-4)
    assert spread(VALUES) == pytest.approx(np.std(VALUES, ddof=1))


def test_a_trend_and_its_interval_are_those_of_numpy():
    found = trend(VALUES)
    (slope, _), covariance = np.polyfit(range(37), VALUES, 1, cov=True)
    assert (found.value, found.margin) == pytest.approx((slope, 2.0301 * np.sqrt(covariance[0, 0])), rel=1e-4)


def test_a_straight_line_has_no_doubt():
    assert trend([3, 5, 7, 9]) == Estimate(2, 0, 4)
    assert trend([3, 5, 7, 9]).times(3) == Estimate(6, 0, 4)


def test_correlation_is_that_of_numpy():
    others = [each * 0.3 + place for place, each in enumerate(VALUES)]
    assert correlation(VALUES, others) == pytest.approx(np.corrcoef(VALUES, others)[0, 1])


def test_too_few_values_tell_nothing():
    assert [spread([1]), mean_of([1]), trend([1, 2]), correlation([], []), correlation([1, 1], [1, 2])] == [None] * 5


@pytest.mark.parametrize(("margin", "clear"), [(5, False), (4.9, True), (0, True)])
def test_an_estimate_is_clear_when_its_interval_leaves_out_zero(margin, clear):
    assert Estimate(5, margin, 10).is_clear is Estimate(-5, margin, 10).is_clear is clear


def test_the_last_bin_takes_its_end():
    assert histogram([0, 49, 50, 99, 100], high=100, bins=2) == [Bin(0, 50, 2), Bin(50, 100, 3)]
    assert [each.count for each in histogram(VALUES[:0], high=500, bins=10)] == [0] * 10


def test_bins_count_as_numpy_does():
    values = np.random.default_rng(1).integers(0, 501, 400)
    assert [each.count for each in histogram(values, high=500, bins=10)] == list(np.histogram(values, 10, (0, 500))[0])


def test_blocks_hold_everything_in_order_and_nearly_alike():
    found = blocks(range(43), most=8, least=5)
    assert [each for block in found for each in block] == list(range(43))
    assert {len(block) for block in found} == {5, 6}
    assert blocks(range(7), most=8, least=5) == [range(7)]
