from dataclasses import fields, replace
from datetime import timedelta

import pytest

from quizapp.rules import amending
from quizapp.rules.amending import fixed_changes
from quizapp.rules.contest_rules import (
    BoardRules,
    ContestRules,
    DivisionRules,
    EntrantsRule,
    EntryRule,
    OnlyIf,
    PrizeRules,
    PublishRule,
    Weight,
)
from quizapp.rules.round_rules import (
    AttemptsRule,
    Draw,
    EssayRule,
    FixedPaper,
    PracticeRule,
    PredictionRule,
    QuestionRef,
    RoundRules,
    ShowRule,
    Sittings,
)
from quizapp.vocabulary import (
    BoardWhen,
    Combine,
    IdentityField,
    Measure,
    MultipleMarks,
    OnePrize,
    OnTie,
    PredictionTarget,
    PrizeBy,
    Resolution,
    ShownWhen,
    TieBreak,
    WordUnit,
)
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


PAPER = FixedPaper("de-1", "Đề 1", (QuestionRef("luat", "c1"),))
DIVISION = DivisionRules("A", "Bảng A", units=("X",))
PRIZE = PrizeRules("nhat", "Giải Nhất", "ca-nhan")


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
        replace(OLD, target_rate=95_00),
        replace(OLD, appeals_until=CLOSES + HOUR),
        replace(OLD, publish=PublishRule(freeze_at=CLOSES)),
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
        (first_round(sittings=Sittings()), "rounds.1.sittings"),
        (first_round(seconds_per_question=60), "rounds.1.time.seconds_per_question"),
        (first_round(papers=(PAPER,)), "rounds.1.papers"),
        (first_round(chooses_paper=True), "rounds.1.choose_paper"),
        (first_round(avoid_seen=True), "rounds.1.avoid_seen"),
        (first_round(must_answer_all=True), "rounds.1.must_answer_all"),
        (first_round(wrong_mark=-25), "rounds.1.marks.wrong"),
        (first_round(multiple=MultipleMarks.PARTIAL), "rounds.1.marks.multiple"),
        (first_round(scale_to=1000), "rounds.1.marks.scale_to"),
        (first_round(prediction=PredictionRule(PredictionTarget.ALL_RIGHT, "?")), "rounds.1.prediction"),
        (first_round(practice=PracticeRule()), "rounds.1.practice"),
        (replace(OLD, entrants=EntrantsRule(least_age=15)), "audience"),
        (replace(OLD, identity=(IdentityField.FULL_NAME,)), "identity"),
        (replace(OLD, divisions=(DivisionRules("A", "Bảng A"),)), "divisions"),
        (replace(OLD, prizes=(PRIZE,)), "prizes"),
        (replace(OLD, one_prize=OnePrize.NO), "one_prize_per_person"),
        (first_board(by_division=True), "standings.1.by_division"),
        (first_board(only_if=OnlyIf(all_right=True)), "standings.1.only_if"),
        (first_board(top_k=5), "standings.1.top_k"),
        (first_board(weights=(Weight(Measure.SUM, 100),)), "standings.1.weights"),
        (first_board(union_order=(Measure.SUM,)), "standings.1.order"),
        (first_board(order=(TieBreak.MARKS,)), "standings.1.order"),
        (replace(OLD, boards=OLD.boards[1:]), "standings"),
    ],
)
def test_what_decides_the_results_may_not(new, path):
    assert list(fixed_changes(OLD, new)) == [path]


def test_titles_of_papers_divisions_and_prizes_and_what_prizes_are_worth_may_change():
    old = replace(first_round(papers=(PAPER,)), divisions=(DIVISION,), prizes=(PRIZE,))
    renamed = replace(old.rounds[0], papers=(replace(PAPER, title="Đề số một"),))
    new = replace(
        old,
        rounds=(renamed, old.rounds[1]),
        divisions=(replace(DIVISION, title="Khối A"),),
        prizes=(replace(PRIZE, title="Nhất", value_vnd=5_000_000),),
    )
    assert list(fixed_changes(old, new)) == []


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"board": "khac"}, "standings"),
        ({"count": 2}, "count"),
        ({"counts": (("A", "1"),)}, "count"),
        ({"by": PrizeBy.LOT}, "by"),
        ({"on_tie": OnTie.ALL}, "on_tie"),
        ({"is_side": True}, "side"),
    ],
)
def test_who_gets_a_prize_does_not_change(changed, key):
    old = replace(OLD, prizes=(PRIZE,))
    assert list(fixed_changes(old, replace(OLD, prizes=(replace(PRIZE, **changed),)))) == [f"prizes.1.{key}"]


@pytest.mark.parametrize(
    ("changed", "key"), [({"units": ("Y",)}, "units"), ({"chosen": True}, "chosen"), ({"roles": ("can_bo",)}, "roles")]
)
def test_who_belongs_to_a_division_does_not_change(changed, key):
    old = replace(OLD, divisions=(DIVISION,))
    assert list(fixed_changes(old, replace(OLD, divisions=(replace(DIVISION, **changed),)))) == [f"divisions.1.{key}"]


@pytest.mark.parametrize(
    ("rules", "fixed", "otherwise"),
    [
        (ContestRules, amending.CONTEST, "slug title rounds boards publish divisions prizes target_rate appeals_until"),
        (RoundRules, amending.ROUND, "key title closes_at show essay papers"),
        (EssayRule, amending.ESSAY, "giving feedback appeals_until"),
        (BoardRules, amending.BOARD, "key title"),
        (DivisionRules, amending.DIVISION, "key title"),
        (PrizeRules, amending.PRIZE, "key title value_vnd"),
    ],
)
def test_of_every_rule_it_is_decided_whether_it_is_fixed(rules, fixed, otherwise):
    assert {each.name for each in fields(rules)} == {*fixed, *otherwise.split()}
