"""A judge tries on a sample, then marks by one criterion after the other; two pages of one judge stand side by side."""

import pytest
from playwright.sync_api import expect

from tests.flows.conftest import DESK, at_the_desk
from tests.flows.test_judging import After
from tests.judging import conftest as judging

pytestmark = pytest.mark.browser
TABLET = {"viewport": {"width": 1024, "height": 768}, "has_touch": True}


@pytest.fixture
def jury(live):
    """Lê An and Vũ Bình have two essays each."""
    made = judging.Jury(live.app, live.cast, After(), slug="cham-thi")
    cdcs = live.cast.union("CĐCS Người Viết", parent=made.province)
    for code in ("PH2222", "PH3333"):
        made.write(code, cdcs, text="Đề xuất họp ngắn mỗi tuần. " * 60)
    made.an = made.judge("Lê An", live.cast.union("CĐCS Giám Khảo", parent=made.province))
    made.judge("Vũ Bình", live.cast.union("CĐCS Khác", parent=made.province))
    made.allocate()
    return made


def test_a_sample_first_then_all_essays_by_one_criterion(live, device, jury):
    organiser = device(jury.organiser, **DESK)
    organiser.goto(f"{live.url}/organise/contests/cham-thi/essays/bai-viet/trials")
    organiser.get_by_role("link", name="Thêm bài mẫu").click()
    organiser.get_by_label("Bài mẫu").fill("Mẫu: họp ngắn.")
    organiser.get_by_role("radio", name="Tốt").check()
    organiser.locator("[name=mark-cach-viet]").fill("1,5")
    organiser.get_by_label("Vì sao").fill("Có người phụ trách.")
    organiser.get_by_role("button", name="Lưu bài mẫu").click()
    expect(organiser.get_by_text("Đã thêm bài mẫu.")).to_be_visible()

    page = device(jury.an, **TABLET)
    page.goto(f"{live.url}/judge")
    page.get_by_role("link", name="Bắt đầu chấm thử").click()
    at_the_desk(page)
    page.keyboard.press("2")
    page.locator("[name=mark-cach-viet]").fill("2")
    expect(page.locator("#total")).to_have_text("3")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("row", name="Ý tưởng")).to_contain_text("−1")
    expect(page.get_by_text("Có người phụ trách.")).to_be_visible()
    page.get_by_role("link", name="Sang chấm bài thi").click()

    page.get_by_role("link", name="Chấm theo từng tiêu chí").click()
    page.get_by_role("link", name="Chấm tiêu chí Ý tưởng").click()
    at_the_desk(page)
    first = page.get_by_role("heading", level=1).inner_text()
    page.keyboard.press("3")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).not_to_have_text(first)
    expect(page.get_by_text("Ý tưởng: 1/2")).to_be_visible()
    at_the_desk(page)
    page.keyboard.press("1")
    page.keyboard.press("Alt+ArrowUp")  # what was changed is kept on the way
    expect(page.get_by_role("heading", level=1)).to_have_text(first)
    expect(page.get_by_text("Ý tưởng: 2/2")).to_be_visible()
    page.get_by_role("link", name="Các tiêu chí").click()
    page.get_by_role("link", name="Chấm tiêu chí Cách viết").click()
    for done in ("Cách viết: 0/2", "Cách viết: 1/2"):
        expect(page.get_by_text(done)).to_be_visible()
        at_the_desk(page)
        page.keyboard.type("2,5")
        page.keyboard.press("Control+Enter")
    page.get_by_role("link", name="Xem và hoàn tất").click()
    page.get_by_role("button", name="Hoàn tất các bài đã chọn").click()
    expect(page.get_by_text("Đã hoàn tất 2 bài.")).to_be_visible()
    assert sorted([*jury.totals("PH2222"), *jury.totals("PH3333")]) == [250, 450]


def test_the_older_of_two_pages_notices_and_saves_nothing(live, device, jury, eyes):
    eyes.expect("409", "422")  # the refusals
    older = device(jury.an, **DESK)
    older.goto(f"{live.url}/judge")
    older.get_by_role("link", name="Bắt đầu chấm").click()
    newer = older.context.new_page()
    newer.goto(older.url)
    newer.keyboard.press("3")
    expect(newer.locator("#saving")).to_contain_text("Đã lưu nháp")
    older.bring_to_front()
    older.keyboard.press("1")
    expect(older.locator("#saving")).to_contain_text("trang khác")
    older.get_by_role("button", name="Để sau").click()
    expect(older.get_by_role("alert")).to_contain_text("trang khác")
    expect(older.get_by_role("radio", name="Chưa đạt")).to_be_checked()  # what was typed here stays
    newer.reload()
    expect(newer.get_by_role("radio", name="Tốt")).to_be_checked()
    older.get_by_role("button", name="Để sau").click()  # insists
    expect(older.get_by_role("alert")).to_have_count(0)
    newer.reload()
    expect(newer.get_by_role("radio", name="Chưa đạt")).to_be_checked()
