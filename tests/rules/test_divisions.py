"""In which division an entrant is ranked."""

import pytest

from quizapp.rules.contest_rules import DivisionRules
from quizapp.rules.divisions import Standing, asks_for_choice, choices, division_of, offered
from quizapp.vocabulary import EntrantRole, UnionKind, Workplace

PROVINCE = Standing("LDLD", UnionKind.PROVINCE, None)
SECTOR = Standing("GD", UnionKind.SECTOR, Workplace.PUBLIC_SERVICE)
SCHOOL = Standing("TRUONG", UnionKind.GRASSROOTS, None)
FACTORY = Standing("MAY", UnionKind.GRASSROOTS, Workplace.ENTERPRISE)
TEACHERS, WORKERS, NOBODY = (SCHOOL, SECTOR, PROVINCE), (FACTORY, PROVINCE), ()
MEMBER, OFFICER = EntrantRole.MEMBER, EntrantRole.OFFICER


def division(key, **fits):
    return DivisionRules(key=key, title=f"Bảng {key}", **fits)


@pytest.mark.parametrize(
    ("fits", "line", "role", "expected"),
    [
        ({"units": ("gd",)}, TEACHERS, MEMBER, "A"),  # a code stands for its subtree, however it is written
        ({"units": ("GD",)}, WORKERS, MEMBER, None),
        ({"kinds": (UnionKind.SECTOR,)}, TEACHERS, MEMBER, "A"),
        ({"kinds": (UnionKind.SECTOR,)}, WORKERS, MEMBER, None),
        ({"workplaces": (Workplace.PUBLIC_SERVICE,)}, TEACHERS, MEMBER, "A"),  # of the nearest above that has one
        ({"workplaces": (Workplace.ENTERPRISE,)}, WORKERS, MEMBER, "A"),
        ({"workplaces": (Workplace.ENTERPRISE,)}, NOBODY, MEMBER, None),
        ({"roles": (OFFICER,)}, WORKERS, OFFICER, "A"),
        ({"roles": (OFFICER,)}, WORKERS, MEMBER, None),
        ({"units": ("GD",), "roles": (OFFICER,)}, TEACHERS, MEMBER, None),  # all that is given applies
        ({}, NOBODY, MEMBER, "A"),
    ],
)
def test_a_division_is_of_those_to_whom_all_of_it_applies(fits, line, role, expected):
    assert division_of([division("A", **fits)], line, role) == expected


def test_the_nearest_workplace_hides_those_above_it():
    line = (FACTORY, SECTOR, PROVINCE)
    assert division_of([division("A", workplaces=(Workplace.PUBLIC_SERVICE,))], line, MEMBER) is None


def test_the_first_that_fits_is_theirs():
    both = [division("A", units=("LDLD",)), division("B")]
    assert division_of(both, TEACHERS, MEMBER) == "A"
    assert division_of(both, NOBODY, MEMBER) == "B"


def test_a_division_that_is_chosen_is_never_given_without_a_choice():
    both = [division("A", chosen=True), division("B", chosen=True)]
    assert asks_for_choice(offered(both, WORKERS, MEMBER))
    assert [division_of(both, WORKERS, MEMBER, each) for each in (None, "B", "C")] == [None, "B", None]


def test_only_what_fits_may_be_chosen_and_nothing_below_what_needs_no_choice():
    some = [division("A", chosen=True, roles=(OFFICER,)), division("B", chosen=True), division("C"), division("D")]
    assert [each.key for each in offered(some, WORKERS, MEMBER)] == ["B", "C"]
    assert division_of(some, WORKERS, MEMBER, "A") is None
    assert division_of(some, WORKERS, MEMBER, "C") == "C"


def test_whoever_fits_one_without_choice_first_is_not_asked():
    some = [division("A", units=("MAY",)), division("B", chosen=True)]
    assert not asks_for_choice(offered(some, WORKERS, MEMBER))
    assert division_of(some, WORKERS, MEMBER, "B") == "A"


def test_who_belongs_to_none_may_say_so_where_no_division_takes_the_rest():
    a, b, rest = division("A", chosen=True), division("B", chosen=True), division("C")
    assert choices([a, b]) == ["A", "B", "-"]
    assert choices([a, rest]) == ["A", "C"]
    assert division_of([a, b], WORKERS, MEMBER, "-") is None
