"""A worker sits a round on a phone, and whatever happens to phones happens."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

SAVED = re.compile(r"^Đã lưu lúc \d\d:\d\d:\d\d$")
LOST = ("ERR_INTERNET_DISCONNECTED",)


def start(page: Page, live) -> Page:
    page.goto(live.contest_url)
    page.get_by_role("button", name="Bắt đầu thi").click()
    page.wait_for_url("**/attempts/*")
    expect(page.locator("#clock-label")).to_have_text("Còn lại")
    return page


def answer(page: Page, slot: int, place: int) -> None:
    page.locator(f"#cau-{slot} .option").nth(place - 1).tap()


def expect_saved(page: Page) -> None:
    expect(page.locator("#saving")).to_have_text(SAVED)


def hand_in(page: Page) -> None:
    page.locator("#hand-in").click()
    page.locator("#check-yes").click()
    page.wait_for_url("**/result")


def test_a_sitting_from_the_contest_to_the_receipt(phone, live):
    start(phone, live)
    for slot in range(1, 6):
        answer(phone, slot, 1)
    expect_saved(phone)
    assert live.stored() == dict.fromkeys(range(1, 6), "1")
    hand_in(phone)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Đã nộp bài")
    expect(phone.locator(".receipt")).to_have_text(re.compile(r"^\w{5}-\w{5}$"))
