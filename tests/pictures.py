"""`make pictures`: takes the README's pictures from a fresh demo in a real Chromium: `python -m tests.pictures`."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.flows.conftest import DESK, OPTIONS, PHONE, chromium
from tests.house import ROOT
from tests.serving import SECRET, Server

FOLDER = ROOT / "docs" / "pictures"
OPEN = "/contests/nq02-bo-luat-lao-dong"
FINISHED = "bo-luat-lao-dong-dot-1"


@contextmanager
def demo(folder: Path) -> Iterator[tuple[Server, dict[str, tuple[str, str]]]]:
    """Give a server with the demo, and the first log-in of each role."""
    server = Server(folder, f"sqlite:///{folder / 'quiz.sqlite3'}")
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "demo"]
    environment = {**os.environ, **server.environment, "SECRET_KEY": SECRET}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    lines = [line.split() for line in (folder / "demo-log-ins").read_text().splitlines()]
    with server:
        yield server, {role: (name, password) for role, name, password in reversed(lines)}


def log_in(page: Page, url: str, name: str, password: str) -> None:
    page.goto(f"{url}/log-in")
    page.fill("[name=login]", name)
    page.fill("[name=password]", password)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(lambda address: "/log-in" not in address)


def opened(browser: Browser, server: Server, size: dict[str, Any], log_in_of: tuple[str, str]) -> Page:
    page = browser.new_context(**size, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh").new_page()
    log_in(page, server.url, *log_in_of)
    return page


def shoot(page: Page, name: str) -> None:
    page.screenshot(path=FOLDER / f"{name}.png")


def of_a_worker(page: Page, url: str) -> None:
    page.goto(url)
    shoot(page, "home")
    page.goto(url + OPEN)
    shoot(page, "contest")
    page.get_by_role("button", name="Bắt đầu thi").click()
    for slot in (1, 2, 3, 5):
        with page.expect_response("**/responses"):
            page.locator(f"#cau-{slot} .option").nth(slot % 2).click()
    page.locator("#saving[data-state=saved]").wait_for()
    page.locator("#cau-2").scroll_into_view_if_needed()
    shoot(page, "paper")
    page.locator("#map-open").click()
    shoot(page, "map")
    page.locator("#map-close").click()
    page.locator("#hand-in").click()
    page.locator("#check-yes").click()
    page.wait_for_url("**/result")
    shoot(page, "result")


def of_an_organiser(page: Page, url: str) -> None:
    for name, path in (
        ("desk", "/organise"),
        ("participation", f"/organise/contests/{FINISHED}"),
        ("board", f"/contests/{FINISHED}/standings/cdcs-ty-le"),
        ("rules", f"{OPEN}/rules"),
    ):
        page.goto(url + path)
        shoot(page, name)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, demo(Path(folder)) as (server, log_ins), sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), args=list(OPTIONS))
        of_a_worker(opened(browser, server, PHONE, log_ins["contestant"]), server.url)
        of_an_organiser(opened(browser, server, DESK, log_ins["organiser"]), server.url)
        browser.close()


if __name__ == "__main__":
    main()
