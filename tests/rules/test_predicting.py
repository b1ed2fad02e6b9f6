from datetime import UTC, datetime, timedelta

from quizapp.rules.predicting import distance, is_countable, truth
from quizapp.vocabulary import PredictionTarget

CLOSES = datetime(2026, 12, 6, 17, tzinfo=UTC)


def test_people_are_counted_with_everything_right_or_all_who_took_part():
    people = [True, False, True]
    assert truth(PredictionTarget.ALL_RIGHT, people) == 2
    assert truth(PredictionTarget.PARTICIPANTS, people) == 3


def test_a_guess_too_high_is_as_far_as_one_too_low():
    assert distance(12, 10) == distance(8, 10) == 2
    assert distance(None, 10) is None
    assert distance(12, None) is None


def test_the_truth_waits_for_the_grace_and_for_the_last_who_sits():
    over = CLOSES + timedelta(seconds=2)
    assert not is_countable(CLOSES, is_anyone_sitting=False, now=over - timedelta(microseconds=1))
    assert is_countable(CLOSES, is_anyone_sitting=False, now=over)
    assert not is_countable(CLOSES, is_anyone_sitting=True, now=over)
