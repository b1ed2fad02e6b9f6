"""Every component before a real browser: readable by all, in light and in dark, on a phone and in large letters."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.flows.conftest import DESK

pytestmark = pytest.mark.browser

SERIOUS = ("serious", "critical")
PHONE_WITHOUT_ZOOM = {"viewport": {"width": 360, "height": 740}}  # a mobile context would zoom out to what overflows


def overflow(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.fixture
def look(device, live):
    def at(path="/components", person=None, **options):
        page = device(person, **(PHONE_WITHOUT_ZOOM | options))
        page.goto(live.url + path)
        return page

    return at


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE_WITHOUT_ZOOM, DESK], ids=["phone", "desk"])
def test_nothing_serious_is_wrong_for_readers_of_any_kind(look, size, colours):
    page = look(**size, color_scheme=colours)
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in SERIOUS] == []


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_open_map_is_readable_too(look, colours):
    page = look("/components#map", color_scheme=colours)
    expect(page.locator("#map")).to_be_visible()
    found = Axe().run(page, context="#map").response["violations"]
    assert [each["id"] for each in found if each["impact"] in SERIOUS] == []


@pytest.mark.parametrize("percent", [100, 200])
def test_nothing_hangs_over_the_side_of_a_phone(look, percent):
    page = look()
    page.evaluate("percent => { document.documentElement.style.fontSize = percent + '%'; }", percent * 1.0625)
    assert overflow(page) == 0


def test_overflow_is_noticed(look):
    page = look()
    page.evaluate("document.querySelector('h1').style.width = '400px'")
    assert overflow(page) > 0


def test_the_head_of_a_stranger_is_one_row_on_a_phone(look):
    page = look("/")
    name, link = (page.locator(".site-head").get_by_role("link", name=text) for text in ("Công đoàn", "Đăng nhập"))
    assert name.bounding_box()["y"] == link.bounding_box()["y"]
    assert link.bounding_box()["height"] >= 48


def test_the_head_of_an_organiser_takes_two_rows_and_its_last_link_can_be_reached(look):
    page = look(java_script_enabled=False)
    links = page.locator(".site-links a")
    expect(links).to_have_count(6)
    assert len({links.nth(number).bounding_box()["y"] for number in range(6)}) == 1
    links.last.focus()
    expect(links.last).to_be_in_viewport(ratio=0.99)


def test_a_row_of_links_starts_at_the_page_one_is_on(look):
    page = look()
    box = page.locator(".site-links [aria-current]").bounding_box()
    assert 0 <= box["x"] <= 360 - box["width"]


def test_five_rows_of_a_board_fit_on_a_phone(look):
    page = look()
    rows = page.locator(".board").first.locator("tbody tr")
    assert rows.first.bounding_box()["height"] <= 740 / 5
    assert page.locator(".board--unions tbody tr").first.bounding_box()["height"] <= 740 / 5
