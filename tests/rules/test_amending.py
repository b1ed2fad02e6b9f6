from dataclasses import replace
from datetime import timedelta

import pytest

from quizapp.rules.amending import fixed_changes
from quizapp.rules.contest_rules import EntryRule, PublishRule
from quizapp.rules.round_rules import AttemptsRule, Draw, EssayRule, ShowRule
from quizapp.vocabulary import BoardWhen, Combine, Resolution, ShownWhen, TieBreak, WordUnit
from tests.rules.contest import CLOSES, OPENS, contest_rules, round_rules

OLD = contest_rules()
HOUR = timedelta(hours=1)


def first_round(**changed):
    return replace(OLD, rounds=(replace(OLD.rounds[0], **changed), OLD.rounds[1]))


ESSAY = EssayRule("Viết", 1000, least_words=100, most_words=500, gap=100)
WITH_ESSAY = first_round(essay=ESSAY)


def test_an_essay_neither_comes_nor_goes():
    assert list(fixed_changes(OLD, WITH_ESSAY)) == ["rounds.1.essay"]
    assert list(fixed_changes(WITH_ESSAY, OLD)) == ["rounds.1.essay"]


@pytest.mark.parametrize(
    ("changed", "keys"),
    [
        ({}, []),
        ({"prompt": "Viết khác"}, ["prompt"]),
        ({"max_mark": 500, "rubric": "sang-kien"}, ["marks", "rubric"]),
        ({"least_words": None, "most_words": 600, "unit": WordUnit.TU}, ["words.min", "words.max", "words.count"]),
        ({"judges": 1, "gap": None}, ["judges", "gap"]),
        ({"combine": Combine.MEDIAN, "resolution": Resolution.CHAIR}, ["combine", "resolution"]),
    ],
)
def test_what_is_written_and_how_it_is_judged_does_not_change(changed, keys):
    new = first_round(essay=replace(ESSAY, **changed))
    assert list(fixed_changes(WITH_ESSAY, new)) == [f"rounds.1.essay.{key}" for key in keys]


def first_board(**changed):
    return replace(OLD, boards=(replace(OLD.boards[0], **changed), *OLD.boards[1:]))


@pytest.mark.parametrize(
    "new",
    [
        OLD,
        replace(OLD, title="Tên mới"),
        replace(OLD, publish=PublishRule(BoardWhen.LIVE)),
        first_round(title="Tuần lễ 1"),
        first_round(closes_at=CLOSES + HOUR),
        first_round(show=ShowRule(ShownWhen.NEVER)),
        first_board(title="Bảng vàng"),
    ],
)
def test_titles_later_closes_and_what_is_shown_may_always_change(new):
    assert list(fixed_changes(OLD, new)) == []


@pytest.mark.parametrize(
    ("new", "path"),
    [
        (replace(OLD, organiser="KHAC"), "organiser"),
        (replace(OLD, audience=("KHAC",)), "audience.units"),
        (replace(OLD, entry=EntryRule()), "entry"),
        (replace(OLD, rounds=(*OLD.rounds, round_rules("tuan-3"))), "rounds"),
        (first_round(opens_at=OPENS - HOUR), "rounds.1.opens"),
        (first_round(closes_at=CLOSES - HOUR), "rounds.1.closes"),
        (first_round(attempts=AttemptsRule(limit=3)), "rounds.1.attempts"),
        (first_round(time_limit=HOUR), "rounds.1.time"),
        (first_round(draws=(Draw("nq02", 20),)), "rounds.1.paper"),
        (first_round(right_mark=50), "rounds.1.marks.right"),
        (first_board(order=(TieBreak.MARKS,)), "standings.1.order"),
        (replace(OLD, boards=OLD.boards[1:]), "standings"),
    ],
)
def test_what_decides_the_results_may_not(new, path):
    assert list(fixed_changes(OLD, new)) == [path]
