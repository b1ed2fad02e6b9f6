"""What a worker does and sees on the paper."""

import re
from typing import Any

from playwright.sync_api import Page, expect

SAVED = re.compile(r"^Đã lưu lúc \d\d:\d\d:\d\d$")
# The browser's own words for what these tests bring about.
OFFLINE = ("ERR_INTERNET_DISCONNECTED", "ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET", "ERR_EMPTY_RESPONSE")
CLOSED = "status of 409"


def start(page: Page, live: Any) -> Page:
    page.goto(live.contest_url)
    page.get_by_role("button", name="Bắt đầu thi").click()
    page.wait_for_url("**/attempts/*")
    return expect_open(page)


def expect_open(page: Page) -> Page:
    """The page has taken the attempt over: it says so where it will say what is saved."""
    expect(page.locator("#saving")).to_have_attribute("data-state", "saved")
    return page


def answer(page: Page, slot: int, place: int) -> None:
    page.locator(f"#cau-{slot} .option").nth(place - 1).click()


def expect_saved(page: Page) -> None:
    expect(page.locator("#saving")).to_have_text(SAVED)


def expect_answers(page: Page, answers: dict[int, str]) -> None:
    """What is ticked on the paper, after it was taken over."""
    expect_open(page)
    ticked = page.locator(".option input:checked")
    expect(ticked).to_have_count(len(answers))
    assert {int(each.get_attribute("name")[len("answer-") :]): each.input_value() for each in ticked.all()} == answers


def hand_in(page: Page) -> None:
    page.locator("#hand-in").click()
    page.locator("#check-yes").click()
    page.wait_for_url("**/result")


def type_answer(page: Page, slot: int, text: str) -> None:
    """Add to what stands in the field."""
    field = page.locator(f"#cau-{slot} .typed input")
    field.press("End")
    field.press_sequentially(text)
