"""Essays name a rubric that is there."""

import pytest

from quizapp.formats.questions.native import read_bank
from quizapp.formats.questions.native_writing import write_bank
from tests.formats.questions.checks.conftest import QUESTION, written

ESSAY = """
  - id: de-bai
    kind: essay
    topic: chung
    level: de
    prompt: "Viết một bài ngắn."
    tags: ["mới"]
    rubric: y-tuong
    explanation: "Vì thế."
    source: "Nghị quyết (theo Báo A)"
    confidence: thu_cap
"""


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [("", "", []), ("    rubric: y-tuong\n", "", ["thiếu"]), ("y-tuong", "khac", ["không có phiếu chấm mẫu “khac”"])],
)
def test_an_essay_names_a_rubric_of_those_that_are_there(found, old, new, named):
    problems, _ = found(written(ESSAY.replace(old, new), title="Đề"))
    assert [(path, said in text) for (path, text), said in zip(problems, named, strict=True)] == [
        ("de-bai.rubric", True)
    ] * len(named)


def test_the_rubric_is_read_as_a_tag_and_written_back():
    bank = written(ESSAY).file.bank
    assert bank.questions[0].tags == ("mới", "rubric:y-tuong")
    text = write_bank(bank)
    assert '    rubric: "y-tuong"\n    tags: ["mới"]\n' in text
    assert read_bank(text).bank == bank


def test_only_essays_have_rubrics():
    with pytest.raises(Exception, match="1 lỗi") as refused:
        written(QUESTION + "    rubric: y-tuong\n")
    assert "chỉ dùng cho câu essay" in str(refused.value.problems[0])
