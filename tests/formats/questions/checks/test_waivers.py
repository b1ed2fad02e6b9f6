"""Exceptions let pass what they name, and fail when nothing needs them."""

from dataclasses import replace

import pytest

from quizapp.errors import BadFile
from quizapp.formats.questions.checking import check_banks
from quizapp.formats.questions.checks.waivers import read_waivers, unneeded
from tests.formats.questions.checks.conftest import GROUNDS, QUESTION, TODAY, changed, written

FILE = """
exceptions:
  - bank: luat
    question: thu-viec
    numbers: ["190 ngày"]
    reason: "Tính ra."
"""


def left_over(waivers, bank):
    [found] = check_banks([bank], today=TODAY, grounds=replace(GROUNDS, waivers=waivers), strict=True)
    return found.problems, unneeded(waivers, [("luat", each) for each in found.waived])


def test_a_number_with_a_reason_passes():
    assert left_over(read_waivers(FILE), written(changed(("180 ngày", "190 ngày")))) == ([], [])


def test_it_passes_for_this_question_and_this_number_only():
    problems, _ = left_over(read_waivers(FILE), written(changed(("180 ngày", "200 ngày"))))
    assert len(problems) == 1
    problems, _ = left_over(read_waivers(FILE.replace("thu-viec", "khac")), written(changed(("180 ngày", "190 ngày"))))
    assert len(problems) == 1


def test_an_exception_that_nothing_needs_is_a_problem_by_line():
    problems, [unneeded_one] = left_over(read_waivers(FILE), written(QUESTION))
    assert problems == []
    assert (unneeded_one.row, "“190 ngày” của câu “thu-viec” không còn cần" in unneeded_one.text) == (3, True)


def test_options_that_differ_by_accents_alone_are_named_until_an_exception_says_why(found):
    accents = changed(("60 ngày", "Bàn"), ("30 ngày", "Bạn"))
    [(path, text)] = found(written(accents))[0]
    assert (path, "chỉ khác dấu" in text) == ("thu-viec.options.3", True)
    waivers = read_waivers(FILE.replace('numbers: ["190 ngày"]', "options: true"))
    assert left_over(waivers, written(accents)) == ([], [])


def test_options_that_look_alike_are_never_let_pass(found):
    tones = changed(("60 ngày", "Hòa giải"), ("30 ngày", "hoà giải"))
    for strict in (True, False):
        assert [path for path, _ in found(written(tones), strict=strict)[0]] == ["thu-viec.options.3"]


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ('    reason: "Tính ra."\n', "", "exceptions.1.reason"),
        ('    numbers: ["190 ngày"]\n', "", "exceptions.1.numbers"),
        ("question:", "cau:", "exceptions.1.question"),
    ],
)
def test_an_exception_says_what_and_why(old, new, column):
    with pytest.raises(BadFile) as refused:
        read_waivers(FILE.replace(old, new))
    assert column in [each.column for each in refused.value.problems]
