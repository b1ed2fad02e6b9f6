"""`flask accounts`: the first administrator, a new code."""

import re

import pytest
from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.models import AuditEvent, Person, RoleGrant
from quizapp.web.passwords import hash_code
from tests.accounts.conftest import HASH

CODE = re.compile(r"[2-9A-Z]{5}-[2-9A-Z]{5}")


@pytest.fixture
def run(app, cast):
    return lambda *words: app.test_cli_runner().invoke(args=["accounts", *words])


@pytest.fixture
def province(cast):
    return cast.union("LĐLĐ tỉnh Mẫu", code="LDLD")


def person_with(phone):
    with transaction(writes=False):
        return session.scalar(select(Person).where(Person.phone == phone))


def stored(what):
    with transaction(writes=False):
        return session.scalars(select(what)).all()


def test_a_new_admin_gets_a_code_and_the_role_over_the_union(run, province):
    done = run("new-admin", "--phone", "+84 912 345 678", "--name", "Trần  Thị Quản", "--unit", "ldld")
    assert done.exit_code == 0, done.output
    person = person_with("0912345678")
    assert person.full_name == "Trần Thị Quản"
    assert person.first_code_hash == hash_code(CODE.search(done.output)[0])
    assert [(each.role, each.union_id) for each in stored(RoleGrant)] == [("admin", province.id)]
    assert {each.action for each in stored(AuditEvent)} == {"grant_role", "issue_code"}


def test_a_person_who_is_there_is_made_admin_not_made_twice(run, cast, province):
    there = cast.person("Lê Văn Có", phone="0912345678", password_hash=HASH)
    done = run("new-admin", "--phone", "0912345678", "--name", "Khác", "--unit", "LDLD")
    assert done.exit_code == 0
    assert person_with("0912345678").id == there.id
    assert person_with("0912345678").full_name == "Lê Văn Có"


@pytest.mark.parametrize(
    ("phone", "unit", "sentence"), [("123", "LDLD", "không phải số di động"), ("0912345678", "X", "Không có công đoàn")]
)
def test_a_new_admin_with_a_wrong_number_or_union_is_not_made(phone, unit, sentence, run, province):
    done = run("new-admin", "--phone", phone, "--name", "Trần Thị Quản", "--unit", unit)
    assert done.exit_code == 1
    assert sentence in done.output
    assert stored(Person) == []


def test_a_new_code_takes_the_place_of_the_password(run, cast):
    cast.person("Lê Văn Quên", phone="0912345678", password_hash=HASH)
    done = run("new-code", "0912 345 678")
    assert done.exit_code == 0
    person = person_with("0912345678")
    assert person.password_hash is None
    assert person.first_code_hash == hash_code(CODE.search(done.output)[0])


def test_a_code_for_nobody_says_so(run):
    done = run("new-code", "0912345678")
    assert done.exit_code == 1
    assert "Không có ai" in done.output
