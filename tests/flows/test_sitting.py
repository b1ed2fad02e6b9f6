"""A worker sits a round on a phone, from the contest to the receipt, with every state looked at."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from sqlalchemy import select

from quizapp.attempts.queries import graded_slots
from quizapp.db import session, transaction
from quizapp.models import Attempt
from tests.flows.conftest import DESK
from tests.flows.sitting import OFFLINE, answer, expect_answers, expect_saved, hand_in, start

pytestmark = pytest.mark.browser

GOAL_OF_BYTES = 100_000
NO_STORAGE = """
    Object.defineProperty(window, "indexedDB", { get() { throw new DOMException("no", "SecurityError"); } });
    Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } });
"""
NO_DATABASE = 'Object.defineProperty(window, "indexedDB", { value: undefined });'


def test_a_sitting_from_the_contest_to_the_receipt(phone, live):
    start(phone, live)
    for slot in range(1, 6):
        answer(phone, slot, 1)
    expect_saved(phone)
    assert live.stored() == dict.fromkeys(range(1, 6), "1")
    hand_in(phone)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Đã nộp bài")
    expect(phone.locator(".receipt")).to_have_text(re.compile(r"^\w{5}-\w{5}$"))
    assert live.attempts()[0].submitted_at


def test_what_is_answered_is_what_is_marked(phone, live):
    start(phone, live)
    with transaction(writes=False):
        slots = graded_slots(session.scalar(select(Attempt.paper_id)))
    for slot in slots:
        for position in slot.key.options:
            answer(phone, slot.number, 1 + slot.option_order.index(position))
    hand_in(phone)
    expect(phone.locator(".mark strong")).to_have_text("5")
    assert live.attempts()[0].mark == 500


def test_several_options_can_be_chosen_and_taken_back(phone, live):
    live.cast.bank("nhieu", single=0, multiple=5)
    now = datetime.now(UTC)
    window = {"opens_at": now, "closes_at": now + timedelta(days=1)}
    rules = live.cast.round_rules(draws=(live.cast.draw("nhieu", 5),), **window)
    live.contest = live.cast.contest("nhieu-phuong-an", organiser=live.union, rounds=[rules])
    start(phone, live)
    for place in (3, 1, 2, 1):
        answer(phone, 1, place)
    expect_saved(phone)
    assert live.stored() == {1: "2,3"}
    for place in (2, 3):
        answer(phone, 1, place)
    expect_saved(phone)
    assert live.stored() == {1: None}


def test_the_network_goes_and_comes_back(phone, live, eyes):
    eyes.expect(*OFFLINE)
    start(phone, live)
    answer(phone, 1, 2)
    expect_saved(phone)
    phone.context.set_offline(True)
    answer(phone, 2, 3)
    answer(phone, 1, 4)
    expect(phone.locator("#saving")).to_contain_text("Mất mạng – câu trả lời vẫn được giữ trong máy")
    assert live.stored() == {1: "2"}
    phone.context.set_offline(False)
    expect_saved(phone)
    assert live.stored() == {1: "4", 2: "3"}
    phone.reload()
    expect_answers(phone, {1: "4", 2: "3"})
    hand_in(phone)
    assert live.stored() == {1: "4", 2: "3"}


def test_nobody_hands_in_what_has_not_arrived(phone, live, eyes):
    eyes.expect(*OFFLINE)
    start(phone, live)
    answer(phone, 1, 1)
    expect_saved(phone)
    phone.context.set_offline(True)
    answer(phone, 2, 2)
    phone.locator("#hand-in").click()
    phone.locator("#check-yes").click()
    expect(phone.locator("#check-trouble")).to_contain_text("Chưa nộp được vì mất mạng")
    assert live.attempts()[0].submitted_at is None
    phone.context.set_offline(False)
    phone.locator("#check-yes").click()
    phone.wait_for_url("**/result")
    assert live.stored() == {1: "1", 2: "2"}


def test_a_double_tap_starts_once_and_hands_in_once(phone, live):
    phone.goto(live.contest_url)
    phone.get_by_role("button", name="Bắt đầu thi").dblclick(no_wait_after=True)
    phone.wait_for_url("**/attempts/*")
    answer(phone, 1, 1)
    expect_saved(phone)
    phone.locator("#hand-in").click()
    phone.locator("#check-yes").dblclick(no_wait_after=True)
    phone.wait_for_url("**/result")
    assert len(live.attempts()) == 1
    phone.goto(live.contest_url)
    expect(phone.get_by_text("Bạn còn 1 lượt thi.")).to_be_visible()


def test_the_check_names_what_is_open_and_leads_to_it(phone, live):
    start(phone, live)
    answer(phone, 1, 1)
    phone.locator("#cau-3 .flag").tap()
    phone.locator("#hand-in").click()
    expect(phone.locator("#check-answered")).to_have_text("1")
    assert phone.locator("#check-unanswered li").all_text_contents() == ["2", "3", "4", "5"]
    assert phone.locator("#check-flagged li").all_text_contents() == ["3"]
    phone.locator("#check-unanswered").get_by_role("link", name="4").click()
    expect(phone.locator("#check")).not_to_be_visible()
    expect(phone.locator("#cau-4")).to_be_focused()
    expect(phone.locator("#cau-4")).to_be_in_viewport()


def test_a_flag_stays_and_shows_in_the_map(phone, live):
    start(phone, live)
    phone.locator("#cau-2 .flag").tap()
    expect_saved(phone)
    phone.reload()
    expect(phone.locator("#cau-2 .flag input")).to_be_checked()
    expect(phone.locator("#map-2")).to_have_class(re.compile("is-flagged"))
    assert live.stored() == {2: None}


def test_the_map_opens_by_key_closes_by_escape_and_leads_to_a_question(phone, live):
    start(phone, live)
    opener = phone.locator("#map-open")
    opener.focus()
    phone.keyboard.press("Space")
    expect(phone.locator("#map")).to_be_visible()
    expect(phone.locator("#map")).to_be_focused()
    phone.keyboard.press("Escape")
    expect(phone.locator("#map")).not_to_be_visible()
    expect(opener).to_be_focused()
    opener.tap()
    phone.locator("#map-5").tap()
    expect(phone.locator("#map")).not_to_be_visible()
    expect(phone.locator("#cau-5")).to_be_focused()
    assert phone.url.endswith(f"/attempts/{live.attempts()[0].id}")


@pytest.mark.parametrize("missing", [NO_STORAGE, NO_DATABASE], ids=["no storage at all", "no database"])
def test_browsers_inside_other_apps_save_as_well(phone, live, eyes, missing):
    eyes.expect(*OFFLINE)
    phone.add_init_script(missing)
    start(phone, live)
    answer(phone, 1, 1)
    expect_saved(phone)
    phone.context.set_offline(True)
    answer(phone, 2, 2)
    kept = "Mất mạng – xin đừng đóng trang này" if missing is NO_STORAGE else "được giữ trong máy"
    expect(phone.locator("#saving")).to_contain_text(kept)
    phone.context.set_offline(False)
    expect_saved(phone)
    assert live.stored() == {1: "1", 2: "2"}


def test_a_wrong_clock_on_the_phone_changes_nothing(phone, live):
    phone.add_init_script("Date.now = () => 86400000;")
    start(phone, live)
    expect(phone.locator("#clock-time")).to_have_text(re.compile(r"^(20:00|19:5\d)$"))


def test_without_the_dialog_the_review_page_asks(phone, live):
    phone.add_init_script("delete HTMLDialogElement.prototype.showModal;")
    start(phone, live)
    answer(phone, 2, 1)
    phone.locator("#hand-in").click()
    phone.wait_for_url("**/review")
    expect(phone.get_by_text("Đã trả lời 1/5 câu.")).to_be_visible()
    phone.get_by_role("button", name="Nộp bài").click()
    phone.wait_for_url("**/result")
    assert live.stored() == {2: "1"}


def test_only_what_is_not_saved_holds_a_person_back(phone, live, eyes):
    eyes.expect(*OFFLINE)
    asked = []
    phone.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    start(phone, live)
    answer(phone, 1, 1)
    expect_saved(phone)
    phone.goto(live.contest_url)
    assert asked == []
    phone.goto(f"{live.url}/attempts/{live.attempts()[0].id}")
    expect_answers(phone, {1: "1"})
    phone.context.set_offline(True)
    answer(phone, 2, 1)
    expect(phone.locator("#saving")).to_contain_text("Mất mạng")
    with phone.expect_event("close"):
        phone.close(run_before_unload=True)
    assert asked == ["beforeunload"]


def test_without_javascript_the_paper_is_a_form(device, live):
    page = device(live.worker, java_script_enabled=False)
    page.goto(live.contest_url)
    page.get_by_role("button", name="Bắt đầu thi").click()
    answer(page, 1, 2)
    answer(page, 4, 3)
    page.locator("#cau-2 .flag").tap()
    page.get_by_role("button", name="Lưu câu trả lời").click()
    expect(page.get_by_text("Đã lưu lúc")).to_be_visible()
    assert live.stored() == {1: "2", 2: None, 4: "3"}
    page.locator("#map-open").click()
    page.locator("#map-5").click()
    answer(page, 5, 1)
    page.get_by_role("button", name="Nộp bài").click()
    expect(page.get_by_text("Đã trả lời 3/5 câu.")).to_be_visible()
    page.get_by_role("button", name="Nộp bài").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã nộp bài")
    assert live.stored() == {1: "2", 2: None, 4: "3", 5: "1"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [{}, DESK], ids=["phone", "desk"])
def test_no_page_of_the_sitting_has_a_barrier(device, live, size, scheme):
    page = device(live.worker, color_scheme=scheme, **size)
    start(page, live)
    page.locator("#cau-1 .option").first.click()
    page.locator("#cau-2 .flag").click()
    expect_saved(page)
    barriers(page, "paper")
    if not size:
        page.locator("#map-open").click()
        barriers(page, "map")
        page.keyboard.press("Escape")
    page.locator("#hand-in").click()
    barriers(page, "check")
    page.goto(page.url + "/review")
    barriers(page, "review")
    page.get_by_role("button", name="Nộp bài").click()
    page.wait_for_url("**/result")
    barriers(page, "result")


def barriers(page, name):
    found = Axe().run(page).response["violations"]
    assert [(name, each["id"], each["nodes"][0]["target"]) for each in found if each["impact"] in SERIOUS] == []


SERIOUS = ("serious", "critical")


def test_a_whole_attempt_fits_into_a_small_data_plan(phone, live):
    """On an empty cache, everything over the wire: pages, styles, scripts, saves."""
    received = []
    wire = phone.context.new_cdp_session(phone)
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    start(phone, live)
    for slot in range(1, 6):
        answer(phone, slot, 1)
        expect_saved(phone)
    hand_in(phone)
    phone.wait_for_load_state("networkidle")
    assert 10_000 < sum(received) <= GOAL_OF_BYTES
