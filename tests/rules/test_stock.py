from quizapp.rules.round_rules import Draw
from quizapp.rules.stock import Sort, shortages
from quizapp.vocabulary import Level

EASY, HARD = Level.EASY, Level.HARD
STOCK = {
    Sort("luat", "luong", EASY): 4,
    Sort("luat", "luong", EASY, frozenset({"moi"})): 1,
    Sort("luat", "luong", HARD): 3,
    Sort("luat", "nghi", EASY, frozenset({"moi", "kho"})): 2,
    Sort("nq", "chung", EASY): 4,
}


def short(*draws):
    return sorted(shortages(draws, STOCK))


def test_exactly_enough_is_enough():
    assert short(Draw("luat", 10), Draw("nq", 4)) == []
    assert short(Draw("luat", 11)) == [(0, 10)]


def test_a_bank_or_topic_that_is_not_there_has_nothing():
    assert short(Draw("khac", 1), Draw("luat", 1, "khac")) == [(0, 0), (1, 0)]


def test_a_wide_draw_has_what_the_narrow_ones_leave_in_whatever_order_they_stand():
    assert short(Draw("luat", 6), Draw("luat", 4, "luong", EASY)) == []
    assert short(Draw("luat", 7), Draw("luat", 4, "luong", EASY)) == [(0, 6)]


def test_draws_that_cross_may_take_from_each_other():
    # The topic's draw may take all five easy ones, which leaves the level's draw two.
    assert short(Draw("luat", 5, "luong"), Draw("luat", 3, level=EASY)) == [(1, 2)]


def test_draws_that_do_not_meet_take_nothing_from_each_other():
    assert short(Draw("luat", 8, "luong"), Draw("luat", 2, "nghi")) == []


def test_a_tag_narrows_a_draw_and_chooses_before_wide_ones():
    assert short(Draw("luat", 3, tag="moi")) == []
    assert short(Draw("luat", 4, tag="moi"), Draw("luat", 1, tag="khong")) == [(0, 3), (1, 0)]
    assert short(Draw("luat", 7), Draw("luat", 3, tag="moi")) == []
    assert short(Draw("luat", 8), Draw("luat", 3, tag="moi")) == [(0, 7)]
