"""A worker with a password, and a browser that logs in by typing."""

import pytest

from quizapp.web.passwords import hash_password
from tests.cast import PASSWORD

HASH = hash_password(PASSWORD)  # slow on purpose, so made once


@pytest.fixture
def worker(cast):
    return cast.person("Nguyễn Thị Hoa", union=cast.union(), phone="0912345678", password_hash=HASH)


@pytest.fixture
def log_in(client):
    """Type a log-in name and a password, on the test's browser or another."""

    def typing(login="0912345678", password=PASSWORD, *, on=client, target=""):
        return on.submit("/log-in", {"login": login, "password": password, "next": target})

    return typing
