"""An essay on a phone: what is written survives cuts, other pages and the close, and is told truthfully."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from sqlalchemy import select, update

from quizapp.db import session, transaction
from quizapp.models import Attempt, Essay, EssayRevision, LateChange
from quizapp.rules.round_rules import EssayRule
from tests.flows.conftest import DESK
from tests.flows.sitting import CLOSED, OFFLINE, answer, expect_open, expect_saved, hand_in, start

pytestmark = pytest.mark.browser

RULE = EssayRule(prompt="Bạn đề xuất đổi mới điều gì trong hoạt động công đoàn?", max_mark=500, most_words=500)
TAKEN = "Bài thi đang được làm trên máy khác hoặc ở cửa sổ khác"
SERIOUS = ("serious", "critical")
WILD = "<script>alert(1)</script>\n</textarea><b>\u202eمرحبا\u202c 👩‍🏭 “Đổi mới”"


@pytest.fixture
def desk_of(live):
    """Make a contest beside the live one, whose round asks for an essay, and let `start` find it."""
    now = datetime.now(UTC)
    window = {"opens_at": now - timedelta(hours=1), "closes_at": now + timedelta(days=1)}

    def make(**rules):
        round_ = live.cast.round_rules("bai-viet", essay=RULE, **window, **rules)
        live.contest = live.cast.contest("viet", organiser=live.union, rounds=[round_])

    return make


@pytest.fixture
def page(phone, live, desk_of, eyes):
    eyes.expect(*OFFLINE)
    desk_of()
    return start(phone, live)


def field(page):
    return page.locator("#essay")


def paper_url(live):
    return f"{live.url}/attempts/{live.attempts()[0].id}"


def stored():
    with transaction(writes=False):
        return session.scalar(select(Essay.text))


def revisions():
    with transaction(writes=False):
        return list(session.scalars(select(EssayRevision.text).order_by(EssayRevision.number)))


def close_in(**span):
    with transaction():
        session.execute(update(Attempt).values(closes_at=datetime.now(UTC) + timedelta(**span)))


def test_what_is_written_is_saved_and_shown_again(page, live):
    field(page).fill(WILD)
    expect_saved(page)
    assert stored() == WILD
    page.reload()
    expect_open(page)
    expect(field(page)).to_have_value(WILD)
    answer(page, 1, 2)
    expect_saved(page)
    assert live.stored() == {1: "2"}


def test_saved_is_never_said_while_the_text_is_not(page, live):
    held = []
    page.route("**/essay", lambda route: held.append(route))
    field(page).fill("một")
    field(page).blur()
    expect(page.locator("#saving")).to_have_text("Đang lưu…")
    with page.expect_response("**/responses"):
        answer(page, 1, 1)
    expect(page.locator("#saving")).to_have_text("Đang lưu…")
    assert (live.stored(), stored()) == ({1: "1"}, None)
    held[0].continue_()
    expect_saved(page)
    assert stored() == "một"


def test_the_count_follows_and_the_limit_warns_before_it_binds(page):
    field(page).fill("chữ – " * 440)
    expect(page.locator("#essay-count")).to_have_text("440/500 chữ")
    expect(page.locator("#essay-warning")).to_have_text("")
    field(page).fill("chữ – " * 460)
    expect(page.locator("#essay-warning")).to_have_text("Sắp hết: còn 40 chữ.")
    field(page).fill("chữ – " * 512)
    expect(page.locator("#essay-warning")).to_contain_text("Dài hơn quy định 12 chữ")
    expect(page.locator("#essay-spoken")).to_contain_text("Dài hơn quy định")
    expect_saved(page)
    with transaction(writes=False):
        assert session.scalar(select(Essay.words)) == 512
    page.locator("#hand-in").click()
    expect(page.locator("#check-essay")).to_have_text("512/500 chữ")
    expect(page.locator("#check-essay-warning")).to_contain_text("rút bớt trước khi nộp")


def test_twenty_thousand_characters_are_saved_whole(page):
    long = ("Đổi mới " * 2500)[:20_000]
    field(page).fill(long)
    expect(page.locator("#essay-warning")).to_contain_text("Dài hơn quy định")
    expect_saved(page)
    assert stored() == long
    page.reload()
    expect_open(page)
    expect(field(page)).to_have_value(long)


def test_what_was_written_without_network_survives_the_page(page, live):
    field(page).fill("có mạng")
    expect_saved(page)
    live.server.kill()
    field(page).fill("có mạng, rồi mất mạng")
    field(page).blur()
    expect(page.locator("#saving")).to_contain_text("Mất mạng – bài làm vẫn được giữ trong máy")
    page.close()
    live.server.start()
    again = page.context.new_page()
    again.goto(paper_url(live))
    expect_saved(again)
    expect(field(again)).to_have_value("có mạng, rồi mất mạng")
    assert stored() == "có mạng, rồi mất mạng"


def test_a_reload_in_the_middle_of_a_word_loses_nothing(page):
    page.on("dialog", lambda dialog: dialog.accept())
    field(page).press_sequentially("đang viết dở")
    page.reload()
    expect_open(page)
    expect(field(page)).to_have_value("đang viết dở")


def test_another_phone_goes_on_and_the_text_of_the_first_is_kept(page, device, live):
    field(page).fill("máy thứ nhất")
    expect_saved(page)
    page.context.set_offline(True)
    field(page).fill("máy thứ nhất, viết lúc mất mạng")
    field(page).blur()
    expect(page.locator("#saving")).to_contain_text("Mất mạng")
    second = device(live.worker)
    second.goto(paper_url(live))
    expect_open(second)
    expect(field(second)).to_have_value("máy thứ nhất")
    field(second).fill("máy thứ hai")
    expect_saved(second)
    page.context.set_offline(False)
    expect(page.locator("#trouble-text")).to_contain_text(TAKEN)
    expect(field(page)).to_be_disabled()
    assert stored() == "máy thứ hai"
    assert revisions() == ["máy thứ nhất", "máy thứ nhất, viết lúc mất mạng"]
    second.get_by_role("link", name="Xem các bản đã lưu").click()
    expect(second.get_by_role("heading", level=1)).to_have_text("Các bản đã lưu của bài viết")
    second.locator("section", has_text="viết lúc mất mạng").get_by_role("button", name="Dùng lại bản này").click()
    expect_open(second)
    expect(field(second)).to_have_value("máy thứ nhất, viết lúc mất mạng")
    assert "máy thứ hai" in revisions()


def test_a_second_tab_has_what_the_first_wrote(page, live):
    field(page).fill("cửa sổ một")
    expect_saved(page)
    tab = page.context.new_page()
    tab.goto(paper_url(live))
    expect_open(tab)
    expect(field(tab)).to_have_value("cửa sổ một")
    expect(page.locator("#trouble-text")).to_contain_text("Bài viết ở đây được giữ trong các bản đã lưu")


def test_time_over_in_the_middle_of_writing(page, eyes):
    eyes.expect(CLOSED)
    close_in(seconds=3)
    answer(page, 1, 1)
    expect(page.locator("#clock")).to_have_class(re.compile("is-short"))
    field(page).fill("viết đến giây cuối")
    expect(page.locator("#trouble-text")).to_contain_text("Hết giờ làm bài. Những gì đã lưu đều được tính.")
    expect(field(page)).to_be_disabled()
    page.wait_for_url("**/result")
    assert stored() == "viết đến giây cuối"


def test_without_network_at_the_close_the_text_is_handed_over_as_evidence(page, eyes):
    eyes.expect(CLOSED)
    field(page).fill("kịp giờ")
    expect_saved(page)
    close_in(seconds=3)
    answer(page, 1, 1)
    expect_saved(page)
    page.context.set_offline(True)
    field(page).fill("kịp giờ, và thêm")
    expect(page.locator("#trouble-text")).to_contain_text("Máy còn giữ bài viết chưa gửi được")
    close_in(seconds=-2)
    page.context.set_offline(False)
    page.wait_for_url("**/result")
    expect(page.locator("#late")).to_contain_text("còn giữ bài viết chưa kịp gửi trước giờ đóng; nay đã gửi xong")
    assert stored() == "kịp giờ"
    with transaction(writes=False):
        assert [(each.slot, each.answer) for each in session.scalars(select(LateChange))] == [(0, "kịp giờ, và thêm")]


def test_an_essay_alone_is_handed_in(phone, live, desk_of):
    desk_of(draws=())
    start(phone, live)
    expect(phone.locator("#map-open")).to_be_hidden()
    field(phone).fill("Chỉ có bài viết.")
    hand_in(phone)
    assert stored() == "Chỉ có bài viết."


def test_without_javascript_the_form_saves(device, live, desk_of):
    desk_of()
    page = device(live.worker, java_script_enabled=False)
    page.goto(live.contest_url)
    page.get_by_role("button", name="Bắt đầu thi").click()
    field(page).fill("không có\nJavaScript")
    page.get_by_role("button", name="Lưu câu trả lời").click()
    expect(page.locator("body")).to_contain_text("Đã lưu lúc")
    assert stored() == "không có\nJavaScript"
    expect(field(page)).to_have_value("không có\nJavaScript")
    page.get_by_role("button", name="Nộp bài").click()
    expect(page.locator("main")).to_contain_text("3/500 chữ")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [{}, DESK], ids=["phone", "desk"])
def test_no_page_of_writing_has_a_barrier(device, live, desk_of, size, scheme):
    desk_of()
    page = start(device(live.worker, color_scheme=scheme, **size), live)
    field(page).fill("chữ " * 510)
    expect_saved(page)
    field(page).fill("chữ " * 400)
    expect_saved(page)
    barriers(page)
    page.locator("#hand-in").click()
    barriers(page)
    page.goto(paper_url(live) + "/essay/revisions")
    page.locator("summary").first.click()
    barriers(page)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def barriers(page):
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in SERIOUS] == []
