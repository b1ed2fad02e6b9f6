"""A province with two factories, an organiser and a contest of two weeks; files of results that are imported."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from quizapp.attempt_imports import actions, planning
from quizapp.contests.queries import contest_of
from quizapp.db import session, transaction
from quizapp.errors import BadFile
from quizapp.formats.attempts import read_results
from quizapp.models import Contest, Person, TradeUnion
from quizapp.rules.round_rules import AttemptsRule
from quizapp.vocabulary import Role, UnionKind
from tests.cast import Cast
from tests.conftest import NOON

HEADINGS = "round;phone;full_name;birth_date;unit;started_at;submitted_at;mark"
SLUG = "cuoc-thi"


@dataclass
class Place:
    province: TradeUnion
    sewing: TradeUnion
    shoes: TradeUnion
    elsewhere: TradeUnion  # in another province
    organiser: Person  # of the province
    contest: Contest


@pytest.fixture
def place(cast: Cast) -> Place:
    root = cast.union("Tổng Liên đoàn", kind=UnionKind.CONFEDERATION, code="TLD")
    province = cast.union("LĐLĐ tỉnh Mẫu", parent=root, kind=UnionKind.PROVINCE, code="LDLD")
    other = cast.union("LĐLĐ tỉnh Khác", parent=root, kind=UnionKind.PROVINCE, code="KHAC")
    sewing = cast.union("CĐCS May Mẫu", parent=province, code="MAY", members=10)
    cast.bank()
    weeks = [
        cast.round_rules(attempts=AttemptsRule(limit=2)),
        cast.round_rules(
            "tuan-2", title="Tuần 2", opens_at=NOON + timedelta(days=7), closes_at=NOON + timedelta(days=14)
        ),
    ]
    return Place(
        province=province,
        sewing=sewing,
        shoes=cast.union("CĐCS Giày Mẫu", parent=province, code="GIAY", members=10),
        elsewhere=cast.union("CĐCS Tỉnh Khác", parent=other, code="XA"),
        organiser=cast.person("Trần Thị Tỉnh", union=province, roles=[(Role.ORGANISER, province)]),
        contest=cast.contest(SLUG, organiser=province, rounds=weeks),
    )


def as_file(*lines, headings=HEADINGS):
    return "\n".join([headings, *lines]).encode()


def planned(*lines, headings=HEADINGS, by=None, **more):
    """What the lines would do to the contest."""
    results = read_results(as_file(*lines, headings=headings), today=date(2026, 12, 1))
    by = session.get_one(Person, by.id) if by else None
    contest = contest_of(SLUG)
    assert contest is not None
    return planning.plan(results.rows, contest, by=by, known_problems=results.problems, **more)


def imported(*lines, headings=HEADINGS, digest="", **more):
    """The id of the import that the lines made."""
    with transaction():
        made = planned(*lines, headings=headings, **more)
        facts = {"by": None, "now": NOON, "file_name": "ket-qua.csv", "file_digest": digest}
        return actions.import_attempts(made, contest_of(SLUG), **facts).id


def refused(*lines, headings=HEADINGS, **more):
    """Row, column and sentence of each problem."""
    with transaction(writes=False), pytest.raises(BadFile) as error:
        planned(*lines, headings=headings, **more)
    return [(each.row, each.column.strip("cột “”"), each.text) for each in error.value.problems]
