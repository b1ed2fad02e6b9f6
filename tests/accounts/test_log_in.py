"""Logging in with a password, and out again; what a session is worth."""

import re
import unicodedata
from contextlib import ExitStack
from datetime import timedelta

import pytest

from quizapp.db import session, transaction
from quizapp.models import LogInFailure, LogInSession, RoleGrant
from quizapp.vocabulary import Role
from quizapp.web.login import hash_token
from quizapp.web.passwords import WAITING_PLACES, hash_password, turn
from tests.accounts.conftest import HASH, PHONE, change, stored, text
from tests.cast import PASSWORD


def is_in(client):
    return client.get("/account").status_code == 200


@pytest.mark.parametrize("typed", [PHONE, "+84 912.345.678", " 912345678", "0912-345-678", "(+84) 912 345 678"])
def test_a_phone_number_is_known_however_it_is_typed(typed, worker, log_in, client):
    assert log_in(typed).headers["Location"] == "/"
    assert is_in(client)


@pytest.mark.parametrize("typed", ["GL-0042", "gl-0042", " GL-0042 "])
def test_a_member_number_is_a_log_in_name_too(typed, worker, log_in, client):
    change(worker, member_number="GL-0042")
    assert log_in(typed).status_code == 302
    assert is_in(client)


def test_a_phone_number_goes_before_the_same_member_number(worker, cast, log_in, client):
    change(cast.person("Lê Văn Khác", phone="0900000001"), member_number=PHONE)
    assert log_in().status_code == 302
    assert "Nguyễn Thị Hoa" in text(client.get("/account"))


def test_people_without_a_phone_number_are_not_found_by_what_is_none(worker, log_in):
    change(worker, member_number="GL-0042", phone=None)
    assert log_in("không phải số").status_code == 401


def test_letters_are_alike_however_the_keyboard_composes_them(worker, log_in):
    change(worker, password_hash=hash_password(unicodedata.normalize("NFD", "quán phở đầu ngõ")))
    assert log_in(password="quán phở đầu ngõ").status_code == 302


def refusals(log_in, worker):
    """Give each way to be refused a name and an answer."""
    yield "unknown phone", log_in("0911111111", "mật khẩu nào đó")
    yield "wrong password", log_in(PHONE, "mật khẩu nào đó")
    yield "no password yet", log_in("0987654321", "mật khẩu nào đó")
    yield "wrong code", log_in("0987654321", "ABCDE-99999")
    change(worker, disabled_at=worker.created_at)
    yield "disabled", log_in(PHONE, PASSWORD)


def test_all_who_are_refused_get_the_same_answer(worker, newcomer, log_in, client):
    answers = {}
    for why, answer in refusals(log_in, worker):
        body = text(answer).replace("0911111111", PHONE).replace("0987654321", PHONE)
        answers[why] = answer.status_code, re.sub(r'(csrf_token" value=")[^"]+', r"\1", body)
        assert "chưa đúng" in body
    assert {status for status, _ in answers.values()} == {401}
    assert len({body for _, body in answers.values()}) == 1
    assert not is_in(client)


def test_the_password_is_never_in_the_page_but_the_name_stays(worker, log_in):
    page = text(log_in(password="mật khẩu nào đó"))
    assert "mật khẩu nào đó" not in page
    assert f'value="{PHONE}"' in page


@pytest.mark.parametrize(("login", "password"), [("", PASSWORD), (PHONE, ""), (PHONE, "x" * 129), ("0" * 41, PASSWORD)])
def test_what_cannot_be_a_log_in_is_said_by_the_field(login, password, worker, log_in):
    answer = log_in(login, password)
    assert answer.status_code == 422
    assert "Có mục chưa đúng" in text(answer)


def test_one_goes_on_where_one_wanted_to_go_also_after_a_wrong_password(worker, log_in, client):
    assert client.get("/account").headers["Location"] == "/log-in?next=/account"
    assert 'name="next" type="hidden" value="/account"' in text(client.get("/log-in?next=/account"))
    again = text(log_in(password="sai", target="/account"))
    assert 'name="next" type="hidden" value="/account"' in again
    assert log_in(target="/account").headers["Location"] == "/account"


ELSEWHERE = [
    "https://x.example",
    "//x.example",
    "/\\x.example",
    "/\t/x.example",
    "/\r/x",
    "\\\\x",
    "x",
    "/a\nb",
    "/a\\b",
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_the_way_back_never_leads_to_another_site(target, worker, log_in, client):
    assert log_in(target=target).headers["Location"] == "/"
    assert client.get("/log-in", query_string={"next": target}).headers["Location"] == "/"


def test_who_is_logged_in_already_is_not_asked_again(worker, log_in, client):
    log_in()
    assert client.get("/log-in?next=/account").headers["Location"] == "/account"


def test_a_log_in_begins_a_new_session_whatever_cookie_there_was(worker, log_in, client):
    with client.session_transaction() as cookie:
        cookie["_user_id"] = "planted"
        cookie["planted"] = True
    log_in()
    with client.session_transaction() as cookie:
        assert "planted" not in cookie
        token = cookie["_user_id"]
    assert token != "planted"
    assert len(token) * 6 >= 128
    assert [each.token_hash for each in stored(LogInSession)] == [hash_token(token)]


def test_logging_in_again_ends_the_log_in_that_the_browser_had(worker, log_in, client):
    log_in()
    kept = client.get_cookie("quiz").value
    log_in()
    assert len(stored(LogInSession)) == 1
    client.set_cookie("quiz", kept)
    assert not is_in(client)


def test_a_contestants_log_in_lasts_sixty_days_and_stays_in_the_browser(worker, log_in, client, clock):
    log_in()
    assert client.get_cookie("quiz").max_age or client.get_cookie("quiz").expires
    clock.at(days=60, seconds=-1)
    assert is_in(client)
    clock.at(days=60)
    assert not is_in(client)


def test_the_log_in_of_a_role_lasts_twelve_hours_and_ends_with_the_browser(cast, cdcs, log_in, client, clock):
    cast.person("Trần Văn Tổ", phone=PHONE, password_hash=HASH, roles=[(Role.ORGANISER, cdcs)])
    log_in()
    assert client.get_cookie("quiz").expires is None
    clock.at(hours=12, seconds=-1)
    assert is_in(client)
    clock.at(hours=12)
    assert not is_in(client)


def test_who_is_given_a_role_has_its_shorter_log_in_from_then_on(worker, cdcs, log_in, client, clock):
    log_in()
    with transaction():
        session.add(RoleGrant(person_id=worker.id, role=Role.JUDGE.value, union_id=cdcs.id))
    clock.at(hours=11)
    assert is_in(client)
    clock.at(hours=12)
    assert not is_in(client)


def test_who_is_disabled_is_out_at_once(worker, log_in, client, clock):
    log_in()
    change(worker, disabled_at=clock.instant)
    assert not is_in(client)


def test_a_session_whose_row_is_gone_is_over_at_once(worker, log_in, client):
    log_in()
    with transaction():
        session.execute(LogInSession.__table__.delete())
    answer = client.get("/account")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/log-in?next=/account"


def test_after_logging_out_the_old_cookie_is_worth_nothing(worker, log_in, client):
    log_in()
    kept = client.get_cookie("quiz").value
    assert client.submit("/log-out").headers["Location"] == "/"
    client.set_cookie("quiz", kept)
    assert not is_in(client)
    assert stored(LogInSession) == []


def test_a_link_cannot_log_anybody_out(worker, log_in, client):
    log_in()
    assert client.get("/log-out").status_code == 405
    assert is_in(client)


def test_a_form_without_its_token_is_refused_in_words(worker, client):
    answer = client.post("/log-in", data={"login": PHONE, "password": PASSWORD})
    assert answer.status_code == 400
    assert "Xin tải lại trang" in text(answer)
    assert stored(LogInSession) == []


def test_cookies_are_closed_to_scripts_and_to_other_sites(worker, log_in):
    cookies = log_in().headers.getlist("Set-Cookie")
    assert len(cookies) == 2
    assert all("HttpOnly" in each and "SameSite=Lax" in each for each in cookies)


def test_the_sessions_device_is_named(worker, client):
    client.submit("/log-in", {"login": PHONE, "password": PASSWORD}, headers={"User-Agent": "Firefox Android"})
    [kept] = stored(LogInSession)
    assert kept.device == "Firefox trên điện thoại Android"
    assert kept.expires_at - kept.opened_at == timedelta(days=60)


@pytest.mark.parametrize(
    ("role", "place"), [(Role.ORGANISER, "/organise"), (Role.ADMIN, "/organise"), (Role.JUDGE, "/judge")]
)
def test_a_log_in_on_the_way_to_nowhere_leads_to_the_desk_of_who_has_one(role, place, worker, cast, log_in, client):
    with transaction():
        session.add(RoleGrant(person_id=worker.id, role=role, union_id=cast.union("LĐLĐ tỉnh Mẫu").id))
    assert log_in().headers["Location"] == place
    assert client.get("/log-in").headers["Location"] == place


def test_in_a_rush_one_is_asked_to_try_again_and_no_try_is_counted(worker, log_in, client):
    with ExitStack() as waiting:
        for _ in range(WAITING_PLACES):
            waiting.enter_context(turn())
        answers = [log_in(PHONE, "sai mật khẩu") for _ in range(30)]
        assert {answer.status_code for answer in answers} == {503}
        assert "chờ vài giây" in text(answers[0])
        assert PHONE in text(answers[0])
    assert stored(LogInFailure) == []
    assert log_in().status_code == 302
