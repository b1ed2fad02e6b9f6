import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules.grading import GradedSlot, Key, MarkScheme, paper_mark
from quizapp.rules.typed_answers import TypedKey, comparable, readings


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("15", {"15"}),
        (" 15 ", {"15"}),
        ("0,5", {"0.5"}),
        (",5", {"0.5"}),
        ("+3", {"3"}),
        ("−3", {"-3"}),
        ("30%", {"30"}),
        ("1 200", {"1200"}),
        ("1.200", {"1200", "1.2"}),
        ("1.200,5", {"1200.5"}),
        ("1,200.5", {"1200.5"}),
        ("1.060.438", {"1060438"}),
        ("12.3456", {"12.3456"}),
        ("１５", {"15"}),
        ("15 ngày", set()),
        ("mười lăm", set()),
        ("1,2,3", set()),
        ("1e3", set()),
        ("٣", set()),
        ("", set()),
        (".", set()),
        ("9" * 200, set()),
    ],
)
def test_a_typed_number_is_read_as_people_write_numbers(typed, numbers):
    assert readings(typed) == {Decimal(each) for each in numbers}


@given(st.decimals(min_value=-99_999, max_value=99_999, places=2))
def test_a_number_is_read_back_with_point_or_comma(value):
    assert value in readings(str(value))
    assert value in readings(str(value).replace(".", ","))


def test_a_number_is_right_up_to_its_tolerance():
    key = TypedKey(("12.5",), is_number=True, tolerance="0.5")
    assert [key.accepts(each) for each in ("12", "13,0", "11,99", "13.01", "12.5%", "khoảng 12")] == [
        *(True, True, False, False, True, False)
    ]


@pytest.mark.parametrize("typed", ["Hoà bình", "hòa bình.", " HÒA   BÌNH ", "“Hòa bình”", "ho\u0300a bi\u0300nh"])
def test_blanks_case_ends_and_the_place_of_a_tone_do_not_count(typed):
    assert TypedKey(("Hòa bình",)).accepts(typed)


def test_what_is_right_is_told_as_people_write_it():
    assert TypedKey(("12.5",), is_number=True, tolerance="0.5").told == "12,5 ± 0,5"
    assert TypedKey(("TP. Huế", "Huế"), tolerance="0").told == "TP. Huế; Huế"


@pytest.mark.parametrize("typed", ["hoa binh", "hóa bình", "Hòa", "hòa bình nhé", ""])
def test_another_word_is_wrong(typed):
    assert not TypedKey(("Hòa bình",)).accepts(typed)


def test_the_author_says_whether_accents_and_case_matter():
    assert TypedKey(("Đà Nẵng",), accents_matter=False).accepts("da nang")
    strict = TypedKey(("ILO",), case_matters=True)
    assert (strict.accepts("ILO"), strict.accepts("ilo")) == (True, False)


def test_every_accepted_spelling_is_right():
    key = TypedKey(("Nguyễn Văn Linh", "Đồng chí Nguyễn Văn Linh"))
    assert all(key.accepts(each) for each in key.accepted)


@given(st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầểỗợữỳ 0123456789", max_size=60))
def test_case_and_composition_never_count(text):
    for accents in (True, False):
        compared = comparable(text, case_matters=False, accents_matter=accents)
        twin = f"  {unicodedata.normalize('NFD', text.upper())}. "
        assert comparable(twin, case_matters=False, accents_matter=accents) == compared


def test_a_paper_counts_typed_answers_beside_chosen_ones():
    slots = [
        GradedSlot(1, (1, 0), Key(frozenset({0}))),
        GradedSlot(2, (), Key(typed=TypedKey(("8",), is_number=True))),
        GradedSlot(3, (), Key(typed=TypedKey(("Hà Nội",)))),
    ]
    assert paper_mark(slots, {1: "2", 2: "8 ", 3: "hà nội"}, MarkScheme(50)) == 150
    assert paper_mark(slots, {1: "1", 2: "9", 3: None}, MarkScheme(50)) == 0
