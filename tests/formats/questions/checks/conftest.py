"""A bank that keeps every rule, and a register of one law in force, one gone, and a resolution."""

from datetime import date

import pytest

from quizapp.formats.questions.checking import Written, check_banks
from quizapp.formats.questions.checks.grounds import Grounds, read_laws, read_numbers
from quizapp.formats.questions.native import read_bank

TODAY = date(2026, 11, 25)
KNOWN = """
- {number: 1/2020/QH14, title: Luật Mẫu, in_force_from: 2021-01-01}
- {number: 2/2012/QH13, title: Luật Cũ, in_force_to: 2020-12-31, replaced_by: 1/2020/QH14}
- {number: 3-NQ/TW ngày 12/6/2021, title: Nghị quyết}
"""
ARTICLES = """
1/2020/QH14:
  name: Luật Mẫu 2020
  articles: {1: 0, 25: 2, 26: "1 1a"}
  amended: {"25 2": 2026-07-01}
  barred: {"đã bãi bỏ": ["1"]}
2/2012/QH13:
  name: Luật Cũ 2012
  articles: {25: 2}
"""
NUMBERS = (
    'document: 1/2020/QH14\narticles:\n  25: ["180 ngày", "3 ngày làm việc", "85%", "5310000"]',
    'document: 3-NQ/TW ngày 12/6/2021\narticles:\n  "": ["12/6/2021", "13,5 triệu"]',
    'document: ""\narticles:\n  "": ["1929"]',
)
GROUNDS = Grounds(read_laws(KNOWN, ARTICLES), read_numbers(NUMBERS), rubrics=frozenset({"y-tuong"}))
HEAD = """
bank:
  code: {code}
  title: "{title}"
  about: "Theo Luật Mẫu"
  checked_on: 2026-11-24
  topics:
    chung: "Chung"
questions:
"""
QUESTION = """
  - id: thu-viec
    kind: single
    topic: chung
    level: de
    prompt: "Thời gian thử việc của người quản lý tối đa là bao nhiêu?"
    options:
      - right: "180 ngày"
      - wrong: "60 ngày"
      - wrong: "30 ngày"
    explanation: "Điều 25 khoản 1: tối đa 180 ngày."
    source: "Luật Mẫu 2020, Điều 25 khoản 1"
    confidence: van_ban
    valid_from: 2021-01-01
    citation:
      document: "1/2020/QH14"
      article: "Điều 25"
      clause: "khoản 1"
"""


def written(*questions: str, code: str = "luat", title: str = "Luật Mẫu") -> Written:
    source = HEAD.format(code=code, title=title) + "".join(questions)
    return Written(read_bank(source), source.encode(), code)


def changed(*changes: tuple[str, str]) -> str:
    """Return the good question with some texts changed, each of which stands there."""
    text = QUESTION
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.fixture
def found():
    """Return what is found in banks, as (column, text) pairs of problems and of remarks."""

    def look(*banks: Written, strict: bool = True, grounds: Grounds = GROUNDS):
        findings = check_banks(banks, today=TODAY, grounds=grounds, strict=strict)
        return (
            [(each.column, each.text) for every in findings for each in every.problems],
            [(each.column, each.text) for every in findings for each in every.remarks],
        )

    return look
