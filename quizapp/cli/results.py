"""`flask results`: a contest's results as an Excel workbook."""

from pathlib import Path

import click

from quizapp import clock
from quizapp.contests.queries import contest_of
from quizapp.db import session, transaction
from quizapp.errors import QuizError
from quizapp.mark_appeals import workbook
from quizapp.mark_appeals.actions import note_export as note_appeals
from quizapp.models import Person
from quizapp.reports import actions
from quizapp.reports.exporting import export


@click.group()
def results() -> None:
    """Results of a contest as files."""


@results.command("export")
@click.argument("slug")
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, writable=True, path_type=Path), help="Tệp .xlsx sẽ ghi."
)
@click.option("--by", "by_id", type=int, help="Số của người xuất tệp, để ghi nhật ký.")
def export_command(slug: str, out: Path, by_id: int | None) -> None:
    """Write the workbook of a contest: boards, all attempts, answers per question."""
    now = clock.now()
    with transaction(writes=False):
        by = session.get(Person, by_id) if by_id else None
    try:
        exported = export(slug, out, now=now, by=by)
    except QuizError as error:
        raise click.ClickException(f"Không xuất được cuộc thi “{slug}”: {error}") from error
    with transaction():
        actions.note_export(exported, by=by, now=now)
    click.echo(f"Đã ghi {exported.rows} dòng vào {out}.")


@results.command("appeals")
@click.argument("slug")
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, writable=True, path_type=Path), help="Tệp .xlsx sẽ ghi."
)
@click.option("--by", "by_id", type=int, help="Số của người xuất tệp, để ghi nhật ký.")
def appeals(slug: str, out: Path, by_id: int | None) -> None:
    """Write the appeals about marks of questions with their answers, for the minutes."""
    now = clock.now()
    with transaction(writes=False, steady=True):
        contest, by = contest_of(slug), session.get(Person, by_id) if by_id else None
        if contest is None:
            raise click.ClickException(f"Không có cuộc thi “{slug}”.")
        rows = workbook.write(contest, out, by=by, now=now)
    with transaction():
        note_appeals(slug, rows, by=by, now=now)
    click.echo(f"Đã ghi {rows} dòng vào {out}.")
