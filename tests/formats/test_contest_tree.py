"""The tree of a contest file goes to text and back, complete or not."""

from datetime import date

import pytest

from quizapp.errors import BadFile
from quizapp.formats.contest_file import read_contest
from quizapp.formats.contest_sample import contest_sample
from quizapp.formats.contest_tree import ABSENT, checked, put, source_of, tree_in, tree_of, value_at

SAMPLE = contest_sample("LDLD-GL", date(2026, 12, 1))


def test_a_tree_reads_as_the_same_rules_as_its_file():
    assert checked(tree_in(SAMPLE)).file.rules == read_contest(SAMPLE).rules


def test_the_tree_of_rules_reads_as_these_rules():
    rules = read_contest(SAMPLE).rules
    assert checked(tree_of(rules)).file.rules == rules


def test_text_and_tree_keep_each_other():
    tree = tree_in(
        "contest:\n  slug: x\n  title: 'none'\n  entry: {code: \"0123\"}\n  x: {y: [true, 1.50, 007, none]}\n"
    )
    assert tree["title"] == "none"
    assert tree["entry"]["code"] == "0123"
    assert tree["x"]["y"] == [True, "1.50", "007", None]
    assert tree_in(source_of(tree)) == tree


def test_keys_are_written_in_the_order_of_the_docs():
    source = source_of({"rounds": [{"closes": "2", "opens": "1", "strange": "3"}], "title": "T", "slug": "s"})
    places = [source.index(f"{key}:") for key in ("slug", "title", "rounds", "opens", "closes", "strange")]
    assert places == sorted(places)


def test_a_tree_that_is_not_complete_tells_what_is_missing_by_key_path():
    tree = tree_in(SAMPLE)
    del tree["rounds"][0]["closes"]
    found = checked(tree)
    assert found.file is None
    assert [each.column for each in found.problems] == ["rounds.1.closes"]


def test_an_empty_tree_lists_all_that_a_contest_needs():
    assert {"slug", "title", "organiser", "rounds"} <= {each.column for each in checked({}).problems}


@pytest.mark.parametrize(
    "source", ["", "title: x", "contest: none", "contest: {a: 1}\nmore: 2", "contest: {a: 1, a: 2}"]
)
def test_a_text_without_one_contest_is_refused(source):
    with pytest.raises(BadFile):
        tree_in(source)


def test_a_value_is_put_under_its_path_and_taken_away_with_what_it_leaves_empty():
    tree = {"time": None, "marks": {"right": 1}}
    put(tree, "time.minutes", 20)
    put(tree, "show.result", "never")
    put(tree, "marks.right", ABSENT)
    assert tree == {"time": {"minutes": 20}, "show": {"result": "never"}}
    assert value_at(tree, "time.minutes") == 20
    assert value_at(tree, "time.minutes.more") is ABSENT


def test_taking_away_what_is_not_there_changes_nothing():
    tree = {"time": None, "x": {"y": 1}}
    for path in ("time.minutes", "a.b", "x.z"):
        put(tree, path, ABSENT)
    assert tree == {"time": None, "x": {"y": 1}}
