"""Numbers of keys stand in the article that is cited, and the explanation does not say others."""

import pytest

from quizapp.formats.questions.checks.numbers import has
from quizapp.rules.quantities import Quantity, quantities
from tests.formats.questions.checks.conftest import QUESTION, changed, written

STATEMENT = QUESTION.replace("kind: single", "kind: true_false").replace(
    QUESTION[QUESTION.index("    options:") : QUESTION.index("    explanation:")], "    answer: true\n"
)


def numbered(problems):
    return [path for path, text in problems if "không có trong điều được dẫn" in text]


def test_a_number_that_the_article_does_not_have_is_named(found):
    problems, _ = found(written(changed(("180 ngày", "190 ngày"))))
    assert numbered(problems) == ["thu-viec.options.1"]


def test_the_unit_belongs_to_the_number(found):
    problems, _ = found(written(changed(("180 ngày", "03 ngày"))))
    assert numbered(problems) == ["thu-viec.options.1"]
    assert numbered(found(written(changed(("180 ngày", "03 ngày làm việc"))))[0]) == []


def test_a_number_of_the_story_may_come_again_in_the_key(found):
    story = changed(("180 ngày", "190 ngày"), ("tối đa là bao nhiêu", "đã 190 ngày thì sao"))
    assert numbered(found(written(story))[0]) == []


@pytest.mark.parametrize(("answer", "named"), [("true", ["thu-viec.prompt"]), ("false", [])])
def test_a_true_statement_says_only_numbers_of_the_article(found, answer, named):
    text = STATEMENT.replace("tối đa là bao nhiêu?", "tối đa là 190 ngày.").replace("answer: true", f"answer: {answer}")
    assert numbered(found(written(text))[0]) == named


def test_an_explanation_with_another_number_contradicts_the_key(found):
    problems, _ = found(written(changed(("tối đa 180 ngày.", "tối đa 60 ngày."))))
    assert [(path, "ghi 60 ngày mà đáp án ghi 180 ngày" in text) for path, text in problems] == [
        ("thu-viec.explanation", True)
    ]


def test_an_explanation_may_have_other_numbers_beside_that_of_the_key(found):
    assert found(written(changed(("tối đa 180 ngày.", "180 ngày; người khác 60 ngày, lương 85%."))))[0] == []


def test_a_text_whose_numbers_nobody_drew_is_not_held_against(found):
    other = changed(("Mẫu 2020", "Cũ 2012"), ("1/2020/QH14", "2/2012/QH13"), ("180 ngày", "190 ngày"))
    assert numbered(found(written(other))[0]) == []


def test_for_banks_of_others_it_is_a_remark(found):
    problems, remarks = found(written(changed(("180 ngày", "190 ngày"))), strict=False)
    assert (problems, numbered(remarks)) == ([], ["thu-viec.options.1"])


@pytest.mark.parametrize(
    ("sought", "is_known"),
    [
        ("5.310.000 đồng", True),
        ("7 triệu", False),
        ("năm 2025", True),
        ("7/2025", True),
        ("5310000", True),
        ("7%", False),
    ],
)
def test_tables_and_dates_have_their_numbers_without_units(sought, is_known):
    known = quantities("5310000; 01/7/2025; 7 ngày")
    assert has(known, quantities(sought)[0]) is is_known


def test_a_number_without_a_unit_is_sought_among_all():
    assert has([Quantity("7", "ngày")], Quantity("7"))
