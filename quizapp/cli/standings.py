"""`flask standings`: make a fresh snapshot, show a board."""

import json
from typing import Any

import click

from quizapp import clock
from quizapp.contests.queries import contest_of
from quizapp.db import transaction
from quizapp.models import Contest
from quizapp.reports.refreshing import close_all, refresh
from quizapp.standings import queries
from quizapp.vocabulary import StandingsOf


@click.group()
def standings() -> None:
    """Boards of a contest."""


@standings.command("refresh")
@click.argument("slug")
def refresh_command(slug: str) -> None:
    """Hand in what is overdue, then make a fresh snapshot of all boards."""
    now = clock.now()
    with transaction(writes=False):
        contest_id = _contest(slug).id
    close_all(now)
    refresh(contest_id, now)
    click.echo(f"Đã tính lại bảng xếp hạng của “{slug}”.")


@standings.command("show")
@click.argument("slug")
@click.option("--round", "round_key", help="Chỉ xem bảng của đợt thi có khóa này.")
@click.option("--division", help="Chưa dùng được: bảng thi chưa có trong bản này.")
@click.option("--collective", help="Khóa của bảng đơn vị.")
@click.option("--board", help="Khóa của bảng xếp hạng.")
@click.option("--json", "as_json", is_flag=True)
def show(
    slug: str, round_key: str | None, division: str | None, collective: str | None, board: str | None, as_json: bool
) -> None:
    """Print the newest snapshot's board: the contest's last board of people unless another is named."""
    if division:
        raise click.ClickException("Bảng thi (division) chưa dùng được trong bản này.")
    with transaction(writes=False):
        rows = _rows(_contest(slug), round_key, collective or board)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        click.echo("\t".join("" if value is None else str(value) for value in row.values()))


def _contest(slug: str) -> Contest:
    contest = contest_of(slug)
    if contest is None:
        raise click.ClickException(f"Không có cuộc thi “{slug}”.")
    return contest


def _rows(contest: Contest, round_key: str | None, key: str | None) -> list[dict[str, Any]]:
    snapshot = queries.newest_snapshot(contest)
    if snapshot is None:
        raise click.ClickException("Chưa có bảng nào; chạy `flask standings refresh` trước.")
    rules = [each for each in contest.rules.boards if key in (None, each.key)]
    if round_key:
        rules = [each for each in rules if each.rounds == (round_key,)]
    people_first = sorted(rules, key=lambda each: (each.of is StandingsOf.UNIONS, each.rounds is not None))
    if not people_first:
        raise click.ClickException("Không có bảng nào như vậy trong cuộc thi này.")
    board = next(each for each in snapshot.boards if each.key == people_first[0].key)
    return [
        {
            "rank": row.rank,
            "person" if row.person_id else "unit": row.name,
            "of_unit" if row.person_id else "upper_unit": row.unit_name,
            "marks": None if row.marks is None else row.marks / 100,
            "seconds": row.seconds,
            "submitted_at": row.submitted_at.isoformat() if row.submitted_at else None,
            "attempts": row.attempts,
            "entrants": row.entrants,
            "members": row.members,
            "rate": None if row.rate is None else row.rate / 10_000,
            "prediction": None,
            "prize": None,
        }
        for row in queries.rows_of(board, most=board.size)
    ]
