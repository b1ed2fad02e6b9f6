"""What all tests share: an app on a fresh database of each kind, a clock that can be set, a cast of people."""

import gc
import itertools
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import create_engine, text
from werkzeug.routing import Rule

from quizapp import clock, create_app, db
from quizapp.models import schema
from tests import postgres
from tests.cast import Cast

NOON = datetime(2026, 12, 1, 5, 0, tzinfo=UTC)  # 12:00 in Vietnam
SHM = Path("/dev/shm")
# No test cuts the power, so none need wait for a disk; in containers this place is often too small.
MEMORY = SHM if os.access(SHM, os.W_OK) and shutil.disk_usage(SHM).free > 1 << 30 else None
_serial = itertools.count()


class KnownRule(Rule):
    """Compiles what builds an address once in a process, not once in each test's app: most of an app's cost is this."""

    _builders: dict[tuple[str, str, bool], Callable[..., tuple[str, str]]] = {}

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        key = (self.rule, repr(self.defaults), append_unknown)
        if key not in self._builders:
            self._builders[key] = super()._compile_builder(append_unknown)
        return self._builders[key]


Flask.url_rule_class = KnownRule


def pytest_collection_finish() -> None:
    """Leave what importing made out of every later search for garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.sqlite3"
    app = create_app(DATABASE_URL=f"sqlite:///{path}", SECRET_KEY="test")
    with app.app_context():
        schema.migrate(db.database().engine)
        db.database().dispose()
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    with postgres.server() as url:
        _run(url + "postgres", "CREATE DATABASE template_quiz")
        app = create_app(DATABASE_URL=url + "template_quiz", SECRET_KEY="test")
        with app.app_context():
            schema.migrate(db.database().engine)
            db.database().dispose()
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a migrated, empty database; each test that uses it runs on both kinds."""
    if request.param == "sqlite":
        with TemporaryDirectory(dir=MEMORY) as folder:
            shutil.copy(request.getfixturevalue("sqlite_template"), f"{folder}/quiz.sqlite3")
            yield f"sqlite:///{folder}/quiz.sqlite3"
        return
    server = request.getfixturevalue("postgres_server")
    name = f"test_{os.getpid()}_{next(_serial)}"
    _run(server + "postgres", f"CREATE DATABASE {name} TEMPLATE template_quiz")
    yield server + name
    _run(server + "postgres", f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def app(database_url: str, compiled_templates: FileSystemBytecodeCache, tmp_path: Path) -> Iterator[Flask]:
    made = create_app(DATABASE_URL=database_url, SECRET_KEY="test", INSTANCE=tmp_path, TESTING=True)
    made.jinja_env.bytecode_cache = compiled_templates
    made.test_client_class = Client
    yield made
    with made.app_context():
        db.database().dispose()


class Clock:
    """Stands where it is set; `clock.at(minutes=20)` is twenty minutes after noon of the test's day."""

    def __init__(self) -> None:
        self.instant = NOON

    def at(self, **span: float) -> datetime:
        self.instant = NOON + timedelta(**span)
        return self.instant


@pytest.fixture(name="clock")
def stopped_clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    stopped = Clock()
    monkeypatch.setattr(clock, "now", lambda: stopped.instant)
    return stopped


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Iterator[Cast]:
    """Builders of unions, people, banks and contests, each in a transaction of its own."""
    with app.app_context():
        yield Cast(lambda: clock.instant)


class Client(FlaskClient):
    """A browser without JavaScript: its forms carry the CSRF token of its session."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        # The cast's application context stays pushed; without one of its own a request would find the last one's `g`,
        # and there who was logged in.
        with self.application.app_context():
            return super().open(*args, **kwargs)

    def submit(self, url: str, data: dict[str, Any] | None = None, *, page: str | None = None, **kwargs: Any) -> Any:
        """POST a form, with the token that `page` shows, or with the session's own."""
        token = self._shown_token(page) if page else self.token()
        return self.post(url, data={"csrf_token": token, **(data or {})}, **kwargs)

    def token(self) -> str:
        """Return the token as a page would show it."""
        with self.session_transaction() as cookie:
            raw = cookie.setdefault("csrf_token", "0" * 40)
        secret = self.application.config["SECRET_KEY"]
        return str(URLSafeTimedSerializer(secret, salt="wtf-csrf-token").dumps(raw))

    def _shown_token(self, page: str) -> str:
        html = self.get(page).get_data(as_text=True)
        found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', html)
        assert found, f"{page} has no form with a CSRF token"
        return found[1]


@pytest.fixture
def client(app: Flask) -> Client:
    return app.test_client()  # type: ignore[return-value]


@contextmanager
def _engine(url: str) -> Iterator[Any]:
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT")
    try:
        yield engine
    finally:
        engine.dispose()


def run_on_server(server: str, statement: str) -> None:
    _run(server + "postgres", statement)


def _run(url: str, statement: str) -> None:
    with _engine(url) as engine, engine.connect() as connection:
        connection.execute(text(statement))
