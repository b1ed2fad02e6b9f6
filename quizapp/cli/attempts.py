"""`flask attempts`: results of paper and in-person sittings."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from quizapp import clock
from quizapp.attempt_imports import actions, queries
from quizapp.attempt_imports.planning import Plan, PlannedAttempt, plan
from quizapp.cli.refusing import refuse_file
from quizapp.contests.queries import contest_of
from quizapp.db import transaction
from quizapp.errors import BadFile, QuizError, RowProblem
from quizapp.formats.attempts import read_results
from quizapp.models import Contest
from quizapp.web.filters import VIETNAM

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.group()
def attempts() -> None:
    """Attempts that were not sat here."""


@attempts.command("import")
@click.argument("slug")
@FILE
@click.option("--round", "round_key", help="Khóa hoặc tên đợt thi của những dòng không ghi đợt.")
@click.option("--dry-run", is_flag=True, help="Chỉ kiểm tra, không lưu gì.")
@click.option("--json", "as_json", is_flag=True)
@click.option("--register/--no-register", default=True, help="Tạo tài khoản cho người chưa có (mặc định: có).")
@click.option("--again", is_flag=True, help="Nhập cả khi chính tệp này đã được nhập và chưa rút lại.")
def import_command(
    slug: str, file: Path, round_key: str | None, dry_run: bool, as_json: bool, register: bool, again: bool
) -> None:
    """Take in an .xlsx or CSV file of results: all of it, or nothing and a list of what is wrong."""
    now, data = clock.now(), file.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    try:
        results = read_results(data, today=now.astimezone(VIETNAM).date())
        with transaction(writes=not dry_run):
            contest = _contest(slug)
            if not again:
                actions.check_new_file(contest, digest)
            made = plan(
                results.rows,
                contest,
                by=None,
                round_key=round_key,
                register=register,
                again=again,
                known_problems=results.problems,
            )
            if not dry_run:
                actions.import_attempts(made, contest, by=None, now=now, file_name=file.name, file_digest=digest)
    except BadFile as error:
        refuse_file("attempts", error.problems, as_json=as_json)
    except QuizError as error:
        refuse_file("attempts", [RowProblem(0, "", str(error))], as_json=as_json)
    _report(made, results.notes, as_json, dry_run)


@attempts.command("imports")
@click.argument("slug")
def list_command(slug: str) -> None:
    """Print the imports of a contest with their numbers, the newest first."""
    with transaction(writes=False):
        for each in queries.imports(_contest(slug)):
            state = "đã rút lại" if each.undone_at else "có hiệu lực"
            at = each.imported_at.astimezone(VIETNAM)
            click.echo(f"{each.id}\t{at:%d/%m/%Y %H:%M}\t{each.file_name}\t{each.attempts} lượt thi\t{state}")


@attempts.command("undo")
@click.argument("slug")
@click.argument("import_id", type=int)
def undo_command(slug: str, import_id: int) -> None:
    """Take an import back: its attempts count no more, nothing is deleted."""
    with transaction():
        contest = _contest(slug)
        kept = queries.import_of(contest, import_id)
        if kept is None:
            raise click.ClickException(f"Cuộc thi “{slug}” không có lần nhập số {import_id}.")
        try:
            count = actions.undo(kept, contest, by=None, now=clock.now())
        except QuizError as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"Đã rút lại lần nhập số {import_id}: {count} lượt thi không còn được tính.")


def _contest(slug: str) -> Contest:
    contest = contest_of(slug)
    if contest is None:
        raise click.ClickException(f"Không có cuộc thi “{slug}”.")
    return contest


def _report(made: Plan, notes: Sequence[str], as_json: bool, dry_run: bool) -> None:
    if as_json:
        rows = [_row(each) for each in made.attempts]
        report = {"attempts": rows, "new_people": len(made.new), "notes": list(notes), "problems": []}
        click.echo(json.dumps(report, ensure_ascii=False, indent=1))
        return
    for note in notes:
        click.echo(note)
    counts = f"{len(made.attempts)} lượt thi, {len(made.new)} người mới"
    click.echo(f"{'Chỉ kiểm tra, chưa lưu' if dry_run else 'Đã nhập'}: {counts}.")


def _row(planned: PlannedAttempt) -> dict[str, Any]:
    return {
        "n": planned.row,
        "round": planned.round.key,
        "person": planned.person.full_name,
        "phone": planned.person.phone,
        "unit": planned.unit.code if planned.unit else None,
        "division": planned.division,
        "new": planned.person.is_new,
        "number": planned.number,
        "started_at": planned.started_at.isoformat(),
        "submitted_at": planned.submitted_at.isoformat(),
        "mark": planned.mark / 100,
        "essay_mark": None if planned.essay_mark is None else planned.essay_mark / 100,
        "prediction": planned.prediction,
    }
