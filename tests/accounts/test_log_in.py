"""Logging in with a password, and out again."""

import pytest


@pytest.mark.parametrize("typed", ["0912345678", "+84 912.345.678", " 912345678", "0912-345-678"])
def test_a_phone_number_is_known_however_it_is_typed(typed, worker, log_in, client):
    answer = log_in(typed)
    assert answer.headers["Location"] == "/"
    assert client.get("/account").status_code == 200


def test_a_wrong_password_is_refused(worker, log_in, client):
    answer = log_in(password="sai rồi nhé")
    assert answer.status_code == 401
    assert "chưa đúng" in answer.get_data(as_text=True)
    assert client.get("/account").status_code == 302


def test_after_logging_out_the_old_cookie_is_worth_nothing(worker, log_in, client):
    log_in()
    kept = client.get_cookie("quiz").value
    assert client.submit("/log-out").headers["Location"] == "/"
    client.set_cookie("quiz", kept)
    assert client.get("/account").status_code == 302
