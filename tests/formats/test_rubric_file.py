"""Rubric files: what they say, and what is wrong with them."""

import pytest

from quizapp.errors import BadFile
from quizapp.formats.rubric_file import read_rubrics

FILE = """
rubrics:
  - code: y-tuong
    title: "Ý tưởng"
    criteria:
      - key: moi
        title: "Tính mới"
        description: "Khác gì"
        marks: 2.5
        levels:
          - {title: "Chưa đạt", marks: 0, descriptor: "Không có ý"}
          - {title: "Đạt", marks: 2.5, descriptor: "Có một ý"}
      - key: chu
        title: "Chữ"
        marks: 1
"""


def problems(text):
    with pytest.raises(BadFile) as refused:
        read_rubrics(text)
    return [(each.column, each.text) for each in refused.value.problems]


def test_criteria_and_levels_are_read_in_hundredths():
    [rubric] = read_rubrics(FILE)
    first, second = rubric.content.criteria
    assert (rubric.code, rubric.content.max_mark) == ("y-tuong", 350)
    assert [(level.title, level.descriptor, level.mark) for level in first.levels] == [
        ("Chưa đạt", "Không có ý", 0),
        ("Đạt", "Có một ý", 250),
    ]
    assert (second.key, second.levels) == ("chu", ())


@pytest.mark.parametrize(
    ("old", "new", "column", "said"),
    [
        ("marks: 0,", "marks: 2.5,", "rubrics.1.criteria.1.levels", "tăng dần"),
        ("marks: 2.5,", "marks: 2,", "rubrics.1.criteria.1.levels", "khác điểm của tiêu chí"),
        ("Có một ý", "KHÔNG có ý", "rubrics.1.criteria.1.levels", "mô tả giống nhau"),
        ('"Đạt", marks', '"chưa đạt", marks', "rubrics.1.criteria.1.levels", "tên giống nhau"),
        ("key: chu", "key: moi", "rubrics.1.criteria.2.key", "đã dùng ở trên"),
        ("code: y-tuong", "code: Ý tưởng", "rubrics.1.code", "không dấu"),
        ("marks: 0,", "marks: nhiều,", "rubrics.1.criteria.1.levels.1.marks", "không phải số điểm"),
        (', descriptor: "Có một ý"', "", "rubrics.1.criteria.1.levels.2.descriptor", "thiếu khóa"),
    ],
)
def test_what_judges_could_not_use_is_named(old, new, column, said):
    assert old in FILE
    assert [text for path, text in problems(FILE.replace(old, new, 1)) if path == column and said in text]


def test_a_code_stands_once():
    again = FILE + FILE.replace("\nrubrics:\n", "")
    assert problems(again) == [("rubrics.2.code", "“y-tuong” đã dùng ở trên; xin chọn mã khác")]
