"""The schema's version: Alembic's scripts in `migrations/`, run forward under one lock."""

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
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_lock({LOCK})"))
            connection.commit()
        command.upgrade(config_on(connection), "head")
        connection.commit()
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_unlock({LOCK})"))
            connection.commit()


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
