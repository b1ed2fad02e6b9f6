from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules.counting import Sat, counted, of_attempts, of_rounds
from quizapp.rules.ranking import KEYS
from quizapp.vocabulary import Counting, TieBreak

NOON = datetime(2026, 12, 1, 5, tzinfo=UTC)
CHAIN = (TieBreak.MARKS, TieBreak.PREDICTION, TieBreak.SUBMITTED_AT)


def sat(marks, seconds=60, minutes=0, **more):
    return Sat(marks, seconds, NOON + timedelta(minutes=minutes), **more)


ATTEMPTS = st.lists(
    st.builds(
        sat,
        st.integers(0, 3),
        st.integers(0, 3),
        st.integers(0, 3),
        number=st.integers(1, 50),
        all_right=st.booleans(),
        prediction=st.none() | st.integers(0, 5),
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda each: each.number,
)


def test_the_best_is_chosen_by_the_chain_of_the_board():
    slow_and_early, fast_and_late = sat(900, 500, 1), sat(900, 100, 2, number=2)
    assert counted([slow_and_early, fast_and_late], Counting.BEST).seconds == 100
    assert counted([slow_and_early, fast_and_late], Counting.BEST, CHAIN).seconds == 500


def test_the_best_attempt_brings_its_guess_however_good_another_guess_was():
    near, better = sat(900, prediction=10, distance=0), sat(901, prediction=99, distance=89, number=2)
    assert counted([near, better], Counting.BEST, CHAIN).distance == 89


def test_of_several_attempts_added_up_the_latest_guess_stands():
    first, last = sat(900, minutes=1, prediction=10, distance=3), sat(500, minutes=2, prediction=20, distance=7)
    found = of_attempts([last, first], Counting.SUM)
    assert (found.marks, found.prediction, found.distance) == (1400, 20, 7)


def test_guesses_at_two_truths_are_never_put_together():
    rounds = [sat(900, prediction=10, distance=3), sat(500, prediction=20, distance=7)]
    assert of_rounds(rounds, Counting.SUM, rounds=2).prediction is None
    assert of_rounds([rounds[0], sat(500)], Counting.SUM, rounds=2).distance == 3


def test_who_missed_a_round_has_not_everything_right_in_the_sum():
    right = sat(900, all_right=True)
    assert not of_rounds([right], Counting.SUM, rounds=2).all_right
    assert of_rounds([right, right], Counting.SUM, rounds=2).all_right
    assert of_rounds([right], Counting.BEST, rounds=2).all_right


@given(ATTEMPTS, st.sampled_from(Counting), st.sampled_from([CHAIN, tuple(TieBreak)]), st.randoms())
def test_what_counts_does_not_depend_on_the_order_of_the_attempts(attempts, counting, chain, dice):
    shuffled = dice.sample(attempts, len(attempts))
    assert counted(attempts, counting, chain) == counted(shuffled, counting, chain)


@given(ATTEMPTS, st.integers(0, 3), st.integers(0, 3), st.integers(0, 3))
def test_a_further_attempt_never_lowers_a_person_under_best(attempts, marks, seconds, minutes):
    chain = (TieBreak.MARKS, TieBreak.SECONDS, TieBreak.SUBMITTED_AT)

    def key(each):
        return [KEYS[link](each) for link in chain]

    before = counted(attempts, Counting.BEST, chain)
    after = counted([*attempts, sat(marks, seconds, minutes, number=99)], Counting.BEST, chain)
    assert key(after) <= key(before)
