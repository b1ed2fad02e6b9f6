"""A worker types answers on a phone: kept at each pause, through a lost network, and never handed in by Enter."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from quizapp.rules.round_rules import Draw
from quizapp.vocabulary import Order
from tests.flows.conftest import DESK
from tests.flows.sitting import OFFLINE, expect_open, expect_saved, hand_in, start, type_answer

pytestmark = pytest.mark.browser


@pytest.fixture
def live(live):
    """One choice, one number, one short answer."""
    now = datetime.now(UTC)
    live.cast.bank("ghi", single=1, typed={"Giờ làm việc một ngày?": "8", "Công đoàn thành lập ở đâu?": "Hà Nội"})
    rules = live.cast.round_rules(
        opens_at=now - timedelta(hours=1),
        closes_at=now + timedelta(days=1),
        draws=(Draw(bank="ghi", count=3),),
        question_order=Order.FIXED,
    )
    live.contest = live.cast.contest("ghi-dap-an", organiser=live.union, rounds=[rules])
    return live


def test_what_is_typed_is_kept_and_marked(phone, live):
    start(phone, live)
    type_answer(phone, 2, "8")
    type_answer(phone, 3, "hà nội")
    phone.keyboard.press("Enter")
    expect(phone.locator("#check")).not_to_be_visible()
    expect_saved(phone)
    assert live.stored() == {2: "8", 3: "hà nội"}
    expect(phone.locator("#answered")).to_have_text("2")
    phone.reload()
    expect_open(phone)
    expect(phone.locator("#cau-3 .typed input")).to_have_value("hà nội")
    type_answer(phone, 2, "0")  # and at once hands in: what was typed last goes along
    hand_in(phone)
    assert live.stored()[2] == "80"
    assert live.attempts()[0].mark == 100


def test_a_word_where_a_number_belongs_is_told_when_the_field_is_left(phone, live):
    start(phone, live)
    type_answer(phone, 2, "tám")
    problem = phone.locator("#cau-2 .typed__problem")
    expect(problem).to_be_hidden()
    phone.locator("#cau-3 .typed input").focus()
    expect(problem).to_be_visible()
    phone.locator("#cau-2 .typed input").fill("8,0")
    phone.locator("#cau-3 .typed input").focus()
    expect(problem).to_be_hidden()


def test_typing_without_network_is_sent_when_it_comes_back(phone, live, eyes):
    eyes.expect(*OFFLINE)
    start(phone, live)
    phone.context.set_offline(True)
    type_answer(phone, 3, "Hà Nội")
    expect(phone.locator("#saving")).to_contain_text("Mất mạng")
    phone.context.set_offline(False)
    expect_saved(phone)
    assert live.stored() == {3: "Hà Nội"}


def test_leaving_the_page_keeps_what_was_just_typed(phone, live):
    start(phone, live)
    type_answer(phone, 3, "Huế")
    phone.goto(live.contest_url)
    phone.go_back()
    expect_open(phone)
    expect(phone.locator("#cau-3 .typed input")).to_have_value("Huế")
    assert live.stored() == {3: "Huế"}


def test_typed_answers_go_without_javascript(device, live):
    page = device(live.worker, java_script_enabled=False, **DESK)
    page.goto(live.contest_url)
    page.get_by_role("button", name="Bắt đầu thi").click()
    page.locator("[name=answer-2]").fill("tám")
    page.get_by_role("button", name="Nộp bài").click()
    expect(page.get_by_role("heading", name="Cần ghi một con số")).to_be_visible()
    assert live.stored() == {2: "tám"}


def test_what_was_typed_waits_for_its_owner_when_somebody_else_has_logged_in(phone, live, eyes):
    eyes.expect("404", "401")
    start(phone, live)
    url = phone.url
    live.log_everybody_out()
    live.log_in(phone.context, live.cast.person("Người Khác", union=live.union))
    type_answer(phone, 3, "Hà Nội")
    expect(phone.locator("#trouble-text")).to_contain_text("không thuộc tài khoản đang đăng nhập")
    expect(phone.locator("#cau-3 .typed input")).to_be_hidden()
    assert live.stored() == {}
    live.log_in(phone.context, live.worker)
    phone.goto(url)
    expect_open(phone)
    expect(phone.locator("#cau-3 .typed input")).to_have_value("Hà Nội")
    expect_saved(phone)
    assert live.stored() == {3: "Hà Nội"}
