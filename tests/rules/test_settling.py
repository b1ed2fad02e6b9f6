"""Marks of judges, gaps, third judges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules.settling import judge_max_mark, nearest_two, settle
from quizapp.vocabulary import Combine, EssayState, Resolution

MARKS = st.integers(0, 1000)


def of(*totals, judges=2, gap=100, combine=Combine.MEAN, resolution=Resolution.NEAREST, third=None):
    return settle(totals, judges=judges, gap=gap, combine=combine, resolution=resolution, third=third)


@pytest.mark.parametrize("totals", [(), (700,)])
def test_an_essay_is_being_marked_until_every_judge_has_finished(totals):
    assert (of(*totals).state, of(*totals, third=700).mark) == (EssayState.BEING_MARKED, None)


@pytest.mark.parametrize(
    ("combine", "mark"), [(Combine.MEAN, 750), (Combine.MEDIAN, 750), (Combine.SUM, 1500)], ids=lambda each: str(each)
)
def test_judges_exactly_as_far_apart_as_allowed_agree(combine, mark):
    settled = of(800, 700, combine=combine)
    assert (settled.state, settled.mark, settled.used) == (EssayState.SETTLED, mark, (700, 800))
    assert settled.how == combine.label


def test_a_hundredth_more_than_the_gap_needs_a_third_judge():
    assert of(700, 801).state is EssayState.FAR_APART
    assert of(700, 801).mark is None


def test_without_a_gap_no_two_are_too_far_apart():
    assert of(0, 1000, gap=None).mark == 500


def test_a_gap_of_nothing_lets_only_equal_marks_pass():
    assert of(700, 700, gap=0).mark == 700
    assert of(700, 701, gap=0).state is EssayState.FAR_APART


def test_the_chair_is_asked_at_once():
    assert of(0, 1000, resolution=Resolution.CHAIR).state is EssayState.FOR_THE_CHAIR
    assert of(0, 1000, resolution=Resolution.CHAIR, third=500).state is EssayState.FOR_THE_CHAIR


def test_of_three_the_nearest_two_make_the_mark():
    settled = of(400, 800, third=725)
    assert (settled.mark, settled.used) == (762, (725, 800))  # 762.5: to the even neighbour


def test_of_two_pairs_equally_near_the_better_for_the_writer_counts():
    assert of(400, 800, third=600).mark == 700
    assert nearest_two((400, 600, 800)) == (600, 800)


def test_of_three_the_middle_one_can_be_the_mark():
    settled = of(400, 800, third=500, resolution=Resolution.MEDIAN)
    assert (settled.mark, settled.used) == (500, (400, 500, 800))


def test_a_third_mark_is_not_looked_at_when_the_first_two_agree():
    assert of(700, 800, third=0).mark == 750


def test_of_a_sum_the_nearest_two_are_added_and_a_middle_one_counts_twice():
    assert of(100, 500, combine=Combine.SUM, third=450).mark == 950
    assert of(100, 500, combine=Combine.SUM, third=450, resolution=Resolution.MEDIAN).mark == 900


def test_halves_go_to_the_even_neighbour():
    assert [of(700, 701).mark, of(701, 702).mark] == [700, 702]


def test_one_judge_alone_settles():
    assert of(725, judges=1).mark == 725


def test_the_median_of_four_is_the_mean_of_the_middle_two():
    assert of(100, 900, 300, 400, judges=4, gap=None, combine=Combine.MEDIAN).mark == 350


def test_a_judge_of_a_sum_marks_out_of_his_part():
    assert judge_max_mark(500, judges=2, combine=Combine.SUM) == 250
    assert judge_max_mark(500, judges=2, combine=Combine.MEAN) == 500


SETTLING = {
    "gap": st.none() | MARKS,
    "combine": st.sampled_from(Combine),
    "resolution": st.sampled_from(Resolution),
    "third": st.none() | MARKS,
}


@given(totals=st.lists(MARKS, min_size=1, max_size=5), data=st.data(), **SETTLING)
def test_who_marked_first_never_matters(totals, data, gap, combine, resolution, third):
    rule = {"judges": len(totals), "gap": gap, "combine": combine, "resolution": resolution, "third": third}
    assert settle(data.draw(st.permutations(totals)), **rule) == settle(totals, **rule)


@given(totals=st.lists(MARKS, min_size=2, max_size=5), **SETTLING)
def test_a_mark_lies_between_the_lowest_and_the_highest_that_were_given(totals, gap, combine, resolution, third):
    judges = len(totals)
    settled = settle(totals, judges=judges, gap=gap, combine=combine, resolution=resolution, third=third)
    if settled.mark is not None:
        part = judges if combine is Combine.SUM else 1
        assert min(settled.used) * part <= settled.mark <= max(settled.used) * part
    assert (settled.mark is None) == (settled.state is not EssayState.SETTLED)
