"""A contest file and the union, bank and organiser that it needs."""

from dataclasses import dataclass

import pytest

from quizapp.models import Person, QuestionBank, TradeUnion
from quizapp.vocabulary import Role, UnionKind
from tests.cast import Cast

FILE = """\
contest:
  slug: tim-hieu
  title: Tìm hiểu pháp luật
  organiser: LDLD
  entry: {code: "280729"}
  rounds:
    - key: tuan-1
      title: Tuần 1
      opens: 2026-12-01T11:00
      closes: 2026-12-06T24:00
      attempts: {limit: 2}
      time: {minutes: 20}
      paper: [{bank: luat, count: 5}]
"""


@dataclass
class Place:
    """A province with a grassroots union, its organiser, and a bank of ten questions."""

    province: TradeUnion
    grassroots: TradeUnion
    organiser: Person
    bank: QuestionBank


@pytest.fixture
def place(cast: Cast) -> Place:
    province = cast.union("LĐLĐ tỉnh Mẫu", kind=UnionKind.PROVINCE, code="LDLD")
    return Place(
        province=province,
        grassroots=cast.union("CĐCS May Mẫu", parent=province, code="MAY"),
        organiser=cast.person("Trần Thị Tổ Chức", roles=[(Role.ORGANISER, province)]),
        bank=cast.bank("luat", single=10),
    )
