from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from quizapp.errors import NotEnoughQuestions
from quizapp.rules.drawing import Candidate, draw, shape
from quizapp.rules.round_rules import AttemptsRule, Draw, RoundRules
from quizapp.vocabulary import Level, Order, QuestionKind

NOON = datetime(2026, 12, 1, 5, tzinfo=UTC)


def candidates(count, *, first=1, topic="chung", level=Level.EASY, kind=QuestionKind.SINGLE, pinned=frozenset()):
    return [Candidate(first + n, kind, topic, level, 4, pinned) for n in range(count)]


def rules(*draws, **changed):
    return RoundRules(
        **{
            "key": "t1",
            "title": "",
            "opens_at": NOON,
            "closes_at": NOON + timedelta(days=1),
            "attempts": AttemptsRule(limit=1),
            "time_limit": timedelta(minutes=20),
            "draws": draws,
        }
        | changed
    )


def test_the_same_seed_draws_the_same_paper():
    banks = {"a": candidates(50)}
    assert draw(rules(Draw("a", 20)), banks, "seed") == draw(rules(Draw("a", 20)), banks, "seed")
    assert draw(rules(Draw("a", 20)), banks, "seed") != draw(rules(Draw("a", 20)), banks, "other")


def test_no_question_comes_twice_even_when_quotas_overlap():
    banks = {"a": candidates(5, topic="x") + candidates(5, first=6)}
    slots = draw(rules(Draw("a", 5), Draw("a", 5, topic="x")), banks, "seed")
    assert len({slot.version_id for slot in slots}) == 10


def test_quotas_of_topic_and_level_are_kept():
    hard = candidates(9, topic="x", level=Level.HARD)
    banks = {"a": hard + candidates(9, first=10) + candidates(9, first=19, topic="x")}
    slots = draw(rules(Draw("a", 3, topic="x", level=Level.HARD), Draw("a", 2, topic="x")), banks, "s")
    assert sum(slot.version_id <= 9 for slot in slots) >= 3
    assert not any(10 <= slot.version_id < 19 for slot in slots)


def test_too_small_a_bank_is_named():
    with pytest.raises(NotEnoughQuestions, match="“a” chỉ còn 4 câu"):
        draw(rules(Draw("a", 5)), {"a": candidates(4)}, "s")


def test_fixed_order_is_the_order_of_the_bank():
    fixed = {"question_order": Order.FIXED, "option_order": Order.FIXED}
    slots = draw(rules(Draw("a", 10), **fixed), {"a": candidates(10)}, "s")
    assert [slot.version_id for slot in slots] == list(range(1, 11))
    assert {slot.option_order for slot in slots} == {(0, 1, 2, 3)}


def test_a_pinned_option_keeps_its_place():
    slots = draw(rules(Draw("a", 30)), {"a": candidates(30, pinned=frozenset({3}))}, "s")
    assert {slot.option_order[3] for slot in slots} == {3}
    assert len({slot.option_order for slot in slots}) > 1


def test_each_option_comes_first_about_equally_often():
    papers = [draw(rules(Draw("a", 1)), {"a": candidates(1)}, f"seed{n}") for n in range(2000)]
    firsts = Counter(paper[0].option_order[0] for paper in papers)
    assert all(400 < firsts[position] < 600 for position in range(4))


def test_the_shape_tells_what_an_answer_may_be():
    fixed = {"question_order": Order.FIXED}
    banks = {"a": candidates(1) + candidates(1, first=2, kind=QuestionKind.MULTIPLE)}
    assert shape(draw(rules(Draw("a", 2), **fixed), banks, "s")) == "s4 m4"


def test_a_tag_narrows_a_draw():
    tagged = [Candidate(n, QuestionKind.SINGLE, "chung", Level.EASY, 4, tags=frozenset({"an-toan"})) for n in (8, 9)]
    slots = draw(rules(Draw("a", 5), Draw("a", 2, tag="an-toan")), {"a": candidates(5) + tagged}, "s")
    assert {8, 9} <= {slot.version_id for slot in slots}


def test_questions_are_shuffled_inside_their_section_only():
    draws = (Draw("b", 9, section="Phần I"), Draw("a", 9, topic="chung", section="Phần II"))
    slots = draw(rules(*draws), {"a": candidates(9), "b": candidates(9, first=10)}, "s")
    assert [slot.section for slot in slots] == ["Phần I"] * 9 + ["Phần II"] * 9
    assert [slot.version_id for slot in slots[:9]] != sorted(slot.version_id for slot in slots[:9])


def test_seen_questions_fill_up_only_what_is_missing():
    slots = draw(rules(Draw("a", 5)), {"a": candidates(7)}, "s", seen={1, 2, 3, 4})
    assert {5, 6, 7} < {slot.version_id for slot in slots}
