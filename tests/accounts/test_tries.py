"""Wrong tries are counted, waits grow, and nobody locks out an honest person's own phone."""

import threading

import pytest

from quizapp.accounts import tries
from quizapp.accounts.devices import MOST_NAMES, Device, device_of
from quizapp.db import session, transaction
from quizapp.errors import LogInLocked, LogInThrottled
from quizapp.models import LogInFailure
from quizapp.rules.throttling import FREE_TRIES, MOST_TRIES
from quizapp.web.passwords import hash_code
from tests.accounts.conftest import CODE, PHONE, change, stored, text
from tests.cast import PASSWORD

STRANGE = Device("strange")


def fail(times, *, name=PHONE, device=STRANGE, now):
    """Have wrong tries counted without the slow check of a password."""
    key = tries.key_of(name, device)
    with transaction():
        session.merge(LogInFailure(key=key, failures=times, last_at=now))


@pytest.mark.parametrize("login", [PHONE, "0911111111"])
def test_wrong_tries_are_counted_though_they_are_refused_and_for_unknown_names_alike(login, worker, log_in, clock):
    for _ in range(3):
        assert log_in(login, "sai").status_code == 401
    assert [each.failures for each in stored(LogInFailure)] == [3]


def test_after_ten_wrong_tries_even_the_right_password_must_wait(worker, log_in, clock):
    fail(FREE_TRIES, now=clock.instant)
    answer = log_in()
    assert answer.status_code == 429
    assert "Xin chờ 30 giây rồi thử lại" in text(answer)
    clock.at(seconds=29.5)
    assert "Xin chờ 1 giây" in text(log_in())
    clock.at(seconds=30)
    assert log_in().status_code == 302


def test_a_refused_try_is_not_counted(worker, log_in, clock):
    fail(FREE_TRIES, now=clock.instant)
    log_in()
    assert [each.failures for each in stored(LogInFailure)] == [FREE_TRIES]


def test_an_unknown_name_must_wait_alike(worker, log_in, clock):
    fail(FREE_TRIES, now=clock.instant)
    fail(FREE_TRIES, name="0911111111", now=clock.instant)
    known, unknown = log_in(PHONE, "sai"), log_in("0911111111", "sai")
    assert known.status_code == unknown.status_code == 429
    assert len(text(known)) == len(text(unknown))


def test_all_spellings_of_a_number_are_one_name(worker, log_in, clock):
    log_in("+84912345678", "sai")
    log_in("912 345 678", "sai")
    assert [each.failures for each in stored(LogInFailure)] == [2]


def test_the_right_password_ends_the_row_of_wrong_ones(worker, log_in, clock):
    fail(FREE_TRIES - 1, now=clock.instant)
    assert log_in().status_code == 302
    assert stored(LogInFailure) == []


def test_after_a_hundred_no_waiting_helps_and_the_way_out_is_told(worker, log_in, clock):
    fail(MOST_TRIES, now=clock.instant)
    clock.at(days=20)
    answer = log_in()
    assert answer.status_code == 429
    assert "cấp mã đăng nhập mới" in text(answer)


def test_a_new_code_lets_a_locked_person_in_and_ends_the_lock(worker, log_in, client, clock):
    fail(MOST_TRIES, now=clock.instant)
    change(worker, password_hash=None, first_code_hash=hash_code(CODE))
    assert log_in(password=CODE).headers["Location"] == "/log-in/password"
    client.submit("/log-in/password", {"password": "quán phở đầu ngõ", "consent": "y"})
    assert stored(LogInFailure) == []
    client.submit("/log-out")
    assert log_in(password="quán phở đầu ngõ").status_code == 302


def test_strangers_do_not_lock_the_phone_on_which_the_owner_has_logged_in(worker, log_in, client, clock):
    log_in()
    client.submit("/log-out")
    fail(MOST_TRIES, now=clock.instant)
    assert log_in().status_code == 302
    # … and the owner's coming and going does not give the strangers new tries.
    assert [each.failures for each in stored(LogInFailure)] == [MOST_TRIES]


def test_a_known_phone_that_fell_into_other_hands_has_only_its_own_tries(worker, log_in, client, app, clock):
    log_in()
    client.submit("/log-out")
    with client.session_transaction():
        device = device_of(client.get_cookie("quiz_device", path="/log-in").value)
    fail(FREE_TRIES, device=device, now=clock.instant)
    assert log_in().status_code == 429
    assert log_in(on=app.test_client()).status_code == 302


def test_a_device_is_known_for_those_only_who_logged_in_on_it(worker, cast, log_in, client, clock):
    cast.person("Lê Văn Khác", phone="0911111111")
    log_in()
    client.submit("/log-out")
    fail(FREE_TRIES, name="0911111111", now=clock.instant)
    assert log_in("0911111111").status_code == 429


@pytest.mark.parametrize("cookie", ["", "x", "WyJhIl0.forged"])
def test_a_forged_device_is_known_to_nobody(cookie, worker, log_in, client, clock):
    client.set_cookie("quiz_device", cookie, path="/log-in")
    fail(FREE_TRIES, now=clock.instant)
    assert log_in().status_code == 429


def test_a_device_remembers_the_last_twenty_names(cast):
    device = Device("a").with_names(map(str, range(MOST_NAMES))).with_names(["new", "0"])
    kept = device_of(device.signed())
    assert kept == device
    assert len(kept.names) == MOST_NAMES
    assert kept.knows("new")
    assert kept.knows("0")
    assert not kept.knows(str(MOST_NAMES - 1))


def test_neither_the_cookie_nor_the_table_tells_a_phone_number(worker, log_in, client, clock):
    log_in()
    log_in("0911111111", "sai")
    assert PHONE not in client.get_cookie("quiz_device", path="/log-in").value
    assert all("0911111111" not in each.key for each in stored(LogInFailure))


def test_guesses_that_arrive_together_are_counted_like_those_in_a_row(app, cast, clock):
    ready, allowed, refused = threading.Barrier(24), [], []

    def guess():
        ready.wait()
        with app.app_context():
            try:
                with transaction():
                    tries.take("key", now=clock.instant)
                allowed.append(1)
            except LogInThrottled:
                refused.append(1)

    threads = [threading.Thread(target=guess) for _ in range(24)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert (len(allowed), len(refused)) == (FREE_TRIES, 24 - FREE_TRIES)


def test_a_patient_guesser_has_a_hundred_tries_and_needs_a_day_for_them(cast, clock):
    counted = 0
    for _ in range(MOST_TRIES):
        with transaction():
            try:
                tries.take("key", now=clock.instant)
            except LogInThrottled:
                clock.at(hours=counted)
                tries.take("key", now=clock.instant)
            counted += 1
    clock.at(days=365)
    with transaction(), pytest.raises(LogInLocked):
        tries.take("key", now=clock.instant)


def test_the_password_on_the_own_page_is_throttled_too(worker, log_in, client, clock):
    log_in()
    for _ in range(FREE_TRIES):
        client.submit("/account/password", {"old": "sai", "password": "quán phở đầu ngõ"})
    answer = client.submit("/account/password", {"old": PASSWORD, "password": "quán phở đầu ngõ"})
    assert answer.status_code == 422
    assert "Xin chờ 30 giây" in text(answer)
