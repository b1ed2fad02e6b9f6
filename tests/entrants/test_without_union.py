"""Who takes part without a union: seen and placed by the organisers of the contest, by nobody else's."""

import re

import pytest
from sqlalchemy import select

from quizapp.attempts import actions
from quizapp.db import session, transaction
from quizapp.models import Attempt, AuditEvent, Person, RoleGrant, StandingsRow
from quizapp.reports.refreshing import refresh
from quizapp.rules.contest_rules import EntrantsRule
from quizapp.vocabulary import Role

DESK = "/organise/contests/cuoc-thi"
OTHER = "/organise/contests/cuoc-thi-khac"
PLACE = {"unit": "U-MAY", "why": "Công đoàn cơ sở xác nhận"}
MORE = {"kind": "extension", "round": "", "minutes": "10", "to_sitting": "y", "reason": "Mất điện", "action": "preview"}


class Place:
    """Two provinces under one root, each with a contest and an organiser; one contest takes people of no union."""

    def __init__(self, app, cast, clock):
        root = cast.union("Tổng Liên đoàn")
        self.province, self.elsewhere = cast.union("LĐLĐ Mẫu", parent=root), cast.union("LĐLĐ Khác", parent=root)
        self.sewing = cast.union("CĐCS May Mẫu", parent=self.province, code="U-MAY")
        cast.bank()
        self.contest = cast.contest(organiser=self.province, entrants=EntrantsRule(without_unit=True))
        cast.contest("cuoc-thi-khac", organiser=self.elsewhere)
        self.own, self.foreign = (
            cast.log_in(app.test_client(), cast.person(roles=[(Role.ORGANISER, union)]))
            for union in (self.province, self.elsewhere)
        )
        self.free = cast.person("Vũ Tự Do")
        with transaction():
            found = session.merge(self.contest).rounds[0]
            self.attempt_id = actions.start(session.merge(self.free), found, entry_code="", now=clock.instant).id
        self.url = f"{DESK}/entrants/{self.free.id}"

    @property
    def union_id(self):
        with transaction(writes=False):
            return session.get_one(Person, self.free.id).union_id


@pytest.fixture
def place(app, cast, clock):
    return Place(app, cast, clock)


def text(reply):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", reply.get_data(as_text=True)))


def test_the_organisers_of_the_contest_see_such_a_person_and_act(place):
    assert "Không thuộc công đoàn nào" in text(place.own.get(f"{DESK}/entrants"))
    page = place.own.get(place.url).get_data(as_text=True)
    assert place.free.phone in page
    assert f"/organise/members/{place.free.id}" not in page
    assert place.own.get(f"/organise/members/{place.free.id}").status_code == 404
    shown = text(place.own.submit(f"{DESK}/windows", MORE | {"phone": place.free.phone}))
    assert "1 lượt có giờ đóng mới" in shown
    assert place.own.submit(f"{place.url}/disqualify", {"reason": "Nhờ thi hộ", "attempt": ""}).status_code == 302


def test_organisers_of_another_contest_do_not(place):
    there = f"{OTHER}/entrants/{place.free.id}"
    assert place.foreign.get(there).status_code == 404
    assert place.foreign.submit(f"{there}/union", PLACE).status_code == 404
    assert place.foreign.submit(f"{place.url}/union", PLACE).status_code == 404
    refused = place.foreign.submit(f"{OTHER}/windows", MORE | {"phone": place.free.phone})
    assert "Không có ai trong phạm vi" in text(refused)
    assert place.union_id is None


def test_such_a_person_is_placed_once_with_a_reason(place, cast):
    for wrong in ({"unit": "KHONG-CO"}, {"why": ""}, {"unit": ""}):
        assert place.own.submit(f"{place.url}/union", PLACE | wrong).status_code == 422
    assert place.own.submit(f"{place.url}/union", PLACE).status_code == 302
    assert place.union_id == place.sewing.id
    assert "Ghi công đoàn cơ sở" not in text(place.own.get(place.url))
    cast.union("CĐCS Giày Mẫu", parent=place.province, code="U-GIAY")
    place.own.submit(f"{place.url}/union", PLACE | {"unit": "U-GIAY"})
    assert place.union_id == place.sewing.id
    with transaction(writes=False):
        acts = session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all()
        assert acts == ["change_member", "place_entrant"]
        assert session.scalars(select(Attempt.union_id)).all() == [None], "what was sat counts for no union"


def test_who_has_a_role_is_placed_by_nobody_who_has_less(place):
    with transaction():
        session.add(RoleGrant(person_id=place.free.id, role=Role.JUDGE.value, union_id=place.elsewhere.id))
    assert "Ghi công đoàn cơ sở" not in text(place.own.get(place.url))
    place.own.submit(f"{place.url}/union", PLACE)
    assert place.union_id is None


def test_such_a_person_stands_on_the_board_of_people_alone(place, app, cast, clock, tmp_path):
    browser = cast.log_in(app.test_client(), place.free)
    assert browser.get(f"/attempts/{place.attempt_id}").status_code == 200
    browser.submit(f"/attempts/{place.attempt_id}/submission")
    refresh(place.contest.id, clock.at(minutes=5))
    with transaction(writes=False):
        rows = session.scalars(select(StandingsRow)).all()
    assert [(each.name, each.unit_name) for each in rows if each.person_id] == [("Vũ Tự Do", None)]
    assert {each.attempts for each in rows if each.union_id} == {0}, "it counts for no union"
    own = ("/", "/account", "/me/attempts", f"/attempts/{place.attempt_id}/result", "/contests/cuoc-thi")
    for page in (*own, "/contests/cuoc-thi/standings", "/contests/cuoc-thi/prizes", "/contests/cuoc-thi/rules"):
        assert browser.get(page).status_code == 200, page
    for page in ("", "/entrants?q=tu+do", "/duplicates", "/windows", "/prizes", "/standings", "/late", "/corrections"):
        assert place.own.get(DESK + page).status_code == 200, page
    out = tmp_path / "ket-qua.xlsx"
    ran = app.test_cli_runner().invoke(args=["results", "export", "cuoc-thi", "--out", str(out)])
    assert (ran.exit_code, out.exists()) == (0, True), ran.output
