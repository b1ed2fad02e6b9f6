from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules.collective import ranked_unions, score, union_row
from quizapp.rules.contest_rules import OnlyIf, Weight
from quizapp.rules.thresholds import lets_union
from quizapp.vocabulary import Measure


def row(union, marks, members=10, **more):
    return union_row(union, [(mark, 1) for mark in marks], members, **more)


def order(rows, measure, **more):
    return [(rank, each.union_id) for rank, each in ranked_unions(rows, measure, **more)]


def test_the_mean_of_the_best_k_is_divided_by_k_also_where_there_are_fewer():
    rows = [row(1, [2000, 1000, 0], top_k=2), row(2, [1900], top_k=2), row(3, [1500, 1500], top_k=2)]
    assert order(rows, Measure.TOP_K_MEAN) == [(1, 1), (1, 3), (3, 2)]
    assert score(rows[1], Measure.TOP_K_MEAN) == Fraction(19, 2)


def test_winners_and_the_sum_are_measures():
    rows = [row(1, [500, 500], winners=1), row(2, [900], winners=3)]
    assert order(rows, Measure.WINNERS) == [(1, 2), (2, 1)]
    assert order(rows, Measure.SUM) == [(1, 1), (2, 2)]


def test_weights_put_marks_and_people_together():
    weights = (Weight(Measure.SUM, 100), Weight(Measure.ENTRANTS, 50), Weight(Measure.RATE, 100))
    assert score(row(1, [1000, 850]), Measure.RATE, weights) == Fraction("19.7")  # 18.5 + 2 × 0.5 + 0.2
    assert score(row(1, [1000], members=None), Measure.RATE, weights) == Fraction("10.5")


def test_further_measures_break_ties_and_without_them_equals_share_the_rank():
    rows = [row(1, [100, 100]), row(2, [900, 100]), row(3, [900, 100])]
    assert order(rows, Measure.ENTRANTS) == [(1, 1), (1, 2), (1, 3)]
    assert order(rows, Measure.ENTRANTS, order=[Measure.MEAN]) == [(1, 2), (1, 3), (3, 1)]


def test_a_threshold_itself_is_not_above_it():
    over = OnlyIf(rate_over=8000, mean_over=1500)
    assert not lets_union(over, row(1, [1600] * 8))
    assert lets_union(over, row(1, [1600] * 9))
    assert not lets_union(over, row(1, [1500] * 9))
    assert not lets_union(over, row(1, [1600] * 9, members=None))


@given(st.lists(st.lists(st.integers(0, 2), max_size=3), max_size=6), st.sampled_from(Measure), st.randoms())
def test_the_order_of_unions_does_not_depend_on_the_order_in_which_they_come(marks, measure, dice):
    rows = [row(union, each, top_k=2) for union, each in enumerate(marks)]
    assert order(rows, measure) == order(dice.sample(rows, len(rows)), measure)
