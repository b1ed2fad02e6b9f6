"""GIFT: what each way of writing it comes to, and what is flagged or refused instead of guessed."""

import pytest

from quizapp.errors import BadFile
from quizapp.formats.questions.apart import QuestionFile
from quizapp.formats.questions.gift import read_file
from quizapp.formats.questions.reading import read_questions

from .shapes import read, shape

SURE = {
    "one option on a line": (
        "::Thủ đô:: Thủ đô của Việt Nam?\n{\n  =Hà Nội\n  ~Huế\n  ~Đà Nẵng\n}",
        ("single", "Thủ đô của Việt Nam?", "+Hà Nội", "-Huế", "-Đà Nẵng"),
    ),
    "all on one line": ("Hai cộng hai?{=4 ~5 ~6}", ("single", "Hai cộng hai?", "+4", "-5", "-6")),
    "without blanks between the signs": ("Hai cộng hai?{~5~6=4}", ("single", "Hai cộng hai?", "-5", "-6", "+4")),
    "a slip that Moodle forgives": ("Hai cộng hai?{~5 ~=4}", ("single", "Hai cộng hai?", "-5", "+4")),
    "a gap inside the stem": (
        "Công đoàn thành lập năm {=1929 ~1930 ~1945} tại Hà Nội.",
        ("single", "Công đoàn thành lập năm _____ tại Hà Nội.", "+1929", "-1930", "-1945"),
    ),
    "a gap at the beginning": ("{ =Á } là châu lục lớn nhất.", ("short", "_____ là châu lục lớn nhất.", "=Á")),
    "escaped signs": (
        r"Nếu x \= 2 thì \{x \~ 3\}\: bao nhiêu\#?{=\= 5 ~\~ 6 ~\\n}",
        ("single", "Nếu x = 2 thì {x ~ 3}: bao nhiêu#?", "+= 5", "-~ 6", "-\\n"),
    ),
    "an escaped end of line": (r"Dòng một\nDòng hai{T}", ("true_false", "Dòng một\nDòng hai", "+Đúng", "-Sai")),
    "unescaped signs in the stem": ("1+1=2: đúng?{TRUE}", ("true_false", "1+1=2: đúng?", "+Đúng", "-Sai")),
    "false, with two comments": ("Sai mà.{F#a#b}", ("true_false", "Sai mà.", "-Đúng", "+Sai")),
    "false in other letters": ("Sai mà.{False}", ("true_false", "Sai mà.", "-Đúng", "+Sai")),
    "comments of options": (
        "Màu?{\n=vàng # tốt; đúng!\n~đỏ # [html]sai, là vàng\n~[plain]xanh # sai\n}",
        ("single", "Màu?", "+vàng", "-đỏ", "-xanh"),
    ),
    "several right with equal weights": (
        "Châu lục?{\n~%33.33333%Á\n~%33.33333%Phi\n~%-100%Nga\n~%33.33333%Âu\n}",
        ("multiple", "Châu lục?", "+Á", "+Phi", "-Nga", "+Âu"),
    ),
    "one right of several that may be ticked": ("Chọn?{~%100%a ~b}", ("multiple", "Chọn?", "+a", "-b")),
    "all of the mark said twice": ("Chọn?{=%100%a ~%0%b}", ("single", "Chọn?", "+a", "-b")),
    "typed answers": ("Ai?{=Bác Hồ =Hồ Chí Minh}", ("short", "Ai?", "=Bác Hồ", "=Hồ Chí Minh")),
    "a typed answer with a catch-all that is wrong": ("Ai?{=%100%Lan =%0%*#không}", ("short", "Ai?", "=Lan")),
    "a number": ("Năm?{#1929}", ("number", "Năm?", "=1929")),
    "a number with tolerance": ("Pi?{#3.1415:0.0005}", ("number", "Pi?", "=3.1415±0.0005")),
    "a number with a comma": ("Pi?{#3,14}", ("number", "Pi?", "=3.14")),
    "a range": ("Pi?{#3.141..3.142}", ("number", "Pi?", "=3.1415±0.0005")),
    "a negative range": ("Bao nhiêu?{#-5..-1}", ("number", "Bao nhiêu?", "=-3±2")),
    "a number among several lines": ("Năm?{#\n\t=%100%1929:0#đúng\n\t~#sai\n}", ("number", "Năm?", "=1929")),
    "an essay": ("::Q:: Bạn nghĩ gì? {}", ("essay", "Bạn nghĩ gì?")),
    "html": (
        "[html]<p>Nước là H<sub>2</sub>O &amp; gì?</p>{=[html]<b>A</b> ~[plain]<b>}",
        ("single", "Nước là H₂O & gì?", "+A", "-<b>"),
    ),
    "a smaller-than sign is no tag": ("x<y và a < b?{T}", ("true_false", "x<y và a < b?", "+Đúng", "-Sai")),
    "decomposed letters": ("Thu\u031b\u0301?{T}", ("true_false", "Thứ?", "+Đúng", "-Sai")),
    "carriage returns": ("Hai?\r\n{\r\n=2\r\n~3\r\n}\r\n", ("single", "Hai?", "+2", "-3")),
    "a comment among the options": ("Hai?{\n=2\n// ~4\n~3\n}", ("single", "Hai?", "+2", "-3")),
    "blank lines inside the braces": ("Hai?{\n=2\n\n~3\n\n}", ("single", "Hai?", "+2", "-3")),
    "a double backslash": (r"A \\\\ B{}", ("essay", "A \\\\ B")),
    "an address in the stem": ("Xem https://x.vn?{T}", ("true_false", "Xem https://x.vn?", "+Đúng", "-Sai")),
}
UNCLEAR = {
    "two right where one is chosen": ("Q?{=a =b ~c}", ("single", "Q?", "-a", "-b", "-c", "flagged")),
    "none right": ("Q?{~a ~b}", ("single", "Q?", "-a", "-b", "flagged")),
    "a part of the mark for an option": ("Q?{=a ~%50%b ~c}", ("single", "Q?", "+a", "-b", "-c", "flagged")),
    "weights that are not all of the mark": ("Q?{~%50%a ~%25%b ~c}", ("multiple", "Q?", "-a", "-b", "-c", "flagged")),
    "unequal weights": ("Q?{~%75%a ~%25%b ~c}", ("multiple", "Q?", "+a", "+b", "-c", "flagged")),
    "all and half of the mark at once": ("Q?{=%50%a =%50%b ~c}", ("single", "Q?", "-a", "-b", "-c", "flagged")),
    "an unescaped sign inside an option": ("Q?{=2+2=4 ~5 ~6}", ("single", "Q?", "-2+2", "-4", "-5", "-6", "flagged")),
    "an unescaped sign that would be the only key": (
        "Q?{\n~a\n~b vì x = 3\n~c\n}",
        ("single", "Q?", "-a", "-b vì x", "-3", "-c", "flagged"),
    ),
    "an unescaped sign in a comment": (
        "Q?{\n~%50%a # vì x=3\n~%50%b\n}",
        ("single", "Q?", "-a", "-3", "-b", "flagged"),
    ),
    "an option without a sign": ("Q?{a ~b =c}", ("single", "Q?", "-a", "-b", "-c", "flagged")),
    "the same option right and wrong": ("Q?{=a ~a ~b}", ("single", "Q?", "-a", "-a", "-b", "flagged")),
    "an empty right option": ("Q?{= ~a ~b}", ("single", "Q?", "-", "-a", "-b", "flagged")),
    "a formula taken for an answer": ("Q?{=x=1 =y}", ("short", "Q?", "flagged")),
    "braces that are no answer": ("Tập {1; 2} có mấy phần tử?", ("short", "Tập _____ có mấy phần tử?", "flagged")),
    "a typed answer for part of the mark": ("Q?{=Lan =%50%Lân}", ("short", "Q?", "=Lan", "flagged")),
    "any answer that begins so": ("Q?{=Hà*}", ("short", "Q?", "flagged")),
    "two numbers": ("Q?{#=1 =2}", ("number", "Q?", "flagged")),
    "a number for part of the mark": ("Q?{#=1822:0 =%50%1822:2}", ("number", "Q?", "=1822", "flagged")),
    "a number that may be another": ("Q?{#1,500}", ("number", "Q?", "flagged")),
    "no number at all": ("Q?{#năm}", ("number", "Q?", "flagged")),
    "a picture that is not there": (
        '[html]<img src\\="@@PLUGINFILE@@/a.png">Q?{T}',
        ("true_false", "Q?", "+Đúng", "-Sai", "flagged"),
    ),
    "no stem": ("::Q::{T}", ("true_false", "", "+Đúng", "-Sai", "flagged")),
    "a stem apart from its answers": ("Q?\n\n{=a ~b}", ("single", "Q?", "+a", "-b", "flagged")),
}
REFUSED = {
    "matching": ("Ghép.{=a -> b =c -> d}", "câu ghép đôi"),
    "a description": ("Chỉ là lời dẫn.", "không có phần đáp án"),
    "an open brace": ("Q?{=a ~b", "không đi thành một cặp"),
    "two pairs of braces": ("Q {=a ~b} và {=c ~d}", "nhiều hơn một phần"),
    "one option": ("Q?{~a}", "chỉ có một phương án"),
    "no number": ("Q?{#}", "còn trống"),
}


@pytest.mark.parametrize("name", SURE)
def test_what_is_clear_comes_in_as_moodle_takes_it(name):
    text, expected = SURE[name]
    reading = read(read_file, text)
    assert [shape(each) for each in reading.questions] == [expected]
    assert reading.problems == ()


@pytest.mark.parametrize("name", UNCLEAR)
def test_what_is_unclear_is_flagged_and_no_guess_is_right(name):
    text, expected = UNCLEAR[name]
    [draft] = read(read_file, text).questions
    assert shape(draft) == expected
    assert draft.why


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_come_in_is_told_with_its_place(name):
    text, what = REFUSED[name]
    reading = read(read_file, f"Trước?{{T}}\n\n{text}\n\nSau?{{F}}")
    assert [each.n for each in reading.questions] == [1, 3]
    [problem] = reading.problems
    assert (problem.n, problem.where) == (2, "dòng 3")
    assert what in problem.what


def test_categories_are_topics_and_comments_carry_id_and_tags():
    text = (
        "$CATEGORY: $course$/top/Luật/Hợp đồng\n\n"
        "// [id:HD\\]1] [tag:khó] [tag:thử việc]\n::Một:: A?{T#x####Vì thế.}\n\n"
        "// [id:xa]\n\n"
        "$CATEGORY: Luật\nB?{F}"
    )
    reading = read(read_file, text)
    first, second = reading.questions
    assert (first.topic, first.ref, first.tags, first.explanation) == (
        "luat/hop-dong",
        "HD]1",
        ("khó", "thử việc"),
        "Vì thế.",
    )
    assert (second.topic, second.ref, second.n, second.row) == ("luat", "", 2, 9)
    assert reading.topics == {"luat": "Luật", "luat/hop-dong": "Hợp đồng"}


def test_two_questions_without_a_blank_line_are_two():
    reading = read(read_file, "::1:: Một?{=a ~b}\n::2:: Hai?{~a =b}")
    assert [shape(each) for each in reading.questions] == [
        ("single", "Một?", "+a", "-b"),
        ("single", "Hai?", "-a", "+b"),
    ]
    reading = read(read_file, "Một?{=a ~b}\nHai?{~a =b}")
    assert [shape(each) for each in reading.questions] == [
        ("single", "Một?", "+a", "-b", "flagged"),
        ("single", "Hai?", "-a", "+b", "flagged"),
    ]


def test_an_id_that_comes_twice_names_only_its_first_question():
    reading = read(read_file, "// [id:a]\nMột?{T}\n\n// [id:a]\nHai?{F}")
    assert [each.ref for each in reading.questions] == ["a", ""]


def test_a_picture_inside_the_text_is_kept_beside_its_option():
    text = 'Hình nào?{=[html]<img src\\="data\\:image/png;base64,iVBORw0KGgo\\=" alt\\="cờ"> ~khác}'
    [draft] = read(read_file, text).questions
    assert shape(draft) == ("single", "Hình nào?", "+cờ", "-khác")
    assert [(each.name, each.content, each.place) for each in draft.pictures] == [("anh.png", b"\x89PNG\r\n\x1a\n", 0)]


def test_what_is_lost_is_told_once():
    evidence = " ".join(read(read_file, "Q?{~%50%a#x ~%50%b ~%-50%c}").evidence)
    assert "nhận xét" in evidence
    assert "trừ điểm" in evidence


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_unicode_is_read_whatever_its_bytes(encoding):
    reading = read(read_file, "Thứ mấy là Chủ nhật?{=Bảy ~Tám}".encode(encoding))
    assert [shape(each) for each in reading.questions] == [("single", "Thứ mấy là Chủ nhật?", "+Bảy", "-Tám")]


def test_vietnamese_of_old_windows_is_read():
    data = "Thư\u0301 mâ\u0301y?{=Ba\u0309y ~Ta\u0301m}".encode("windows-1258")
    assert [shape(each) for each in read(read_file, data).questions] == [("single", "Thứ mấy?", "+Bảy", "-Tám")]


@pytest.mark.parametrize(
    "data",
    [
        b"\x00\x01\x02\x03abc{T}",
        "Chào ç ë þ?{T}".encode("latin-1"),
        "C«ng ®oµn ViÖt Nam lµ tæ chøc chÝnh trÞ - x· héi réng lín cña giai cÊp c«ng nh©n?{T}",
        "Toång Lieân ñoaøn Lao ñoäng Vieät Nam laø toå chöùc cuûa ngöôøi lao ñoäng?{T}",
        "\n\n// chỉ có chú thích\n",
    ],
)
def test_a_file_that_is_no_text_of_today_is_refused_with_what_to_do(data):
    with pytest.raises(BadFile) as refusal:
        read(read_file, data)
    assert "Xin" in refusal.value.problems[0].text


def test_german_is_not_taken_for_an_old_font():
    text = "Wählen Sie die größte Stadt für Käufer über Zürich, schön, möglich, süß?{=Köln ~Nürnberg}"
    assert len(read(read_file, text).questions) == 1


def test_the_door_reads_it_in_a_child_process():
    reading = read_questions(QuestionFile("bank.txt", "::A:: Một?{=a ~b}\n\nHai?{#2}".encode()))
    assert [shape(each) for each in reading.questions] == [
        ("single", "Một?", "+a", "-b"),
        ("number", "Hai?", "=2"),
    ]


def test_a_hostile_file_costs_little_time():
    hostile = ["{" * 50_000, "~" * 50_000, "Q{" + "=a" * 30_000 + "}", "\n\n".join(["Q{"] * 20_000), "<" * 60_000]
    for text in hostile:
        reading = read_questions(QuestionFile("bank.gift", text.encode()), "gift")
        assert not any(each.right_texts for each in reading.questions)
