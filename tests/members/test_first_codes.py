"""A code from the sheet opens the log-in, once, and asks for a password as long as the person's roles want it."""

import re

from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.models import Person
from tests.members.conftest import imported, row

LOG_IN, CHOOSE = "/log-in", "/log-in/password"
SHORT, LONG = "bông sen hồng", "bông sen hồng nở rộ mùa hạ"


def choose(client, code, password, login="0912345678"):
    answer = client.submit(LOG_IN, {"login": login, "password": code}, page=LOG_IN)
    if answer.headers.get("Location") != CHOOSE:
        return answer.status_code
    return client.submit(CHOOSE, {"password": password, "consent": "y"}, page=CHOOSE).status_code


def test_the_code_of_a_new_member_opens_once(place, client, app):
    [card] = imported(row())
    assert choose(client, card.code, SHORT) == 302
    assert client.get("/account").status_code == 200
    assert choose(app.test_client(), card.code, LONG) == 401


def test_a_code_is_typed_with_small_letters_and_without_its_hyphen(place, client):
    [card] = imported(row(phone=None, number="DV1"))
    assert choose(client, card.code.lower().replace("-", " "), SHORT, login="dv1") == 302


def test_a_new_code_ends_password_and_old_code(cast, place, client, app):
    [old] = imported(row())
    desk = cast.log_in(app.test_client(), place.organiser)
    with transaction(writes=False):
        member = session.scalars(select(Person).where(Person.phone == "0912345678")).one()
    sheet = desk.submit(f"/organise/members/{member.id}/code").get_data(as_text=True)
    assert choose(client, old.code, SHORT) == 401
    assert choose(client, re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}", sheet)[0], SHORT) == 302


def test_whoever_was_given_a_role_chooses_a_long_password(cast, place, client, app):
    [card] = imported(row())
    choose(client, card.code, SHORT)
    assert client.get("/account").status_code == 200
    admin = cast.log_in(app.test_client(), place.admin)
    with transaction(writes=False):
        member = session.scalars(select(Person).where(Person.phone == "0912345678")).one()
    answer = admin.submit(f"/organise/members/{member.id}/roles", {"role": "organiser", "unit": "MAY"})
    code = re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}", answer.get_data(as_text=True))[0]
    assert client.get("/account").status_code == 302
    assert choose(client, code, SHORT) == 422
    assert choose(client, code, LONG) == 302
    assert client.get("/organise/members").status_code == 200
