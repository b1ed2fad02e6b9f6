"""A worker makes an account on a phone, with and without JavaScript, and comes back to it."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.models import Person, TradeUnion

pytestmark = pytest.mark.browser

PASSWORD = "quán phở đầu ngõ"


@pytest.fixture
def unions(live):
    """Two unions whose names are alike, beside the worker's."""
    with transaction(writes=False):
        province = session.scalar(select(TradeUnion).where(TradeUnion.parent_id.is_(None)))
    return [live.cast.union(f"CĐCS Dệt {name}", parent=province) for name in ("Bình An", "Thắng Lợi")]


def fill(page):
    page.get_by_label("Họ và tên").fill("Trần Văn Bình")
    page.get_by_label("Ngày sinh").fill("5/9/1990")
    page.get_by_label("Số điện thoại").fill("0912 345 678")
    page.get_by_label("Người lao động").check()
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_label("Tôi đồng ý").check()


def union_of_the_new_person():
    with transaction(writes=False):
        person = session.scalar(select(Person).where(Person.phone == "0912345678"))
        return person.union.name if person else None


def test_a_worker_registers_by_keyboard_and_logs_in_again(live, device, unions):
    page = device()
    page.goto(live.contest_url)
    page.get_by_role("link", name="Đăng ký dự thi").first.click()
    fill(page)
    combo = page.get_by_role("combobox", name="Công đoàn cơ sở")
    combo.press_sequentially("det")
    expect(page.get_by_role("option")).to_have_count(2)
    expect(combo).to_have_attribute("aria-expanded", "true")
    combo.press("ArrowDown")
    combo.press("ArrowDown")
    expect(page.get_by_role("option", name="Thắng Lợi")).to_have_attribute("aria-selected", "true")
    expect(combo).to_have_attribute("aria-activedescendant", "union-1")
    combo.press("Enter")
    expect(combo).to_have_value("CĐCS Dệt Thắng Lợi")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.get_by_role("button", name="Đăng ký và vào cuộc thi").click()
    expect(page).to_have_url(live.contest_url)
    expect(page.get_by_role("button", name="Bắt đầu thi")).to_be_visible()
    assert union_of_the_new_person() == "CĐCS Dệt Thắng Lợi"

    page.goto(f"{live.url}/account")
    page.get_by_role("button", name="Đăng xuất", exact=True).click()
    page.goto(f"{live.url}/log-in?next=/account")
    page.get_by_label("Số điện thoại").fill("+84 912 345 678")
    secret = page.get_by_label("Mật khẩu hoặc mã")
    secret.fill(PASSWORD)
    expect(secret).to_have_attribute("type", "password")
    page.get_by_role("button", name="Hiện mật khẩu").click()
    expect(secret).to_have_attribute("type", "text")
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", name="Tài khoản của bạn")).to_be_visible()


def test_a_union_is_picked_by_a_tap_and_let_go_when_the_text_changes(live, device, unions):
    page = device()
    page.goto(f"{live.url}/register?contest={live.contest.slug}")
    combo = page.get_by_role("combobox", name="Công đoàn cơ sở")
    combo.press_sequentially("Dệt b")
    page.get_by_role("option", name="Bình An").tap()
    expect(combo).to_have_value("CĐCS Dệt Bình An")
    picked = page.locator("input[name=union_id]")
    expect(picked).to_have_value(re.compile(r"\d+"))
    combo.press("Backspace")
    expect(picked).to_have_value("")
    combo.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_without_a_network_for_the_list_the_form_still_works(live, device, unions, eyes):
    eyes.expect("Failed to load resource", "422")
    page = device()
    page.goto(f"{live.url}/register?contest={live.contest.slug}")
    page.route("**/unions/search**", lambda route: route.abort())
    fill(page)
    combo = page.get_by_role("combobox", name="Công đoàn cơ sở")
    combo.press_sequentially("bình an")
    expect(page.get_by_text("mạng chập chờn")).to_be_visible()
    page.get_by_role("button", name="Đăng ký và vào cuộc thi").click()
    expect(page.get_by_role("group", name="Đơn vị của bạn là")).to_be_visible()


def test_without_javascript_the_union_is_chosen_from_a_list(live, device, unions, eyes):
    eyes.expect("Failed to load resource", "422")
    page = device(java_script_enabled=False)
    page.goto(f"{live.url}/register?contest={live.contest.slug}")
    fill(page)
    page.get_by_label("Công đoàn cơ sở").fill("det")
    page.get_by_role("button", name="Đăng ký và vào cuộc thi").click()
    page.get_by_label("CĐCS Dệt Bình An").check()
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng ký và vào cuộc thi").click()
    expect(page).to_have_url(live.contest_url)
    assert union_of_the_new_person() == "CĐCS Dệt Bình An"


def test_what_the_browser_says_of_a_field_is_vietnamese_and_ends_when_it_is_filled(live, device, unions):
    page = device()
    page.goto(f"{live.url}/register?contest={live.contest.slug}")
    said = "[...document.forms[0].elements].map(field => field.validationMessage)"
    button = page.get_by_role("button", name="Đăng ký và vào cuộc thi")
    button.click()
    assert {"Xin điền mục này.", "Xin chọn một mục.", "Xin đánh dấu vào ô này."} <= set(page.evaluate(said))
    fill(page)
    page.get_by_role("combobox", name="Công đoàn cơ sở").fill("CĐCS Dệt Bình An")
    button.click()
    expect(page).to_have_url(live.contest_url)


def test_a_union_that_was_found_but_not_picked_is_asked_for(live, device, unions):
    page = device()
    page.goto(f"{live.url}/register?contest={live.contest.slug}")
    combo = page.get_by_role("combobox", name="Công đoàn cơ sở")
    combo.press_sequentially("det")
    expect(page.get_by_role("option")).to_have_count(2)
    page.get_by_label("Mật khẩu", exact=True).focus()
    expect(page.get_by_text("Chưa chọn đơn vị")).to_be_visible()
    combo.focus()
    page.get_by_role("option", name="Bình An").tap()
    expect(combo).to_have_value("CĐCS Dệt Bình An")
    page.get_by_label("Mật khẩu", exact=True).focus()
    expect(page.get_by_text("Đã chọn: CĐCS Dệt Bình An")).to_be_visible()
