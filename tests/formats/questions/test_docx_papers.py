"""Whole papers as officers and teachers write them: heads, ends, codes, solutions, answers in a file of their own."""

import random

import pytest

from quizapp.errors import BadFile
from quizapp.formats.questions.apart import QuestionFile
from quizapp.formats.questions.docx import read_file
from tests.formats.questions.docx_corpus import PICTURE, PICTURE_REL
from tests.formats.questions.test_docx import as_line
from tests.formats.questions.word_files import lines, numbering, p, table, word

ASKED = [
    ("Thời giờ làm việc bình thường không quá bao nhiêu giờ một ngày?", ["06 giờ", "08 giờ", "10 giờ", "12 giờ"], "B"),
    ("Công đoàn Việt Nam được thành lập ngày nào?", ["28/7/1929", "03/02/1930", "19/5/1941", "02/9/1945"], "A"),
    ("Tháng Công nhân là tháng mấy?", ["Tháng 3", "Tháng 4", "Tháng 5", "Tháng 7"], "C"),
    (
        "Cơ quan lãnh đạo cao nhất của Công đoàn là",
        ["Đoàn Chủ tịch.", "Ban Thường vụ.", "Ban Nữ công.", "Đại hội."],
        "D",
    ),
]
HEAD = lines("CÔNG ĐOÀN VIÊN CHỨC TỈNH\nĐỀ THI TÌM HIỂU LUẬT\nThời gian làm bài: 20 phút\nMã đề: 101")
END = lines("----- HẾT -----\nThí sinh không được sử dụng tài liệu. Cán bộ coi thi không giải thích gì thêm.")
TRUTHS = "PHẦN II. Câu trắc nghiệm đúng sai\nCâu 1. Nhận định về Công đoàn:\n"
SAID = [
    "true_false | Nhận định về Công đoàn: Có bốn cấp. | *Đúng | Sai",
    "true_false | Nhận định về Công đoàn: Có hai cấp. | Đúng | *Sai",
]


def paper(asked=ASKED, mark="", label="b"):
    """Return the questions of a paper; mark: the looks of the right option."""
    made = ""
    for number, (stem, options, key) in enumerate(asked, start=1):
        made += p((f"Câu {number}: ", "b"), stem)
        for letter, text in zip("ABCD", options, strict=True):
            looks = mark if letter == key else ""
            made += p((f"{letter}. ", looks or label), (text, looks))
    return made


def expected(asked=ASKED, flagged=False):
    made = []
    for stem, options, key in asked:
        texts = ["*" * (letter == key and not flagged) + text for letter, text in zip("ABCD", options, strict=True)]
        made.append(" | ".join(["? " * flagged + "single", stem, *texts]))
    return made


def read(body, answers=None):
    return read_file(QuestionFile("thi.docx", word(body), word(answers) if isinstance(answers, str) else answers))


def shown(body, answers=None):
    reading = read(body, answers)
    assert reading.problems == ()
    return [as_line(each) for each in reading.questions]


def other(key):
    return "ABCD"[("ABCD".index(key) + 1) % 4]


def codes(*names):
    """Return a table of keys with a column for each code; only the first is right."""
    rows = [
        [str(n), *(key if not place else other(key) for place, _ in enumerate(names))]
        for n, (_, _, key) in enumerate(ASKED, start=1)
    ]
    return p("ĐÁP ÁN") + table(["Câu", *names], *rows)


def test_what_is_told_to_candidates_after_the_end_belongs_to_no_question():
    assert shown(HEAD + paper(mark="u") + END) == expected()


def test_a_line_that_only_ends_the_paper_does_not_hide_the_keys_below_it():
    keys = " ".join(f"{n}.{key}" for n, (_, _, key) in enumerate(ASKED, start=1))
    assert shown(HEAD + paper() + END + lines(f"ĐÁP ÁN\n{keys}")) == expected()


def test_an_option_that_says_end_stays_an_option():
    assert shown(lines("Câu 1: Đồ ăn?\nA. Còn\nB. Hết\nĐáp án: B")) == ["single | Đồ ăn? | Còn | *Hết"]


@pytest.mark.parametrize("names", [("101", "102"), ("Mã đề 101", "Mã đề 102"), ("Mã 101",), ("Đề 101", "Đề 205")])
def test_the_key_of_the_code_that_the_paper_has_is_taken(names):
    assert shown(HEAD + paper() + END + codes(*names)) == expected()


def test_codes_in_rows_are_read_like_codes_in_columns():
    right = [key for _, _, key in ASKED]
    rows = [["Mã đề", "1", "2", "3", "4"], ["101", *right], ["102", *map(other, right)]]
    assert shown(HEAD + paper() + END + p("ĐÁP ÁN") + table(*rows)) == expected()


@pytest.mark.parametrize("names", [("102", "103"), ("Mã đề 102",)])
def test_keys_of_other_codes_are_no_keys(names):
    assert shown(HEAD + paper() + END + codes(*names)) == expected(flagged=True)


def test_several_codes_leave_a_paper_without_a_code_without_a_key():
    assert shown(paper() + codes("101", "102")) == expected(flagged=True)


def test_a_file_of_keys_for_several_codes_gives_those_of_the_paper():
    assert shown(HEAD + paper(), codes("101", "102")) == expected()


def test_a_file_of_keys_for_another_code_is_refused():
    with pytest.raises(BadFile) as refusal:
        read(HEAD + paper(), lines("ĐÁP ÁN MÃ ĐỀ 102\n1.A 2.B 3.C 4.D"))
    assert "mã đề 102" in refusal.value.problems[0].text


@pytest.mark.parametrize("mark", ["u", "red", "hi", "b"])
def test_a_marked_copy_gives_the_key(mark):
    assert shown(HEAD + paper(), HEAD + paper(mark=mark, label="")) == expected()


def test_a_copy_in_another_order_gives_the_key_by_its_texts():
    turned = [(stem, options[::-1], "ABCD"[3 - "ABCD".index(key)]) for stem, options, key in ASKED[::-1]]
    assert shown(HEAD + paper(), paper(turned, mark="u")) == expected()


def test_what_a_marked_copy_leaves_open_stays_open():
    changed = [*ASKED[:2], ("Câu khác hẳn?", *ASKED[2][1:]), (*ASKED[3][:2], "")]
    assert shown(paper(), paper(changed, mark="red")) == expected(ASKED[:2]) + expected(ASKED[2:], flagged=True)


def test_a_copy_that_marks_something_else_than_the_paper_is_doubted():
    wrong = [(stem, options, other(key)) for stem, options, key in ASKED]
    assert shown(paper(mark="red"), paper(wrong, mark="red")) == expected(flagged=True)


def test_a_copy_without_marks_is_refused_with_what_to_do():
    with pytest.raises(BadFile) as refusal:
        read(paper(), paper())
    assert "đánh dấu" in refusal.value.problems[0].text


def test_a_copy_gives_the_keys_of_statements_and_of_typed_answers():
    statements = "a) Có bốn cấp.{}\nb) Có hai cấp.{}\n"
    rest = "PHẦN III. Trả lời ngắn\nCâu 1. Bao nhiêu cấp?"
    copy = lines(TRUTHS + statements.format(" (Đ)", " (S)") + rest + "\nĐáp số: 4")
    asked = lines(TRUTHS + statements.format("", "") + rest)
    assert shown(paper() + asked, paper(mark="u") + copy) == [*expected(), *SAID, "number | Bao nhiêu cấp? | *4"]


@pytest.mark.parametrize(
    "below",
    [
        lines("a) Có bốn cấp.\nb) Có hai cấp.\nLời giải\na) Đúng. Theo Điều lệ.\nb) Sai vì có bốn cấp."),
        lines("a) Có bốn cấp.\nb) Có hai cấp.\nĐÁP ÁN\nPHẦN II\nCâu 1: a) Đúng, b) Sai"),
        table(["Nhận định", "Đúng", "Sai"], ["a) Có bốn cấp.", "x", ""], ["b) Có hai cấp.", "", "x"]),
        table(["", "Nhận định", "Đúng", "Sai"], ["a)", "Có bốn cấp.", "x", ""], ["b)", "Có hai cấp.", "", "x"]),
    ],
    ids=["solution", "list", "table", "table with letters"],
)
def test_statements_take_their_key_from_where_it_is_written(below):
    assert shown(lines(TRUTHS.strip()) + below) == SAID


def test_a_statement_that_is_ticked_twice_has_no_key():
    rows = [["a) Có bốn cấp.", "x", "x"], ["b) Có hai cấp.", "", "x"]]
    found = shown(lines(TRUTHS.strip()) + table(["Nhận định", "Đúng", "Sai"], *rows))
    assert found == ["? " + SAID[0].replace("*", ""), SAID[1]]


def test_roman_items_of_a_stem_are_no_heading():
    assert shown(lines("Câu 1: Xét:\nI. Một\nII. Hai\nA. I\nB. II\nĐáp án: B")) == [
        "single | Xét: I. Một II. Hai | I | *II"
    ]


def test_a_roman_heading_between_questions_stays_one():
    [first, second] = read(lines("Câu 1: Nêu quyền?\nII. LUẬT\nCâu 2: Gì?\nA. x\nB. y\nĐáp án: B")).questions
    assert (first.prompt, second.topic) == ("Nêu quyền?", "ii-luat")


def _many():
    rng = random.Random(4)
    made = [ASKED[n % 4] for n in range(400)]
    return [(f"{stem} (tình huống {n})", options, rng.choice("ABCD")) for n, (stem, options, _) in enumerate(made)]


def _rows(asked):
    cells = (
        [
            str(n),
            p((stem, "b")),
            "".join(p((f"{x}. {text}", "b" * (x == key))) for x, text in zip("ABCD", options, strict=True)),
        ]
        for n, (stem, options, key) in enumerate(asked, start=1)
    )
    return table(["STT", "Câu hỏi", "Phương án"], *cells)


@pytest.mark.parametrize(
    "made",
    [lambda asked: paper(asked, "b", ""), lambda asked: paper(asked, "b"), _rows],
    ids=["plain", "labels", "rows"],
)
def test_one_bold_option_in_each_of_many_questions_is_the_key(made):
    asked = _many()
    assert shown(made(asked)) == expected(asked)


@pytest.mark.parametrize("times", [1, 3])
def test_bold_on_the_same_letter_everywhere_is_no_key(times):
    asked = [(stem, options, "A") for stem, options, _ in ASKED * times]
    assert shown(paper(asked, "b", "")) == expected(asked, flagged=True)


@pytest.mark.parametrize("looks", ["u", "red", "b", "hi"])
def test_a_stressed_word_within_an_option_is_no_key(looks):
    body = "".join(
        p(f"Câu {n}: {stem}")
        + "".join(
            p(f"{x}. ", ("không", looks), f" vào {text}") if x == key else p(f"{x}. có vào {text}")
            for x, text in zip("ABCD", options, strict=True)
        )
        for n, (stem, options, key) in enumerate(ASKED, start=1)
    )
    assert all(line.startswith("? ") and "*" not in line for line in shown(body))
    written = [each.right_texts for each in read(body + lines("ĐÁP ÁN\n1.A 2.A 3.A 4.A")).questions]
    assert written == [("có vào 06 giờ",), ("không vào 28/7/1929",), ("có vào Tháng 3",), ("có vào Đoàn Chủ tịch.",)]


def test_a_stressed_word_is_no_key_where_others_are_underlined_whole():
    stressed = p("Câu 5: Đoàn phí?") + p("A. 1%") + p("B. ", ("không", "u"), " phải đóng gì cả") + p("C. 2%")
    assert shown(paper(mark="u") + stressed)[4] == "? single | Đoàn phí? | 1% | không phải đóng gì cả | 2%"


def titled(title, *rows):
    row = f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="4"/></w:tcPr>{p(title)}</w:tc></w:tr>'
    return table(*rows).replace("<w:tbl>", "<w:tbl>" + row, 1)


RIGHT = [key for _, _, key in ASKED]


def test_a_title_across_a_table_of_keys_is_no_key():
    assert shown(HEAD + paper() + titled("BẢNG ĐÁP ÁN", ["1", "2", "3", "4"], RIGHT)) == expected()


@pytest.mark.parametrize(
    "keys",
    [
        titled("ĐÁP ÁN MÃ ĐỀ 102", ["1", "2", "3", "4"], RIGHT),
        p("ĐÁP ÁN MÃ ĐỀ 102") + table(["1", "2", "3", "4"], RIGHT),
        lines("ĐÁP ÁN MÃ ĐỀ 102\n1.B 2.A 3.C 4.D"),
    ],
    ids=["title", "heading", "list"],
)
def test_keys_below_the_heading_of_another_code_are_no_keys(keys):
    assert shown(HEAD + paper() + END + keys) == expected(flagged=True)
    own = lines("ĐÁP ÁN MÃ ĐỀ 101\n1.B 2.A 3.C 4.D")
    assert shown(HEAD + paper() + END + own + keys) == expected()


def ticked(number, *places):
    return [str(number), *("x" if place in places else "" for place in range(4))]


def test_keys_ticked_below_letters_are_read_and_two_ticks_are_none():
    rows = [ticked(n, "ABCD".index(key)) for n, key in enumerate(RIGHT[:3], start=1)]
    keys = p("ĐÁP ÁN") + table(["Câu", *"ABCD"], *rows, ticked(4, 0, 3))
    assert shown(paper() + keys) == expected(ASKED[:3]) + expected(ASKED[3:], flagged=True)


def test_a_blank_answer_sheet_belongs_to_no_question():
    sheet = p("PHIẾU TRẢ LỜI") + table(["Câu", "1", "2", "3", "4"], ["Trả lời", "", "", "", ""])
    assert shown(paper(mark="u") + sheet) == expected()


@pytest.mark.parametrize(
    "line",
    [
        "=> Đáp án B. Theo khoản 1 Điều 5.",
        "Đ.án: B",
        "Đáp án: B\nGiải thích: nên không chọn C.",
        "Đáp án: b) y",
        "(Đáp án B – Điều 10 Luật Công đoàn)",
        "Đáp án B (Khoản 2)",
        "Đáp án: “B”",
        "Đáp án: ..B..",
        "Vậy đáp án đúng là B",
        "Phương án trả lời đúng: B",
        "Giải thích: Theo Điều 5. Vậy chọn B.",
    ],
)
def test_ways_to_write_the_answer_below_a_question(line):
    [question] = read(lines(f"Câu 1: Gì?\nA. x\nB. y\nC. z\n{line}")).questions
    assert (question.right_texts, question.flagged) == (("y",), False)


def spread(*rows):
    """Return a table of rows of (text, properties)."""
    cells = ("".join(f"<w:tc><w:tcPr>{look}</w:tcPr>{p(text)}</w:tc>" for text, look in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


ON, BELOW = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_headings_in_two_rows_over_several_columns_are_read_together():
    heads = [("STT", ON), ("Nội dung", ON), ("Phương án trả lời", '<w:gridSpan w:val="4"/>'), ("Đáp án", ON)]
    letters = [("", BELOW), ("", BELOW), *((x, "") for x in "ABCD"), ("", BELOW)]
    rows = ([(text, "") for text in (str(n), q[0], *q[1], q[2])] for n, q in enumerate(ASKED, start=1))
    assert shown(spread(heads, letters, *rows)) == expected()


@pytest.mark.parametrize("is_ticked", [True, False], ids=["ticked", "letter"])
def test_a_question_may_go_over_several_rows_with_an_option_in_each(is_ticked):
    rows = [[(text, "") for text in ("STT", "Câu hỏi", "Phương án", "Đáp án")]]
    for n, (stem, options, key) in enumerate(ASKED, start=1):
        for x, text in zip("ABCD", options, strict=True):
            look = ON if x == "A" else BELOW
            answer = ("x" * (x == key), "") if is_ticked else (key if x == "A" else "", look)
            rows.append([(str(n), look), (stem if x == "A" else "", look), (f"{x}. {text}", ""), answer])
    assert shown(spread(*rows)) == expected()


def test_options_called_by_numbers_take_a_number_as_key_unless_an_option_reads_so():
    rows = [["1", "Gì?", "x", "y", "z", "2"], ["2", "Mấy?", "3", "1", "2", "2"]]
    assert shown(table(["STT", "Câu hỏi", "1", "2", "3", "Đáp án"], *rows)) == [
        "single | Gì? | x | *y | z",
        "single | Mấy? | 3 | 1 | *2",
    ]


def test_a_page_number_that_came_into_the_text_belongs_to_no_question():
    body = paper(ASKED[:2]) + p("Trang 1/2 - Mã đề 101") + lines("Câu 3: Gì?\nA. x\nB. y\nĐÁP ÁN\n1.B 2.A 3.B")
    assert shown(body) == [*expected(ASKED[:2]), "single | Gì? | x | *y"]


def test_a_file_without_accents_is_read():
    assert shown(lines("Cau 1: Gi?\nA. x\nB. y\nDap an: B")) == ["single | Gi? | x | *y"]


@pytest.mark.parametrize("boxes", ["☐☑", "□☒", "☐■"])
def test_boxes_before_options_without_letters_are_the_key_when_one_is_ticked(boxes):
    off, on = boxes
    assert shown(lines(f"Câu 1: Gì?\n{off} x\n{on} y\nCâu 2: Gì?\n{off} x\n{off} y")) == [
        "single | Gì? | x | *y",
        "? single | Gì? | x | y",
    ]


def with_picture(body):
    data = word(body, rels=PICTURE_REL.format("a.png"), parts={"word/media/a.png": b"bytes"})
    return read_file(QuestionFile("thi.docx", data)).questions


def test_options_that_are_pictures_in_a_table_stay_apart():
    cells = [p(f"{x}. ", PICTURE) for x in "ABCD"]
    [question] = with_picture(p("Câu 1: Hình nào?") + table(cells[:2], cells[2:]) + p("Đáp án: C"))
    assert [option.right for option in question.options] == [False, False, True, False]
    assert [picture.place for picture in question.pictures] == [0, 1, 2, 3]


def test_a_picture_below_the_options_is_not_lost_without_a_word():
    [question] = with_picture(lines("Câu 1: Gì?\nA. x\nB. y") + p(PICTURE) + p("Đáp án: A"))
    assert question.flagged
    assert "hình" in question.why


@pytest.mark.parametrize("heading", ["PHẦN TỰ LUẬN (10 điểm)", "TỰ LUẬN", "B. TỰ LUẬN", "II. PHẦN TỰ LUẬN"])
def test_essays_below_their_heading_keep_their_kind_whatever_is_suggested(heading):
    body = lines(f"{heading}\nCâu 1 (5 điểm): Nêu quyền?\nHẾT\nHƯỚNG DẪN CHẤM")
    [question] = read(body + table(["Câu", "Nội dung", "Điểm"], ["1", "Có ba quyền", "5"])).questions
    assert (question.kind.value, question.prompt, question.marks) == ("essay", "Nêu quyền?", 500)


TWO_LISTS = numbering([("decimal", "%1.")], [("upperLetter", "%1.")])


def numbered(*texts, front="{}. "):
    made = p("Câu 1: Gì?", num="1 0")
    made += "".join(p(front.format(x) + text, num="2 0") for x, text in zip("ABCD", texts, strict=False))
    return word(made + p("Đáp án: B"), lists=TWO_LISTS)


def test_labels_that_are_typed_beside_those_of_word_are_labels():
    [question] = read_file(QuestionFile("thi.docx", numbered("x", "y", "z"))).questions
    assert as_line(question) == "single | Gì? | x | *y | z"


def test_one_option_called_like_its_own_letter_keeps_its_name():
    data = numbered("Lênin", "Engels", "C. Mác", front="")
    [question] = read_file(QuestionFile("thi.docx", data)).questions
    assert as_line(question) == "single | Gì? | Lênin | *Engels | C. Mác"


@pytest.mark.parametrize(
    "line",
    [
        "Giải thích: nên loại đáp án A.",
        "Giải thích: nhiều người hay chọn A.",
        "Đáp án: a) và b)",
        "Đáp án: A) và B)",
        "Đáp án A sai, đáp án B đúng",
        "Đáp án: B/C",
    ],
)
def test_what_only_speaks_of_an_option_is_no_key(line):
    [question] = read(lines(f"Câu 1: Gì?\nA. x\nB. y\nC. z\n{line}")).questions
    assert (question.right_texts, question.flagged) == ((), True)


@pytest.mark.parametrize(
    ("last", "answer"),
    [("Cả A và B", "A, B"), ("A và B", "A và B"), ("cả a và b", "a, b"), ("Tất cả đều đúng", "A, B")],
)
def test_letters_that_another_option_speaks_of_may_mean_that_option(last, answer):
    [question] = read(lines(f"Câu 1: Gì?\nA. x\nB. y\nC. {last}\nĐáp án: {answer}")).questions
    assert (question.right_texts, question.flagged) == ((), True)
    [question] = read(lines(f"Câu 1: Gì?\nA. x\nB. y\nC. {last}\nĐáp án: C")).questions
    assert (question.right_texts, question.flagged) == ((last,), False)


def test_the_text_of_the_right_option_after_its_letter_is_no_explanation():
    [question] = read(lines("Câu 1: Gì?\nA. x\nB. y\nĐáp án: B. y")).questions
    assert (question.right_texts, question.explanation) == (("y",), "")


@pytest.mark.parametrize(("doubled", "is_key"), [(0, True), (1, True), (4, False)])
def test_bold_that_often_marks_two_options_is_no_key(doubled, is_key):
    asked = ASKED * 2
    body = ""
    for number, (stem, options, key) in enumerate(asked, start=1):
        bold = {key, other(key)} if number <= doubled else {key}
        body += p(f"Câu {number}: {stem}")
        body += "".join(p((f"{x}. {text}", "b" * (x in bold))) for x, text in zip("ABCD", options, strict=True))
    rest = expected(asked[doubled:], flagged=not is_key)
    assert shown(body) == expected(asked[:doubled], flagged=True) + rest


def test_an_answer_cell_may_hold_the_letter_and_the_text_of_the_option():
    rows = [["1", "Gì?", "A. x\nB. y", "B. y"], ["2", "Nữa?", "A. x\nB. y", "B. x"]]
    found = shown(table(["STT", "Câu hỏi", "Phương án", "Đáp án"], *rows))
    assert found == ["single | Gì? | x | *y", "? single | Nữa? | x | y"]


def test_a_name_that_looks_like_a_letter_and_a_text_is_not_taken_for_the_letter():
    asked = "Câu 1: Ai?\nA. Lênin\nB. C. Mác\nC. Engels\nĐáp án: C. Mác"
    assert shown(lines(asked)) == ["? single | Ai? | Lênin | C. Mác | Engels"]
    rows = table(["STT", "Câu hỏi", "A", "B", "C", "Đáp án"], ["1", "Ai?", "Lênin", "C. Mác", "Engels", "C. Mác"])
    assert shown(rows) == ["single | Ai? | Lênin | *C. Mác | Engels"]


def test_dashes_before_the_options_of_a_cell_are_bullets():
    rows = [["1", "Gì?", "- x\n- y.", "B"]]
    assert shown(table(["STT", "Câu hỏi", "Phương án", "Đáp án"], *rows)) == ["single | Gì? | x | *y."]


def test_numbered_rules_above_numbered_questions_are_no_questions():
    body = lines("THỂ LỆ\n1. Mỗi câu 1 điểm.\n2. Thời gian 20 phút.\nCÂU HỎI\n1. Gì?\nA. x\nB. y\nĐáp án: B\n2. Nữa?")
    assert shown(body + lines("A. x\nB. y\nĐáp án: A")) == ["single | Gì? | x | *y", "single | Nữa? | *x | y"]


@pytest.mark.parametrize("key", ["Đáp án: Đúng - Sai", "Đáp án: Đ, S", "Đáp án: ĐS", "Đáp án: a) Đ; b) S"])
def test_truths_may_be_written_in_a_row(key):
    assert shown(lines(f"{TRUTHS}a) Có bốn cấp.\nb) Có hai cấp.\n{key}")) == SAID


def test_a_truth_behind_a_tab_leaves_the_full_stop_to_its_statement():
    assert shown(lines(f"{TRUTHS}a) Có bốn cấp.\tĐ\nb) Có hai cấp.\tS")) == SAID
