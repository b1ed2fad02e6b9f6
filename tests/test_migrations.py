"""Every landed version of the schema goes forward to the newest one, with its data in place, on both databases."""

import random
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from quizapp.db import Database
from quizapp.models import Base, schema
from tests.conftest import run_on_server

REVISIONS = [each.revision for each in reversed(list(ScriptDirectory(str(schema.MIGRATIONS)).walk_revisions()))]
ROWS = 3


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request, tmp_path):
    """A database without tables."""
    if request.param == "sqlite":
        made = Database(f"sqlite:///{tmp_path / 'old.sqlite3'}")
        yield made
        made.engine.dispose()
        return
    server, name = request.getfixturevalue("postgres_server"), f"old_{random.getrandbits(60)}"
    run_on_server(server, f"CREATE DATABASE {name}")
    made = Database(server + name)
    yield made
    made.engine.dispose()
    run_on_server(server, f"DROP DATABASE {name} WITH (FORCE)")


def upgrade_to(database, revision):
    with database.begin(writes=True) as session:
        command.upgrade(schema.config_on(session.connection()), revision)


def tables_of(database):
    """Return the tables that there are, those that others point at first."""
    there = sa.inspect(database.engine).get_table_names()
    metadata = sa.MetaData()
    order = [table.name for table in Base.metadata.sorted_tables if table.name in there]
    return [sa.Table(name, metadata, autoload_with=database.engine, resolve_fks=False) for name in order]


def value_of(column, number):
    """Return what a row of a given number has in a column: unlike its neighbours, within all CHECKs."""
    name, kind = column.name, column.type
    of_one_table = {
        ("essay_files", "kind"): "photo",
        ("likeness_pairs", "other_id"): None,
        ("likeness_pairs", "verdict"): None,
        ("likeness_pairs", "decided_at"): None,
        ("shown_works", "declined_at"): None,
        ("window_changes", "kind"): "extension",
        ("window_changes", "union_id"): None,
        ("window_changes", "starts_at"): None,
        ("window_changes", "ends_at"): None,
        ("disqualifications", "lifted_at"): None,
        ("disqualifications", "lifted_reason"): None,
        ("people", "union_id"): min(number, ROWS),
        ("duplicate_decisions", "second_id"): number + 1,
        ("key_corrections", "verdict"): "void",
        ("key_corrections", "options"): None,
        ("prize_awards", "union_id"): None,
        ("rounds", "purpose"): "real",
        ("attempts", "source"): "online",
        ("attempts", "import_id"): None,
    }
    if (column.table.name, name) in of_one_table:
        return of_one_table[column.table.name, name]
    fixed = {
        "role": "organiser",
        "turn": "first",
        "kind": "single",
        "level": "de",
        "opens_at": 1000,
        "started_at": 1000,
        "opened_at": 1000,
        "submitted_at": 2000,
        "closes_at": 9000,
        "expires_at": 9000,
        "mark": 100,
        "max_mark": 2000,
        "first_code_hash": None,
        "withdrawn_at": None,
        "parent_id": None,
        "current_id": None,
        "valid_to": None,
    }
    if name in fixed:
        return fixed[name]
    if isinstance(kind, sa.Boolean):
        return False
    if isinstance(kind, sa.LargeBinary):
        return b"RIFF"
    if isinstance(kind, sa.Date):
        return date(2026, 1, number)
    if isinstance(kind, sa.Integer | sa.Numeric):
        return number
    return f"{name} {number} – Nguyễn"


def fill(database):
    """Put rows into every table, each pointing at the row of its own number; return how many rows each table has."""
    tables = tables_of(database)
    with database.begin(writes=True) as session:
        for table in tables:
            for number in range(1, rows_of(table) + 1):
                session.execute(table.insert(), {column.name: value_of(column, number) for column in table.columns})
    return {table.name: rows_of(table) for table in tables}


def rows_of(table):
    """One person more than all else: a pair of people is two neighbours."""
    return ROWS + (table.name == "people")


def counts(database, names):
    with database.engine.connect() as connection:
        return {name: connection.scalar(sa.text(f"SELECT count(*) FROM {name}")) for name in names}


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_landed_version_goes_forward_with_its_data(empty, revision):
    upgrade_to(empty, revision)
    filled = fill(empty)
    schema.migrate(empty.engine)
    assert counts(empty, filled) == filled
    with empty.engine.connect() as connection:
        assert schema.is_newest(connection)
        assert connection.scalar(sa.text("SELECT full_name FROM people WHERE id = 2")) == "full_name 2 – Nguyễn"


def test_the_newest_schema_is_that_of_the_models(empty):
    schema.migrate(empty.engine)
    with empty.engine.connect() as connection:
        assert (
            compare_metadata(MigrationContext.configure(connection, opts={"compare_type": False}), Base.metadata) == []
        )


def test_migrating_twice_changes_nothing(empty):
    schema.migrate(empty.engine)
    filled = fill(empty)
    schema.migrate(empty.engine)
    assert counts(empty, filled) == filled


def test_each_migration_is_one_dated_file():
    files = sorted(path.stem for path in Path(schema.MIGRATIONS, "versions").glob("*.py"))
    assert files == sorted(REVISIONS)
    assert sorted(REVISIONS) == REVISIONS
