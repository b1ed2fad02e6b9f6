"""Each usual shape is a contest that could be issued as it stands, whatever the day."""

from collections import Counter
from datetime import date, timedelta

import pytest
import yaml

from quizapp.formats.contest_file import read_contest, warnings
from quizapp.formats.contest_shapes import SHAPES
from quizapp.rules.articles import KnownNames, as_text
from quizapp.rules.rulebook import rulebook
from tests.test_question_banks import FILES, bank

DAYS = (date(2026, 11, 25), date(2026, 11, 30), date(2026, 12, 31), date(2028, 2, 15), date(2028, 2, 29))


@pytest.fixture(params=SHAPES)
def shape(request):
    return SHAPES[request.param]


@pytest.fixture(params=DAYS, ids=str)
def day(request):
    return request.param


def file_of(shape, day):
    return read_contest(yaml.safe_dump({"contest": shape.tree("LDLD-SL", day)}, allow_unicode=True, sort_keys=False))


def test_a_shape_reads_without_a_problem_or_a_doubt(shape, day):
    assert warnings(file_of(shape, day)) == []


def test_a_shape_opens_on_a_monday_two_weeks_ahead_or_in_that_week(shape, day):
    opens = date.fromisoformat(shape.tree("LDLD-SL", day)["rounds"][0]["opens"][:10])
    week = opens - timedelta(days=opens.weekday())
    assert timedelta(days=14) <= week - day < timedelta(days=21)


def test_the_the_le_of_a_shape_tells_every_round_board_and_prize(shape, day):
    rules = file_of(shape, day).rules
    sections = rulebook(rules, KnownNames())
    text = as_text(rules.title, sections)
    assert all(each.paragraphs or each.items for each in sections)
    assert [word for word in ("None", "{", "}", "  ", "..", " ,", " .") if word in text] == []
    named = (*rules.rounds, *rules.boards, *rules.divisions)
    assert [each.title for each in named if each.title not in text] == []


def test_the_shipped_banks_have_enough_for_every_shape(shape):
    have = {file.stem: len(bank(file).questions) for file in FILES}
    for each in file_of(shape, DAYS[0]).rules.rounds:
        asked = Counter()
        for draw in each.draws:
            asked[draw.bank] += draw.count
        assert {code: have.get(code, 0) >= count for code, count in asked.items()} == dict.fromkeys(asked, True)


def test_a_tree_may_be_changed_without_touching_the_next_one(shape, day):
    first = shape.tree("LDLD-SL", day)
    first["rounds"].clear()
    first["standings"][0]["title"] = "Khác"
    assert shape.tree("LDLD-SL", day)["rounds"]
    assert shape.tree("LDLD-SL", day)["standings"][0]["title"] != "Khác"
