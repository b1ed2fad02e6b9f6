"""`flask prizes`: who gets what by the newest boards, and lots drawn again from their file."""

import json
from pathlib import Path
from typing import Any

import click

from quizapp.contests.queries import contest_of
from quizapp.db import transaction
from quizapp.errors import BadFile
from quizapp.formats import lot_table
from quizapp.models import PrizeAward, PrizeTie
from quizapp.prizes import queries
from quizapp.prizes.queries import GivenPrize, Part
from quizapp.standings.queries import newest_snapshot


@click.group()
def prizes() -> None:
    """Prizes of a contest."""


@prizes.command()
@click.argument("slug")
@click.option("--json", "as_json", is_flag=True)
def show(slug: str, as_json: bool) -> None:
    """Print who gets which prize by the newest boards, and which ties are open."""
    with transaction(writes=False):
        found = _given(slug)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for each in found["awards"]:
        click.echo("\t".join("" if value is None else str(value) for value in each.values()))
    for each in found["ties"]:
        where = f"{each['prize']} {each['division']}".strip()
        click.echo(f"Chờ quyết định: {where}, hạng {each['rank']}, còn {each['remaining']}.")


@prizes.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def replay(file: Path) -> None:
    """Draw the lots of a file again, and say whether they come out as it says."""
    try:
        lots = lot_table.replay(file.read_bytes())
    except BadFile as bad:
        lines = "\n".join(map(str, bad.problems))
        raise click.ClickException(f"Tệp rút thăm không khớp:\n{lines}") from bad
    for each in lots:
        where = f"{each.prize_key} {each.division}".strip()
        winners = ", ".join(map(str, sorted(each.winners)))
        click.echo(f"{where}: đúng; {len(each.winners)} trong {len(each.contenders)} người trúng: {winners}.")


def _given(slug: str) -> dict[str, list[dict[str, Any]]]:
    contest = contest_of(slug)
    if contest is None:
        raise click.ClickException(f"Không có cuộc thi “{slug}”.")
    snapshot = newest_snapshot(contest)
    if snapshot is None:
        raise click.ClickException("Chưa có bảng nào; chạy `flask standings refresh` trước.")
    parts = [(prize, part) for prize in queries.given(contest, snapshot) for part in prize.parts]
    return {
        "awards": [_award(prize, award) for prize, part in parts for award in part.awards],
        "ties": [_tie(part.tie.tie) for _, part in parts if part.tie],
        "waiting": [_where(prize, part) for prize, part in parts if part.waits and not part.tie],
    }


def _award(prize: GivenPrize, award: PrizeAward) -> dict[str, Any]:
    return {
        "prize": prize.rules.key,
        "title": prize.rules.title,
        "board": award.board_key,
        "division": award.division,
        "rank": award.rank,
        "person" if award.person_id else "unit": award.name,
        "of_unit" if award.person_id else "upper_unit": award.unit_name,
        "by_lot": award.by_lot,
    }


def _tie(tie: PrizeTie) -> dict[str, Any]:
    return {
        "prize": tie.prize_key,
        "board": tie.board_key,
        "division": tie.division,
        "rank": tie.rank,
        "remaining": tie.remaining,
        "contending": tie.contending,
    }


def _where(prize: GivenPrize, part: Part) -> dict[str, Any]:
    return {"prize": prize.rules.key, "board": prize.board.key, "division": part.division}
