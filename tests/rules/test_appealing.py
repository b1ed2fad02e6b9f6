"""Appeals on paper: the last instant, the states, the figures."""

from datetime import UTC, datetime, timedelta

import pytest

from quizapp.rules.appealing import Effects, appeal_mark, effects, is_in_time, state, window
from quizapp.vocabulary import AppealState, Combine, Phase

UNTIL = datetime(2027, 1, 15, 17, tzinfo=UTC)


def test_the_end_itself_is_too_late():
    assert is_in_time(UNTIL, UNTIL - timedelta(microseconds=1))
    assert not is_in_time(UNTIL, UNTIL)


def test_without_an_end_nobody_appeals():
    assert not is_in_time(None, UNTIL)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (-timedelta(microseconds=1), Phase.UPCOMING),
        (timedelta(0), Phase.OPEN),
        (timedelta(days=5) - timedelta(microseconds=1), Phase.OPEN),
        (timedelta(days=5), Phase.CLOSED),
    ],
)
def test_marks_are_appealed_about_from_the_close_of_the_round(at, expected):
    closes = UNTIL - timedelta(days=5)
    assert window(UNTIL, closes, closes + at) is expected
    assert window(None, closes, closes + at) is None


def test_a_round_that_was_prolonged_past_the_end_of_appeals_opens_none():
    assert window(UNTIL, UNTIL + timedelta(days=1), UNTIL) is Phase.CLOSED


@pytest.mark.parametrize(
    ("withdrawn", "decided", "given", "marked", "expected"),
    [
        (False, False, False, False, AppealState.NEW),
        (False, False, True, False, AppealState.BEING_MARKED),
        (False, False, True, True, AppealState.TO_DECIDE),
        (False, True, True, True, AppealState.ANSWERED),
        (True, False, True, False, AppealState.WITHDRAWN),
    ],
)
def test_the_furthest_step_tells_the_state(withdrawn, decided, given, marked, expected):
    steps = {"is_withdrawn": withdrawn, "is_decided": decided, "is_given": given, "is_marked": marked}
    assert state(**steps) is expected


def test_a_judge_of_a_sum_stands_for_all_of_them():
    assert appeal_mark(175, judges=2, combine=Combine.SUM) == 350
    assert appeal_mark(350, judges=2, combine=Combine.MEAN) == 350


def test_figures_tell_up_down_and_same():
    assert effects([100, -50, 0, 25]) == Effects(answered=4, raised=2, lowered=1, same=1, mean_change=19)
    assert effects([1, 0]).mean_change == 0  # half a hundredth goes to the even neighbour


def test_no_answer_no_mean():
    assert effects([]).mean_change is None
