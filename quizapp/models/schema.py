"""The schema's version: Alembic's scripts in `migrations/`, run forward under one lock."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

MIGRATIONS = Path(__file__).parents[2] / "migrations"
LOCK = 7_202_612_06


def migrate(engine: Engine) -> None:
    """Bring the database to the newest schema. Several nodes may call it at once: one does the work."""
    alone = _alone_on_postgresql if engine.dialect.name == "postgresql" else _loose_on_sqlite
    with engine.connect() as connection, alone(connection):
        command.upgrade(config_on(connection), "head")
        if connection.dialect.name == "sqlite" and connection.execute(text("PRAGMA foreign_key_check")).first():
            raise RuntimeError("a migration left rows that point at nothing; the database is as it was")
        connection.commit()


@contextmanager
def _alone_on_postgresql(connection: Connection) -> Iterator[None]:
    connection.execute(text(f"SELECT pg_advisory_lock({LOCK})"))
    connection.commit()
    yield
    connection.execute(text(f"SELECT pg_advisory_unlock({LOCK})"))
    connection.commit()


@contextmanager
def _loose_on_sqlite(connection: Connection) -> Iterator[None]:
    """Let a table that others point at be made anew, as SQLite needs for most changes; the pointers are checked after.

    The switch works only outside a transaction, so it goes to the driver.
    """
    driver = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
    try:
        yield
    finally:
        connection.rollback()
        driver.execute("PRAGMA foreign_keys=ON")  # type: ignore[union-attr]


def config_on(connection: Connection) -> Config:
    """Return what Alembic's commands take to work on a connection."""
    config = _config()
    config.attributes["connection"] = connection
    return config


def is_newest(connection: Connection) -> bool:
    current = MigrationContext.configure(connection).get_current_revision()
    return current == ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config
