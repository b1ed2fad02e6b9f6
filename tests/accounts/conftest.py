"""A worker with a password, browsers that type, and a look at what is stored."""

import pytest
from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.models import Person
from quizapp.web.passwords import hash_code, hash_password
from tests.cast import PASSWORD

HASH = hash_password(PASSWORD)  # slow on purpose, so made once
PHONE = "0912345678"
CODE = "ABCDE23456"


@pytest.fixture
def cdcs(cast):
    return cast.union("CĐCS May Mẫu", parent=cast.union("LĐLĐ tỉnh Mẫu"))


@pytest.fixture
def worker(cast, cdcs):
    return cast.person("Nguyễn Thị Hoa", union=cdcs, phone=PHONE, password_hash=HASH)


@pytest.fixture
def newcomer(cast, cdcs):
    """Somebody with a printed code instead of a password, and with a member number."""
    made = cast.person("Lê Thị Mới", union=cdcs, phone="0987654321")
    change(made, first_code_hash=hash_code(CODE), member_number="GL0042")
    return made


@pytest.fixture
def log_in(client):
    """Type a log-in name and a password, on the test's browser or another."""

    def typing(login=PHONE, password=PASSWORD, *, on=client, target=""):
        return on.submit("/log-in", {"login": login, "password": password, "next": target})

    return typing


def change(person, **facts):
    with transaction():
        for name, value in facts.items():
            setattr(session.get_one(Person, person.id), name, value)


def stored(what, *conditions):
    with transaction(writes=False):
        return session.scalars(select(what).where(*conditions)).all()


def text(answer):
    return answer.get_data(as_text=True)
