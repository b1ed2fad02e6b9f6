"""Word files, each for one trap, give the questions that a person reads in them, or say that they cannot."""

import pytest

from quizapp.errors import BadFile
from quizapp.formats.questions.apart import QuestionFile
from quizapp.formats.questions.docx import read_file
from tests.formats.questions.docx_corpus import CORPUS


def as_line(draft):
    options = [("*" if each.right else "") + each.text for each in draft.options] + [
        "*" + each for each in draft.accepted
    ]
    return ("? " if draft.flagged else "") + " | ".join([draft.kind.value, draft.prompt, *options])


def read(data, answers=None):
    return read_file(QuestionFile("thi.docx", data, answers))


@pytest.mark.parametrize("name", CORPUS)
def test_a_trap_gives_what_a_person_reads(name):
    data, expected = CORPUS[name]
    reading = read(data)
    assert [as_line(each) for each in reading.questions] == expected
    assert reading.problems == ()
    assert all(each.why for each in reading.questions if each.flagged)
