from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules.grading import GradedSlot, Key, MarkScheme, blanks, paper_mark
from quizapp.vocabulary import KeyVerdict, MultipleMarks

ORDER = (0, 1, 2, 3)
RIGHT = {frozenset({0}): "1", frozenset({0, 1}): "1,2"}

slots_drawn = st.lists(
    st.builds(
        GradedSlot,
        number=st.just(0),
        option_order=st.just(ORDER),
        key=st.sampled_from([Key(options) for options in RIGHT]),
        right_mark=st.none() | st.integers(1, 500),
        verdict=st.sampled_from([None, None, None, *KeyVerdict]),
    ),
    min_size=1,
    max_size=12,
).map(lambda slots: [replace(slot, number=n) for n, slot in enumerate(slots, start=1)])
schemes = st.builds(
    MarkScheme,
    right=st.integers(1, 500),
    wrong=st.integers(-200, 0),
    multiple=st.sampled_from(MultipleMarks),
    scale_to=st.none() | st.sampled_from([1000, 10_000]),
)
answers = st.dictionaries(st.integers(1, 12), st.sampled_from(["", "1", "2", "1,2", "1,2,3", "1,3"]))


def single(number, **more):
    return GradedSlot(number, ORDER, Key(frozenset({0})), **more)


def most(slots, scheme):
    whole = sum(slot.right_mark or scheme.right for slot in slots)
    counts = any(slot.verdict is not KeyVerdict.VOID for slot in slots)
    return (whole if scheme.scale_to is None else scheme.scale_to) if counts else 0


@given(slots_drawn, schemes, answers)
def test_a_mark_is_between_nothing_and_everything(slots, scheme, given_answers):
    assert 0 <= paper_mark(slots, given_answers, scheme) <= most(slots, scheme)


@given(slots_drawn, schemes)
def test_everything_right_gives_the_most_whatever_is_void(slots, scheme):
    right = {slot.number: RIGHT[slot.key.options] for slot in slots}
    assert paper_mark(slots, right, scheme) == most(slots, scheme)


@given(slots_drawn, schemes, answers, st.randoms(use_true_random=False))
def test_the_order_of_slots_changes_no_mark(slots, scheme, given_answers, rng):
    mixed = rng.sample(slots, len(slots))
    assert paper_mark(mixed, given_answers, scheme) == paper_mark(slots, given_answers, scheme)


@pytest.mark.parametrize(
    ("answer", "mark"), [("1,2", 100), ("1", 50), ("1,3", 0), ("1,2,3", 50), ("1,2,3,4", 0), ("3", 0), (None, 0)]
)
def test_partial_marks_are_right_ones_less_wrong_ones(answer, mark):
    slot = GradedSlot(1, ORDER, Key(frozenset({0, 1})))
    assert paper_mark([slot], {1: answer}, MarkScheme(100, multiple=MultipleMarks.PARTIAL)) == mark


def test_a_wrong_answer_costs_and_a_blank_does_not():
    slots = [single(1), single(2), single(3)]
    assert paper_mark(slots, {1: "1", 2: "1", 3: "2"}, MarkScheme(100, wrong=-25)) == 175
    assert paper_mark(slots, {1: "1", 2: "1"}, MarkScheme(100, wrong=-25)) == 200
    assert paper_mark(slots, {1: "1", 2: "3", 3: "2"}, MarkScheme(100, wrong=-100)) == 0


def test_each_slot_gives_its_own_mark():
    assert paper_mark([single(1, right_mark=300), single(2)], {1: "1", 2: "2"}, MarkScheme(100)) == 300


def test_a_scaled_mark_is_rounded_once_at_the_end():
    thirds = [single(n) for n in (1, 2, 3)]
    assert paper_mark(thirds, {1: "1", 2: "1"}, MarkScheme(100, scale_to=1000)) == 667
    assert paper_mark(thirds, {1: "1", 2: "1", 3: "1"}, MarkScheme(100, scale_to=1000)) == 1000


def test_the_questions_that_are_left_carry_the_mark_of_a_void_one():
    slots = [single(1), single(2), single(3, verdict=KeyVerdict.VOID)]
    assert paper_mark(slots, {1: "1", 3: "1"}, MarkScheme(100)) == 150
    assert paper_mark(slots, {1: "1", 2: "1", 3: "4"}, MarkScheme(100)) == 300


def test_a_question_that_is_right_for_all_is_right_for_who_left_it_blank():
    slots = [single(1), single(2, verdict=KeyVerdict.ALL_RIGHT)]
    assert paper_mark(slots, {1: "2"}, MarkScheme(100)) == 100
    assert paper_mark(slots, {2: "4"}, MarkScheme(100, wrong=-50)) == 100


def test_void_questions_need_no_answer():
    assert blanks([single(1), single(2), single(3, verdict=KeyVerdict.VOID)], {1: "1", 2: ""}) == [2]
