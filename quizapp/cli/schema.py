"""`flask migrate`."""

import click

from quizapp.db import database
from quizapp.models import schema


@click.command()
def migrate() -> None:
    """Bring the database named by DATABASE_URL to the newest schema."""
    schema.migrate(database().engine)
    click.echo("Cơ sở dữ liệu đã ở phiên bản mới nhất.")
