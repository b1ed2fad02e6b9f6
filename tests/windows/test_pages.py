import re

import pytest

from tests.windows.conftest import WEEK

PAGE = "/organise/contests/cuoc-thi/windows"
OUTAGE = {
    "kind": "outage",
    "round": "",
    "reason": "Đứt cáp quang",
    "starts_at": "2026-12-01T12:05",
    "ends_at": "2026-12-01T12:09",
}
MORE = {"kind": "extension", "round": "", "minutes": "10", "to_sitting": "y", "reason": "Mất điện toàn khu"}


@pytest.fixture
def desk(app, cast, organiser, hours):
    return cast.log_in(app.test_client(), organiser)


def text(reply):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", reply.get_data(as_text=True)))


def apply(desk, form):
    shown = desk.submit(PAGE, {"action": "preview", **form})
    seen = re.search(r'name="seen"[^>]* value="(\w+)"', shown.get_data(as_text=True))
    return desk.submit(PAGE, {"action": "apply", "seen": seen[1], **form})


def test_what_would_happen_is_shown_before_it_does(desk, hours, phone, clock):
    clock.at(minutes=5)
    shown = text(desk.submit(PAGE, {"action": "preview", **MORE}))
    assert "đóng lúc 12:10 ngày 08/12/2026 (trước: 12:00 ngày 08/12/2026)" in shown
    assert "1 lượt; 1 lượt có giờ đóng mới" in shown
    assert hours.standing() == []
    assert "Áp dụng thay đổi" in shown
    # What was not previewed is previewed first, whatever button was pressed.
    assert "Áp dụng thay đổi" in text(desk.submit(PAGE, {"action": "apply", "seen": "", **MORE}))
    assert hours.standing() == []


def test_a_change_is_applied_told_and_taken_back(desk, hours, phone, clock):
    clock.at(minutes=5)
    assert apply(desk, MORE).status_code == 302
    assert hours.closes(phone.attempt_id) == 30
    told = phone.client.get(f"/attempts/{phone.attempt_id}/clock").get_json()
    assert told["notice"] == "Bạn được thêm 10 phút: Mất điện toàn khu"
    assert told["closes_at_ms"] - told["server_now_ms"] == 25 * 60 * 1000
    [change] = hours.standing()
    assert "Đỗ Tổ Chức" in text(desk.get(PAGE))
    desk.submit(f"{PAGE}/{change.id}/undo")
    assert "Đã hoàn tác" in text(desk.get(PAGE))
    assert hours.closes(phone.attempt_id) == 20
    assert phone.client.get(f"/attempts/{phone.attempt_id}/clock").get_json()["notice"] is None


def test_an_outage_names_whom_it_cut_off(desk, hours, phone, clock):
    clock.at(minutes=30)
    shown = text(desk.submit(PAGE, {"action": "preview", **OUTAGE, "ends_at": "2026-12-01T12:25"}))
    assert "1 lượt hết giờ đúng lúc sự cố" in shown
    assert "Nguyễn Văn An" in shown
    apply(desk, OUTAGE)
    assert hours.round_closes() == WEEK + 4


def test_an_outage_may_be_given_back_to_those_alone_who_sit(desk, hours, phone, clock):
    clock.at(minutes=10)
    stays = {**OUTAGE, "close": "stays"}
    shown = text(desk.submit(PAGE, {"action": "preview", **stays}))
    assert "không đổi, đóng lúc" in shown
    assert "1 lượt có giờ đóng mới: 1 lượt được thêm 4 phút" in shown
    apply(desk, stays)
    assert (hours.closes(phone.attempt_id), hours.round_closes()) == (24, WEEK)
    assert "giờ đóng của đợt giữ nguyên" in text(desk.get(PAGE))
    told = phone.client.get(f"/attempts/{phone.attempt_id}/clock").get_json()
    assert told["notice"] == "Bạn được thêm 4 phút: Đứt cáp quang"
    [change] = hours.standing()
    desk.submit(f"{PAGE}/{change.id}/undo")
    assert hours.closes(phone.attempt_id) == 20


def test_one_worker_is_named_by_phone(desk, hours, worker):
    apply(desk, {**MORE, "phone": worker.phone})
    [change] = hours.standing()
    assert (change.person_id, hours.round_closes()) == (worker.id, WEEK)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"reason": ""}, "Xin điền mục này."),
        ({"minutes": ""}, "Xin nhập số phút."),
        ({"minutes": "-5"}, "xin chọn “Dời giờ”"),
        ({"minutes": "mười"}, "Xin nhập một số nguyên."),
        ({"phone": "0900000000"}, "Không có ai trong phạm vi của bạn"),
        ({"unit": "KHONG-CO"}, "Không có đơn vị mã này"),
        ({"phone": "0900000000", "unit": "U1"}, "Xin chỉ điền một trong hai"),
        ({**OUTAGE, "ends_at": ""}, "Xin chọn lúc bắt đầu và lúc hết sự cố."),
        ({**OUTAGE, "ends_at": "2026-12-01T12:01"}, "Lúc hết sự cố phải sau lúc bắt đầu."),
        ({**OUTAGE, "ends_at": "2026-12-01T13:00"}, "Sự cố chưa qua"),
        ({"kind": "pause"}, "Lựa chọn này không có trong danh sách."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(desk, hours, clock, changed, sentence):
    clock.at(minutes=20)
    reply = desk.submit(PAGE, {"action": "preview", **MORE, **changed})
    assert reply.status_code == 422
    assert sentence in text(reply)
    assert (changed.get("reason", "Mất điện toàn khu") or "Lý do") in reply.get_data(as_text=True)
    assert hours.standing() == []


def test_a_pause_is_seen_by_whoever_sits_and_whoever_begins(desk, hours, phone, clock):
    clock.at(minutes=5)
    desk.submit(f"{PAGE}/pause", {"reason": "Máy chủ bảo trì"})
    assert "Cuộc thi đang tạm dừng" in text(desk.get(PAGE))
    told = phone.client.get(f"/attempts/{phone.attempt_id}/clock").get_json()
    assert (told["paused"], told["notice"]) == (True, "Máy chủ bảo trì")
    clock.at(minutes=35)
    desk.submit(f"{PAGE}/resume")
    told = phone.client.get(f"/attempts/{phone.attempt_id}/clock").get_json()
    assert (told["paused"], told["notice"]) == (False, "Bạn được thêm 30 phút: Máy chủ bảo trì")
    assert "không còn tạm dừng" in text(desk.submit(f"{PAGE}/resume", follow_redirects=True))


def test_a_pause_and_its_end_are_told_without_javascript(desk, hours, phone, clock):
    clock.at(minutes=5)
    desk.submit(f"{PAGE}/pause", {"reason": "Máy chủ bảo trì"})
    paper = f"/attempts/{phone.attempt_id}"
    page = phone.client.get(paper)
    assert "Cuộc thi đang tạm dừng: Máy chủ bảo trì." in text(page)
    assert "Tạm dừng từ 12:05:00" in text(page)
    assert "nộp bài trước" not in text(page), "nobody knows when"
    clock.at(minutes=25)
    saved = phone.client.submit(f"{paper}/form", {"was": "", "answer-1": "2", "action": "save"}, follow_redirects=True)
    assert "Đã lưu lúc 12:25:00" in text(saved)
    assert "Cuộc thi đang tạm dừng" in text(saved)
    assert phone.stored() == {1: "2"}
    assert "Cuộc thi đang tạm dừng" in text(phone.client.get(f"{paper}/review"))
    clock.at(minutes=35)
    desk.submit(f"{PAGE}/resume")
    assert "Bạn được thêm 30 phút: Máy chủ bảo trì. Giờ đóng mới: 12:50:00" in text(phone.client.get(paper))
    assert "đang tạm dừng" not in text(phone.client.get(paper))


def test_a_pause_needs_its_reason(desk, hours):
    reply = desk.submit(f"{PAGE}/pause", {"reason": ""})
    assert reply.status_code == 422
    assert hours.standing() == []
