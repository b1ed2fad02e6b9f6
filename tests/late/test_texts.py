"""A text of the essay that came late is evidence, and nothing breaks on it."""

from quizapp.db import session, transaction
from quizapp.models import Essay
from quizapp.rules.contest_rules import EssayRule
from tests.attempts.conftest import Phone, begin
from tests.late.conftest import Desk


def test_a_text_that_came_late_is_read_but_never_counted(cast, client, cdcs, province, worker, app, boss, clock):
    cast.bank()
    rules = cast.round_rules(essay=EssayRule(prompt="Bạn đề xuất điều gì?", max_mark=500))
    cast.contest(organiser=province, rounds=[rules])
    phone = Phone(cast.log_in(client, worker), begin(worker, now=clock.instant))
    url = f"/attempts/{phone.attempt_id}/essay"
    client.put(url, json={"opening": 0, "changes": [{"slot": 0, "number": 5, "answer": "kịp giờ"}]})
    clock.at(minutes=30)
    for number, text in ((4, "cũ hơn"), (6, "<b>muộn</b> rồi")):
        client.put(url, json={"opening": 0, "changes": [{"slot": 0, "number": number, "answer": text}]})
    desk = Desk(cast.log_in(app.test_client(), boss), phone)
    assert (desk.counted().all, desk.counted().waiting) == (1, 1)
    assert "0 và bài viết" in desk.client.get(desk.list).get_data(as_text=True)
    shown = " ".join(desk.page().split())
    assert "0 / 5</dd>" in shown  # of the questions; the five marks of the essay are not at stake here
    assert "/ 10</dd>" not in shown
    assert "&lt;b&gt;muộn&lt;/b&gt; rồi" in desk.page()
    assert "Bài viết đã lưu mới hơn bản này" in desk.page()
    assert "Tính các câu này" not in desk.page()
    result = client.get(f"/attempts/{phone.attempt_id}/result").get_data(as_text=True)
    assert "Bản này được giữ để Ban tổ chức đọc" in result
    assert desk.decide("accept", "0-6").status_code == 409
    assert desk.decide("reject").status_code == 302
    assert (desk.counted().all, desk.counted().waiting) == (1, 0)
    with transaction(writes=False):
        assert session.get_one(Essay, phone.attempt_id).text == "kịp giờ"
