import pytest

from quizapp.rules.axes import axis


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 500, (0, 200, 400, 600)),
        (0, 1000, (0, 500, 1000)),
        (-50, 50, (-50, 0, 50)),
        (-64, 37, (-100, -50, 0, 50)),
        (0, 7, (0, 2, 4, 6, 8)),
        (3, 3, (2, 2.5, 3, 3.5, 4)),
        (0.2, 0.9, (0.2, 0.4, 0.6, 0.8, 1)),
    ],
)
def test_an_axis_has_round_steps_and_holds_both_ends(low, high, ticks):
    assert [tick.value for tick in axis(low, high, text=str).ticks] == pytest.approx(ticks)


def test_what_lies_outside_is_put_at_the_end():
    found = axis(0, 100, text=str)
    assert [found.at(each) for each in (-5, 0, 25, 100, 400)] == [0, 0, 0.25, 1, 1]
