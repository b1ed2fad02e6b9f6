"""A contestant appeals about a mark on a phone, the organiser puts the key right at a desk, the answer is read."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.flows.conftest import DESK
from tests.mark_appeals.conftest import Sat

pytestmark = pytest.mark.browser


class Past:
    """The round began two days ago and is over."""

    def __init__(self):
        self.start = self.instant = datetime.now(UTC) - timedelta(days=2)

    def at(self, **span):
        self.instant = self.start + timedelta(**span)
        return self.instant


@pytest.fixture
def sat(live):
    past = Past()
    window = {"opens_at": past.start, "closes_at": past.start + timedelta(days=1)}
    until = datetime.now(UTC) + timedelta(days=3)
    return Sat(live.app, live.cast, past, slug="phuc-khao", bank="luat-moi", appeals_until=until, **window)


def test_from_the_result_to_the_answer(live, device, sat):
    phone = device(sat.binh)
    phone.goto(f"{live.url}/attempts/{sat.attempt}/result")
    phone.get_by_role("link", name="Đề nghị phúc khảo").click()
    phone.get_by_label("Câu cần xem lại").select_option(str(sat.slot()))
    phone.get_by_label("Lý do đề nghị phúc khảo").fill("Luật mới đã sửa điều này.")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    phone.get_by_role("button", name="Gửi đề nghị phúc khảo").click()
    expect(phone.get_by_text("Đang xem xét")).to_be_visible()
    desk = device(sat.boss, **DESK)
    desk.goto(f"{live.url}/organise")
    desk.get_by_role("link", name="Xem và trả lời").click()
    desk.get_by_role("link", name="Trần Thị Bình").click()
    page = desk.url
    desk.get_by_role("link", name="Sửa đáp án câu này").first.click()
    desk.get_by_label("Tính đúng cho mọi người").check()
    desk.get_by_label("Lý do").fill("Luật mới đã sửa điều này")
    desk.get_by_role("button", name="Xem trước thay đổi").click()
    desk.get_by_role("button", name="Áp dụng và chấm lại").click()
    desk.goto(page)
    desk.get_by_label("Trả lời người dự thi").fill("Câu này nay tính đúng cho mọi người.")
    desk.get_by_role("button", name="Trả lời phúc khảo").click()
    expect(desk.get_by_text("Điểm câu hỏi từ 4 khi gửi đề nghị, nay là 5.")).to_be_visible()
    phone.get_by_role("link", name="Lượt thi của tôi").first.click()
    phone.get_by_role("link", name="Đọc trả lời").click()
    expect(phone.get_by_text("Câu này nay tính đúng cho mọi người.")).to_be_visible()
