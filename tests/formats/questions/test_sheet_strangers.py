"""Sheets as strangers make them: programs with their own headings, signatures below, keys in columns of their own."""

import io
from datetime import timedelta

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.drawing.image import Image
from PIL import Image as Drawn

from tests.formats.questions.sheet_files import FOUR, HEAD, all_told, book, reading, refusal

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


@pytest.mark.parametrize(
    "rows",
    [
        [["Câu 1. Hỏi gì?"], ["A. x"], ["B. y"], ["C. z"], ["D. t"], ["Đáp án: B"]],
        [
            ["STT", "Nội dung"],
            [1, "Hỏi gì?"],
            *([None, f"{a}. {b}"] for a, b in zip("ABCD", FOUR, strict=True)),
            ["Đáp án: B"],
        ],
        [["Câu hỏi"], ["Câu 1: Hỏi gì?\nA. x\nB. y\nC. z\nD. t\nĐáp án: B"]],
        [["Câu 1", "Hỏi gì?"], *([a, b] for a, b in zip("ABCD", FOUR, strict=True)), ["Đáp án: B"]],
    ],
)
def test_a_sheet_that_is_written_like_a_page_is_read_like_one(rows):
    assert all_told(book(rows)) == [ONE]


def test_a_red_line_within_a_cell_is_the_key():
    red = TextBlock(InlineFont(color="FFFF0000"), "B. y\n")

    def paint(sheet):
        sheet["A2"] = CellRichText("Một?\nA. x\n", red, "C. z\nD. t")
        sheet["A3"] = CellRichText("Hai?\nA. x\n", red, "C. z\nD. t")

    assert all_told(book([["Câu hỏi"], ["-"], ["-"]], paint)) == [ONE, ONE]


def test_rows_that_hold_more_than_a_line_are_not_read_as_a_page():
    assert "tiêu đề" in refusal(book([["Hỏi gì?", "A. x", "B. y", "B"], ["Hỏi nữa?", "A. x", "B. y", "A"]]))


UNKEYED = [["STT", *HEAD[:5]], [1, "Một?", *FOUR], [2, "Hai?", *FOUR], [3, "Ba?", *FOUR]]
KEYED = [ONE, "single: x | y | *z | t", "single: *x | y | z | t"]


@pytest.mark.parametrize(
    "below",
    [
        [["BẢNG ĐÁP ÁN"], [1, "B"], [2, "C"], [3, "A"]],
        [["Câu", 1, 2, 3], ["Đáp án", "B", "C", "A"]],
        [[3, "A"], [1, "b"], [2, "C."]],
    ],
)
def test_keys_by_number_below_the_questions_and_on_a_sheet_of_their_own(below):
    def elsewhere(sheet):
        other = sheet.parent.create_sheet("Đáp án")
        for row in below:
            other.append(row)

    assert all_told(book([*UNKEYED, [], *below])) == KEYED
    assert all_told(book(UNKEYED, elsewhere)) == KEYED


def test_a_number_that_has_two_keys_below_the_questions_has_none():
    found = reading(book([*UNKEYED, [], [1, "B"], [2, "C"], [3, "A"], [1, "D"]])).questions
    assert [each.flagged for each in found] == [True, False, False]


def test_options_that_are_letters_below_numbers_stay_options():
    rows = [HEAD[:5], ["Số nào?", 1, 2, 3, 4], ["Chữ nào?", "A", "B", "C", "D"]]
    assert all_told(book(rows)) == ["single: 1 | 2 | 3 | 4 ?", "single: A | B | C | D ?"]


@pytest.mark.parametrize("sign", ["{}. ", "{}) ", "- ", "• "])
def test_numbers_and_dashes_before_all_options_are_no_text(sign):
    options = [sign.format(place) + text for place, text in enumerate(FOUR, start=1)]
    assert all_told(book([HEAD, ["Hỏi?", *options, "B"]])) == [ONE]
    assert all_told(book([["Câu hỏi", "Phương án", "Đáp án"], ["Hỏi?", "\n".join(options), "B"]])) == [ONE]


def test_numbers_that_are_options_keep_their_signs():
    assert all_told(book([HEAD, ["Hỏi?", "-1", "-2", "-3", "-4", "B"]])) == ["single: -1 | *-2 | -3 | -4"]
    assert all_told(book([HEAD, ["Hỏi?", "1.5", "2.5", "3.5", "4.5", "B"]])) == ["single: 1.5 | *2.5 | 3.5 | 4.5"]


def test_wrong_answers_in_one_cell():
    sheet = book([["question", "correct_answer", "incorrect_answers"], ["Hỏi?", "x", "y|z|t"]])
    assert all_told(sheet) == ["single: *x | y | z | t"]


def test_a_total_below_the_table_is_no_question():
    assert all_told(book([["STT", *HEAD], [1, "Hỏi?", *FOUR, "B"], ["Tổng cộng", *[None] * 5, 1]])) == [ONE]


@pytest.mark.parametrize(("word", "kind"), [("multichoice", ONE), ("fill_blank", "short: B")])
def test_kinds_in_the_words_of_other_programs(word, kind):
    options = FOUR if kind == ONE else [None] * 4
    assert all_told(book([["type", *HEAD], [word, "Hỏi?", *options, "B"]])) == [kind]


def test_hours_beyond_a_day_and_minutes_beyond_an_hour():
    def fill(sheet):
        for column, shape in enumerate(("[h]:mm", "[h]", "[mm]:ss", "h:mm"), start=2):
            sheet.cell(row=2, column=column, value=timedelta(hours=30, minutes=5)).number_format = shape

    assert all_told(book([HEAD, ["Bao lâu?", *FOUR, "A"]], fill)) == ["single: *30:05 | 30 | 1805:00 | 6:05"]


def test_a_file_whose_letters_were_lost_is_refused():
    lost = "question,A,B,answer\r\nB? lu?t Lao ??ng c? hi?u l?c?,Hu?,H? N?i,A\r\n"
    assert "bảng mã" in refusal(lost)


def test_a_question_mark_within_a_text_is_no_lost_letter():
    sheet = "question,A,B,answer\r\nhttps://x.vn/?a=1 là gì?Hay là gì???,trang,tệp,A\r\n"
    assert all_told(sheet) == ["single: *trang | tệp"]


def test_columns_without_a_heading_beside_the_first_option_are_options():
    texts = ["một", "hai", "ba", "bốn"]
    head = ["STT", "Câu hỏi", "Phương án", None, None, None]
    assert all_told(book([[*head, "Đáp án"], [1, "Hỏi?", *texts, "B"]])) == ["single: một | *hai | ba | bốn"]
    assert all_told(book([[*head, None], [1, "Hỏi?", *texts, "B"]])) == ["single: một | hai | ba | bốn ?"]


def test_a_note_beside_an_answer_is_no_option():
    assert all_told(book([["Câu hỏi", "Đáp án", None], ["Hỏi?", "Hà Nội", "Luật A"]])) == ["short: Hà Nội ?"]


def test_the_text_of_the_right_option_beside_its_letter_must_agree():
    head = [*HEAD, "Nội dung đáp án"]
    rows = [["Một?", *FOUR, "B", "y"], ["Hai?", *FOUR, "B", "z"]]
    assert all_told(book([head, *rows])) == [ONE, "single: x | y | z | t ?"]


def test_a_question_whose_words_are_those_of_headings_is_no_heading():
    rows = [["Mệnh đề?", "Sai", "Đúng", "A"], ["Câu hỏi?", "Sai", "Đúng", "B"]]
    found = all_told(book([["Câu hỏi", "A", "B", "Đáp án"], *rows]))
    assert found == ["true_false: Đúng | *Sai", "true_false: *Đúng | Sai"]


def test_statements_by_their_english_name():
    sheet = book([["Statement", "Answer"], ["Một là số.", True], ["Hai là chữ.", False]])
    assert all_told(sheet) == ["true_false: *Đúng | Sai", "true_false: Đúng | *Sai"]


@pytest.mark.parametrize(
    "listed", ['["x", "y", "z", "t"]', "['x', 'y', 'z', 't']", "x, y, z, t", "x / y / z / t", "x|y|z|t", "x;y;z;t"]
)
def test_options_between_signs_in_one_cell(listed):
    assert all_told(book([["question", "Danh sách phương án", "Correct_Awnser"], ["Hỏi?", listed, "y"]])) == [ONE]


def test_a_comma_parts_no_options_unless_the_key_is_one_of_them():
    sheet = book([["Câu hỏi", "Phương án", "Đáp án"], ["Hỏi?", "x, y, z, t", "B"]])
    assert all_told(sheet) == ["single: x, y, z, t ?"]


def test_stars_that_are_an_option_are_no_mark():
    assert all_told(book([HEAD, ["Lũy thừa?", "+", "*", "**", "^", "C"]])) == ["single: + | * | *** | ^"]


def beside(place, size=(9, 9), height=None):
    """Return the question of a sheet with a picture at a cell."""
    drawn = io.BytesIO()
    Drawn.new("RGB", size).save(drawn, "PNG")

    def add(sheet):
        sheet.add_image(Image(drawn), place)
        sheet.row_dimensions[2].height = height

    [draft] = reading(book([HEAD, ["Hỏi?", *FOUR, "B"]], add)).questions
    return draft


def test_a_picture_within_the_row_of_a_question_is_the_questions():
    draft = beside("A2", (100, 60), height=50)
    [picture] = draft.pictures
    assert (draft.flagged, picture.place, picture.content[:4]) == (False, None, b"\x89PNG")


def test_a_picture_that_reaches_into_the_next_row_is_looked_at():
    draft = beside("A2", (100, 60))
    assert (draft.flagged, len(draft.pictures), draft.right_texts) == (True, 1, ("y",))


def test_a_picture_beside_an_option_is_the_options_and_looked_at():
    draft = beside("D2")
    assert (draft.flagged, [each.place for each in draft.pictures]) == (True, [2])


PAGE = [["Câu 1. Hỏi gì?"], ["A. x"], ["B. y"], ["C. z"], ["D. t"]]


@pytest.mark.parametrize("head", [[], [["Câu", "Đáp án"]]])
def test_the_key_of_a_page_is_on_a_sheet_of_its_own_or_at_its_end(head):
    keys = [*head, [1, "B"], [2, "A"]]
    two = [*PAGE, ["Câu 2. Hỏi nữa?"], *PAGE[1:]]

    def elsewhere(sheet):
        other = sheet.parent.create_sheet("Đáp án")
        for row in keys:
            other.append(row)

    assert all_told(book(two, elsewhere)) == [ONE, "single: *x | y | z | t"]
    assert all_told(book([*two, ["ĐÁP ÁN"], *keys])) == [ONE, "single: *x | y | z | t"]


def test_a_sheet_that_introduces_a_page_is_left_out():
    def introduce(sheet):
        sheet.parent.create_sheet("Hướng dẫn", 0).append(["Đọc kỹ câu hỏi trước khi trả lời"])

    [draft] = reading(book([*PAGE, ["Đáp án: B"]], introduce)).questions
    assert (draft.prompt, draft.flagged) == ("Hỏi gì?", False)


def test_a_question_that_is_written_again_may_have_a_mark_at_the_right_option_only():
    rows = [["Một?", "x", "x"], ["Một?", "y", None], ["Hai?", "z", None], ["Hai?", "t", "x"]]
    assert all_told(book([["Câu hỏi", "Đáp án", "Đúng"], *rows])) == ["single: *x | y", "single: z | *t"]


def test_questions_and_options_in_a_column_that_is_called_by_the_options():
    rows = [[1, "Hỏi gì?"], ["A", "x"], ["B", "y"], [2, "Hỏi nữa?"], ["A", "z"], ["B", "t"]]
    assert all_told(book([["STT", "Phương án", "Đáp án"], *rows])) == ["single: x | y ?", "single: z | t ?"]
