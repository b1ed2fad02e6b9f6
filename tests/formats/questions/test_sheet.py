"""Sheets as people lay them out: headings in any words, options across or below, and files that are hostile."""

import io
import unicodedata
from datetime import date

import pytest
from openpyxl.drawing.image import Image
from openpyxl.styles import PatternFill
from PIL import Image as Picture

from quizapp.formats.questions.apart import QuestionFile
from quizapp.formats.questions.reading import read_questions
from quizapp.formats.workbook import OLE
from quizapp.vocabulary import Level
from tests.formats.packages import packed
from tests.formats.questions.sheet_files import FOUR, HEAD, all_told, book, reading, refusal

ONE = "single: x | *y | z | t"


@pytest.mark.parametrize(
    "head",
    [
        ["STT", "Nội dung câu hỏi", "Đáp án A", "Đáp án B", "Đáp án C", "Đáp án D", "Đáp án đúng"],
        ["TT", "CÂU HỎI", "Phương án 1", "Phương án 2", "Phương án 3", "Phương án 4", "Đáp án"],
        ["Câu", "Noi dung", "a", "b", "c", "d", "ĐA"],
        ["#", "Question", "Option 1", "Option 2", "Option 3", "Option 4", "Correct answer"],
        ["No", "Question text", "Answer A", "Answer B", "Answer C", "Answer D", "Key"],
        ["STT", "Câu hỏi (*)", "Trả lời 1", "Trả lời 2", "Trả lời 3", "Trả lời 4", "Đáp án đúng (A/B/C/D)"],
        ["STT", "Câu hỏi", "Lựa chọn A", "Lựa chọn B", "Lựa chọn C", "Lựa chọn D", "Phương án đúng"],
        ["Số TT", "Nội dung", "PA 1", "PA 2", "PA 3", "PA 4", "Câu trả lời đúng"],
    ],
)
def test_headings_in_many_words(head):
    assert all_told(book([head, [1, "Hỏi gì?", *FOUR, "B"]])) == [ONE]


def test_columns_in_any_order():
    head = ["Đáp án đúng", "D", "B", "Câu hỏi", "A", "C", "STT"]
    assert all_told(book([head, ["B", "t", "y", "Hỏi gì?", "x", "z", 1]])) == [ONE]


def test_everything_else_that_a_sheet_says_of_a_question():
    head = [*HEAD, "Giải thích", "Căn cứ", "Chương", "Mức độ", "Điểm", "Mã câu hỏi", "Thẻ lạ"]
    found = reading(book([head, ["Hỏi?", *FOUR, "B", "Vì thế", "Điều 25", "Hợp đồng", "TH", "0,5", "hd-1", "gì đó"]]))
    (draft,) = found.questions
    assert (draft.explanation, draft.source, draft.topic, draft.level) == (
        "Vì thế",
        "Điều 25",
        "Hợp đồng",
        Level.MEDIUM,
    )
    assert (draft.marks, draft.ref, draft.n, draft.row) == (50, "hd-1", 1, 2)
    assert any("“Thẻ lạ”" in each for each in found.evidence)


@pytest.mark.parametrize(
    ("word", "level"),
    [
        ("NB", "de"),
        ("Dễ", "de"),
        (1, "de"),
        ("TB", "trung_binh"),
        ("Thông hiểu", "trung_binh"),
        (3, "kho"),
        ("VDC", "kho"),
    ],
)
def test_levels(word, level):
    assert reading(book([[*HEAD, "Mức độ"], ["Hỏi?", *FOUR, "B", word]])).questions[0].level == level


def test_titles_above_sections_between_and_headings_again():
    rows = [
        ["LIÊN ĐOÀN LAO ĐỘNG TỈNH"],
        ["NGÂN HÀNG CÂU HỎI"],
        [],
        ["STT", "Câu hỏi", "A", "B", "Đáp án"],
        ["Chương I: Luật Công đoàn"],
        [1, "Một?", "x", "y", "A"],
        [],
        [None, "PHẦN 2. Bộ luật Lao động"],
        [2, "Hai?", "x", "y", "B"],
        ["STT", "Câu hỏi", "A", "B", "Đáp án"],
        [3, "Ba?", "x", "y", "B"],
        [4],
        [None, "Người lập biểu"],
    ]
    found = reading(book(rows))
    assert [draft.topic for draft in found.questions] == [
        "Chương I: Luật Công đoàn",
        "PHẦN 2. Bộ luật Lao động",
        "PHẦN 2. Bộ luật Lao động",
    ]
    assert [draft.right_texts for draft in found.questions] == [("x",), ("y",), ("y",)]
    assert any("“Người lập biểu”" in each for each in found.evidence)


def test_two_rows_of_headings_with_merged_cells():
    def merge(sheet):
        for place in ("A1:G1", "C2:F2", "A2:A3", "B2:B3", "G2:G3"):
            sheet.merge_cells(place)

    rows = [
        ["BẢNG CÂU HỎI"],
        ["STT", "Nội dung", "Phương án trả lời", None, None, None, "Đáp án"],
        [None, None, "A", "B", "C", "D"],
        [1, "Hỏi gì?", *FOUR, "B"],
    ]
    assert all_told(book(rows, merge)) == [ONE]


def test_a_heading_over_all_options():
    rows = [["Câu hỏi", "Đáp án", None, None, None, "Đáp án đúng"], ["Hỏi gì?", *FOUR, "B"]]
    assert all_told(book(rows, lambda sheet: sheet.merge_cells("B1:E1"))) == [ONE]


def test_marks_in_columns_of_their_own():
    def merge(sheet):
        sheet.merge_cells("B1:D1")
        sheet.merge_cells("E1:G1")

    rows = [
        ["Câu hỏi", "Phương án", None, None, "Đáp án", None, None],
        [None, "A", "B", "C", "A", "B", "C"],
        ["Một?", "x", "y", "z", None, "x"],
        ["Hai?", "x", "y", "z", "x", None, "x"],
    ]
    assert all_told(book(rows, merge)) == ["single: x | *y | z", "multiple: *x | y | *z"]


def test_options_in_rows_below_the_question():
    rows = [
        ["STT", "Nội dung", "Đáp án"],
        [1, "Một?"],
        [None, "A. x"],
        [None, "B. y", "x"],
        [2, "Hai?", "A"],
        [None, "A. x"],
        [None, "B. y"],
        [3, "Ba?"],
        [None, "A. x"],
        [None, "B. y"],
    ]
    assert all_told(book(rows)) == ["single: x | *y", "single: *x | y", "single: x | y ?"]


def test_options_in_rows_with_their_letters_in_the_first_column():
    rows = [
        ["STT", "Nội dung", "Đáp án"],
        [1, "Một?", "B"],
        ["A", "x"],
        ["B", "y"],
        [2, "Hai?", "A"],
        ["A", "x"],
        ["B", "y"],
    ]
    assert all_told(book(rows)) == ["single: x | *y", "single: *x | y"]


def test_options_in_a_column_beside_the_question():
    rows = [
        ["TT", "Câu hỏi", "Phương án", "Đúng"],
        [1, "Một?", "x", None],
        [None, None, "y", "x"],
        [2, "Hai?", "x", 1],
        [None, None, "y", 0],
        [3, "Ba?", "x", "Đ"],
        [None, None, "y", "S"],
        [None, None, "z", "Đ"],
        [4, "Bốn?", "x", "?"],
        [None, None, "y", "!"],
    ]
    assert all_told(book(rows)) == ["single: x | *y", "single: *x | y", "multiple: *x | y | *z", "single: x | y ?"]


def test_all_options_in_one_cell():
    rows = [
        ["Câu hỏi", "Đáp án", "Đáp án đúng"],
        ["Một?", "A. x\nB. y\nC. z", "B"],
        ["Hai?", "x\ny\nz", "2"],
        ["Ba?", "A. x B. y C. z", "y"],
    ]
    assert all_told(book(rows)) == ["single: x | *y | z"] * 3


def test_the_right_answer_beside_wrong_ones():
    rows = [
        ["Question", "Correct answer", "Wrong answer 1", "Wrong answer 2"],
        ["Một?", "x", "y", "z"],
        ["Hai?", None, "y", "z"],
    ]
    assert all_told(book(rows)) == ["single: *x | y | z", "single: y | z ?"]


def test_cells_as_a_person_sees_them():
    def fill(sheet):
        for column, (value, shape) in enumerate(
            [(date(2025, 7, 1), "dd/m/yyyy"), (0.15, "0%"), (1060438, "#,##0"), (0.5, "General")], start=2
        ):
            sheet.cell(row=2, column=column, value=value).number_format = shape
        for column, (value, shape) in enumerate(
            [(15, '0" ngày"'), (12345678901, "General"), (2021.0, "General"), ("007", "@")], start=2
        ):
            sheet.cell(row=3, column=column, value=value).number_format = shape

    assert all_told(book([HEAD, ["Một?", *FOUR, "A"], ["Hai?", *FOUR, "B"]], fill)) == [
        "single: *01/7/2025 | 15% | 1.060.438 | 0,5",
        "single: 15 ngày | *12345678901 | 2021 | 007",
    ]


def test_hidden_rows_are_skipped_hidden_columns_read_and_both_told():
    def hide(sheet):
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["F"].hidden = True

    found = reading(book([HEAD, ["Một?", *FOUR, "B"], ["Hai?", *FOUR, "B"]], hide))
    assert len(found.questions) == 1
    assert found.questions[0].right_texts == ("y",)
    assert any("1 dòng đang ẩn (dòng 3)" in each for each in found.evidence)
    assert any("cột đang ẩn: “Đáp án”" in each for each in found.evidence)


def test_every_sheet_is_read_and_its_name_is_the_topic():
    def add(sheet):
        other = sheet.parent.create_sheet("Chương 2")
        other.append(HEAD)
        other.append(["Hai?", *FOUR, "B"])
        sheet.parent.create_sheet("Hướng dẫn").append(["Xin điền vào trang đầu"])
        hidden = sheet.parent.create_sheet("Nháp")
        hidden.append(HEAD)
        hidden.sheet_state = "hidden"

    found = reading(book([HEAD, ["Một?", *FOUR, "B"]], add, name="Chương 1"))
    assert [(draft.n, draft.topic) for draft in found.questions] == [(1, "Chương 1"), (2, "Chương 2")]
    assert any("“Nháp”" in each for each in found.evidence)
    assert any("“Hướng dẫn”" in each for each in found.evidence)


def test_a_sheet_with_a_table_but_no_heading_is_a_problem():
    def add(sheet):
        other = sheet.parent.create_sheet("Thiếu")
        for _ in range(3):
            other.append(["Hỏi?", *FOUR, "B"])

    (problem,) = reading(book([HEAD, ["Một?", *FOUR, "B"]], add)).problems
    assert problem.where == "trang tính “Thiếu”, dòng 1"


def test_pictures_flag_the_question_beside_them():
    picture = io.BytesIO()
    Picture.new("RGB", (5, 5)).save(picture, "PNG")
    data = book(
        [HEAD, ["Một?", *FOUR, "B"], ["Hai?", *FOUR, "B"]],
        lambda sheet: sheet.add_image(Image(picture), "B3"),
    )
    assert [draft.flagged for draft in reading(data).questions] == [False, True]


def test_cells_that_cannot_be_read_are_problems_with_their_place():
    found = reading(
        book([HEAD, ["Một?", "#N/A", "y", "z", "t", "A"], ["Hai?", "=B2", "y", "z", "t", "A"], ["Ba?", *FOUR, "B"]])
    )
    assert [(each.n, each.where) for each in found.problems] == [
        (1, "trang tính “Trang 1”, ô B2"),
        (2, "trang tính “Trang 1”, ô B3"),
    ]
    assert "#N/A" in found.problems[0].what
    assert "chưa có kết quả" in found.problems[1].what
    assert [draft.n for draft in found.questions] == [3]


def test_kahoot():
    rows = [[]] * 7 + [
        [
            None,
            "Question - max 120 characters",
            *(f"Answer {n} - max 75 characters" for n in range(1, 5)),
            "Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs",
            "Correct answer(s) - choose at least one",
        ],
        [1, "Một?", *FOUR, 20, "1,3"],
        [2, "Hai?", "2", "3", "4", "5", 20, 2.0],
        [3, "Ba?", *FOUR, 20, 2.1],
        [4, "Bốn?", *FOUR, 20, None],
        [5],
    ]
    assert all_told(book(rows)) == [
        "multiple: *x | y | *z | t",
        "single: 2 | *3 | 4 | 5",
        "multiple: *x | *y | z | t",
        "single: x | y | z | t ?",
    ]


def test_quizizz():
    head = [
        "Question Text",
        "Question Type",
        *(f"Option {n}" for n in range(1, 6)),
        "Correct Answer",
        "Time in seconds",
        "Image Link",
    ]
    rows = [
        head,
        [
            "Text of the question (required)",
            "Question Type",
            "Text for option 1",
            "Text for option 2",
            None,
            None,
            None,
            "1-5",
        ],
        ["Một?", "Multiple Choice", "x", "y", "z", None, None, 2, 30],
        ["Hai?", "Checkbox", "x", "y", "z", None, None, "1,3", 30],
        ["Ba?", "Fill-in-the-Blank", "Hà Nội", "Thăng Long"],
        ["Bốn?", "Open-Ended"],
        ["Năm?", "Poll", "x", "y"],
        ["Sáu?", None, "x", "y", None, None, None, "1,2"],
        ["Bảy?", "Draw"],
        ["Tám?", "Multiple Choice", "x", "y", None, None, None, 1, 30, "https://vi.du/a.png"],
    ]
    from_file = reading(book(rows))
    assert [each.n for each in from_file.problems] == [5, 7]
    data = book([row for row in rows if row[1] not in ("Poll", "Draw")])
    assert all_told(data) == [
        "single: x | *y | z",
        "multiple: *x | y | *z",
        "short: Hà Nội / Thăng Long",
        "essay: ",
        "single: x | y ?",
        "single: *x | y ?",
    ]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_separated_files(sign, encoding):
    text = sign.join(HEAD) + "\r\n" + sign.join([f'"Hỏi{sign}\r\n""gì""?"', *FOUR, "B"]) + "\r\n"
    found = reading(text.encode(encoding))
    assert found.questions[0].right_texts == ("y",)
    assert found.questions[0].prompt.startswith("Hỏi")
    assert found.questions[0].prompt.endswith('"gì"?')


def test_the_windows_of_old_writes_letters_and_marks_apart():
    text = unicodedata.normalize(
        "NFC", "Câu hỏi,A,B,Đáp án\nLàm việc tối đa mấy giờ một ngày?,tám giờ,chín giờ,tám giờ\n"
    )
    marks = {"\u0300": 0xCC, "\u0301": 0xEC, "\u0309": 0xD2, "\u0303": 0xDE, "\u0323": 0xF2}
    made = bytearray()
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tone = next((each for each in parts if each in marks), "")
        made += unicodedata.normalize("NFC", parts.replace(tone, "")).encode("windows-1258")
        made += bytes([marks[tone]]) if tone else b""
    found = reading(bytes(made))
    assert found.questions[0].prompt == "Làm việc tối đa mấy giờ một ngày?"
    assert found.questions[0].right_texts == ("tám giờ",)


def test_excels_own_line_of_the_separator_and_a_title_above():
    assert all_told("sep=;\nCâu hỏi;A;B;Đáp án\nMột, hai?;x;y;B\n") == ["single: x | *y"]
    assert all_told("Ngân hàng câu hỏi\n\nCâu hỏi,A,B,Đáp án\nMột?,x,y,B\n") == ["single: x | *y"]


def test_a_comma_within_a_text_that_moves_the_cells_after_it_is_noticed():
    text = "Câu hỏi,A,B,C,Đáp án\nMột?,x,y,z,A\nHai, ba?,x,y,B\n"
    assert all_told(text) == ["single: *x | y | z", "single: ba? | x | y ?"]


def test_a_key_of_its_own_sheet():
    def add(sheet):
        other = sheet.parent.create_sheet("Đáp án")
        for row in (["Câu", "Đáp án"], [1, "A"], [2, "B"], [2, "C"]):
            other.append(row)

    rows = [["STT", *HEAD[:5]], [1, "Một?", *FOUR], [2, "Hai?", *FOUR], [3, "Ba?", *FOUR]]
    assert all_told(book(rows, add)) == ["single: *x | y | z | t", "single: x | y | z | t ?", "single: x | y | z | t ?"]


def test_a_key_whose_row_bears_two_numbers_is_not_believed():
    rows = [["STT", *HEAD[:5], "Câu", "Đáp án"], [1, "Một?", *FOUR, 1, "B"], [2, "Hai?", *FOUR, 3, "C"]]
    assert all_told(book(rows)) == [ONE, "single: x | y | z | t ?"]


def test_options_with_letters_and_the_key_by_colour():
    def mark(sheet):
        sheet["B4"].fill = PatternFill("solid", fgColor="FFFF00")

    rows = [["STT", "Nội dung câu hỏi"], [1, "Một?"], ["A", "x"], ["B", "y"], [2, "Hai?"], ["A", "x"], ["B", "y"]]
    assert all_told(book(rows, mark)) == ["single: x | *y", "single: x | y ?"]


def test_words_beside_an_option_that_name_another_one_are_not_a_mark():
    rows = [["TT", "Câu hỏi", "Phương án", "Đáp án"], [1, "Một?", "Sai", "Đúng"], [None, None, "Đúng"]]
    assert all_told(book(rows)) == ["true_false: Đúng | Sai ?"]


def test_texts_that_are_kept_from_being_numbers():
    assert all_told('Câu hỏi,A,B,Đáp án\nMột?,\'15,"=""007""",B\n') == ["single: 15 | *007"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ('Câu hỏi,A,B,Đáp án\nMột?,x,y,A\n"Hai?,x,y,A\nBa?,x,y,A\n', "mở ở dòng 3"),
        ("Câu hỏi,A,B,Đáp án\nMột?,x,y,A\nHai, ba?,x,y,B\n", "Dòng 3: dòng có nhiều ô hơn dòng tiêu đề"),
        ("a,b\nc,d\n", "không tìm thấy dòng tiêu đề"),
        ("Câu hỏi,A,B,Đáp án\n", "chưa có câu hỏi nào"),
        ("C©u hái,A,B,§¸p ¸n\nThêi gian lµm viÖc cña ng­êi lao ®éng?,t¸m giê,chÝn giê,A\n", "phông cũ (TCVN3)"),
        (book([HEAD, ["Một?", *FOUR, "A"]], lambda sheet: sheet.__setitem__("XFD1048576", "x")), "nằm quá xa"),
        (packed('<row r="1"><c r="A1" t="s"><v>9</v></c></row>'), "bị hỏng"),
        (packed(parts={"xl/vbaProject.bin": b"x"}), "macro"),
        (packed(parts={"../x.xml": "<x/>"}), "bị hỏng"),
        (packed(parts={"xl/worksheets/sheet1.xml": '<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>'}), "DTD"),
        (
            packed(parts={"xl/workbook.xml": '<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>'}),
            "Strict",
        ),
        (packed(parts={"xl/worksheets/sheet1.xml": b" " * 43_000_000}), "giải nén ra quá lớn"),
        (packed("<row/>" * 100_000), "không có ô nào"),
        (packed("<row><c"), "bị hỏng"),
    ],
)
def test_files_that_are_refused_with_a_sentence(data, sentence):
    assert sentence in refusal(data)


def test_a_long_text_that_many_cells_share_is_refused():
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 500))
    shared = (
        f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{"x" * 30_000}</t></si></sst>'
    )
    assert "quá nhiều chữ" in refusal(packed(cells, parts={"xl/sharedStrings.xml": shared}))


def test_old_workbooks_are_refused_with_advice():
    found = read_questions(QuestionFile("a.xls", OLE + b"\0" * 600))
    assert "Lưu thành" in found.problems[0].what


def test_two_thousand_questions_are_read_in_the_child_process_within_its_limits():
    rows = [["STT", *HEAD, "Giải thích"]]
    rows += [
        [
            n,
            f"Câu hỏi số {n} về thời giờ làm việc?",
            *(f"Phương án {m} của câu {n}" for m in "abcd"),
            "ABCD"[n % 4],
            "Vì",
        ]
        for n in range(2_000)
    ]
    found = read_questions(QuestionFile("a.xlsx", book(rows)))
    assert found.problems == ()
    assert [draft.right_texts for draft in found.questions[:2]] == [
        ("Phương án a của câu 0",),
        ("Phương án b của câu 1",),
    ]
    assert len(found.questions) == 2_000
