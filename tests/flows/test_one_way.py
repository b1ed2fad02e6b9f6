"""A worker sits a round in which each question has seconds of its own, with and without JavaScript."""

import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from quizapp.db import session, transaction
from quizapp.models import Attempt
from tests.flows.conftest import DESK
from tests.flows.sitting import CLOSED, OFFLINE, answer, expect_open, expect_saved, start

pytestmark = pytest.mark.browser

PICTURES = os.environ.get("PICTURES")


@pytest.fixture
def paced(live):
    """Return what lets a round be with so many seconds for each of its three questions."""

    def make(seconds):
        now = datetime.now(UTC)
        rules = live.cast.round_rules(
            opens_at=now - timedelta(hours=1),
            closes_at=now + timedelta(days=1),
            draws=(live.cast.draw("luat", 3),),
            seconds_per_question=seconds,
            time_limit=timedelta(seconds=3 * seconds),
        )
        live.contest = live.cast.contest("tung-cau", organiser=live.union, rounds=[rules])

    return make


def let_pass(seconds):
    """Let so much time have passed for the question that is shown: nobody waits for it here."""
    with transaction():
        attempt = session.query(Attempt).one()
        attempt.at_slot_since -= timedelta(seconds=seconds)
        attempt.closes_at -= timedelta(seconds=seconds)


def picture(page, name):
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png")


def expect_question(page, slot):
    expect(page.locator(".question")).to_have_count(1)
    expect(page.locator(f"#cau-{slot}")).to_be_visible()
    return expect_open(page)


def test_questions_come_one_by_one_on_a_phone(phone, live, paced):
    paced(600)
    phone.goto(live.contest_url)
    expect(phone.locator("main")).to_contain_text("không quay lại được")
    start(phone, live)
    expect_question(phone, 1)
    expect(phone.locator("#clock-label")).to_have_text("Câu 1/3, còn")
    expect(phone.locator("#clock-time")).to_have_text(re.compile(r"^(09:5\d|10:00)$"))
    picture(phone, "one-way-phone")
    assert Axe().run(phone).response["violations"] == []
    answer(phone, 1, 2)
    phone.get_by_role("button", name="Câu tiếp theo").click()
    expect_question(phone, 2)
    assert live.stored() == {1: "2"}
    answer(phone, 2, 3)
    expect_saved(phone)
    let_pass(600)
    phone.reload()
    expect_question(phone, 3)
    expect(phone.get_by_role("button", name="Câu tiếp theo")).to_have_count(0)
    phone.locator("#hand-in").click()
    picture(phone, "one-way-check")
    phone.locator("#check-yes").click()
    phone.wait_for_url("**/result")
    assert live.stored() == {1: "2", 2: "3"}


def test_the_next_question_opens_by_itself_and_the_end_hands_in(phone, live, paced, eyes):
    eyes.expect(CLOSED)
    paced(4)
    start(phone, live)
    answer(phone, 1, 1)
    expect(phone.locator("#cau-2")).to_be_visible()
    expect(phone.locator("#cau-3")).to_be_visible()
    phone.wait_for_url("**/result")
    assert live.stored() == {1: "1"}


def test_what_could_not_be_sent_in_time_is_told_and_no_more_sent(phone, live, paced, eyes):
    eyes.expect(*OFFLINE, CLOSED)
    paced(600)
    start(phone, live)
    phone.context.set_offline(True)
    answer(phone, 1, 2)
    expect(phone.locator("#saving")).to_contain_text("Mất mạng")
    let_pass(610)
    phone.context.set_offline(False)
    expect(phone.locator("#cau-2")).to_be_visible()
    expect(phone.locator("#told")).to_contain_text("Câu 1 đã hết giờ")
    expect_open(phone)
    assert live.stored() == {}
    answer(phone, 2, 1)
    expect_saved(phone)
    assert live.stored() == {2: "1"}


def test_what_a_closed_page_left_of_an_earlier_question_is_told_as_late(phone, live, paced, eyes):
    eyes.expect(*OFFLINE, CLOSED)
    paced(600)
    start(phone, live)
    expect_open(phone)
    address = phone.url
    phone.context.set_offline(True)
    answer(phone, 1, 2)
    expect(phone.locator("#saving")).to_contain_text("Mất mạng")
    let_pass(610)
    phone.goto("about:blank")
    phone.context.set_offline(False)
    phone.goto(address)
    expect_question(phone, 2)
    expect(phone.locator("#trouble-text")).to_contain_text("Câu 1 đã hết giờ")
    expect_saved(phone)
    assert live.stored() == {}


def test_a_second_device_stands_at_the_same_question(phone, device, live, paced, eyes):
    eyes.expect(CLOSED)
    paced(600)
    start(phone, live)
    answer(phone, 1, 1)
    phone.get_by_role("button", name="Câu tiếp theo").click()
    expect_question(phone, 2)
    desk = device(live.worker, **DESK)
    desk.goto(phone.url)
    expect_question(desk, 2)
    picture(desk, "one-way-desk")
    desk.get_by_role("button", name="Câu tiếp theo").click()
    expect_question(desk, 3)
    answer(phone, 2, 1)
    expect(phone.locator("#trouble")).to_contain_text("máy khác")


def test_without_javascript_a_button_moves_on_and_the_page_goes_on_by_itself(device, live, paced):
    paced(6)
    page = device(live.worker, java_script_enabled=False)
    page.goto(live.contest_url)
    page.get_by_role("button", name="Bắt đầu thi").click()
    page.locator("#cau-1 .option").first.click()
    picture(page, "one-way-plain")
    page.get_by_role("button", name="Câu tiếp theo").click()
    expect(page.locator("#cau-2")).to_be_visible()
    expect(page.locator("#cau-3")).to_be_visible()
    assert live.stored() == {1: "1"}
    page.get_by_role("button", name="Nộp bài").click()
    picture(page, "one-way-review")
    page.get_by_role("button", name="Nộp bài").click()
    page.wait_for_url("**/result")
