"""The essay is kept by the protocol of answers, each sentence at its edge; what is replaced can be found again."""

import re
import threading
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from quizapp.attempts.changes import BLOCK
from quizapp.attempts.essay_saving import MOST_CHARACTERS, MOST_LATE, MOST_TEXTS
from quizapp.db import session, transaction
from quizapp.models import Essay, EssayRevision, LateChange, LogInSession
from quizapp.rules.revisions import MOST_KEPT
from quizapp.rules.round_rules import EssayRule
from tests.attempts.conftest import Phone, begin

RULE = EssayRule(prompt="Bạn đề xuất đổi mới điều gì?", max_mark=500, most_words=500)


@dataclass
class Pen(Phone):
    """One browser of the worker that writes the essay."""

    @property
    def url(self) -> str:
        return f"/attempts/{self.attempt_id}/essay"

    def text(self, text: str | None, **more: Any) -> dict[str, Any]:
        return self.change(0, text, **more)

    def write(self, *texts: str | None, opening: int = 0) -> Any:
        return self.put(*(self.text(text) for text in texts), opening=opening)

    def take_over(self) -> Any:
        headers = {"X-CSRFToken": self.client.token()}
        reply = self.client.post(f"/attempts/{self.attempt_id}/takeovers", json={}, headers=headers).json
        self.number = reply["base"]
        return reply

    def essay(self) -> Essay | None:
        with transaction(writes=False):
            return session.get(Essay, self.attempt_id)

    def revisions(self) -> list[str]:
        with transaction(writes=False):
            return list(session.scalars(select(EssayRevision.text).order_by(EssayRevision.number)))


@pytest.fixture
def contest(cast, province):
    cast.bank()
    alone = cast.round_rules("bai-viet", essay=RULE, draws=())
    return cast.contest(organiser=province, rounds=[cast.round_rules(essay=RULE), cast.round_rules("khong"), alone])


@pytest.fixture
def pen(cast, client, worker, contest, clock):
    return Pen(cast.log_in(client, worker), begin(worker, now=clock.instant))


def evidence():
    with transaction(writes=False):
        return list(session.scalars(select(LateChange).order_by(LateChange.number)))


def test_an_acknowledged_text_is_stored_with_its_words_and_a_code(pen):
    reply = pen.write("Tổ công đoàn họp ngắn mỗi tuần.")
    assert reply.status_code == 200
    assert reply.json["acknowledged"] == 1
    assert (pen.essay().text, pen.essay().words) == ("Tổ công đoàn họp ngắn mỗi tuần.", 7)
    assert re.fullmatch("[2-9A-HJKMNP-Z]{6}", pen.essay().code)


def test_the_code_stays_whatever_is_written(pen):
    pen.write("một")
    code = pen.essay().code
    pen.write("hai", None)
    assert (pen.essay().code, pen.essay().text, pen.essay().words) == (code, "", 0)


def test_an_older_text_never_replaces_a_newer_one(pen):
    older, newer = pen.text("cũ"), pen.text("mới")
    pen.put(newer)
    assert pen.put(older).status_code == 200
    assert pen.essay().text == "mới"


def test_the_same_change_twice_is_one_text(pen):
    change = pen.text("một")
    assert pen.put(change).json["acknowledged"] == pen.put(change).json["acknowledged"] == 1
    pen.put(change | {"answer": "khác"})
    assert (pen.essay().text, pen.revisions()) == ("một", [])


def test_one_request_mends_everything_in_any_order(pen):
    pen.put(*reversed([pen.text(text) for text in ("một", "hai", "ba")]))
    assert pen.essay().text == "ba"


def test_saves_at_once_leave_the_highest(pen, app):
    browsers, changes, ready = [], [pen.text(f"bản {number}") for number in range(8)], threading.Barrier(8)
    for _ in changes:
        browsers.append(app.test_client())
        browsers[-1].set_cookie("quiz", pen.client.get_cookie("quiz").value)
    codes = []

    def put(browser, change):
        ready.wait()
        codes.append(browser.put(pen.url, json={"opening": 0, "changes": [change]}).status_code)

    threads = [threading.Thread(target=put, args=pair) for pair in zip(browsers, changes, strict=True)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert codes == [200] * 8
    assert pen.essay().text == "bản 7"


def test_a_text_inside_the_grace_counts_and_after_it_is_evidence(pen, clock):
    clock.at(minutes=20, seconds=1.999)
    assert pen.write("kịp").status_code == 200
    written = int(clock.instant.timestamp() * 1000)
    clock.at(minutes=20, seconds=2)
    late = pen.text("muộn", written_at=written)
    for _ in range(2):
        reply = pen.put(late)
        assert reply.status_code == 409
        assert "đã đóng lúc 12:20:00" in reply.json["error"]
    assert pen.essay().text == "kịp"
    [kept] = evidence()
    assert (kept.slot, kept.answer, kept.received_at - kept.written_at) == (0, "muộn", timedelta(milliseconds=1))


def test_after_handing_in_nothing_changes_any_more(pen):
    pen.write("đã nộp")
    pen.client.submit(f"/attempts/{pen.attempt_id}/submission")
    assert pen.write("sau khi nộp").status_code == 409
    assert pen.essay().text == "đã nộp"
    assert [each.answer for each in evidence()] == ["sau khi nộp"]


def test_evidence_of_texts_has_an_end_and_leaves_room_for_answers(pen, clock):
    clock.at(minutes=30)
    for number in range(MOST_LATE + 5):
        pen.write(f"bản {number}")
    phone = Phone(pen.client, pen.attempt_id)
    phone.put(phone.change(1, "1"))
    assert [each.slot for each in evidence()].count(0) == MOST_LATE
    assert [each.slot for each in evidence()].count(1) == 1


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script> & \"'",
        "dòng một\n\n\tdòng hai\r\nba ",
        "\n đầu trống",
        "\u202eمرحبا\u202c שלום \u200f",
        "👩‍🏭🇻🇳 \U0001f9ff ﬁ ①",
        "x" * MOST_CHARACTERS,
        "\U0001f9ff" * MOST_CHARACTERS,
        "</textarea><h1>",
        "\x01\x1f\x7f\ufffe",
    ],
)
def test_a_text_is_stored_as_written_and_shown_harmless(pen, text):
    assert pen.write(text).status_code == 200
    assert pen.essay().text == text
    assert pen.take_over()["essay"] == {"slot": 0, "answer": text, "number": 1}
    for page in ("", "/review", "/essay/revisions"):
        html = pen.client.get(f"/attempts/{pen.attempt_id}{page}").get_data(as_text=True)
        assert "<script>alert" not in html
        assert "</textarea><h1>" not in html


def test_letters_are_composed_and_what_no_database_holds_is_left_out(pen):
    text = "Đổi mới tổ chức"
    pen.write(unicodedata.normalize("NFD", text) + "\0")
    assert pen.essay().text == text
    body = '{"opening": 0, "changes": [{"slot": 0, "number": 9, "answer": "a\\ud800b \\ud83e\\uddff"}]}'
    assert pen.client.put(pen.url, data=body, content_type="application/json").status_code == 200
    assert pen.essay().text == "a\ufffdb \U0001f9ff"


def test_a_text_that_is_too_long_is_refused_in_words_and_changes_nothing(pen):
    pen.write("ngắn")
    reply = pen.write("x" * (MOST_CHARACTERS + 1))
    assert reply.status_code == 422
    assert "20.000 ký tự" in reply.json["error"]
    assert pen.essay().text == "ngắn"


def test_more_words_than_the_rules_want_are_saved_and_said(pen):
    pen.write("chữ " * 512)
    assert pen.essay().words == 512
    html = pen.client.get(f"/attempts/{pen.attempt_id}/review").get_data(as_text=True)
    assert "512/500" in html
    assert "Dài hơn quy định 12 chữ" in html


@pytest.mark.parametrize(
    "body",
    [
        [],
        {},
        {"opening": 0, "changes": [{"slot": 1, "number": 1, "answer": "1"}]},
        {"opening": 0, "changes": [{"slot": 0, "number": 0, "answer": "x"}]},
        {"opening": 0, "changes": [{"slot": 0, "number": BLOCK, "answer": "x"}]},
        {"opening": 0, "changes": [{"slot": 0, "number": 1, "answer": 1}]},
        {"opening": 0, "changes": [{"slot": 0, "number": 1, "answer": "x"}] * (MOST_TEXTS + 1)},
    ],
)
def test_a_body_of_the_wrong_shape_is_refused_in_words(pen, body):
    reply = pen.client.put(pen.url, json=body)
    assert reply.status_code == 422
    assert reply.json["error"]
    assert pen.essay() is None


def test_a_round_without_an_essay_takes_none_and_shows_none(pen, worker, clock):
    other = Pen(pen.client, begin(worker, "khong", now=clock.instant))
    assert other.write("x").status_code == 422
    assert pen.client.get(f"{other.url}/revisions").status_code == 404
    assert 'name="essay"' not in pen.client.get(f"/attempts/{other.attempt_id}").get_data(as_text=True)


def test_answers_never_take_the_slot_of_the_essay(pen):
    phone = Phone(pen.client, pen.attempt_id)
    assert phone.put(phone.change(0, "1")).status_code == 422


def test_somebody_elses_essay_does_not_exist(pen, cast, cdcs, app):
    stranger = cast.log_in(app.test_client(), cast.person("Trần Thị Bình", union=cdcs))
    assert Pen(stranger, pen.attempt_id).write("x").status_code == 404
    assert Pen(app.test_client(), pen.attempt_id).write("x").status_code == 401
    assert pen.essay() is None


def test_a_revoked_log_in_saves_nothing(pen):
    with transaction():
        session.execute(LogInSession.__table__.delete())
    assert pen.write("x").status_code == 401
    assert pen.essay() is None


def test_the_page_that_was_opened_later_wins_and_the_other_text_is_kept(pen):
    first = Pen(pen.client, pen.attempt_id)
    pen.take_over()
    assert first.write("ở máy cũ").json["taken_over"]
    assert pen.write("ở máy mới", opening=BLOCK).json["taken_over"] is False
    assert (pen.essay().text, pen.revisions()) == ("ở máy mới", ["ở máy cũ"])
    for _ in range(2):
        first.put(first.text("viết thêm lúc mất mạng") | {"number": 7})
    assert pen.essay().text == "ở máy mới"
    assert pen.revisions() == ["ở máy cũ", "viết thêm lúc mất mạng"]


def test_what_is_replaced_after_a_while_or_cut_out_is_kept(pen, clock):
    pen.write("một " * 20)
    pen.write("một " * 21)
    clock.at(seconds=30)
    pen.write("một " * 22)
    assert pen.revisions() == ["một " * 20]
    pen.write("hai")
    assert pen.revisions() == ["một " * 20, "một " * 22]
    clock.at(seconds=120)
    pen.write("hai ba")
    assert pen.revisions() == ["một " * 20, "một " * 22, "hai"]


def test_revisions_have_an_end(pen, clock):
    for number in range(MOST_KEPT + 10):
        clock.at(seconds=number)
        pen.write(f"{number} " * 41)
    assert len(pen.revisions()) == MOST_KEPT
    assert pen.revisions()[-1] == f"{MOST_KEPT + 8} " * 41


def test_a_revision_can_be_used_again_and_nothing_is_lost_by_it(pen, clock):
    pen.write("bản đầu")
    clock.at(minutes=2)
    pen.write("bản sau")
    page = f"{pen.url}/revisions"
    assert "bản đầu" in pen.client.get(page).get_data(as_text=True)
    assert pen.client.submit(f"{page}/1", page=page).status_code == 302
    assert (pen.essay().text, pen.revisions()) == ("bản đầu", ["bản đầu", "bản sau"])
    assert pen.write("trang cũ").json["taken_over"]
    assert pen.essay().text == "bản đầu"
    assert pen.client.submit(f"{page}/99").status_code == 404


def test_after_the_close_revisions_are_only_read(pen, clock):
    pen.write("bản đầu")
    clock.at(minutes=2)
    pen.write("bản sau")
    clock.at(minutes=21)
    page = f"{pen.url}/revisions"
    assert "Dùng lại bản này" not in pen.client.get(page).get_data(as_text=True)
    assert pen.client.submit(f"{page}/1").location.endswith("/result")
    assert pen.essay().text == "bản sau"


def shown_digest(pen):
    html = pen.client.get(f"/attempts/{pen.attempt_id}").get_data(as_text=True)
    return re.search(r'name="essay_was" value="(\w+)"', html)[1]


def send_form(pen, text, was, **more):
    return pen.client.submit(
        f"/attempts/{pen.attempt_id}/form", {"essay": text, "essay_was": was, "action": "save"} | more
    )


def test_a_form_saves_the_essay_with_its_line_ends(pen):
    reply = send_form(pen, "một\r\nhai", shown_digest(pen), **{"answer-2": "3"})
    assert reply.status_code == 302
    assert pen.essay().text == "một\nhai"
    assert Phone(pen.client, pen.attempt_id).stored() == {2: "3"}


def test_an_old_form_that_was_not_touched_undoes_nothing(pen):
    pen.write("một\r\nhai")
    was = shown_digest(pen)
    pen.take_over()
    pen.write("viết tiếp ở máy khác")
    send_form(pen, "một\r\nhai", was)
    assert pen.essay().text == "viết tiếp ở máy khác"
    send_form(pen, "một\r\nhai, ba", was)
    assert pen.essay().text == "một\nhai, ba"
    assert "viết tiếp ở máy khác" in pen.revisions()


def test_a_form_after_the_close_leads_to_the_result(pen, clock):
    was = shown_digest(pen)
    clock.at(minutes=21)
    assert send_form(pen, "muộn", was).location.endswith("/result")
    assert pen.essay() is None
    assert [each.answer for each in evidence()] == ["muộn"]


def test_a_round_of_an_essay_alone(pen, worker, clock):
    alone = Pen(pen.client, begin(worker, "bai-viet", now=clock.instant))
    html = pen.client.get(f"/attempts/{alone.attempt_id}").get_data(as_text=True)
    assert RULE.prompt in html
    assert send_form(alone, "chỉ có bài viết", shown_digest(alone), **{"answer-1": "1"}).status_code in (302, 422)
    assert send_form(alone, "chỉ có bài viết", shown_digest(alone)).status_code == 302
    assert alone.essay().text == "chỉ có bài viết"
    assert "chưa viết" not in pen.client.get(f"/attempts/{alone.attempt_id}/review").get_data(as_text=True)


def test_codes_of_essays_differ(pen, cast, cdcs, app, clock):
    for number in range(5):
        writer = cast.person(f"Người {number}", union=cdcs)
        Pen(cast.log_in(app.test_client(), writer), begin(writer, now=clock.instant)).write("x")
    with transaction(writes=False):
        assert session.scalar(select(func.count(Essay.code.distinct()))) == 5
