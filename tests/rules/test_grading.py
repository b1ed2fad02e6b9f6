import pytest

from quizapp.rules.grading import GradedSlot, Key, MarkScheme, is_answer, paper_mark, places


@pytest.mark.parametrize(
    ("answer", "shape", "fits"),
    [
        ("4", "s4", True),
        ("5", "s4", False),
        ("0", "s4", False),
        ("1,2", "s4", False),
        ("1,2", "m4", True),
        ("2,2", "m4", False),
        ("1,5", "m4", False),
        ("", "s4", True),
        (None, "s4", True),
        ("-1", "s4", False),
        ("1 ", "s4", False),
        ("²", "s4", False),
        ("٣", "s4", False),
        ("1" * 5000, "s4", False),
        ("Hà Nội", "t200", True),
        ("x" * 201, "t200", False),
        ("a\x00b", "t200", False),
        ("a\ud800", "t200", False),
    ],
)
def test_an_answer_names_places_of_its_slot(answer, shape, fits):
    assert is_answer(answer, shape) is fits


def test_a_chosen_place_is_judged_through_the_order_in_which_options_were_shown():
    slot = GradedSlot(number=1, option_order=(2, 0, 1), key=Key(frozenset({0})))
    assert paper_mark([slot], {1: "2"}, MarkScheme(100)) == 100
    assert paper_mark([slot], {1: "1"}, MarkScheme(100)) == 0


def test_of_several_right_options_all_must_be_chosen_and_no_other():
    slot = GradedSlot(number=1, option_order=(0, 1, 2, 3), key=Key(frozenset({0, 1})))
    marks = [paper_mark([slot], {1: answer}, MarkScheme(50)) for answer in ("1,2", "1", "1,2,3", None)]
    assert marks == [50, 0, 0, 0]


def test_blank_and_missing_responses_give_nothing():
    slots = [GradedSlot(number=n, option_order=(0, 1), key=Key(frozenset({0}))) for n in (1, 2, 3)]
    assert paper_mark(slots, {1: "1", 2: ""}, MarkScheme(100)) == 100


def test_places_of_a_cleared_answer_are_none():
    assert places(None) == places("") == frozenset()
