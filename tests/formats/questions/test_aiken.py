"""Aiken: one right letter a question, or a flag, or a line that is named."""

import pytest

from quizapp.errors import BadFile
from quizapp.formats.questions.aiken import read_file
from quizapp.formats.questions.apart import QuestionFile
from quizapp.formats.questions.reading import named_format, read_questions

from .shapes import read, shape

ONE = ("single", "Thủ đô?", "-Huế", "+Hà Nội")
SURE = {
    "as it is defined": ("Thủ đô?\nA) Huế\nB) Hà Nội\nANSWER: B", [ONE]),
    "with points": ("Thủ đô?\nA. Huế\nB. Hà Nội\nANSWER: B", [ONE]),
    "without blanks": ("Thủ đô?\nA)Huế\nB)Hà Nội\nANSWER:B", [ONE]),
    "carriage returns and blank lines": ("Thủ đô?\r\n\r\nA) Huế\r\n\r\nB) Hà Nội\r\nANSWER: B\r\n", [ONE]),
    "old carriage returns": ("Thủ đô?\rA) Huế\rB) Hà Nội\rANSWER: B\r", [ONE]),
    "small letters": ("Thủ đô?\na) Huế\nb) Hà Nội\nAnswer: b", [ONE]),
    "Vietnamese": ("Câu 1: Thủ đô?\nA. Huế\nB. Hà Nội\nĐÁP ÁN: B", [ONE]),
    "decomposed Vietnamese": ("Thủ đô?\nA. Huế\nB. Hà Nội\nĐA\u0301P A\u0301N: B", [ONE]),
    "Cyrillic letters that look Latin": ("Thủ đô?\nА) Huế\nВ) Hà Nội\nANSWER: В", [ONE]),
    "the letter with its sign": ("Thủ đô?\nA) Huế\nB) Hà Nội\nANSWER: B)", [ONE]),
    "the letter with its text": ("Thủ đô?\nA) Huế\nB) Hà Nội\nANSWER: B. Hà Nội", [ONE]),
    "a byte order mark": ("\ufeffThủ đô?\nA) Huế\nB) Hà Nội\nANSWER: B", [ONE]),
    "two without a blank line": (
        "Thủ đô?\nA) Huế\nB) Hà Nội\nANSWER: B\nThủ đô?\nA) Huế\nB) Hà Nội\nANSWER: B",
        [ONE, ONE],
    ),
    "a stem and an option of two lines": (
        "Dòng một\ndòng hai?\nA) Một\nvà nữa\nB) Hai\nANSWER: A",
        [("single", "Dòng một\ndòng hai?", "+Một\nvà nữa", "-Hai")],
    ),
    "more options than letters of most": (
        "Số?\n" + "\n".join(f"{letter}) {letter}{letter}" for letter in "ABCDEFGH") + "\nANSWER: G",
        [("single", "Số?", "-AA", "-BB", "-CC", "-DD", "-EE", "-FF", "+GG", "-HH")],
    ),
    "signs of other formats": ("1 < 2 & {=}?\nA) <b>\nB) ~\nANSWER: A", [("single", "1 < 2 & {=}?", "+<b>", "-~")]),
    "numbers of questions": (
        "1. Thủ đô?\nA) Huế\nB) Hà Nội\nANSWER: B\n\n2) Thủ đô?\nA) Huế\nB) Hà Nội\nANSWER: B",
        [ONE, ONE],
    ),
    "a stem that begins with a number": (
        "2. Thủ đô?\nA) Huế\nB) Hà Nội\nANSWER: B",
        [("single", "2. Thủ đô?", "-Huế", "+Hà Nội")],
    ),
    "stems of which only some begin with a number": (
        "1. a?\nA) Huế\nB) Hà Nội\nANSWER: B\n\nb?\nA) Huế\nB) Hà Nội\nANSWER: A",
        [("single", "1. a?", "-Huế", "+Hà Nội"), ("single", "b?", "+Huế", "-Hà Nội")],
    ),
    "letters in brackets": ("Thủ đô?\n(A) Huế\n(B) Hà Nội\nANSWER: B", [ONE]),
    "a stem that begins with letters": (
        "TP. HCM?\nA) Có\nB) Không\nANSWER: A",
        [("single", "TP. HCM?", "+Có", "-Không")],
    ),
}
UNCLEAR = {
    "two letters": "A, C",
    "two letters together": "AC",
    "two letters and a word": "A và C",
    "no letter": "",
    "a word": "Huế",
    "a letter that no option has": "D",
    "a letter with another option's text": "A) Hai",
    "the sign of a doubt": "B?",
}


@pytest.mark.parametrize("name", SURE)
def test_what_is_clear_comes_in(name):
    text, expected = SURE[name]
    reading = read(read_file, text)
    assert [shape(each) for each in reading.questions] == expected
    assert reading.problems == ()


@pytest.mark.parametrize("name", UNCLEAR)
def test_an_unclear_answer_is_flagged_and_nothing_is_right(name):
    [draft] = read(read_file, f"Câu?\nA) Một\nB) Hai\nC) Ba\nANSWER: {UNCLEAR[name]}").questions
    assert shape(draft) == ("single", "Câu?", "-Một", "-Hai", "-Ba", "flagged")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Câu?\nA) Một\nB) Hai", "chưa có dòng ANSWER"),
        ("Câu?\nA) Một\nB) Hai\nANSWER: A\nANSWER: B", "2 dòng đáp án"),
        ("Câu?\nA) Một\nC) Hai\nANSWER: C", "không theo thứ tự"),
        ("Câu?\nA) Một\nB) Hai\nB) Ba\nANSWER: B", "không theo thứ tự"),
        ("Câu?\nA) Một\nB) Một\nANSWER: B", "giống nhau"),
        ("Câu?\nA) Một\nB)\nANSWER: A", "trống"),
    ],
)
def test_a_question_without_a_sure_answer_is_a_draft(text, why):
    [draft] = read(read_file, text).questions
    assert draft.flagged
    assert draft.right_texts == ()
    assert why in draft.why


def test_a_heading_above_a_question_is_flagged():
    [draft] = read(read_file, "NGÂN HÀNG\n\nCâu?\nA) Một\nB) Hai\nANSWER: A").questions
    assert draft.flagged
    assert draft.right_texts == ("Một",)


def test_each_error_is_told_with_its_line_and_spoils_no_other_question():
    text = (
        "Chỉ có một\nA) Một\nANSWER: A\n\n"
        "A) Không có câu hỏi\n\nANSWER: X\n\n"
        "Tốt\nA) Một\nB) Hai\nANSWER: A\n\n"
        "Chưa xong\nA) Một\nB) Hai\n\n"
        "Tốt nữa\nA)Một\nB)Hai\nANSWER: B\n\n"
        "Chỉ có lời\n"
    )
    reading = read(read_file, text)
    assert [(each.n, each.where) for each in reading.problems] == [(1, "dòng 1"), (2, "dòng 5"), (6, "dòng 23")]
    assert [(each.n, each.flagged, each.right_texts) for each in reading.questions] == [
        (3, False, ("Một",)),
        (4, True, ()),
        (5, False, ("Hai",)),
    ]


def test_an_explanation_right_below_the_answer_belongs_to_it():
    first, second = read(
        read_file,
        "Câu?\nA) Một\nB) Hai\nANSWER: A\nGiải thích: vì thế\nvà thế.\n\nCâu nữa?\nA) Ba\nB) Tư\nANSWER: B",
    ).questions
    assert first.explanation == "vì thế\nvà thế."
    assert shape(second) == ("single", "Câu nữa?", "-Ba", "+Tư")


@pytest.mark.parametrize("text", ["\n\n", "   \n"])
def test_a_file_without_questions_is_refused(text):
    with pytest.raises(BadFile):
        read(read_file, text)


LINES = ["Thủ đô?", "A. Huế", "B. Hà Nội"]


@pytest.mark.parametrize(
    "answer", ["ANSWER: B", "Answer: B", "answer:b", "ĐÁP ÁN: B", "ĐA\u0301P A\u0301N: B.", "Answer: B)"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n"])
@pytest.mark.parametrize("start", ["", "\ufeff", "\n\n"])
def test_aiken_is_known_however_its_answers_are_spelled(answer, end, start):
    text = start + end.join([*LINES, answer, *LINES, answer, ""])
    assert named_format("de.txt", text.encode()) == "aiken"
    assert [shape(each) for each in read(read_file, text).questions] == [ONE, ONE]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Thủ đô?\nA. Huế\nB. Hà Nội\nAnswer: C\n", "text"),
        ("Thủ đô?\nA. Huế\nB. Hà Nội\nAnswer: A\nLời cuối.", "text"),
        ("Câu 1. Thủ đô?\nA. Huế\n*B. Hà Nội\nĐáp án: B\n", "text"),
        ("Thủ đô?{=Hà Nội ~Huế}\nAnswer: A", "gift"),
        ("<b>Thủ đô</b>?{=Hà Nội ~Huế}", "gift"),
        ("Đúng không?{true}", "gift"),
        ("<b>là gì?\nA. Huế\nB. Hà Nội\nANSWER: B", "aiken"),
        ("<b>là gì?", ""),
    ],
)
def test_what_only_looks_like_it_is_read_as_what_it_is(text, name):
    assert named_format("de.txt", text.encode()) == name


def test_the_door_knows_aiken_by_its_answers():
    reading = read_questions(QuestionFile("de.txt", "Thủ đô?\nA) Huế\nB) Hà Nội\nANSWER: B\n".encode("utf-16")))
    assert [shape(each) for each in reading.questions] == [ONE]
