"""Phones and servers die, log-ins end, other phones take over, time runs out: nothing is lost or counted twice."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select, update

from quizapp.attempts.queries import graded_slots
from quizapp.db import session, transaction
from quizapp.models import Attempt, LateChange
from tests.flows.sitting import CLOSED, OFFLINE, answer, expect_answers, expect_open, expect_saved, hand_in, start

pytestmark = pytest.mark.browser

TAKEN = "Bài thi đang được làm trên máy khác hoặc ở cửa sổ khác"


@pytest.fixture
def expected(eyes):
    eyes.expect(*OFFLINE)
    return eyes


def paper_url(live):
    return f"{live.url}/attempts/{live.attempts()[0].id}"


def hotspot(status):
    return lambda route: route.fulfill(status=status, body="Xin đăng nhập Wi-Fi")


def close_in(live, **span):
    """Move the close of the attempt, as the organisers may."""
    now = datetime.now(UTC)
    with transaction():
        session.execute(update(Attempt).values(closes_at=now + timedelta(**span)))


def evidence():
    with transaction(writes=False):
        return {late.slot: late.answer for late in session.scalars(select(LateChange))}


def test_what_was_answered_without_network_survives_the_page(phone, live, expected):
    start(phone, live)
    answer(phone, 1, 1)
    expect_saved(phone)
    live.server.kill()  # deader than offline: a page that closes may still get a last request past that
    answer(phone, 1, 2)
    answer(phone, 3, 3)
    expect(phone.locator("#saving")).to_contain_text("Mất mạng")
    phone.close()
    live.server.start()
    assert live.stored() == {1: "1"}
    page = phone.context.new_page()
    page.goto(paper_url(live))
    expect_saved(page)
    expect_answers(page, {1: "2", 3: "3"})
    assert live.stored() == {1: "2", 3: "3"}


def test_the_server_dies_between_saves(phone, live, expected):
    start(phone, live)
    for slot in (1, 2):
        answer(phone, slot, 1)
        expect_saved(phone)
        live.server.kill()
        answer(phone, slot, 3)
        expect(phone.locator("#saving")).to_contain_text("Mất mạng")
        live.server.start()
        expect_saved(phone)
    assert live.stored() == {1: "3", 2: "3"}
    hand_in(phone)


def test_what_is_answered_before_the_server_knows_the_page_is_kept_and_sent(phone, live, expected):
    expected.expect("ERR_FAILED")
    start(phone, live)
    answer(phone, 1, 1)
    expect_saved(phone)
    phone.route("**/takeovers", lambda route: route.abort())
    phone.reload()
    answer(phone, 1, 3)
    answer(phone, 2, 2)
    expect(phone.locator("#saving")).to_contain_text("Mất mạng")
    assert live.stored() == {1: "1"}
    phone.unroute("**/takeovers")
    expect_saved(phone)
    expect_answers(phone, {1: "3", 2: "2"})
    assert live.stored() == {1: "3", 2: "2"}


def test_a_hotspot_that_answers_for_everybody_saves_nothing(phone, live, expected):
    expected.expect("status of 503")
    start(phone, live)
    for place, sign in ((1, hotspot(200)), (2, hotspot(503))):
        phone.route("**/responses", sign)
        answer(phone, 1, place)
        expect(phone.locator("#saving")).to_have_text("Máy chủ bận – sẽ thử lại")
    assert live.stored() == {}
    phone.unroute("**/responses")
    expect_saved(phone)
    assert live.stored() == {1: "2"}


def test_one_change_that_is_refused_does_not_hold_up_the_others(phone, live, expected):
    expected.expect("status of 422")
    start(phone, live)
    phone.locator("#cau-1 .option input").first.evaluate("(box) => { box.value = '99'; }")
    phone.context.set_offline(True)
    answer(phone, 1, 1)
    answer(phone, 2, 2)
    answer(phone, 3, 3)
    expect(phone.locator("#saving")).to_contain_text("Mất mạng")
    phone.context.set_offline(False)
    expect_saved(phone)
    assert live.stored() == {2: "2", 3: "3"}


def test_another_phone_takes_over_and_the_first_goes_on(phone, device, live):
    start(phone, live)
    answer(phone, 1, 1)
    expect_saved(phone)
    second = device(live.worker)
    second.goto(paper_url(live))
    expect_answers(second, {1: "1"})
    answer(second, 2, 2)
    expect_saved(second)
    answer(phone, 3, 3)
    expect(phone.locator("#trouble-text")).to_contain_text(TAKEN)
    expect(phone.locator("#answers input").first).to_be_disabled()
    phone.get_by_role("link", name="Tiếp tục trên máy này").click()
    expect_answers(phone, {1: "1", 2: "2", 3: "3"})
    answer(phone, 2, 4)
    expect_saved(phone)
    assert live.stored() == {1: "1", 2: "4", 3: "3"}


def test_the_page_that_was_opened_later_wins_slot_by_slot(phone, device, live, expected):
    start(phone, live)
    phone.context.set_offline(True)
    answer(phone, 1, 1)
    answer(phone, 2, 1)
    second = device(live.worker)
    second.goto(paper_url(live))
    expect_open(second)
    answer(second, 1, 4)
    expect_saved(second)
    phone.close()
    phone.context.set_offline(False)
    page = phone.context.new_page()
    page.goto(paper_url(live))
    expect_answers(page, {1: "4", 2: "1"})
    assert live.stored() == {1: "4", 2: "1"}


def test_a_second_tab_tells_the_first_at_once(phone, live):
    start(phone, live)
    answer(phone, 1, 1)
    expect_saved(phone)
    tab = phone.context.new_page()
    tab.goto(paper_url(live))
    expect_answers(tab, {1: "1"})
    expect(phone.locator("#trouble-text")).to_contain_text(TAKEN)
    answer(tab, 2, 2)
    expect_saved(tab)
    assert live.stored() == {1: "1", 2: "2"}


def test_an_ended_log_in_keeps_the_paper_and_the_answers(phone, live, expected):
    expected.expect("status of 401")
    start(phone, live)
    answer(phone, 1, 1)
    expect_saved(phone)
    live.log_everybody_out()
    answer(phone, 2, 2)
    expect(phone.locator("#trouble-text")).to_contain_text("đăng nhập lại để gửi tiếp")
    answer(phone, 3, 3)
    assert live.stored() == {1: "1"}
    phone.get_by_role("link", name="Đăng nhập lại").click()
    phone.wait_for_url(re.compile(r"/log-in\?next="))
    live.log_in(phone.context, live.worker)
    phone.goto(paper_url(live))
    expect_saved(phone)
    expect_answers(phone, {1: "1", 2: "2", 3: "3"})
    assert live.stored() == {1: "1", 2: "2", 3: "3"}


def test_the_next_person_on_the_phone_sees_nothing_and_sends_nothing(phone, live, expected):
    expected.expect("status of 404")
    start(phone, live)
    phone.context.set_offline(True)
    answer(phone, 1, 1)
    expect(phone.locator("#saving")).to_contain_text("Mất mạng")
    other = live.cast.person("Trần Văn Bình", union=live.union)
    live.log_in(phone.context, other)
    phone.context.set_offline(False)
    expect(phone.locator("#trouble-text")).to_contain_text("không thuộc tài khoản đang đăng nhập")
    expect(phone.locator("#answers")).to_be_hidden()
    assert live.stored() == {}
    page = phone.context.new_page()
    start(page, live)
    expect_answers(page, {})
    assert [attempt.person_id for attempt in live.attempts()] == [live.worker.id, other.id]
    live.log_in(phone.context, live.worker)
    page.goto(paper_url(live))
    expect_answers(page, {1: "1"})


def test_time_over_counts_what_was_saved(phone, live, expected):
    expected.expect(CLOSED)
    start(phone, live)
    with transaction(writes=False):
        first = graded_slots(session.scalar(select(Attempt.paper_id)))[0]
    for position in first.key.options:
        answer(phone, 1, 1 + first.option_order.index(position))
    expect_saved(phone)
    close_in(live, seconds=2)
    answer(phone, 2, 4)
    expect(phone.locator("#clock")).to_have_class(re.compile("is-short"))
    expect(phone.locator("#trouble-text")).to_contain_text("Hết giờ làm bài")
    expect(phone.locator("#answers input").first).to_be_disabled()
    phone.wait_for_url("**/result")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Đã hết giờ làm bài")
    expect(phone.locator(".mark strong")).to_have_text(re.compile("[12]"))
    expect(phone.locator("#late")).to_be_hidden()


def test_without_network_at_the_close_the_phone_keeps_and_hands_over(phone, live, expected):
    expected.expect(CLOSED)
    start(phone, live)
    answer(phone, 1, 1)
    expect_saved(phone)
    close_in(live, seconds=3)
    answer(phone, 1, 2)
    expect_saved(phone)
    phone.context.set_offline(True)
    answer(phone, 2, 3)
    expect(phone.locator("#trouble-text")).to_contain_text("Máy còn giữ 1 câu chưa gửi được")
    close_in(live, seconds=-2)  # the grace is over as well
    phone.context.set_offline(False)
    phone.wait_for_url("**/result")
    expect(phone.locator("#late")).to_contain_text("còn giữ 1 câu trả lời chưa kịp gửi trước giờ đóng; nay đã gửi xong")
    assert evidence() == {2: "3"}
    assert live.stored() == {1: "2"}
    phone.reload()
    expect(phone.locator(".receipt")).to_be_visible()
    expect(phone.locator("#late")).to_be_hidden()


def test_five_minutes_and_one_minute_are_spoken(phone, live):
    start(phone, live)
    for place, (seconds, said) in enumerate(((301, "Còn 5 phút."), (61, "Còn 1 phút.")), start=1):
        close_in(live, seconds=seconds)
        answer(phone, 1, place)
        expect_saved(phone)
        expect(phone.locator("#spoken")).to_have_text(said)


def test_a_paper_handed_in_elsewhere_leads_to_its_result(phone, device, live, expected):
    expected.expect(CLOSED)
    start(phone, live)
    answer(phone, 1, 1)
    expect_saved(phone)
    second = device(live.worker)
    second.goto(paper_url(live))
    expect_open(second)
    hand_in(second)
    answer(phone, 2, 2)
    phone.wait_for_url("**/result")
    expect(phone.locator("#late")).to_contain_text("không tự được tính điểm")
    assert live.stored() == {1: "1"}
    assert evidence() == {2: "2"}


def test_back_from_the_result_is_no_way_into_the_paper(phone, live):
    start(phone, live)
    answer(phone, 1, 1)
    hand_in(phone)
    phone.go_back()
    phone.goto(paper_url(live))
    expect(phone.get_by_role("heading", level=1)).to_have_text("Đã nộp bài")
