"""What a judge is asked, what may be given, what it makes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules.rubrics import Criterion, RubricContent, RubricLevel, assessment_total, mark_problem, scaled_total

LEVELS = (RubricLevel("Đạt", "", 100), RubricLevel("Tốt", "", 300), RubricLevel("Chưa đạt", "", 0))
CONTENT = RubricContent(
    (
        Criterion("y-tuong", "Ý tưởng", "", 300, levels=LEVELS),
        Criterion("cach-viet", "Cách viết", "", 210, step=50),
    )
)


def test_a_total_is_known_once_every_criterion_has_a_mark():
    assert assessment_total(CONTENT, {"y-tuong": 300}, 510) is None
    assert assessment_total(CONTENT, {"y-tuong": 300, "cach-viet": 0}, 510) == 300


def test_without_a_rubric_one_free_mark_is_the_total():
    assert assessment_total(None, {}, 500) is None
    assert assessment_total(None, {"mark": 425}, 500) == 425


def test_marks_of_no_criterion_do_not_count():
    assert assessment_total(CONTENT, {"y-tuong": 100, "cach-viet": 50, "khac": 900}, 510) == 150
    assert assessment_total(None, {"mark": 0, "khac": 900}, 500) == 0


def test_a_rubric_of_other_marks_is_scaled_to_those_of_the_essay():
    assert assessment_total(CONTENT, {"y-tuong": 300, "cach-viet": 210}, 1000) == 1000
    assert scaled_total(85, 100, 500) == 425
    assert scaled_total(1, 3, 100) == 33


def test_halves_of_a_hundredth_go_to_the_even_neighbour():
    assert [scaled_total(total, 200, 100) for total in (1, 3, 5)] == [0, 2, 2]


@given(st.integers(1, 2000), st.integers(1, 2000), st.data())
def test_scaling_keeps_nothing_full_marks_and_order(rubric_max, max_mark, data):
    lower, higher = sorted(data.draw(st.tuples(st.integers(0, rubric_max), st.integers(0, rubric_max))))
    assert (scaled_total(0, rubric_max, max_mark), scaled_total(rubric_max, rubric_max, max_mark)) == (0, max_mark)
    assert scaled_total(lower, rubric_max, max_mark) <= scaled_total(higher, rubric_max, max_mark)


@pytest.mark.parametrize("mark", [0, 100, 300])
def test_a_level_may_be_given(mark):
    assert mark_problem(CONTENT, "y-tuong", mark, 510) is None


def test_what_lies_between_two_levels_may_not():
    assert mark_problem(CONTENT, "y-tuong", 200, 510) == "“Ý tưởng” chỉ nhận các mức điểm 0; 1; 3."


@pytest.mark.parametrize(
    ("mark", "problem"),
    [
        (-50, "“Cách viết” phải từ 0 đến 2,1 điểm."),
        (0, None),
        (150, None),
        (125, "“Cách viết” chỉ nhận điểm lẻ đến 0,5."),
        (210, None),
        (211, "“Cách viết” phải từ 0 đến 2,1 điểm."),
    ],
)
def test_a_criterion_without_levels_takes_steps_up_to_its_highest_mark(mark, problem):
    assert mark_problem(CONTENT, "cach-viet", mark, 510) == problem


def test_a_free_mark_goes_by_quarters_up_to_the_marks_of_the_essay():
    assert mark_problem(None, "mark", 475, 500) is None
    assert mark_problem(None, "mark", 490, 500) == "“Điểm” chỉ nhận điểm lẻ đến 0,25."
    assert mark_problem(None, "mark", 525, 500) == "“Điểm” phải từ 0 đến 5 điểm."


def test_a_mark_for_a_criterion_that_the_rubric_has_not_is_refused():
    assert "không có tiêu chí này" in mark_problem(CONTENT, "mark", 0, 510)
