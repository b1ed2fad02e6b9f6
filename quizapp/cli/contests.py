"""`flask contests`: the list, contest files, the thể lệ."""

import json
from pathlib import Path
from typing import NoReturn

import click

from quizapp import clock
from quizapp.contests import actions, queries
from quizapp.db import transaction
from quizapp.errors import BadFile
from quizapp.formats.contest_file import read_contest, warnings
from quizapp.prizes.actions import publish_due_seeds
from quizapp.rules.articles import as_text
from quizapp.rules.rulebook import rulebook

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.group()
def contests() -> None:
    """Contests and contest files."""


@contests.command("list")
@click.option("--json", "as_json", is_flag=True)
def list_command(as_json: bool) -> None:
    """Print slug, title and phase of every contest, the latest first."""
    now = clock.now()
    with transaction(writes=False):
        listed = [queries.listed_contest(each, now) for each in queries.all_contests()]
    rows = [{"slug": each.contest.slug, "title": each.contest.title, "phase": each.phase.value} for each in listed]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        click.echo("\t".join(row.values()))


@contests.command()
@FILE
def check(file: Path) -> None:
    """Print what is wrong with a contest file, or what may be and the thể lệ that it makes; change nothing."""
    try:
        read = read_contest(file.read_bytes())
        with transaction(writes=False):
            actions.check_contest(read)
            names = queries.known_names(read.rules)
    except BadFile as error:
        _refuse(error)
    for warning in warnings(read):
        click.echo(f"Lưu ý: {warning}", err=True)
    click.echo(as_text(read.rules.title, rulebook(read.rules, names)))


@contests.command()
@FILE
def load(file: Path) -> None:
    """Make the contest of a file, or change the one with its slug."""
    try:
        read = read_contest(file.read_bytes())
        with transaction():
            now = clock.now()
            actions.load_contest(read, now=now)
            publish_due_seeds(now=now)  # nobody may be housekeeping where contests are loaded by command
    except BadFile as error:
        _refuse(error)
    click.echo(f"Đã lưu cuộc thi “{read.rules.slug}”.")


@contests.command()
@click.argument("slug")
def rules(slug: str) -> None:
    """Print the thể lệ of a contest."""
    with transaction(writes=False):
        contest = queries.contest_of(slug)
        if contest is None:
            raise click.ClickException(f"Không có cuộc thi “{slug}”.")
        sections = rulebook(contest.rules, queries.known_names(contest.rules))
    click.echo(as_text(contest.title, sections))


def _refuse(error: BadFile) -> NoReturn:
    for problem in error.problems:
        click.echo(str(problem))
    raise click.exceptions.Exit(1)
