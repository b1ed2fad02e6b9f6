"""Sheets as strangers make them: programs with their own headings, signatures below, keys in columns of their own."""

import pytest

from tests.formats.questions.sheet_files import FOUR, HEAD, all_told, book, reading

ONE = "single: x | *y | z | t"


@pytest.mark.parametrize(
    "head",
    [
        ["content", "optionA", "optionB", "optionC", "optionD", "correctAnswer"],
        ["Ques", "Opt A", "Opt B", "Opt C", "Opt D", "Ans"],
        ["Câu hỏi", "A", "B", "C", "D", "Câu đúng"],
    ],
)
def test_headings_of_other_programs(head):
    assert all_told(book([head, ["Hỏi gì?", *FOUR, "B"]])) == [ONE]


@pytest.mark.parametrize("title", ["Correct Answer Index (0-3)", "Correct index (0-based)", "Chỉ số đáp án (từ 0)"])
def test_a_heading_that_counts_from_zero(title):
    head = [*HEAD[:5], title]
    assert all_told(book([head, ["Một?", *FOUR, 1], ["Hai?", *FOUR, "0"]])) == [ONE, "single: *x | y | z | t"]


def test_an_index_whose_heading_counts_from_one():
    assert all_told(book([[*HEAD[:5], "Answer index (1-4)"], ["Hỏi?", *FOUR, 2]])) == [ONE]


def test_a_number_of_another_kind_in_a_heading_is_no_count():
    assert all_told(book([[*HEAD[:5], "Đáp án (10-20 câu)"], ["Hỏi?", *FOUR, 2]])) == [ONE]


@pytest.mark.parametrize("title", ["Đúng {}", "{} đúng", "is_correct_{}", "option_{}_is_correct", "Correct {}"])
def test_a_column_of_marks_for_each_option(title):
    head = ["Câu hỏi", *(each for letter in "ABCD" for each in (letter, title.format(letter)))]
    assert all_told(book([head, ["Hỏi?", "x", None, "y", "x", "z", None, "t", None]])) == [ONE]


def test_a_column_of_marks_that_holds_something_else_is_not_read():
    head = [*HEAD[:5], "Đúng A"]
    assert all_told(book([head, ["Hỏi?", *FOUR, "C"]])) == ["single: x | y | z | t ?"]


def test_a_question_that_is_written_again_beside_each_option():
    rows = [[1, "Một?", text, text == "y"] for text in FOUR] + [[2, "Hai?", text, int(text == "x")] for text in FOUR]
    found = all_told(book([["ID", "Question", "Answer", "IsCorrect"], *rows]))
    assert found == [ONE, "single: *x | y | z | t"]


def test_small_letters_before_options_below_the_question():
    found = reading(book([["Câu hỏi", "Đáp án"], ["Hỏi gì?\na) x\nb) y\nc) z", "b"]]))
    (draft,) = found.questions
    assert (draft.prompt, [option.text for option in draft.options]) == ("Hỏi gì?", ["x", "y", "z"])
    assert draft.right_texts == ("y",)


def test_signs_between_options_in_one_cell_are_no_text():
    sheet = book([["Câu hỏi", "Phương án", "Đáp án"], ["Hỏi gì?", "A. x; B. y; C. z", "B"]])
    assert all_told(sheet) == ["single: x | *y | z"]


def test_the_signature_below_a_table_is_no_question():
    below = [
        [None, None, None, None, "Gia Lai, ngày 02 tháng 3 năm 2026"],
        [None, "NGƯỜI LẬP", None, None, "TM. BAN CHẤP HÀNH"],
        [None, "(Ký, ghi rõ họ tên)", None, None, "CHỦ TỊCH"],
    ]
    found = reading(book([["STT", *HEAD], [1, "Hỏi?", *FOUR, "B"], [], *below]))
    assert ([each.prompt for each in found.questions], found.problems) == (["Hỏi?"], ())
    assert any("NGƯỜI LẬP" in each for each in found.evidence)


def test_a_question_about_a_signature_stays_a_question():
    rows = [["Hỏi?", *FOUR, "B"], ["Người lập biên bản là ai?", *FOUR, None]]
    assert [each.flagged for each in reading(book([HEAD, *rows])).questions] == [False, True]
