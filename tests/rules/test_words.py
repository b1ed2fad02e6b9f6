"""Words as people count them, and limits of an essay."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules.round_rules import EssayRule
from quizapp.rules.words import count_words, limit_problem
from quizapp.vocabulary import WordUnit


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        (" \n\t ", 0),
        ("đoàn viên", 2),
        ("Công đoàn – nơi\u00a0gửi gắm …", 5),
        ("07/2026, 8,5 điểm!", 3),
        ("an\u3000toàn\u2028lao\r\nđộng", 4),
        ("- * • ...", 0),
        ("COVID-19 e-mail", 2),
    ],
)
def test_what_stands_between_blanks_and_has_a_letter_or_digit_is_a_word(text, words):
    assert count_words(text) == words


@given(st.text())
def test_composed_or_not_a_text_has_as_many_words(text):
    assert count_words(normalize("NFC", text)) == count_words(normalize("NFD", text))


RULE = EssayRule(prompt="", max_mark=500, least_words=3, most_words=1200)


@pytest.mark.parametrize("words", [3, 1200])
def test_exactly_the_limit_is_allowed(words):
    assert limit_problem(words, RULE) is None


def test_too_much_and_too_little_are_said_in_the_word_of_the_rules():
    assert limit_problem(1201, RULE) == "Bài viết có 1.201 chữ, vượt mức 1.200 chữ; hãy bớt ít nhất 1 chữ."
    tu = EssayRule(prompt="", max_mark=500, least_words=3, unit=WordUnit.TU)
    assert limit_problem(2, tu) == "Bài viết mới có 2 từ, cần ít nhất 3 từ; hãy viết thêm 1 từ."


def test_without_limits_any_length_is_allowed():
    assert limit_problem(0, EssayRule(prompt="", max_mark=500)) is None
