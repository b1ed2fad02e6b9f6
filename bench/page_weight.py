"""Bytes over the wire for one whole attempt by a real Chromium with an empty cache: log-in to result, all assets."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from bench.ground import PASSWORD, SECRET, prepare
from bench.rows import Row
from bench.servers import serving
from tests.flows.conftest import OPTIONS, PHONE, chromium

NAMES = ("page_weight.attempt",)


def measure(folder: Path, wanted: list[str]) -> Iterator[Row]:
    ground = prepare(f"sqlite:///{folder / 'weight.sqlite3'}", people=1, begun=0)
    env = {"DATABASE_URL": ground.url, "SECRET_KEY": SECRET, "INSTANCE": str(ground.instance)}
    with serving("wsgi", workers=1, env=env, path="/healthz") as port, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(OPTIONS))
        page = browser.new_context(**PHONE).new_page()
        weight = Weight(page)
        sit(page, f"http://127.0.0.1:{port}", ground.phones[0])
        browser.close()
    yield Row(NAMES[0], weight.bytes / 1000, "kB", goal="≤ 100 kB")
    yield Row(f"{NAMES[0]}.requests", weight.requests, "requests", goal="saves included")


class Weight:
    """Counts what Chromium itself says came over the wire, heads included."""

    def __init__(self, page: Any):
        self.bytes = self.requests = 0
        devtools = page.context.new_cdp_session(page)
        devtools.send("Network.enable")
        devtools.on("Network.loadingFinished", self.add)

    def add(self, event: dict[str, Any]) -> None:
        self.bytes += int(event["encodedDataLength"])
        self.requests += 1


def sit(page: Any, url: str, phone: str) -> None:
    """Log in, answer all 20 questions one by one, hand in, see the result."""
    page.goto(f"{url}/log-in")
    page.fill("[name=login]", phone)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.goto(f"{url}/contests/cuoc-thi")
    page.get_by_role("button", name="Bắt đầu thi").click()
    for slot in range(1, 21):
        with page.expect_response("**/responses"):
            page.locator(f"#cau-{slot} .option").first.click()
    page.locator("#hand-in").click()
    page.locator("#check-yes").click()
    page.wait_for_url("**/result")
    page.wait_for_load_state("networkidle")
