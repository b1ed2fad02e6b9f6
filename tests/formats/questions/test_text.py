"""Plain text files of questions, in whatever encoding, are read by the grammar of Word files."""

import pytest

from quizapp.errors import BadFile
from quizapp.formats.questions.apart import QuestionFile
from quizapp.formats.questions.text import read_file

SOURCE = "Câu 1: Thủ đô?\r\nA. Hà Nội\r\n*B. Huế\r\nCâu 2: Năm?\r\nA. 1929\r\nB. 1930\r\nĐáp án: A\r\n"


def read(data, answers=None):
    return read_file(QuestionFile("thi.txt", data, answers))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_is_read_in_its_encoding(encoding):
    questions = read(SOURCE.encode(encoding)).questions
    assert [(each.prompt, each.right_texts) for each in questions] == [("Thủ đô?", ("Huế",)), ("Năm?", ("1929",))]


def test_numbers_that_restart_in_each_part_take_the_key_of_their_part():
    source = "I. Một\n1. x?\nA. 1\nB. 2\nII. Hai\n1. y?\nA. 1\nB. 2\nĐÁP ÁN\nI. 1A\nII. 1B\n"
    assert [each.right_texts for each in read(source.encode()).questions] == [("1",), ("2",)]


def test_a_solution_gives_the_key_and_an_explanation():
    source = "Câu 1. Hỏi?\nA. x\nB. y\nLời giải\nChọn B\nVì thế.\n"
    [question] = read(source.encode()).questions
    assert (question.right_texts, question.explanation) == (("y",), "Vì thế.")


def test_a_text_that_questions_share_is_given_to_each_and_doubted():
    source = "Đọc đoạn văn sau và trả lời câu hỏi từ 1 đến 2\nĐoạn.\nCâu 1. Hỏi?\nA. x\nB. y\nĐáp án: A\n"
    source += "Câu 2. Khác?\nA. x\nB. y\nĐáp án: A\nCâu 3. Nữa?\nA. x\nB. y\nĐáp án: A\n"
    assert [("Đoạn." in each.prompt, each.flagged) for each in read(source.encode()).questions] == [
        (True, True),
        (True, True),
        (False, False),
    ]


def test_options_on_one_line_that_may_end_at_two_places_have_no_key():
    source = "Câu 1. Hỏi?\nA. một  B. hai  B. ba  C. bốn\nĐáp án: A\n"
    [question] = read(source.encode()).questions
    assert question.flagged
    assert question.right_texts == ()


@pytest.mark.parametrize("answer", ["A (sai)", "không phải A", "A - B", "A/B"])
def test_an_answer_that_does_not_name_one_option_plainly_is_no_key(answer):
    [question] = read(f"Câu 1. Hỏi?\nA. một\nB. hai\nĐáp án: {answer}\n".encode()).questions
    assert question.flagged
    assert question.right_texts == ()


def test_a_name_in_the_last_option_is_no_fifth_option():
    source = "Câu 1. Ai?\nA. Hegel\nB. Mác\nC. Lênin\nD. Nhà triết học E. Kant\nĐáp án: D\n"
    [question] = read(source.encode()).questions
    assert question.right_texts == ("Nhà triết học E. Kant",)


def test_a_list_of_keys_that_stands_there_twice_is_not_one_for_each_part():
    part = "Câu 1. x?\nA. 1\nB. 2\nCâu 2. y?\nA. 1\nB. 2\n"
    source = f"Phần I\n{part}Phần II\n{part}ĐÁP ÁN\n1A 2B\nĐÁP ÁN CHI TIẾT\n1A 2B\n"
    assert {each.right_texts for each in read(source.encode()).questions} == {()}


def test_essays_numbered_plainly_in_a_part_of_their_own_are_not_lost():
    source = "PHẦN I: TRẮC NGHIỆM\n1. Một?\nA. x\nB. y\nPHẦN II: TỰ LUẬN\n1. Nêu quyền.\n2. Trình bày.\n"
    source += "ĐÁP ÁN\nPHẦN I\n1-A\nPHẦN II\nCâu 1: Có ba quyền.\nCâu 2: Hai ý.\n"
    found = read(source.encode()).questions
    assert [(each.kind.value, each.right_texts, each.suggested) for each in found] == [
        ("single", ("x",), ""),
        ("essay", (), "Có ba quyền."),
        ("essay", (), "Hai ý."),
    ]


def test_an_old_encoding_is_refused_with_what_to_do():
    with pytest.raises(BadFile) as refusal:
        read("Caâu 1: Thuû ñoâ nöôùc ta ôû ñaâu?\nA. Haø Noäi\nB. Hueá\nC. Ñaø Naüng".encode())
    assert "UniKey" in refusal.value.problems[0].text


def test_bold_and_lists_of_markdown_are_understood():
    source = "### Câu 1\nHỏi?\n\n- A. một\n- B. hai\n\n✅ **Đáp án đúng: B**\n\n---\n"
    source += "**Câu 2: Nữa?**\n\n- A. một\n- B. hai\n\n**Đáp án: A**\n"
    found = read(source.encode()).questions
    assert [(each.prompt, each.right_texts, each.flagged) for each in found] == [
        ("Hỏi?", ("hai",), False),
        ("Nữa?", ("một",), False),
    ]


def test_a_table_of_keys_set_by_tabs_is_one():
    source = "Câu 1. x?\nA. 1\nB. 2\nCâu 2. y?\nA. 1\nB. 2\nĐÁP ÁN\nCâu\t1\t2\nĐáp án\tB\tA\n"
    assert [each.right_texts for each in read(source.encode()).questions] == [("2",), ("1",)]


def test_a_marked_copy_is_a_file_of_keys():
    source = "Câu 1. x?\nA. một\nB. hai\nCâu 2. y?\nA. một\nB. hai\n"
    copy = "Câu 1. x?\n*A. hai\nB. một\nCâu 2. y?\nA. một\n*B. hai\n"
    found = read(source.encode(), copy.encode()).questions
    assert [each.right_texts for each in found] == [("hai",), ("hai",)]
