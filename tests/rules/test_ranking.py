from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules.collective import ranked_unions, union_row
from quizapp.rules.counting import Sat, counted
from quizapp.rules.ranking import PersonRow, decided_by, ranked
from quizapp.vocabulary import Counting, Measure, TieBreak

NOON = datetime(2026, 12, 1, 5, tzinfo=UTC)
CHAIN = (TieBreak.MARKS, TieBreak.SECONDS, TieBreak.SUBMITTED_AT)


def row(person, marks, seconds, minutes=0):
    return PersonRow(person, marks, seconds, NOON + timedelta(minutes=minutes))


def test_marks_come_before_time_and_time_before_the_moment_of_handing_in():
    rows = [row(1, 1900, 10), row(2, 2000, 600, minutes=5), row(3, 2000, 600, minutes=4), row(4, 2000, 599, minutes=9)]
    assert [(rank, each.person_id) for rank, each in ranked(rows, CHAIN)] == [(1, 4), (2, 3), (3, 2), (4, 1)]


def test_equals_share_a_rank_and_the_next_is_skipped():
    rows = [row(1, 10, 5), row(2, 10, 5), row(3, 9, 5), row(4, 10, 4)]
    assert [(rank, each.person_id) for rank, each in ranked(rows, CHAIN)] == [(1, 4), (2, 1), (2, 2), (4, 3)]


def test_the_link_that_decided_can_be_named():
    assert decided_by(row(1, 10, 4), row(2, 10, 5), CHAIN) is TieBreak.SECONDS
    assert decided_by(row(1, 10, 5), row(2, 10, 5), CHAIN) is None


ATTEMPTS = [
    Sat(marks=800, seconds=300, submitted_at=NOON, number=1),
    Sat(marks=900, seconds=500, submitted_at=NOON + timedelta(hours=1), number=2),
    Sat(marks=900, seconds=400, submitted_at=NOON + timedelta(hours=2), number=3),
    Sat(marks=701, seconds=401, submitted_at=NOON + timedelta(hours=3), number=4),
]


@pytest.mark.parametrize(
    ("counting", "mark", "seconds", "hours"),
    [
        (Counting.BEST, 900, 400, 2),
        (Counting.FIRST, 800, 300, 0),
        (Counting.LAST, 701, 401, 3),
        (Counting.SUM, 3301, 1601, 3),
        (Counting.MEAN, 825, 400, 3),
    ],
)
def test_what_counts_of_four_attempts(counting, mark, seconds, hours):
    result = counted(ATTEMPTS, counting)
    assert (result.marks, result.seconds, result.submitted_at) == (mark, seconds, NOON + timedelta(hours=hours))
    assert result.attempts == 4


def test_a_unions_rate_is_entrants_over_members_and_never_above_one():
    assert union_row(1, [(1000, 2), (500, 1)], members=3).rate == 6666
    assert union_row(1, [(1000, 1)] * 4, members=3).rate == 10_000
    assert union_row(1, [], members=None).rate is None


def test_rounding_neither_makes_nor_breaks_a_tie_of_unions():
    rows = [union_row(1, [(1000, 1), (999, 1), (1000, 1)], 10), union_row(2, [(1000, 1), (999, 1)], 10)]
    assert rows[0].mean == Fraction(2999, 3)
    assert [(rank, each.union_id) for rank, each in ranked_unions(rows, Measure.MEAN)] == [(1, 1), (2, 2)]
    assert [rank for rank, _ in ranked_unions(rows, Measure.MEAN)] == [1, 2]


def test_unions_of_unknown_size_come_last_by_rate():
    rows = [union_row(1, [(1, 1)], None), union_row(2, [], 10), union_row(3, [(1, 1)], 10)]
    assert [each.union_id for _, each in ranked_unions(rows, Measure.RATE)] == [3, 2, 1]


def guess(person, distance, minutes=0):
    return PersonRow(person, 2000, 60, NOON + timedelta(minutes=minutes), prediction=distance, distance=distance)


def test_the_nearer_guess_is_better_and_no_guess_comes_after_every_guess():
    chain = (TieBreak.PREDICTION, TieBreak.SUBMITTED_AT)
    rows = [guess(1, None), guess(2, 900, minutes=1), guess(3, 0, minutes=9), guess(4, 900)]
    assert [(rank, each.person_id) for rank, each in ranked(rows, chain)] == [(1, 3), (2, 4), (3, 2), (4, 1)]
    assert decided_by(rows[2], rows[3], chain) is TieBreak.PREDICTION


ROWS = st.lists(
    st.builds(row, st.integers(), st.integers(0, 2), st.integers(0, 2), st.integers(0, 2)),
    unique_by=lambda each: each.person_id,
)


@given(ROWS, st.permutations(TieBreak), st.randoms())
def test_the_order_does_not_depend_on_the_order_in_which_people_come(rows, chain, dice):
    assert list(ranked(rows, chain)) == list(ranked(dice.sample(rows, len(rows)), chain))


@given(ROWS, st.permutations(TieBreak))
def test_equals_share_a_rank_and_only_they(rows, chain):
    placed = list(ranked(rows, chain))
    for (rank, better), (next_rank, worse) in pairwise(placed):
        assert (rank == next_rank) is (decided_by(better, worse, chain) is None)
    assert all(rank <= place for place, (rank, _) in enumerate(placed, start=1))
