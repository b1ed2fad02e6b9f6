"""`flask unions`: the tree of unions from a file."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from quizapp import clock
from quizapp.db import transaction
from quizapp.errors import BadFile, RowProblem
from quizapp.formats.union_list import read_unions
from quizapp.unions import actions, planning
from quizapp.unions.planning import Plan, Planned
from quizapp.web.filters import VIETNAM

WORDS = {"new": "mới", "changed": "thay đổi", "unchanged": "không đổi"}


@click.group()
def unions() -> None:
    """The tree of unions."""


@unions.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Chỉ đọc và báo, không lưu gì.")
@click.option("--json", "as_report", is_flag=True)
def import_command(file: Path, dry_run: bool, as_report: bool) -> None:
    """Add or mend the unions of an .xlsx or CSV file, by code; print what came in and what did not. All or nothing."""
    now = clock.now()
    made: Plan | None = None
    problems: Sequence[RowProblem] = ()
    try:
        listing = read_unions(file.read_bytes(), today=now.astimezone(VIETNAM).date())
        with transaction(writes=not dry_run):
            if dry_run:
                made = planning.plan(listing, by=None)
            else:
                made = actions.import_unions(listing, by=None, now=now, file_name=file.name)
    except BadFile as error:
        problems = error.problems
    _tell_json(made, problems) if as_report else _tell(made, problems, dry_run)
    if problems:
        raise click.exceptions.Exit(1)


def _tell_json(made: Plan | None, problems: Sequence[RowProblem]) -> None:
    report = {
        "unions": [_union(each) for each in made.rows] if made else [],
        "problems": [{"n": each.row, "where": each.column, "what": each.text} for each in problems],
    }
    click.echo(json.dumps(report, ensure_ascii=False, indent=1))


def _union(each: Planned) -> dict[str, Any]:
    row = each.row
    return {
        "n": row.row,
        "code": row.code,
        "name": row.name,
        "kind": row.kind,
        "parent": row.parent_code,
        "what": each.what,
        "changes": [vars(change) for change in each.changes],
    }


def _tell(made: Plan | None, problems: Sequence[RowProblem], dry_run: bool) -> None:
    for problem in problems:
        click.echo(str(problem))
    if made is None:
        click.echo(f"{len(problems)} lỗi; chưa nhập gì.")
        return
    for note in made.notes:
        click.echo(note)
    counts = ", ".join(f"{len(made.those(what))} {word}" for what, word in WORDS.items())
    click.echo(f"{'Sẽ nhập' if dry_run else 'Đã nhập'} {len(made.rows)} công đoàn: {counts}.")
