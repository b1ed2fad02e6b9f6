"""The key of a question in a sheet: read as it was meant, or the question is flagged and nothing of it is right."""

from datetime import date

import pytest
from openpyxl.styles import Font, PatternFill

from tests.formats.questions.sheet_files import FOUR, HEAD, all_told, book, reading

YELLOW = PatternFill("solid", fgColor="FFFF00")


def key(value, options=FOUR):
    (shown,) = all_told(book([HEAD, ["Hỏi gì?", *options, *[None] * (4 - len(options)), value]]))
    return shown


@pytest.mark.parametrize(
    "value",
    [
        "A",
        "a",
        "A.",
        "(A)",
        "A)",
        "Đáp án A",
        "đáp án: A",
        "Phương án A",
        "Câu A",
        1,
        "1",
        "1.0",
        "А",
        "x",
        "X.",
        "A. x",
    ],
)
def test_one_option_by_letter_number_or_text(value):
    assert key(value) == "single: *x | y | z | t"


@pytest.mark.parametrize(
    "value",
    ["A,C", "A, C", "A;C", "AC", "A và C", "A C", "C, A", "A & C", "1,3", "1;3", 1.3, "x; z", "x, z", "x\nz", "1 và 3"],
)
def test_several_options(value):
    assert key(value) == "multiple: *x | y | *z | t"


@pytest.mark.parametrize(
    "value",
    [
        None,
        "E",
        5,
        0,
        "A hoặc C",
        "A/C",
        "A-C",
        "Cả A và B",
        "tất cả",
        "AA",
        "A. y",
        "A. khác",
        "?",
        True,
        "Đ",
        1.1,
        1.5,
        13,
        "A, 3",
    ],
)
def test_a_key_that_is_not_clear_makes_nothing_right(value):
    assert key(value) == "single: x | y | z | t ?"


def test_a_key_that_the_spreadsheet_made_a_day_is_not_guessed():
    assert key(date(2026, 3, 1)) == "single: x | y | z | t ?"


def test_a_number_that_is_the_place_of_one_option_and_the_text_of_another_is_not_guessed():
    assert key(3, ["2", "3", "4", "5"]) == "single: 2 | 3 | 4 | 5 ?"
    assert key(2, ["1", "2", "3", "4"]) == "single: 1 | *2 | 3 | 4"
    assert key(20, [10, 20, 30, 40]) == "single: 10 | *20 | 30 | 40"
    assert key(1.3, ["1,3", "2", "3", "4"]) == "single: 1,3 | 2 | 3 | 4 ?"
    assert key("B", ["B", "A", "C", "D"]) == "single: B | A | C | D ?"


def test_a_text_that_two_options_share_is_not_guessed():
    assert key("x", ["x", "X", "z", "t"]) == "single: x | X | z | t ?"


def test_letters_count_columns_and_not_the_options_that_are_filled():
    assert key("D", ["x", None, "z", "t"]) == "single: x | z | *t"
    assert key("B", ["x", None, "z", "t"]) == "single: x | z | t ?"
    assert key(3, ["x", None, "z", "t"]) == "single: x | z | t ?"


def test_labels_before_the_options_are_taken_off_and_must_fit_their_columns():
    assert key("B", ["A. x", "B. y", "C. z", "D. t"]) == "single: x | *y | z | t"
    assert key("B", ["B. x", "A. y", "C. z", "D. t"]) == "single: x | y | z | t ?"


def test_a_zero_anywhere_leaves_open_where_counting_begins():
    rows = [HEAD, ["Một?", *FOUR, 0], ["Hai?", *FOUR, 1], ["Ba?", *FOUR, "C"]]
    assert all_told(book(rows)) == ["single: x | y | z | t ?", "single: x | y | z | t ?", "single: x | y | *z | t"]


def test_an_index_is_believed_only_where_it_counts_from_one():
    head = ["question", "option1", "option2", "option3", "option4", "correct_index"]
    assert all_told(book([head, ["Một?", *FOUR, 1]])) == ["single: x | y | z | t ?"]
    assert all_told(book([head, ["Một?", *FOUR, 1], ["Hai?", *FOUR, 4]]))[0] == "single: *x | y | z | t"


def test_two_columns_of_keys_must_agree():
    head = ["Câu hỏi", "A", "B", "Đáp án", "Đáp án đúng"]
    rows = [head, ["Một?", "x", "y", "A", "B"], ["Hai?", "x", "y", "A", "x"], ["Ba?", "x", "y", None, "B"]]
    assert all_told(book(rows)) == ["single: x | y ?", "single: *x | y", "single: x | *y"]


def test_statements_that_are_ticked_as_true_or_false():
    rows = [["STT", "Nhận định", "Đúng", "Sai"], [1, "Một", "x", None], [2, "Hai", None, "x"], [3, "Ba", "x", "x"]]
    assert all_told(book(rows)) == ["true_false: *Đúng | Sai", "true_false: Đúng | *Sai", "true_false: Đúng | Sai ?"]


def test_a_number_for_true_and_false_needs_true_first():
    head = ["Câu hỏi", "A", "B", "Đáp án"]
    rows = [head, ["Một", "Sai", "Đúng", 1], ["Hai", "Đúng", "Sai", 1]]
    assert all_told(book(rows)) == ["true_false: Đúng | Sai ?", "true_false: *Đúng | Sai"]


def test_true_and_false():
    head = ["Câu hỏi", "A", "B", "Đáp án"]
    rows = [
        ["Đúng", "Sai", "A"],
        ["Sai", "Đúng", "A"],
        ["Sai", "Đúng", "Đúng"],
        [True, False, False],
        ["True", "False", "S"],
        ["Đúng", "Sai", None],
    ]
    assert all_told(book([head, *(["Hỏi " + "i" * n, *row] for n, row in enumerate(rows))])) == [
        "true_false: *Đúng | Sai",
        "true_false: Đúng | *Sai",
        "true_false: *Đúng | Sai",
        "true_false: Đúng | *Sai",
        "true_false: Đúng | *Sai",
        "true_false: Đúng | Sai ?",
    ]


def test_statements_without_options():
    rows = [["Nhận định", "Đúng/Sai"], ["Một", "Đ"], ["Hai", "Sai"], ["Ba", True], ["Bốn", "D"]]
    assert all_told(book(rows))[:3] == ["true_false: *Đúng | Sai", "true_false: Đúng | *Sai", "true_false: *Đúng | Sai"]
    assert all_told(book(rows))[3].endswith("?")
    assert all_told(book([["Nhận định", "Đúng/Sai"], ["Một", 1], ["Hai", 0]])) == [
        "true_false: *Đúng | Sai",
        "true_false: Đúng | *Sai",
    ]


def test_an_option_that_alone_stands_out_is_the_key():
    def mark(sheet):
        sheet["B2"].fill = YELLOW
        sheet["C3"].font = Font(bold=True)
        sheet["D4"].font = Font(color="FFFF0000")
        sheet["B4"].font = Font(bold=True)

    rows = [["Câu hỏi", "A", "B", "C"], *([f"Hỏi {n}?", "x", "y", "z"] for n in "abcd")]
    assert all_told(book(rows, mark)) == [
        "single: *x | y | z",
        "single: x | *y | z",
        "single: x | y | z ?",
        "single: x | y | z ?",
    ]


def test_looks_that_contradict_the_column_of_keys_are_told():
    def mark(sheet):
        sheet["C2"].fill = YELLOW
        sheet["B3"].fill = YELLOW

    found = reading(book([HEAD, ["Một?", *FOUR, "A"], ["Hai?", *FOUR, "A"]], mark)).questions
    assert [draft.flagged for draft in found] == [True, False]
    assert "ô đáp án ghi “A” chỉ A, định dạng của ô chỉ B" in found[0].why
    assert found[0].right_texts == ()


def test_a_column_that_is_bold_throughout_is_no_key():
    def mark(sheet):
        for row in (2, 3, 4):
            sheet[f"B{row}"].font = Font(bold=True)

    rows = [["Câu hỏi", "A", "B"], *([f"Hỏi {n}?", "x", "y"] for n in "abc")]
    assert all_told(book(rows, mark)) == ["single: x | y ?"] * 3
    assert all_told(book([[*rows[0], "Đáp án"], *([*row, "B"] for row in rows[1:])], mark)) == ["single: x | *y"] * 3


def test_a_star_before_one_option_is_the_key():
    rows = [["Câu hỏi", "A", "B", "C"], ["Một?", "*x", "y", "z"], ["Hai?", "*x", "*y", "z"], ["Ba?", "*x", "*y", "*z"]]
    assert all_told(book(rows))[:2] == ["single: *x | y | z", "single: x | y | z ?"]
    assert all_told(book(rows))[2].endswith("?")


def test_twins_are_flagged_and_both_when_their_keys_differ():
    found = reading(
        book(
            [
                HEAD,
                ["Hỏi?", *FOUR, "A"],
                ["hỏi?", *FOUR, "A"],
                ["HỎI?", *FOUR, "B"],
                ["Hỏi?", "x", "y", "z", "khác", "B"],
            ]
        )
    )
    assert [draft.flagged for draft in found.questions] == [True, True, True, False]
    assert "đáp án khác nhau" in found.questions[0].why
    assert found.questions[1].why == "trùng câu ở vị trí 1 trong tệp"


def test_the_kind_that_is_written_must_fit_the_key():
    head = ["Câu hỏi", "Loại câu", "A", "B", "C", "Đáp án"]
    rows = [
        ["Một", "Nhiều đáp án", "x", "y", "z", "A"],
        ["Hai", "Một đáp án", "x", "y", "z", "A,B"],
        ["Ba", "Trắc nghiệm", "x", "y", "z", "A,C"],
        ["Bốn", "Tự luận", None, None, None, "Gợi ý; dài"],
        ["Năm", "Trả lời ngắn", None, None, None, "Hà Nội; Thăng Long"],
        ["Sáu", "Số", None, None, None, 3.14],
        ["Bảy", "Số", None, None, None, "1.000"],
        ["Tám", None, None, None, None, "A"],
    ]
    assert all_told(book([head, *rows])) == [
        "multiple: *x | y | z",
        "single: x | y | z ?",
        "multiple: *x | y | *z",
        "essay: Gợi ý; dài",
        "short: Hà Nội / Thăng Long",
        "number: 3.14",
        "number:  ?",
        "single:  ?",
    ]


def test_kinds_that_cannot_be_had_are_named_and_never_turned_into_others():
    found = reading(
        book(
            [["Câu hỏi", "Loại", "A", "B", "Đáp án"], ["Một", "Ghép đôi", "x", "y", "A"], ["Hai", "TN", "x", "y", "A"]]
        )
    )
    assert [(each.n, each.where) for each in found.problems] == [(1, "trang tính “Trang 1”, dòng 2")]
    assert [draft.n for draft in found.questions] == [2]
