"""A judge works through the queue by keyboard alone."""

import pytest
from playwright.sync_api import expect

from tests.conftest import NOON
from tests.flows.conftest import DESK, at_the_desk
from tests.judging import conftest as judging

pytestmark = pytest.mark.browser


class After:
    """The round of these essays is over."""

    instant = NOON


@pytest.fixture
def jury(live):
    return judging.Jury(live.app, live.cast, After(), slug="cham-thi")


def test_two_essays_are_marked_by_keyboard(live, device, jury):
    cdcs = live.cast.union("CĐCS Người Viết", parent=jury.province)
    for code in ("PH2222", "PH3333"):
        jury.write(code, cdcs, text="Đề xuất họp ngắn mỗi tuần. " * 60)
    judge = jury.judge("Lê An", live.cast.union("CĐCS Giám Khảo", parent=jury.province))
    jury.judge("Vũ Bình", live.cast.union("CĐCS Khác", parent=jury.province))
    jury.allocate()
    page = device(judge, **DESK)
    page.goto(f"{live.url}/judge")
    page.get_by_role("link", name="Bắt đầu chấm").click()
    at_the_desk(page)
    first = page.get_by_role("heading", level=1).inner_text()
    page.keyboard.press("3")
    expect(page.get_by_role("radio", name="Tốt")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("[name=mark-cach-viet]")).to_be_focused()
    page.keyboard.type("2,5")
    expect(page.locator("#total")).to_have_text("4,5")
    expect(page.locator("#saving")).to_contain_text("Đã lưu nháp")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).not_to_have_text(first)
    at_the_desk(page)
    page.keyboard.press("1")
    page.locator("[name=mark-cach-viet]").fill("1")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Đã chấm xong tất cả các bài")).to_be_visible()
    assert sorted([*jury.totals("PH2222"), *jury.totals("PH3333")]) == [100, 450]
