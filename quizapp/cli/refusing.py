"""What commands that import a file print when nothing came in."""

import json
from collections.abc import Sequence
from typing import NoReturn

import click

from quizapp.errors import RowProblem


def refuse_file(what: str, problems: Sequence[RowProblem], *, as_json: bool) -> NoReturn:
    """Print what is wrong with a file and end with 1. what: the key under which JSON has what came in: nothing."""
    if as_json:
        told = [{"n": each.row, "where": each.column, "what": each.text} for each in problems]
        click.echo(json.dumps({what: [], "problems": told}, ensure_ascii=False, indent=1))
    else:
        for problem in problems:
            click.echo(str(problem))
    raise click.exceptions.Exit(1)
