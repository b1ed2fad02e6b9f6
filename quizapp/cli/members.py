"""`flask members`: files of members, first-time codes, roles; for the first administrators and for large lists."""

import csv
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from quizapp import clock
from quizapp.cli.refusing import refuse_file
from quizapp.db import transaction
from quizapp.errors import BadFile, QuizError
from quizapp.formats.roster import read_roster
from quizapp.members import actions, queries
from quizapp.members.planning import Plan, plan
from quizapp.models import Person, TradeUnion
from quizapp.rules.vietnamese import clean
from quizapp.vocabulary import Role
from quizapp.web.filters import VIETNAM

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
ROLE = click.argument("role", type=click.Choice([Role.ORGANISER.value, Role.JUDGE.value, Role.ADMIN.value]))
HEADINGS = ("Mã đơn vị", "Đơn vị", "Họ và tên", "Số điện thoại", "Mã đoàn viên", "Mã đăng nhập lần đầu")


@click.group()
def members() -> None:
    """Members, their first-time codes and roles."""


@members.command("import")
@FILE
@click.option("--unit", "unit_code", help="Mã đơn vị của những dòng không ghi đơn vị.")
@click.option("--dry-run", is_flag=True, help="Chỉ kiểm tra, không lưu gì.")
@click.option("--json", "as_json", is_flag=True)
@click.option(
    "--codes-out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Ghi mã đăng nhập lần đầu của người mới vào tệp CSV này; không có thì người mới chưa có mã.",
)
@click.option("--reason", default="", help="Lý do, khi tệp sửa thông tin đã khóa của người đã dự thi.")
def import_command(
    file: Path, unit_code: str | None, dry_run: bool, as_json: bool, codes_out: Path | None, reason: str
) -> None:
    """Take in an .xlsx or CSV file of members: all of it, or nothing and a list of what is wrong."""
    now = clock.now()
    today = now.astimezone(VIETNAM).date()
    try:
        roster = read_roster(file.read_bytes(), today=today)
        with transaction(writes=not dry_run):
            unit = _unit(unit_code) if unit_code else None
            facts: dict[str, Any] = {
                "unit": unit,
                "today": today,
                "known_problems": roster.problems,
                "reason": clean(reason),
            }
            made = plan(roster.rows, by=None, **facts)
            if not dry_run:
                cards = actions.import_members(
                    made,
                    by=None,
                    now=now,
                    file_name=file.name,
                    with_codes=codes_out is not None,
                    reason=clean(reason),
                )
                if codes_out:
                    _write_codes(codes_out, cards)
    except BadFile as error:
        refuse_file("members", error.problems, as_json=as_json)
    _report(made, roster.notes, as_json, dry_run)


@members.command()
@click.argument("login")
def code(login: str) -> None:
    """Give the person with this phone or member number a new first-time code, in place of the password."""
    with transaction():
        card = actions.issue_code(_person(login), by=None, now=clock.now())
    _print_card(card)


@members.command()
@click.argument("login")
@ROLE
@click.argument("unit_code")
def grant(login: str, role: str, unit_code: str) -> None:
    """Give a person a role over a union and all below it; a code is printed if a new password is needed."""
    with transaction():
        member, unit = _person(login), _unit(unit_code)
        card = actions.grant(member, Role(role), unit, by=None, now=clock.now())
    click.echo(f"{member.full_name} có vai trò {Role(role).label} của {unit.name}.")
    if card:
        _print_card(card)


@members.command()
@click.argument("login")
@ROLE
@click.argument("unit_code")
def revoke(login: str, role: str, unit_code: str) -> None:
    """Take a role from a person; never from the last administrator of a union."""
    with transaction():
        member, unit = _person(login), _unit(unit_code)
        held = next((each for each in member.grants if (each.role, each.union_id) == (role, unit.id)), None)
        if held is None:
            raise click.ClickException(f"{member.full_name} không có vai trò này của {unit.name}.")
        try:
            actions.revoke(member, held, by=None, now=clock.now())
        except QuizError as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"Đã thu hồi vai trò {Role(role).label} của {member.full_name}.")


def _person(login: str) -> Person:
    found = queries.person_of(login)
    held = queries.held_person(found.id) if found else None
    if held is None:
        raise click.ClickException(
            f"Không có ai đăng nhập bằng “{login}”. Hãy nhập người đó trước: flask members import."
        )
    return held


def _unit(code: str) -> TradeUnion:
    found = queries.union_of(code)
    if found is None:
        raise click.ClickException(f"Không có đơn vị mã “{code}”.")
    return found


def _print_card(card: actions.Card) -> None:
    click.echo(f"Mã đăng nhập lần đầu của {card.full_name} (chỉ hiện một lần): {card.code}")


def _write_codes(path: Path, cards: Sequence[actions.Card]) -> None:
    """Before the commit: without the file nobody could ever read these codes, so then nothing is kept."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise click.ClickException(f"Không ghi được tệp mã “{path}” ({error.strerror}); chưa nhập gì.") from error
    with os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for card in cards:
            facts = (card.unit_code, card.unit_name, card.full_name, card.phone, card.member_number, card.code)
            writer.writerow([_as_text(each or "") for each in facts])


def _as_text(cell: str) -> str:
    """No cell may become a formula when the file is opened."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t")) else cell


def _report(made: Plan, notes: Sequence[str], as_json: bool, dry_run: bool) -> None:
    states = {"new": made.new, "changed": made.changed, "unchanged": made.unchanged}
    if as_json:
        rows = [_row(each, state) for state, planned in states.items() for each in planned]
        report = {"members": sorted(rows, key=lambda row: row["n"]), "notes": list(notes), "problems": []}
        click.echo(json.dumps(report, ensure_ascii=False, indent=1))
        return
    for note in notes:
        click.echo(note)
    counts = f"{len(made.new)} người mới, {len(made.changed)} người thay đổi, {len(made.unchanged)} người giữ nguyên"
    click.echo(f"{'Chỉ kiểm tra, chưa lưu' if dry_run else 'Đã nhập'}: {counts}.")


def _row(planned: Any, state: str) -> dict[str, Any]:
    facts = planned.facts | {"birth_date": planned.facts["birth_date"] and planned.facts["birth_date"].isoformat()}
    return {"n": planned.row, "state": state, **facts, "changes": sorted(planned.changes)}
