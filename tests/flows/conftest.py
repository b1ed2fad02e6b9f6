"""A real Chromium before the real server: phones that people hold, and eyes that see whatever goes wrong on them."""

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright
from sqlalchemy import select

from quizapp import create_app, db
from quizapp.db import session, transaction
from quizapp.models import Attempt, Contest, LogInSession, Person, Response, TradeUnion
from quizapp.web.login import hash_token
from tests.cast import Cast
from tests.serving import SECRET, Server

NAMES = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
DESK = {"viewport": {"width": 1280, "height": 800}}


expect.set_options(timeout=20_000)  # a state comes when it comes: on a loaded machine a killed server is slow to rise


@dataclass
class Live:
    """The running server, what was prepared on it, and a look into its database."""

    server: Server
    app: Flask
    cast: Cast
    contest: Contest
    union: TradeUnion
    worker: Person

    @property
    def url(self) -> str:
        return self.server.url

    @property
    def contest_url(self) -> str:
        return f"{self.url}/contests/{self.contest.slug}"

    def log_in(self, context: BrowserContext, person: Person) -> None:
        """Give the browser a log-in of the person, without the log-in page."""
        token = secrets.token_urlsafe(32)
        with transaction():
            opened = {"opened_at": datetime.now(UTC), "expires_at": datetime.now(UTC) + timedelta(days=1)}
            session.add(LogInSession(token_hash=hash_token(token), person_id=person.id, device="test", **opened))
        serializer = self.app.session_interface.get_signing_serializer(self.app)
        value = serializer.dumps({"_user_id": token, "_fresh": True})
        context.add_cookies([{"name": "quiz", "value": value, "url": self.url, "httpOnly": True, "sameSite": "Lax"}])

    def log_everybody_out(self) -> None:
        with transaction():
            session.execute(LogInSession.__table__.delete())

    def attempts(self) -> list[Attempt]:
        with transaction(writes=False):
            return list(session.scalars(select(Attempt).order_by(Attempt.id)))

    def stored(self) -> dict[int, str | None]:
        """Return the answers that are on disk, by slot, of the newest attempt."""
        with transaction(writes=False):
            newest = select(Attempt.id).order_by(Attempt.id.desc()).limit(1).scalar_subquery()
            rows = session.execute(select(Response.slot, Response.answer).where(Response.attempt_id == newest))
            return dict(rows.tuples().all())


@dataclass
class Eyes:
    """Sees what a visitor never should: errors in the console, requests to foreign hosts."""

    home: str
    seen: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()

    def expect(self, *parts: str) -> None:
        """Say which messages a test brings about on purpose, such as the browser's own words for a lost network."""
        self.expected += parts

    def watch(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", lambda error: self.seen.append(f"page error: {error.error}"))
        context.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.seen.append(f"console {message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.home, "data:", "blob:")):
            self.seen.append(f"foreign request: {request.url}")

    def troubles(self) -> list[str]:
        return [each for each in self.seen if not any(part in each for part in self.expected)]


def at_the_desk(page: Page) -> None:
    """Wait until a judge's page listens to the keyboard: its script ends by standing in the first open criterion."""
    expect(page.locator(".criterion input:focus")).to_have_count(1)


def chromium() -> str:
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        pytest.fail("Chromium is missing: apt-get install chromium fonts-noto-core, or set CHROMIUM to its path")
    return found


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=list(OPTIONS))
        yield launched
        launched.close()


@pytest.fixture
def live(sqlite_template: Path, tmp_path: Path) -> Iterator[Live]:
    """The server, with a contest that is open now and a worker who may enter it.

    5 single-choice questions, 2 attempts of 20 minutes. `live.cast` makes more; the clock is the real one.
    """
    shutil.copy(sqlite_template, tmp_path / "quiz.sqlite3")
    database_url = f"sqlite:///{tmp_path / 'quiz.sqlite3'}"
    app = create_app(DATABASE_URL=database_url, SECRET_KEY=SECRET, INSTANCE=tmp_path)
    with app.app_context():
        now = datetime.now(UTC)
        cast = Cast(lambda: datetime.now(UTC))
        province = cast.union("Liên đoàn Lao động tỉnh Mẫu")
        cdcs = cast.union("Công đoàn cơ sở May Mẫu", parent=province, members=10)
        worker = cast.person("Nguyễn Thị Hoa", union=cdcs)
        cast.bank()
        rules = cast.round_rules(opens_at=now - timedelta(hours=1), closes_at=now + timedelta(days=1))
        contest = cast.contest(organiser=province, rounds=[rules])
        with Server(tmp_path, database_url) as server:
            yield Live(server, app, cast, contest, cdcs, worker)
        db.database().dispose()


@pytest.fixture
def eyes(live: Live) -> Iterator[Eyes]:
    """Fails the test for anything in the console that it did not expect."""
    opened = Eyes(live.url)
    yield opened
    assert opened.troubles() == []


@pytest.fixture
def device(browser: Browser, live: Live, eyes: Eyes) -> Iterator[Callable[..., Page]]:
    """Make a device: `device(person)` is a phone, `device(person, **DESK)` a desk; options as new_context takes."""
    contexts: list[BrowserContext] = []

    def make(person: Person | None = None, **options: Any) -> Page:
        context = browser.new_context(locale="vi-VN", **(PHONE if "viewport" not in options else {}), **options)
        contexts.append(context)
        context.set_default_timeout(20_000)
        eyes.watch(context)
        if person:
            live.log_in(context, person)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def phone(device: Callable[..., Page], live: Live) -> Page:
    """A phone of 360×740 that the worker is logged in on."""
    return device(live.worker)
