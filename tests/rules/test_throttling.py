"""Ten tries are free, then waits grow to a quarter of an hour, a hundred are all."""

from datetime import timedelta

import pytest

from quizapp.rules.throttling import next_try_at, wait_after
from tests.conftest import NOON


@pytest.mark.parametrize("failures", [0, 1, 9])
def test_the_first_ten_tries_need_no_waiting(failures):
    assert next_try_at(failures, NOON) == NOON


@pytest.mark.parametrize(("failures", "seconds"), [(10, 30), (11, 60), (12, 120), (13, 240), (14, 480), (15, 900)])
def test_waits_double_from_half_a_minute(failures, seconds):
    assert next_try_at(failures, NOON) == NOON + timedelta(seconds=seconds)


@pytest.mark.parametrize("failures", [16, 50, 99])
def test_no_wait_is_longer_than_a_quarter_of_an_hour(failures):
    assert wait_after(failures) == timedelta(minutes=15)


@pytest.mark.parametrize("failures", [100, 101])
def test_after_a_hundred_no_waiting_helps(failures):
    assert next_try_at(failures, NOON) is None
