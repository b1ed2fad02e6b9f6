"""An organiser writes a question for an hour: neither a log-in that ended nor a lost network takes it away."""

import re

import pytest
from playwright.sync_api import expect

from quizapp.vocabulary import Role
from tests.flows.conftest import DESK
from tests.flows.sitting import OFFLINE

pytestmark = pytest.mark.browser

WRITTEN = "Thử việc tối đa bao nhiêu ngày?"


@pytest.fixture
def author(live):
    live.cast.bank("rieng", union=live.union)
    return live.cast.person("Trần Soạn", union=live.union, roles=[(Role.ORGANISER, live.union)])


@pytest.fixture
def writing(live, device, author):
    page = device(author, **DESK)
    page.goto(f"{live.url}/organise/banks/rieng/questions/new?kind=true_false")
    page.fill("#prompt", WRITTEN)
    page.select_option("#topic", "chung")
    page.get_by_label("Sai", exact=True).check()
    return page


def save(page):
    page.get_by_role("button", name="Lưu bản nháp").last.click()


def test_after_the_log_in_ended_what_was_written_is_sent_with_the_next_one(writing, live, author):
    live.log_everybody_out()
    save(writing)
    told = writing.get_by_role("alert")
    expect(told).to_contain_text("những gì đã gõ vẫn còn ở trang này")
    expect(told).to_be_focused()
    expect(writing.locator("#prompt")).to_have_value(WRITTEN)
    expect(told.get_by_role("link")).to_have_attribute("href", "/log-in")
    live.log_in(writing.context, author)
    save(writing)
    expect(writing).to_have_url(re.compile(r"/questions/\d+$"))
    expect(writing.locator("h2.prompt").first).to_have_text(WRITTEN)


def test_without_network_nothing_is_sent_and_nothing_lost(writing, eyes):
    eyes.expect(*OFFLINE)
    writing.context.set_offline(True)
    save(writing)
    expect(writing.get_by_role("alert")).to_contain_text("Không nối được với máy chủ")
    writing.context.set_offline(False)
    save(writing)
    expect(writing).to_have_url(re.compile(r"/questions/\d+$"))


def test_a_picture_that_is_refused_is_told_where_it_was_chosen(writing):
    writing.get_by_text("Thêm ảnh").first.click()
    writing.locator("#file").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"})
    writing.get_by_role("button", name="Gửi ảnh").click()
    spot = writing.locator("#picture-stem")
    expect(spot).to_contain_text("Chưa nhận được ảnh")
    expect(spot).to_be_focused()
    expect(writing.locator("#prompt")).to_have_value(WRITTEN)
