"""A printed code is no log-in: it leads to a password of one's own, once."""

import re

import pytest

from quizapp.db import session, transaction
from quizapp.models import LogInSession, Person, RoleGrant
from quizapp.vocabulary import Role
from quizapp.web.passwords import hash_code, is_password
from tests.accounts.conftest import CODE, change, stored, text

PAGE = "/log-in/password"
OWN = "quán phở đầu ngõ"
NAME = "0987654321"


@pytest.mark.parametrize("typed", ["ABCDE-23456", "abcde 23456", " abcde23456 "])
def test_a_code_leads_to_the_choice_of_a_password_and_is_no_log_in(typed, newcomer, log_in, client):
    assert log_in(NAME, typed).headers["Location"] == PAGE
    assert client.get("/account").status_code == 302
    assert "Chào Lê Thị Mới" in text(client.get(PAGE))
    assert stored(LogInSession) == []


def test_choosing_logs_in_and_uses_the_code_up(newcomer, log_in, client, app):
    log_in(NAME, CODE, target="/account")
    assert client.submit(PAGE, {"password": OWN, "consent": "y"}, page=PAGE).headers["Location"] == "/account"
    assert client.get("/account").status_code == 200
    [person] = stored(Person, Person.id == newcomer.id)
    assert person.first_code_hash is None
    assert is_password(person.password_hash, OWN)
    assert log_in(NAME, CODE, on=app.test_client()).status_code == 401
    assert log_in(NAME, OWN, on=app.test_client()).status_code == 302


def test_of_two_browsers_with_one_code_the_first_chooses(newcomer, log_in, client, app):
    other = app.test_client()
    log_in(NAME, CODE)
    log_in(NAME, CODE, on=other)
    assert client.submit(PAGE, {"password": OWN, "consent": "y"}).status_code == 302
    answer = other.submit(PAGE, {"password": "mật khẩu kẻ khác", "consent": "y"})
    assert answer.headers["Location"] == "/log-in"
    assert "nhập lại mã" in text(other.get("/log-in"))
    assert log_in(NAME, OWN, on=other).status_code == 302


def test_the_choice_is_open_for_half_an_hour(newcomer, log_in, client, clock):
    log_in(NAME, CODE)
    clock.at(minutes=30, seconds=-1)
    assert client.get(PAGE).status_code == 200
    clock.at(minutes=30)
    assert client.get(PAGE).headers["Location"] == "/log-in"
    assert client.submit(PAGE, {"password": OWN, "consent": "y"}).headers["Location"] == "/log-in"
    assert [each.password_hash for each in stored(Person, Person.id == newcomer.id)] == [None]


def test_a_newer_code_ends_the_choice_begun_with_the_older(newcomer, log_in, client):
    log_in(NAME, CODE)
    change(newcomer, first_code_hash=hash_code("ZZZZZ99999"))
    assert client.submit(PAGE, {"password": OWN, "consent": "y"}).headers["Location"] == "/log-in"


def test_who_is_disabled_meanwhile_chooses_nothing(newcomer, log_in, client, clock):
    log_in(NAME, CODE)
    change(newcomer, disabled_at=clock.instant)
    assert client.submit(PAGE, {"password": OWN, "consent": "y"}).headers["Location"] == "/log-in"


def test_without_a_code_there_is_nothing_to_choose(worker, client):
    assert client.get(PAGE).headers["Location"] == "/log-in"
    assert client.submit(PAGE, {"password": OWN, "consent": "y"}).headers["Location"] == "/log-in"


def test_another_persons_code_is_wrong(worker, newcomer, log_in):
    assert log_in(password=CODE).status_code == 401


@pytest.mark.parametrize(
    "password", ["ngắn", "12345678", "matkhau123", "Lê Thị Mới", "0987654321", "01011990", "GL0042gl0042"]
)
def test_a_weak_password_is_refused_and_the_code_stays(password, newcomer, log_in, client):
    log_in(NAME, CODE)
    answer = client.submit(PAGE, {"password": password})
    assert answer.status_code == 422
    assert re.search(r'name="password"[^>]* value="[^"]', text(answer)) is None
    assert [each.first_code_hash for each in stored(Person, Person.id == newcomer.id)] == [hash_code(CODE)]


def test_a_person_with_a_role_needs_fifteen_characters(newcomer, cdcs, log_in, client):
    with transaction():
        session.add(RoleGrant(person_id=newcomer.id, role=Role.ADMIN.value, union_id=cdcs.id))
    log_in("gl0042", CODE)
    assert "ít nhất 15 ký tự" in text(client.submit(PAGE, {"password": "quán phở đầu"}))
    assert client.submit(PAGE, {"password": "quán phở đầu ngõ nhỏ", "consent": "y"}).status_code == 302


def test_a_new_password_ends_log_ins_elsewhere(newcomer, log_in, client, cast, app):
    elsewhere = cast.log_in(app.test_client(), newcomer)
    log_in(NAME, CODE)
    client.submit(PAGE, {"password": OWN, "consent": "y"})
    assert elsewhere.get("/account").status_code == 302
    assert client.get("/account").status_code == 200


def test_whom_a_list_brought_in_is_asked_for_consent_once(newcomer, log_in, client, clock):
    log_in(NAME, CODE)
    assert 'name="consent"' in text(client.get(PAGE))
    refused = client.submit(PAGE, {"password": OWN})
    assert refused.status_code == 422
    assert "chưa đồng ý thì chưa thể dùng tài khoản" in text(refused)
    client.submit(PAGE, {"password": OWN, "consent": "y"})
    assert [each.consented_at for each in stored(Person, Person.id == newcomer.id)] == [clock.instant]
    change(newcomer, password_hash=None, first_code_hash=hash_code(CODE))
    log_in(NAME, CODE)
    assert 'name="consent"' not in text(client.get(PAGE))
