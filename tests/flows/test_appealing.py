"""A writer appeals on a phone, the organiser decides at a desk, the writer reads the answer."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.appeals import conftest as appeals
from tests.conftest import NOON
from tests.flows.conftest import DESK

pytestmark = pytest.mark.browser


class After:
    """The round of these essays is over."""

    instant = NOON


@pytest.fixture
def jury(live):
    until = datetime.now(UTC) + timedelta(days=10)
    made = appeals.Appealing(live.app, live.cast, After(), slug="phuc-khao", appeals_until=until)
    made.settle()
    return made


def test_an_appeal_from_the_phone_to_the_answer(live, device, jury):
    phone = device(jury.writer)
    phone.goto(f"{live.url}/me/attempts")
    phone.get_by_role("link", name="Đề nghị phúc khảo").click()
    phone.get_by_role("link", name="Đọc nhận xét của giám khảo").click()
    expect(phone.get_by_text("Ý tưởng cần rõ hơn.", exact=True)).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    phone.get_by_role("link", name="Phúc khảo").click()
    phone.get_by_label("Lý do đề nghị phúc khảo").fill("Bài của tôi đã nêu kinh phí ở đoạn cuối.")
    phone.get_by_role("button", name="Gửi đề nghị phúc khảo").click()
    expect(phone.get_by_text("Đang xem xét")).to_be_visible()
    desk = device(jury.organiser, **DESK)
    desk.goto(f"{live.url}/organise/contests/phuc-khao/essays/bai-viet/appeals")
    desk.get_by_role("link", name="PH2222").click()
    desk.get_by_role("button", name="Giao cho giám khảo chấm lại").click()
    expect(desk.get_by_text("Đã giao cho Đỗ Chi")).to_be_visible()
    jury.mark_again(idea=200, style=250)
    desk.reload()
    desk.get_by_label("Lấy điểm chấm lại: 4,5").check()
    desk.get_by_label("Trả lời người viết").fill("Đã chấm lại: đoạn cuối có nêu kinh phí.")
    desk.get_by_role("button", name="Trả lời phúc khảo").click()
    expect(desk.get_by_text("Đã trả lời phúc khảo bài PH2222")).to_be_visible()
    phone.get_by_role("link", name="Lượt thi của tôi").first.click()
    phone.get_by_role("link", name="Đọc trả lời").click()
    expect(phone.get_by_text("Đã chấm lại: đoạn cuối có nêu kinh phí.")).to_be_visible()
    expect(phone.get_by_text("thay đổi từ 3,5 thành 4,5")).to_be_visible()
