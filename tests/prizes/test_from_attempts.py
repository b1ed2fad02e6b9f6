"""From attempts to prizes: the boards that are made give them, and make anew what was decided."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.models import Contest, PrizeAward, PrizeTie
from quizapp.prizes import actions
from quizapp.prizes.actions import Choice
from quizapp.reports.refreshing import refresh
from quizapp.rules.contest_rules import BoardRules, PrizeRules, PublishRule
from quizapp.standings.queries import stale_contests
from quizapp.vocabulary import BoardWhen, Measure, Names, Role, StandingsOf, TieDecision, UnionKind
from tests.conftest import NOON
from tests.reports.ground import sit

PRIZES = (
    PrizeRules("nhat", "Giải Nhất", "ca-nhan", 1),
    PrizeRules("nhi", "Giải Nhì", "ca-nhan", 1),
    PrizeRules("tap-the", "Giải Tập thể", "cdcs", 1),
)
BOARDS = (
    BoardRules("ca-nhan", "Cá nhân", StandingsOf.PEOPLE),
    BoardRules("cdcs", "Công đoàn cơ sở", StandingsOf.UNIONS, measure=Measure.ENTRANTS),
)


@pytest.fixture
def province(cast):
    return cast.union("LĐLĐ tỉnh Mẫu", kind=UnionKind.PROVINCE)


@pytest.fixture
def contest(cast, province, clock):
    """An hour that is over: one is first, two share the second rank."""
    cast.bank()
    rounds = [cast.round_rules(closes_at=NOON + timedelta(hours=1))]
    publish = PublishRule(board=BoardWhen.LIVE, names=Names.FULL)
    made = cast.contest(organiser=province, rounds=rounds, boards=BOARDS, publish=publish)
    with transaction():
        found = session.get_one(Contest, made.id)
        found.rules = replace(found.rules, prizes=PRIZES)
    unit = cast.union("CĐCS May", parent=province, members=10)
    for name, mark in (("Nguyễn Thị Nhất", 500), ("Lê Văn Hai", 400), ("Trần Văn Ba", 400)):
        sit(cast.person(name, union=unit), made, started=NOON, mark=mark)
    refresh(made.id, clock.at(hours=2))
    return found


def awarded():
    with transaction(writes=False):
        asked = select(PrizeAward.prize_key, PrizeAward.name).order_by(PrizeAward.number)
        return [tuple(row) for row in session.execute(asked)]


def test_boards_give_prizes_and_a_decision_makes_them_anew(client, cast, contest, province, clock):
    boss = cast.person("Trần Thị Tổ Chức", roles=[(Role.ORGANISER, province)])
    assert sorted(awarded()) == [("nhat", "Nguyễn Thị Nhất"), ("tap-the", "CĐCS May")]
    with transaction():
        tie = session.scalars(select(PrizeTie)).one()
        own = session.get_one(Contest, contest.id)
        choice = Choice(tie.contenders, TieDecision.ALL, "Họp ngày 8/12")
        actions.decide(own, "nhi", "", choice, by=boss, now=clock.instant)
    with transaction(writes=False):
        assert [each.id for each in stale_contests(clock.instant)] == [contest.id], "the worker makes them anew"
    page = client.get("/contests/cuoc-thi/prizes").get_data(as_text=True)
    assert "Nguyễn Thị Nhất" in page
    assert "Lê Văn Hai" not in page
    refresh(contest.id, clock.at(hours=3))
    assert {name for key, name in awarded() if key == "nhi"} == {"Lê Văn Hai", "Trần Văn Ba"}
    page = client.get("/contests/cuoc-thi/prizes").get_data(as_text=True)
    assert "Lê Văn Hai" in page
    assert "CĐCS May" in page
