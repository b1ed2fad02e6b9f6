"""Of questions that come one after the other an instant belongs to one, and time cannot be saved up."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules.deadlines import GRACE
from quizapp.rules.one_way import Walk

START = datetime(2026, 12, 1, 5, tzinfo=UTC)
SECOND = timedelta(seconds=1)

walks = st.builds(Walk, st.just(1), st.just(START), seconds=st.integers(1, 3600), last=st.integers(1, 60))
spans = st.timedeltas(timedelta(0), timedelta(hours=70))


def seconds(number: float) -> datetime:
    return START + timedelta(seconds=number)


WALK = Walk(1, START, seconds=20, last=3)


@pytest.mark.parametrize(("at", "slot"), [(0, 1), (19.999999, 1), (20, 2), (39.999999, 2), (40, 3), (60, 3), (999, 3)])
def test_the_next_question_comes_by_itself(at, slot):
    assert WALK.at(seconds(at)).slot == slot


@given(walks, spans)
def test_an_instant_belongs_to_exactly_one_question(walk, passed):
    now = START + passed
    here = walk.at(now)
    if now < walk.over_at:
        assert here.since <= now < here.ends_at
    assert here.at(now) == here
    assert here.over_at == walk.over_at
    inside = [slot for slot in range(1, walk.last + 1) if walk.ended_at(slot - 1) <= now < walk.ended_at(slot)]
    assert inside == ([here.slot] if now < walk.over_at else [])


@given(walks, st.lists(spans, min_size=1, max_size=5))
def test_going_on_early_gives_no_time_to_later_questions(walk, leaps):
    now, over_at = START, walk.over_at
    for leap in leaps:
        now += leap
        before, walk = walk.at(now), walk.moved_on(now)
        assert walk.slot == min(before.slot + 1, walk.last)
        assert walk.ends_at - max(now, walk.since) <= timedelta(seconds=walk.seconds)
        assert walk.over_at <= over_at
        over_at = walk.over_at


@given(walks, spans, spans)
def test_time_that_is_given_goes_to_the_question_shown_and_can_be_taken_back(walk, passed, time):
    now = START + passed
    helped = walk.given(time, now)
    assert helped.at(now).slot == walk.at(now).slot
    assert helped.ends_at == walk.at(now).ends_at + time
    assert helped.over_at == walk.over_at + time
    assert helped.given(-time, now) == walk.at(now)


def test_the_last_question_is_not_left():
    assert WALK.moved_on(seconds(45)) == WALK.at(seconds(45)) == Walk(3, seconds(40), seconds=20, last=3)


def test_an_answer_counts_for_its_question_and_in_the_grace():
    assert WALK.takes(1, seconds(20) + GRACE - SECOND / 1000)
    assert not WALK.takes(1, seconds(20) + GRACE)
    assert WALK.takes(2, seconds(20))
    assert not WALK.takes(2, seconds(20) - SECOND / 1000)
    assert not WALK.moved_on(seconds(5)).takes(1, seconds(5))


def test_of_a_question_that_was_left_the_end_is_known_to_lie_no_later():
    walk = WALK.moved_on(seconds(5))
    assert [walk.ended_at(slot) for slot in (1, 2, 3)] == [seconds(5), seconds(25), seconds(45)]
