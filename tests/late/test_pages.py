"""Who sees late answers, and what the contestant is told of them."""

from dataclasses import replace
from datetime import timedelta

import openpyxl
from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.models import Attempt, Contest, Round
from quizapp.reports.exporting import export
from quizapp.rules.contest_rules import PublishRule
from quizapp.vocabulary import BoardWhen, Role
from tests.attempts.conftest import begin

RESULT = "/attempts/{}/result"


def text(reply):
    return reply.get_data(as_text=True)


def told(phone):
    return text(phone.client.get(RESULT.format(phone.attempt_id)))


def test_the_list_shows_whose_and_when_and_the_contest_counts_them(desk, late):
    html = text(desk.client.get(desk.list))
    for fact in ("Nguyễn Văn An", "Công đoàn cơ sở May Mẫu", "Tuần 1, lượt 1", "12:20:00", "12:35:00", "2 câu ghi kịp"):
        assert fact in html
    assert "sau giờ đóng 30 giây" in html
    assert "Câu đến muộn (1 lượt chờ xem xét)" in text(desk.client.get("/organise/contests/cuoc-thi"))
    desk.decide("accept", late[0])
    assert "Đã tính" in text(desk.client.get(desk.list))
    assert "Câu đến muộn (đã xem xét)" in text(desk.client.get("/organise/contests/cuoc-thi"))


def test_without_any_the_list_teaches_and_nothing_links_to_it(desk):
    assert "Chưa có câu trả lời nào đến muộn" in text(desk.client.get(desk.list))
    assert "Câu đến muộn" not in text(desk.client.get("/organise/contests/cuoc-thi"))
    assert desk.client.get(desk.url).status_code == 404


def test_only_organisers_over_the_contest_see_and_decide(app, cast, desk, late, cdcs):
    below = cast.person("Lê Cơ Sở", roles=[(Role.ORGANISER, cdcs)])
    client = cast.log_in(app.test_client(), below)
    assert client.get(desk.list).status_code == client.get(desk.url).status_code == 404
    assert client.submit(desk.url, {"action": "reject", "reason": "Không được", "seen": 3}).status_code == 404
    followed = client.get("/organise/contests/cuoc-thi")
    assert followed.status_code == 200
    assert "Câu đến muộn" not in text(followed)
    assert desk.events() == []


def test_an_attempt_is_not_reached_through_another_contest(cast, desk, late, province):
    cast.contest("khac", organiser=province)
    url = f"/organise/contests/khac/late/{desk.phone.attempt_id}"
    assert desk.client.get(url).status_code == 404
    assert desk.client.submit(url, {"action": "reject", "reason": "Không được", "seen": 3}).status_code == 404
    assert desk.events() == []


def test_the_page_warns_when_the_keys_could_be_seen(cast, boss, worker, desk, phone, late, clock):
    assert "đã xem được đáp án" not in desk.page()
    clock.at(days=8)
    cast.log_in(desk.client, boss)
    cast.log_in(phone.client, worker)
    phone.put(phone.change(4, "1"))
    assert "đã xem được đáp án" in desk.page()


def test_the_contestant_is_told_what_became_of_them(desk, phone, clock, written):
    clock.at(minutes=30)
    assert "Ban tổ chức xem xét" not in told(phone)
    phone.put(change := phone.change(1, phone.right_places()[1], written_at=written(-4)))
    clock.at(minutes=40)
    assert "1 câu trả lời của bạn đến sau" in told(phone)
    desk.decide("reject", reason="Máy sai giờ")
    assert "<strong>không tính</strong>" in told(phone)
    assert "Máy sai giờ" in told(phone)
    assert "đang chờ Ban tổ chức" not in told(phone)
    desk.undo()
    assert "1 câu trả lời của bạn đến sau" in told(phone)
    desk.decide("accept", f"1-{change['number']}", reason="Mất mạng ở xưởng")
    assert "<strong>tính</strong> câu trả lời đến muộn của bạn (câu 1)" in told(phone)
    assert "Mất mạng ở xưởng" in told(phone)


def sheet(tmp_path, clock):
    export("cuoc-thi", tmp_path / "x.xlsx", now=clock.instant)
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    if "Câu đến muộn" not in book.sheetnames:
        return None
    heads, *rows = book["Câu đến muộn"].iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_excel_has_a_sheet_of_them_only_when_there_are_any(desk, phone, cast, cdcs, clock, tmp_path):
    begin(cast.person("Lê Thị Khác", union=cdcs), now=clock.instant)
    clock.at(minutes=60)
    assert sheet(tmp_path, clock) is None


def test_excel_tells_what_came_and_what_was_decided(desk, phone, late, clock, tmp_path):
    rows = sheet(tmp_path, clock)
    assert [(row["Câu"], row["Tình trạng"]) for row in rows] == [(each, "Chờ xem xét") for each in (1, 2, 3)]
    assert (rows[0]["Điện thoại ghi lúc"].second, rows[0]["Máy chủ nhận lúc"].minute) == (48, 35)
    was = [row["Đã lưu kịp giờ"] for row in rows]
    desk.decide("accept", late[0], reason="=1+1 mất mạng")
    rows = sheet(tmp_path, clock)
    assert [row["Tình trạng"] for row in rows] == ["Được tính", "Không tính", "Không tính"]
    assert [row["Đã lưu kịp giờ"] for row in rows] == was
    assert was[0] != rows[0]["Đến muộn"]
    assert was[1] is None
    assert rows[0]["Lý do"].endswith("=1+1 mất mạng")


def test_what_is_frozen_does_not_change_by_itself(desk, late, clock):
    with transaction():
        contest = session.scalars(select(Contest)).one()
        freeze_at = clock.instant + timedelta(minutes=1)
        contest.rules = replace(contest.rules, publish=PublishRule(board=BoardWhen.LIVE, freeze_at=freeze_at))
    assert "Bảng xếp hạng tự tính lại" in text(desk.client.get(desk.url))
    clock.at(minutes=61)
    assert "Kết quả đã công bố giữ nguyên" in text(desk.client.get(desk.url))


def test_in_practice_nobody_decides_and_the_page_says_so(phone, late):
    with transaction():
        real = session.scalars(select(Round)).one()
        facts = {"contest_id": real.contest_id, "position": 0, "key": "tuan-1-thi-thu", "title": "Thi thử"}
        practice = Round(**facts, opens_at=real.opens_at, closes_at=real.closes_at, rules=real.rules)
        practice.purpose = "practice"
        session.add(practice)
        session.flush()
        session.get_one(Attempt, phone.attempt_id).round_id = practice.id
    assert "3 câu trả lời của bạn đến sau khi lượt thi thử đã kết thúc nên không được tính" in told(phone)
    assert "chờ Ban tổ chức xem xét" not in told(phone)
