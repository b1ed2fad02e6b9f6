"""`flask standings`: make a fresh snapshot, show its boards, docs/paper-sittings.md."""

import json
from collections.abc import Mapping
from typing import Any

import click

from quizapp import clock
from quizapp.attempts.truths import known_truths
from quizapp.contests.queries import contest_of
from quizapp.db import transaction
from quizapp.models import Board, Contest, Snapshot, StandingsRow
from quizapp.reports.refreshing import close_all, refresh
from quizapp.rules.contest_rules import BoardRules
from quizapp.standings import queries
from quizapp.vocabulary import Measure, StandingsOf


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
@click.option("--division", help="Chỉ xem bảng thi (division) có khóa này.")
@click.option("--collective", help="Khóa của bảng đơn vị.")
@click.option("--board", help="Khóa của bảng xếp hạng.")
@click.option("--all", "is_whole", is_flag=True, help="Mọi bảng cùng thời điểm tính, số người và số lượt thi (JSON).")
@click.option("--json", "as_json", is_flag=True)
def show(
    slug: str,
    round_key: str | None,
    division: str | None,
    collective: str | None,
    board: str | None,
    is_whole: bool,
    as_json: bool,
) -> None:
    """Print a board as it stands now: that of people over the most rounds unless another is named.

    A board by division is printed whole, one division after the other, unless one is named.
    """
    _bring_up_to_date(slug)
    with transaction(writes=False):
        contest = _contest(slug)
        snapshot = queries.newest_snapshot(contest)
        if snapshot is None:
            raise click.ClickException("Chưa có bảng nào; chạy `flask standings refresh` trước.")
        if is_whole:
            click.echo(json.dumps(_whole(contest, snapshot), ensure_ascii=False, indent=1))
            return
        rows = _rows(snapshot, _board_rules(contest, round_key, division, collective or board), division)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        click.echo("\t".join("" if value is None else str(value) for value in row.values()))


def _bring_up_to_date(slug: str) -> None:
    """Make boards where the newest do not tell how the contest stands: right after an import, or without a server."""
    now = clock.now()
    close_all(now)
    with transaction(writes=False):
        contest = _contest(slug)
        snapshot = queries.newest_snapshot(contest)
        made = {each.key for each in snapshot.boards} if snapshot else set()
        is_old = made != {each.key for each in contest.rules.boards} or queries.is_stale(contest, snapshot, now)
        contest_id = contest.id
    if is_old:
        refresh(contest_id, now)


def _contest(slug: str) -> Contest:
    contest = contest_of(slug)
    if contest is None:
        raise click.ClickException(f"Không có cuộc thi “{slug}”.")
    return contest


def _rows(snapshot: Snapshot, rules: BoardRules, division: str | None) -> list[dict[str, Any]]:
    boards = [each for each in snapshot.boards if each.key == rules.key and division in (None, each.division)]
    return [row for each in boards for row in _rows_of(each, rules)]


def _rows_of(board: Board, rules: BoardRules) -> list[dict[str, Any]]:
    codes = queries.union_codes(board)
    return [_row(row, rules, board.division, codes) for row in queries.rows_of(board, most=board.size)]


def _whole(contest: Contest, snapshot: Snapshot) -> dict[str, Any]:
    """Return all boards of a snapshot, with what they rest on."""
    rules = {each.key: each for each in contest.rules.boards}
    truths = known_truths(contest)
    return {
        "contest": contest.slug,
        "title": contest.title,
        "made_at": snapshot.made_at.isoformat(),
        "published_at": snapshot.published_at.isoformat() if snapshot.published_at else None,
        "entrants": snapshot.entrants,
        "attempts": snapshot.attempts,
        "provisional": snapshot.provisional,
        "truths": {each.key: truths[each.id].people for each in contest.rounds if each.id in truths},
        "boards": [
            {
                "key": each.key,
                "title": each.title,
                "of": each.of,
                "division": each.division or None,
                "size": each.size,
                "rows": _rows_of(each, rules[each.key]),
            }
            for each in snapshot.boards
        ],
    }


def _board_rules(contest: Contest, round_key: str | None, division: str | None, key: str | None) -> BoardRules:
    found = [each for each in contest.rules.boards if key in (None, each.key)]
    if round_key:
        found = [each for each in found if [one.key for one in contest.rules.rounds_of(each)] == [round_key]]
    if division:
        keys = {each.key for each in contest.rules.divisions}
        found = [each for each in found if each.by_division and division in keys]
    if not found:
        known = ", ".join(each.key for each in contest.rules.boards)
        raise click.ClickException(f"Không có bảng nào như vậy trong cuộc thi này; các bảng: {known}.")

    def place(each: BoardRules) -> tuple[bool, int, bool]:
        names_rounds = each.rounds is not None
        return each.of is StandingsOf.UNIONS, -len(contest.rules.rounds_of(each)), names_rounds is not bool(round_key)

    # Of several that fit: people before unions, the whole contest before a part of it, and what says so itself.
    return min(found, key=place)


def _row(row: StandingsRow, rules: BoardRules, division: str, codes: Mapping[int, str]) -> dict[str, Any]:
    """Return a row as it is printed: marks and scores in marks, a rate from 0 to 1, what does not apply as null."""
    return {
        "rank": row.rank,
        "person" if row.person_id else "unit": row.name,
        "of_unit" if row.person_id else "upper_unit": row.unit_name,
        "unit_code": codes.get(row.union_id or 0),
        "division": division or None,
        "marks": _hundredths(row.marks),
        "seconds": row.seconds,
        "submitted_at": row.submitted_at.isoformat() if row.submitted_at else None,
        "attempts": row.attempts,
        "entrants": row.entrants,
        "members": row.members,
        "rate": _rate(row),
        "score": _rate(row) if rules.measure is Measure.RATE and not rules.weights else _hundredths(row.score),
        "total": _hundredths(row.total),
        "winners": row.winners,
        "prediction": row.prediction,
        "distance": row.distance,
        "prize": row.prize,
        "id": row.person_id or row.union_id,
    }


def _hundredths(value: int | None) -> float | None:
    return None if value is None else value / 100


def _rate(row: StandingsRow) -> float | None:
    return None if row.rate is None else row.rate / 10_000
