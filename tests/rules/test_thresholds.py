from datetime import UTC, datetime

from quizapp.rules.contest_rules import DivisionRules, OnlyIf
from quizapp.rules.counting import Sat
from quizapp.rules.divisions import Standing
from quizapp.rules.thresholds import divisions_of, lets_person
from quizapp.vocabulary import EntrantRole, UnionKind

NOON = datetime(2026, 12, 1, 5, tzinfo=UTC)
LINE = (
    Standing("CS1", UnionKind.GRASSROOTS.value, None),
    Standing("XA1", UnionKind.COMMUNE.value, None),
    Standing("TINH", UnionKind.PROVINCE.value, None),
)


def test_a_person_needs_everything_right_or_the_least_mark():
    right, wrong = Sat(2000, 60, NOON, all_right=True), Sat(1500, 60, NOON)
    assert [lets_person(OnlyIf(all_right=True), each) for each in (right, wrong)] == [True, False]
    assert [lets_person(OnlyIf(least_mark=mark), wrong) for mark in (1500, 1501)] == [True, False]


def test_a_union_is_in_the_first_division_that_its_place_fits():
    by_place = [
        DivisionRules("A", "Bảng A", units=("XA2",)),
        DivisionRules("B", "Bảng B", kinds=(UnionKind.COMMUNE,)),
        DivisionRules("D", "Bảng D"),
    ]
    assert divisions_of(LINE, by_place) == {"B"}


def test_a_union_may_be_in_each_division_that_depends_on_the_person():
    by_person = [
        DivisionRules("A", "Bảng A", roles=tuple(EntrantRole)[:1], units=("XA1",)),
        DivisionRules("B", "Bảng B", chosen=True),
        DivisionRules("C", "Bảng C"),
        DivisionRules("D", "Bảng D"),
    ]
    assert divisions_of(LINE, by_person) == {"A", "B", "C"}
