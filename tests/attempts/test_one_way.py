"""Questions with seconds of their own: one is there at a time, none comes back, and the server says which it is."""

import re
import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from quizapp.db import database, session, transaction
from quizapp.models import Attempt, LateChange
from quizapp.models.base import to_microseconds
from tests.attempts.conftest import Phone, begin
from tests.attempts.test_saving import recorded
from tests.test_openapi import SAVE, TAKE_OVER, check

SECONDS = 20


@pytest.fixture
def contest(cast, province):
    cast.bank(single=8, multiple=2)
    return cast.contest(
        organiser=province,
        rounds=[cast.round_rules(seconds_per_question=SECONDS, time_limit=timedelta(seconds=5 * SECONDS))],
    )


@pytest.fixture
def url(phone):
    return f"/attempts/{phone.attempt_id}"


def shown(phone, url):
    html = phone.client.get(url).get_data(as_text=True)
    return [int(found) for found in re.findall(r'id="cau-(\d+)"', html)]


def move_on(phone, leaving):
    headers = {"X-CSRFToken": phone.client.token()}
    return phone.client.post(f"/attempts/{phone.attempt_id}/questions", json={"leaving": leaving}, headers=headers)


def evidence():
    with transaction(writes=False):
        return {late.slot: late.answer for late in session.scalars(select(LateChange))}


def milliseconds(instant):
    return to_microseconds(instant) // 1000


def test_the_page_has_one_question_and_the_next_comes_by_itself(phone, url, clock):
    for passed, slot in ((0, 1), (19.999, 1), (20, 2), (99, 5), (101.9, 5)):
        clock.at(seconds=passed)
        assert shown(phone, url) == [slot]
    clock.at(seconds=102)
    assert phone.client.get(url).location == f"{url}/result"


def test_no_other_question_is_in_what_a_page_fetches(phone, url, clock):
    clock.at(seconds=25)
    html = "".join(phone.client.get(url + path).get_data(as_text=True) for path in ("", "/review"))
    assert len(set(re.findall(r"Câu hỏi số \d+ của luat", html))) == 1
    assert 'id="map-1"' not in html


def test_an_answer_counts_for_the_question_that_is_shown_and_in_the_grace(phone, clock):
    assert phone.put(phone.change(1, "1")).status_code == 200
    clock.at(seconds=21.999)
    assert phone.put(phone.change(1, "2"), phone.change(2, "2")).status_code == 200
    clock.at(seconds=22)
    reply = phone.put(phone.change(1, "3"), phone.change(2, "3"))
    assert reply.status_code == 409
    assert (reply.json["missed"], reply.json["at_slot"]) == ([1], 2)
    assert "Câu 1 đã hết giờ" in reply.json["error"]
    assert phone.stored() == {1: "2", 2: "3"}


def test_a_question_that_has_not_come_takes_no_answer(phone):
    reply = phone.put(phone.change(2, "1"))
    assert (reply.status_code, reply.json["missed"]) == (409, [2])
    assert phone.stored() == {}
    assert evidence() == {}


def test_what_was_written_in_time_and_came_late_is_evidence_and_nothing_else_is(phone, clock):
    written = {at: milliseconds(clock.at(seconds=at)) for at in (15, 30, 70)}
    clock.at(seconds=45)
    phone.put(phone.change(1, "1", written_at=written[15]))
    phone.put(phone.change(1, "2", written_at=written[30]), phone.change(2, "2", written_at=written[30]))
    assert evidence() == {1: "1", 2: "2"}
    clock.at(minutes=5)
    phone.put(phone.change(3, "3", written_at=written[70]), phone.change(4, "4", written_at=written[70]))
    assert evidence() == {1: "1", 2: "2", 4: "4"}


def test_what_is_sent_again_after_it_was_stored_is_not_missed(phone, clock):
    change = phone.change(1, "1")
    phone.put(change)
    clock.at(seconds=30)
    assert phone.put(change).status_code == 200
    assert evidence() == {}


def test_a_reply_tells_the_question_and_its_end(phone, clock):
    clock.at(seconds=25)
    reply = phone.put(phone.change(2, "1")).json
    assert (reply["at_slot"], reply["question_ends_at_ms"] - reply["server_now_ms"]) == (2, 15_000)
    assert reply["closes_at_ms"] - reply["server_now_ms"] == 75_000


def test_going_on_early_loses_what_was_left_and_the_end_comes_sooner(phone, url, clock):
    clock.at(seconds=5)
    reply = move_on(phone, 1)
    assert (reply.status_code, reply.json["at_slot"]) == (200, 2)
    assert reply.json["question_ends_at_ms"] - reply.json["server_now_ms"] == SECONDS * 1000
    assert (phone.attempt().closes_at - phone.attempt().started_at).total_seconds() == 85
    assert shown(phone, url) == [2]
    assert phone.put(phone.change(1, "1")).json["missed"] == [1]


def test_asking_twice_moves_on_once(phone, clock):
    clock.at(seconds=5)
    assert [move_on(phone, leaving).json["at_slot"] for leaving in (1, 1, 4)] == [2, 2, 2]
    clock.at(seconds=30)
    assert move_on(phone, 2).json["at_slot"] == 3


def test_many_who_ask_at_once_move_on_once(phone, app):
    browsers, ready = [app.test_client() for _ in range(6)], threading.Barrier(6)
    headers = {"X-CSRFToken": phone.client.token()}
    for browser in browsers:
        browser.set_cookie("quiz", phone.client.get_cookie("quiz").value)

    def ask(browser):
        ready.wait()
        browser.post(f"/attempts/{phone.attempt_id}/questions", json={"leaving": 1}, headers=headers)

    threads = [threading.Thread(target=ask, args=[each]) for each in browsers]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert phone.attempt().at_slot == 2


def test_the_last_question_is_left_by_handing_in(phone, url, clock):
    clock.at(seconds=90)
    assert move_on(phone, 5).json["at_slot"] == 5
    assert phone.client.submit(f"{url}/submission").location == f"{url}/result"
    assert move_on(phone, 5).status_code == 409


def test_one_may_hand_in_at_any_question(phone, url, clock):
    phone.put(phone.change(1, phone.right_places()[1]))
    clock.at(seconds=30)
    phone.client.submit(f"{url}/submission")
    assert (phone.attempt().mark, phone.attempt().max_mark) == (100, 500)


@pytest.mark.parametrize("sent", [{}, {"leaving": None}, {"leaving": "x"}, [], {"leaving": -1}])
def test_a_page_must_say_what_it_leaves(phone, sent):
    headers = {"X-CSRFToken": phone.client.token()}
    reply = phone.client.post(f"/attempts/{phone.attempt_id}/questions", json=sent, headers=headers)
    assert reply.status_code == 422


def test_a_page_that_takes_over_stands_at_the_question_of_the_attempt(phone, url, clock):
    clock.at(seconds=45)
    headers = {"X-CSRFToken": phone.client.token()}
    taken = phone.client.post(f"{url}/takeovers", json={}, headers=headers).json
    assert (taken["at_slot"], taken["question_ends_at_ms"] - taken["server_now_ms"]) == (3, 15_000)


def test_a_form_without_javascript_saves_and_moves_on(phone, url, clock):
    clock.at(seconds=5)
    reply = phone.client.submit(f"{url}/questions", {"was": "", "answer-1": "2", "leaving": "1"})
    assert (reply.location, shown(phone, url), phone.stored()) == (url, [2], {1: "2"})
    html = phone.client.get(url).get_data(as_text=True)
    assert '<noscript><meta http-equiv="refresh" content="21"></noscript>' in html
    clock.at(seconds=50)
    phone.client.submit(f"{url}/questions", {"was": "", "answer-2": "2", "leaving": "2"})
    html = phone.client.get(url).get_data(as_text=True)
    assert "Câu 2 đã hết giờ" in html
    assert (re.findall(r'id="cau-(\d+)"', html), phone.stored()) == (["4"], {1: "2"})


def test_replies_are_as_they_are_described(phone, url, clock):
    headers = {"X-CSRFToken": phone.client.token()}
    check(phone.client.post(f"{url}/takeovers", json={}, headers=headers), TAKE_OVER, 200)
    check(phone.put(phone.change(1, "1")), SAVE, 200)
    check(phone.put(phone.change(2, "1")), SAVE, 409)
    check(move_on(phone, 1), "post /attempts/{attempt_id}/questions", 200)
    check(move_on(phone, "x"), "post /attempts/{attempt_id}/questions", 422)
    check(phone.client.get(f"{url}/clock"), "get /attempts/{attempt_id}/clock", 200)


def test_a_save_stays_one_short_transaction(phone):
    phone.put(phone.change(1, "1"))
    seen = recorded(database())
    phone.put(phone.change(1, "2"))
    assert len(seen) == (4 if database().is_sqlite else 1)


def test_where_all_questions_are_there_at_once_nothing_is_left(cast, client, worker, province, clock):
    cast.bank("khac")
    rules = cast.round_rules("ca-bai", draws=(cast.draw("khac", 5),))
    cast.contest("ca-bai", organiser=province, rounds=[rules])
    phone = Phone(cast.log_in(client, worker), begin(worker, "ca-bai", now=clock.instant))
    assert move_on(phone, 1).status_code == 422
    assert "at_slot" not in phone.put(phone.change(5, "1")).json
    with transaction(writes=False):
        assert session.get_one(Attempt, phone.attempt_id).at_slot is None
