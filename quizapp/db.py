"""Begins and ends every transaction: the engine, the current session, `transaction()` and `frame(view)`."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, cast

from flask import Flask, current_app, request
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.orm import Session
from werkzeug.local import LocalProxy

_current: ContextVar[Session] = ContextVar("session")
session = cast(Session, LocalProxy(_current))

BUSY_MS = 15_000
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


class Database:
    """One database and the two ways to begin on it: as a reader, or at once as a writer."""

    def __init__(self, url: str):
        parsed = make_url(url)
        if parsed.drivername in {"postgresql", "postgres"}:
            parsed = parsed.set(drivername="postgresql+psycopg")
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(parsed) if self.is_sqlite else _postgresql_engine(parsed)
        self.writer = self.engine.execution_options(writer=True)
        # SQLite shows every reader one state from its first statement on; PostgreSQL must be asked to.
        self.steady = (
            self.engine if self.is_sqlite else self.engine.execution_options(isolation_level="REPEATABLE READ")
        )
        self.hot = self.engine if self.is_sqlite else _postgresql_engine(parsed, isolation_level="AUTOCOMMIT")
        self.turn = _Turn()
        if self.is_sqlite:
            event.listen(self.engine, "begin", self._begin_sqlite)

    def dispose(self) -> None:
        """Close all connections that nobody uses."""
        for engine in {self.engine, self.hot}:
            engine.dispose()

    @contextmanager
    def begin(self, *, writes: bool, steady: bool = False) -> Iterator[Session]:
        """Give the block a session that begins at its first statement and is committed when the block ends well."""
        kept = Session(self.writer if writes else self.steady if steady else self.engine, expire_on_commit=False)
        token = _current.set(kept)
        try:
            yield kept
            if writes:
                kept.commit()
        finally:
            kept.close()
            self.turn.give()
            _current.reset(token)

    @contextmanager
    def bare(self) -> Iterator[Any]:
        """Give the driver's own cursor, for the one path that thousands walk at once: no session, no ORM.

        SQLite begins as a writer and commits when the block ends well; on PostgreSQL every statement commits itself.
        """
        connection = self.hot.raw_connection()
        try:
            cursor = connection.cursor()
            if self.is_sqlite:
                self.turn.take()
                cursor.execute("BEGIN IMMEDIATE")
            yield cursor
            if self.is_sqlite:
                cursor.execute("COMMIT")
        finally:
            connection.close()  # gives it back to the pool, which rolls back what was not committed
            self.turn.give()

    def _begin_sqlite(self, connection: Connection) -> None:
        # Deferred BEGIN followed by a write fails at once with SQLITE_BUSY when another wrote in between.
        if connection.get_execution_options().get("writer"):
            self.turn.take()
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql("BEGIN")


class _Turn(threading.local):
    """SQLite has one writer: threads of this process queue here, fairly and without the busy handler's sleeps."""

    lock = threading.Lock()
    held = False

    def take(self) -> None:
        if not self.held:
            self.lock.acquire()
            self.held = True

    def give(self) -> None:
        if self.held:
            self.held = False
            self.lock.release()


def init_app(app: Flask) -> None:
    app.extensions["database"] = Database(app.config["DATABASE_URL"])


def database() -> Database:
    """Return the running app's database."""
    return cast(Database, current_app.extensions["database"])


@contextmanager
def transaction(*, writes: bool = True, steady: bool = False) -> Iterator[Session]:
    """Begin a transaction for a command, a test or a part of a view; commit at the end, roll back on any exception.

    steady: a reader sees the database as it is at its first statement, however long it reads.
    """
    with database().begin(writes=writes, steady=steady) as begun:
        yield begun


@contextmanager
def taken_back() -> Iterator[None]:
    """Do something inside a transaction to look at what comes of it, and take it back in any case."""
    trial = session.begin_nested()
    try:
        yield
    finally:
        trial.rollback()


def reads(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view that works long: it begins as a reader whatever its method, and opens transactions to write in."""
    view.reads = True  # type: ignore[attr-defined]
    return view


def frame(view: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a view: POST, PUT, PATCH and DELETE commit when it returns, any exception rolls back, GET never writes."""

    reads_only = getattr(view, "reads", False)

    @wraps(view)
    def framed(*args: Any, **kwargs: Any) -> Any:
        with database().begin(writes=request.method not in SAFE_METHODS and not reads_only):
            return view(*args, **kwargs)

    return framed


def _sqlite_engine(url: Any) -> Engine:
    engine = create_engine(
        url, hide_parameters=True, connect_args={"timeout": BUSY_MS / 1000, "check_same_thread": False}, pool_size=32
    )

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _: Any) -> None:
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")

    return engine


def _postgresql_engine(url: Any, **options: Any) -> Engine:
    return create_engine(url, hide_parameters=True, pool_size=16, max_overflow=16, **options)
