"""Paths, circles and sums of the union tree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules.union_tree import chain, circling, ids_on, paths, rolled_up

TREE = {1: None, 2: 1, 3: 2, 4: 1, 5: None}


def test_paths_run_from_the_root_to_the_node():
    assert paths(TREE) == {1: "/1/", 2: "/1/2/", 3: "/1/2/3/", 4: "/1/4/", 5: "/5/"}
    assert ids_on("/1/2/3/") == [1, 2, 3]


def test_a_chain_ends_at_the_root():
    assert list(chain(3, TREE)) == [3, 2, 1]


def test_a_circle_has_no_paths():
    with pytest.raises(ValueError, match="above itself"):
        paths({1: 2, 2: 1})


def test_those_on_a_circle_are_named_and_not_those_below_it():
    assert circling({1: 2, 2: 3, 3: 1, 4: 1, 5: 5, 6: None, 7: 6}) == {1, 2, 3, 5}
    assert circling(TREE) == set()


def test_a_deep_chain_is_no_trouble():
    deep = {number: number - 1 or None for number in range(1, 5001)}
    assert circling(deep) == set()
    assert paths({number: deep[number] for number in range(1, 101)})[100].count("/") == 101


def test_an_own_count_stands_above_the_sum_of_those_below():
    assert rolled_up(TREE, {3: 10, 4: 5}) == {3: 10, 4: 5, 2: 10, 1: 15}
    assert rolled_up(TREE, {3: 10, 2: 7, 4: 5}) == {3: 10, 2: 7, 4: 5, 1: 12}
    assert rolled_up({2: 1, 3: 2}, {3: 1}) == {3: 1, 2: 1}


@given(st.lists(st.integers(min_value=0, max_value=30), min_size=1, max_size=30))
def test_every_path_is_its_parents_path_and_itself(above):
    tree = {key: (parent % key) or None for key, parent in enumerate(above, start=1)}
    made = paths(tree)
    assert all(made[key] == f"{made[parent] if parent else '/'}{key}/" for key, parent in tree.items())
