from dataclasses import replace
from datetime import timedelta

import pytest

from quizapp.rules.contest_rules import (
    BoardRules,
    DivisionRules,
    EntrantsRule,
    OnlyIf,
    PrizeRules,
    PublishRule,
    Weight,
    usual_boards,
)
from quizapp.rules.contradictions import contradictions
from quizapp.rules.round_rules import (
    AttemptsRule,
    EssayRule,
    PracticeRule,
    PredictionRule,
    ShowRule,
    Sittings,
)
from quizapp.vocabulary import (
    Counting,
    EntrantRole,
    IdentityField,
    LimitPer,
    Measure,
    PredictionTarget,
    ShownWhen,
    StandingsOf,
    TieBreak,
    UnionKind,
    Weekday,
)
from tests.rules.contest import CLOSES, OPENS, contest_rules, round_rules

HOUR = timedelta(hours=1)
PEOPLE = BoardRules("ca-nhan", "Cá nhân", StandingsOf.PEOPLE)
UNIONS = BoardRules("don-vi", "Đơn vị", StandingsOf.UNIONS)
GUESS = PredictionRule(PredictionTarget.ALL_RIGHT, "Bao nhiêu?")
ESSAY = EssayRule("Viết", 500)
GUESSED_FIRST = (TieBreak.MARKS, TieBreak.PREDICTION)
A, B = (DivisionRules(key, f"Bảng {key}") for key in "AB")
NHAT = PrizeRules("nhat", "Giải Nhất", "ca-nhan")


def found(rules):
    return [(each.path, each.is_error) for each in contradictions(rules)]


def of_round(**changed):
    only = round_rules(**changed)
    return found(contest_rules(only, boards=usual_boards([only])))


def of_board(board, *rounds, **changed):
    return found(contest_rules(*rounds, boards=(board,), **changed))


def of_divisions(*divisions):
    return found(contest_rules(divisions=divisions))


def test_the_usual_contest_contradicts_itself_in_nothing():
    assert found(contest_rules()) == []
    assert found(contest_rules(boards=(PEOPLE, UNIONS), prizes=(NHAT,), divisions=(replace(A, units=("X",)), B))) == []


@pytest.mark.parametrize(
    ("prize", "path"),
    [
        (PrizeRules("a", "A", "khong-co"), "prizes.1.standings"),
        (PrizeRules("a", "A", "ca-nhan", counts=(("A", "1"),)), "prizes.1.count"),
        (PrizeRules("a", "A", "chia", counts=(("A", "1"), ("C", "1"))), "prizes.1.count.C"),
    ],
)
def test_a_prize_is_for_a_board_and_divisions_that_there_are(prize, path):
    divided = replace(PEOPLE, key="chia", by_division=True)
    divisions = (replace(A, units=("X",)), B)
    rules = contest_rules(boards=(PEOPLE, divided), divisions=divisions, prizes=(prize,))
    assert found(rules) == [(path, True)]


def test_a_board_by_division_needs_divisions():
    assert of_board(replace(PEOPLE, by_division=True)) == [("standings.1.by_division", True)]


def test_a_guess_orders_only_the_board_of_one_round_that_asks_it():
    one, other = round_rules(prediction=GUESS), round_rules("tuan-2", prediction=GUESS)
    board = replace(PEOPLE, order=GUESSED_FIRST)
    assert of_board(replace(board, rounds=("tuan-1",)), one, other) == []
    assert of_board(board, one, other) == [("standings.1.order", True)]
    assert of_board(board, round_rules()) == [("standings.1.order", True)]


def test_what_stands_after_the_instant_of_handing_in_is_told_to_decide_nothing():
    order = (TieBreak.MARKS, TieBreak.SUBMITTED_AT, TieBreak.SECONDS)
    assert of_board(replace(PEOPLE, order=order)) == [("standings.1.order", False)]


def test_prizes_of_unions_do_not_make_winners():
    by_winners = replace(UNIONS, measure=Measure.WINNERS)
    won = replace(NHAT, board="don-vi")
    assert of_board(by_winners) == [("standings.1.measure", True)]
    assert found(contest_rules(boards=(by_winners, PEOPLE), prizes=(won,))) == [("standings.1.measure", True)]
    assert found(contest_rules(boards=(by_winners, PEOPLE), prizes=(NHAT,))) == []
    weighted = replace(UNIONS, weights=(Weight(Measure.WINNERS, 100),))
    assert of_board(weighted) == [("standings.1.weights", True)]
    assert of_board(replace(UNIONS, union_order=(Measure.WINNERS,))) == [("standings.1.order", True)]


def test_the_measure_again_is_told_to_decide_nothing():
    assert of_board(replace(UNIONS, measure=Measure.SUM, union_order=(Measure.SUM,))) == [("standings.1.order", False)]


def test_a_board_of_unions_is_told_that_nobody_is_asked_for_the_union():
    identity = (IdentityField.FULL_NAME, IdentityField.PHONE)
    assert of_board(UNIONS, identity=identity) == [("standings.1.of", False)]


@pytest.mark.parametrize(
    ("least", "counted", "is_reached"),
    [(2000, Counting.BEST, True), (2001, Counting.BEST, False), (2001, Counting.SUM, True)],
)
def test_a_least_mark_is_one_that_can_be_reached(least, counted, is_reached):
    rules = round_rules(attempts=AttemptsRule(2, counted=counted))
    wanted = [] if is_reached else [("standings.1.only_if.min_mark", True)]
    assert of_board(replace(PEOPLE, only_if=OnlyIf(least_mark=least)), rules) == wanted


def test_a_mean_must_be_over_less_than_the_highest_mark():
    def over(mark):
        return of_board(replace(UNIONS, only_if=OnlyIf(mean_over=mark)), round_rules())

    assert (over(1999), over(2000)) == ([], [("standings.1.only_if.mean_marks_over", True)])


def test_nobody_has_everything_right_where_nothing_is_asked():
    board = replace(PEOPLE, only_if=OnlyIf(all_right=True))
    assert of_board(board, round_rules(draws=(), essay=ESSAY)) == [("standings.1.only_if.all_right", True)]


@pytest.mark.parametrize(
    ("divisions", "path"),
    [
        ((replace(A, units=("X",)), replace(B, units=("X",))), "divisions.2"),
        ((A, replace(B, units=("X",))), "divisions.2"),
        ((replace(A, units=("X", "Y")), replace(B, units=("X",), roles=(EntrantRole.OFFICER,))), "divisions.2"),
        ((replace(A, kinds=(UnionKind.SECTOR,)), replace(B, units=("X",))), None),
        ((replace(A, units=("X",)), replace(B, units=("X", "Y"))), None),
        ((replace(A, chosen=True), replace(B, chosen=True)), None),
        ((replace(A, chosen=True), B), None),
        ((A, replace(B, chosen=True)), "divisions.2"),
    ],
)
def test_a_division_gets_those_that_no_earlier_one_took(divisions, path):
    assert of_divisions(*divisions) == ([(path, True)] if path else [])


# The window is from Tuesday 07:00 to Sunday 24:00.
@pytest.mark.parametrize(
    ("sittings", "is_met"),
    [
        (Sittings((Weekday.TUESDAY, Weekday.SUNDAY)), True),
        (Sittings((Weekday.MONDAY, Weekday.TUESDAY)), False),
        (Sittings(), True),
        (Sittings((Weekday.TUESDAY,), ((0, 420),)), False),
        (Sittings((Weekday.TUESDAY,), ((0, 421),)), True),
        (Sittings((Weekday.SUNDAY,), ((1439, 1440),)), True),
    ],
)
def test_each_weekday_of_sittings_is_met_in_the_window(sittings, is_met):
    assert of_round(sittings=sittings) == ([] if is_met else [("rounds.1.sittings.weekdays", True)])


def test_a_weekday_may_come_only_in_the_morning_of_the_last_day():
    week = {"opens_at": OPENS + 5 * HOUR, "closes_at": OPENS + timedelta(days=7) + HOUR}  # Tuesday 12:00 to 08:00
    assert of_round(**week, sittings=Sittings((Weekday.TUESDAY,), ((420, 480),))) == []


def test_a_limit_for_each_sitting_needs_sittings():
    attempts = AttemptsRule(1, LimitPer.SITTING)
    assert of_round(attempts=attempts) == [("rounds.1.attempts.per", True)]
    assert of_round(attempts=attempts, sittings=Sittings()) == []


@pytest.mark.parametrize(
    ("limit", "wait", "is_told"), [(2, CLOSES - OPENS, True), (2, CLOSES - OPENS - HOUR, False), (1, HOUR, True)]
)
def test_a_wait_that_nobody_can_wait_is_told(limit, wait, is_told):
    attempts = AttemptsRule(limit, wait=wait)
    assert of_round(attempts=attempts) == ([("rounds.1.attempts.wait_minutes", False)] if is_told else [])


def test_practice_opens_before_it_closes_and_has_questions():
    assert of_round(practice=PracticeRule(opens_at=OPENS)) == []
    assert of_round(practice=PracticeRule(opens_at=CLOSES)) == [("rounds.1.practice.opens", True)]
    assert of_round(practice=PracticeRule(opens_at=OPENS, closes_at=OPENS)) == [("rounds.1.practice.opens", True)]
    assert of_round(draws=(), essay=ESSAY, practice=PracticeRule()) == [("rounds.1.practice", True)]


def test_a_guess_needs_questions_beside_it():
    assert of_round(draws=(), essay=ESSAY, prediction=GUESS) == [("rounds.1.prediction", True)]


def test_harsh_marks_are_told():
    assert of_round(wrong_mark=-100) == []
    assert of_round(wrong_mark=-101) == [("rounds.1.marks.wrong", False)]
    assert of_round(wrong_mark=-25, must_answer_all=True) == [("rounds.1.must_answer_all", False)]


def test_what_cannot_be_made_good_is_told_where_everything_must_be_answered():
    assert of_round(seconds_per_question=20) == []
    assert of_round(seconds_per_question=20, must_answer_all=True) == [("rounds.1.must_answer_all", False)]


def test_boards_do_not_stand_still_before_the_contest_opens():
    assert found(contest_rules(publish=PublishRule(freeze_at=OPENS - HOUR))) == [("publish.freeze_at", True)]
    assert found(contest_rules(publish=PublishRule(freeze_at=OPENS))) == []
    assert found(contest_rules(publish=PublishRule(freeze_at=CLOSES + HOUR))) == []


def test_one_may_appeal_until_after_the_last_close():
    assert found(contest_rules(appeals_until=CLOSES)) == [("appeals.until", True)]
    assert found(contest_rules(appeals_until=CLOSES + HOUR)) == []


def test_nobody_appeals_about_a_mark_that_is_never_shown():
    hidden = round_rules(show=ShowRule(result=ShownWhen.NEVER))
    told = [("appeals.until", False)]
    assert found(contest_rules(hidden, appeals_until=CLOSES + HOUR)) == told


def test_an_age_cannot_be_kept_without_asking_for_the_birth_date():
    entrants = EntrantsRule(least_age=15)
    identity = (IdentityField.FULL_NAME, IdentityField.UNIT)
    assert found(contest_rules(entrants=entrants)) == []
    assert found(contest_rules(entrants=entrants, identity=identity)) == [("identity", True)]
