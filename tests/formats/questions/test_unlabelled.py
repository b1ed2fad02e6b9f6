"""Questions whose options carry no letters: told by what is marked, and left alone where nothing is."""

from tests.formats.questions.test_docx import as_line, read
from tests.formats.questions.word_files import p, word

ASKED = [
    ("Đại hội XIII Công đoàn Việt Nam họp năm nào?", ["Năm 2018", "Năm 2023", "Năm 2025"], 1),
    ("Công đoàn Việt Nam thành lập ngày", ["28/7/1929", "03/02/1930"], 0),
    ("Tháng Công nhân là tháng mấy?", ["Tháng 3", "Tháng 4", "Tháng 5", "Tháng 7"], 2),
    ("Cơ quan lãnh đạo cao nhất của Công đoàn là:", ["Đoàn Chủ tịch", "Đại hội"], 1),
]
LEFT = "không thấy phương án trả lời"


def paper(asked=ASKED, mark="b", more=""):
    made = ""
    for number, (stem, options, right) in enumerate(asked, start=1):
        made += p((f"Câu {number}. ", "b"), stem)
        made += "".join(p((text, mark if place == right else "")) for place, text in enumerate(options))
    return word(made + more)


def expected(asked=ASKED):
    return [
        " | ".join(["single", stem, *("*" * (place == right) + text for place, text in enumerate(options))])
        for stem, options, right in asked
    ]


def test_lines_below_a_stem_are_options_where_one_of_them_is_marked():
    for mark in ("b", "red", "u"):
        assert [as_line(each) for each in read(paper(mark=mark)).questions] == expected()


def test_an_essay_after_them_stays_an_essay():
    essay = p("Câu 5. Đồng chí hãy đề xuất ý tưởng đổi mới tổ chức, hoạt động công đoàn (không quá 500 chữ).")
    *choices, last = [as_line(each) for each in read(paper(more=essay)).questions]
    assert choices == expected()
    assert last.startswith("essay | Đồng chí hãy đề xuất")


def test_a_question_without_a_mark_comes_in_flagged_with_its_options():
    unmarked = p("Câu 5. Nhiệm kỳ đại hội mấy năm?") + p("Ba năm") + p("Năm năm")
    last = read(paper(more=unmarked)).questions[-1]
    assert as_line(last) == "? single | Nhiệm kỳ đại hội mấy năm? | Ba năm | Năm năm"


def test_letters_from_a_list_count_by_place_only_where_the_first_option_is_sure():
    keys = p("ĐÁP ÁN") + p("1-B  2-A  3-C  4-B")
    second = read(paper(mark="", more=keys)).questions
    first, unsure, *others = expected()
    assert [as_line(each) for each in second] == [first, "? " + unsure.replace("*", ""), *others]
    assert "dòng nào là phương án đầu tiên" in second[1].why


def test_lines_of_essays_are_no_options():
    made = ""
    for number in range(1, 6):
        made += p(f"Câu {number}. Trình bày nhiệm vụ thứ {number}:") + p("Nêu thực trạng") + p("Nêu giải pháp")
    assert {each.kind.value for each in read(word(made)).questions} == {"essay"}
