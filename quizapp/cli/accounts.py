"""`flask accounts`: the first administrator of a new installation, a new code for whoever is locked out."""

import click

from quizapp import clock
from quizapp.db import session, transaction
from quizapp.members import queries
from quizapp.members.actions import Card, grant, issue_code
from quizapp.models import Person
from quizapp.rules.vietnamese import canonical_phone, clean, fold, name_key
from quizapp.vocabulary import EntrantRole, Role


@click.group()
def accounts() -> None:
    """Who may log in."""


@accounts.command("new-admin")
@click.option("--phone", required=True, help="Số di động để đăng nhập.")
@click.option("--name", required=True, help="Họ và tên.")
@click.option("--unit", required=True, help="Mã công đoàn mà quyền quản trị có hiệu lực, gồm cả các đơn vị bên dưới.")
def new_admin(phone: str, name: str, unit: str) -> None:
    """Make a person an administrator over a union's subtree; print a first-time code when one is needed."""
    number = canonical_phone(phone)
    if number is None:
        raise click.ClickException(f"“{phone}” không phải số di động Việt Nam; ví dụ 0912345678.")
    now = clock.now()
    with transaction():
        union = queries.union_of(unit)
        if union is None:
            raise click.ClickException(f"Không có công đoàn nào có mã “{unit}”; nhập danh sách công đoàn trước.")
        person = queries.person_of(number) or _new_person(number, clean(name), union.id)
        card = grant(person, Role.ADMIN, union, by=None, now=now)
    click.echo(f"{person.full_name} là quản trị của {union.name}; đăng nhập bằng số {number}.")
    _tell(card)


@accounts.command("new-code")
@click.argument("login")
def new_code(login: str) -> None:
    """Give the person with this phone or member number a new first-time code in place of the password."""
    with transaction():
        person = queries.person_of(login)
        if person is None:
            raise click.ClickException(f"Không có ai có số điện thoại hoặc mã đoàn viên “{login}”.")
        card = issue_code(person, by=None, now=clock.now())
    click.echo(f"{card.full_name}, {card.unit_name}")
    _tell(card)


def _new_person(phone: str, name: str, union_id: int) -> Person:
    person = Person(
        full_name=name,
        name_folded=fold(name),
        name_key=name_key(name),
        phone=phone,
        union_id=union_id,
        entrant_role=EntrantRole.OFFICER.value,
        created_at=clock.now(),
    )
    session.add(person)
    session.flush()
    return person


def _tell(card: Card | None) -> None:
    if card:
        click.echo(f"Mã đăng nhập lần đầu (chỉ hiện một lần này): {card.code}")
    else:
        click.echo("Mật khẩu hoặc mã hiện có vẫn dùng được.")
