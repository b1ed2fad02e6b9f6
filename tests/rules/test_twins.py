"""Questions that are alike: the same text, nearly the same, another key, another number."""

import pytest

from quizapp.rules.twins import ALIKE, Asked, Index

PROMPT = "Theo Bộ luật Lao động, người lao động làm đủ mười hai tháng được nghỉ hằng năm bao nhiêu ngày?"
LEAVE = Asked(PROMPT, ("12 ngày", "14 ngày", "16 ngày"), ("12 ngày",))


def twins(asked, *stored, **more):
    return Index(dict(enumerate(stored))).twins(asked, **more)


def test_the_order_of_options_case_and_blanks_do_not_matter():
    same = Asked(PROMPT.upper().replace(" ", "  "), ("16 ngày", "12 ngày", "14 ngày"), ("12 Ngày",))
    [found] = twins(same, LEAVE)
    assert (found.share, found.same_key, found.is_same_text) == (1.0, True, True)


def test_another_key_of_the_same_text_is_told():
    [found] = twins(Asked(PROMPT, LEAVE.options, ("14 ngày",)), LEAVE)
    assert (found.is_same_text, found.same_key) == (True, False)


@pytest.mark.parametrize(
    "other",
    [
        Asked("Chọn số", ("+1", "2"), ("2",)),
        Asked("Chon so", ("-1", "2"), ("2",)),
    ],
)
def test_a_sign_or_an_accent_makes_no_same_text(other):
    [found] = twins(Asked("Chọn số", ("-1", "2"), ("2",)), other)
    assert not found.is_same_text


def test_few_other_words_make_a_question_alike():
    [found] = twins(Asked(PROMPT.replace("hằng năm", "mỗi năm"), LEAVE.options, LEAVE.right), LEAVE)
    assert ALIKE <= found.share < 1.0


def test_another_number_is_another_question():
    article = "Khoản 1 Điều {} Bộ luật Lao động quy định về quyền của người lao động như thế nào?"
    assert twins(Asked(article.format(25)), Asked(article.format(26))) == []


def test_other_questions_and_those_named_are_not_told():
    assert twins(Asked("Ngày thành lập Công đoàn Việt Nam là ngày nào?", ("28/7/1929",)), LEAVE) == []
    assert twins(LEAVE, LEAVE, but=[0]) == []
    assert twins(Asked(""), LEAVE) == []


def test_other_pictures_are_no_same_text():
    shown = Asked("Hình này là gì?", ("Cờ", "Búa"), seen=("a",))
    [found] = twins(shown, Asked("Hình này là gì?", ("Cờ", "Búa"), seen=("b",)))
    assert not found.is_same_text
