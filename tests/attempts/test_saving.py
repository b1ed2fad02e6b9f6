"""The promise of section "Keeping an answer" in docs/architecture.md, each sentence at its edge."""

import threading
from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import event, func, select

from quizapp.attempts.changes import BLOCK
from quizapp.db import database, session, transaction
from quizapp.models import LateChange, LogInSession
from tests.attempts.conftest import Phone, begin


def test_an_acknowledged_answer_is_stored(phone):
    reply = phone.put(phone.change(1, "2"), phone.change(3, "1"))
    assert reply.status_code == 200
    assert reply.json["acknowledged"] == 2
    assert phone.stored() == {1: "2", 3: "1"}


def test_an_older_change_never_replaces_a_newer_one(phone):
    older, newer = phone.change(1, "1"), phone.change(1, "2")
    phone.put(newer)
    assert phone.put(older).status_code == 200
    assert phone.stored() == {1: "2"}


def test_the_same_change_twice_is_one_answer(phone):
    change = phone.change(1, "1")
    assert phone.put(change).json["acknowledged"] == phone.put(change).json["acknowledged"] == 1
    assert phone.stored() == {1: "1"}


def test_one_request_after_an_outage_mends_everything_in_any_order(phone):
    changes = [phone.change(slot, str(1 + slot % 4)) for slot in (1, 2, 3, 1, 2)]
    phone.put(*reversed(changes))
    assert phone.stored() == {1: "2", 2: "3", 3: "4"}


def test_an_answer_can_be_cleared_and_a_slot_flagged_without_one(phone):
    phone.put(phone.change(1, "1"))
    phone.put(phone.change(1, None), phone.change(2, None, flagged=True))
    assert phone.stored() == {1: None, 2: None}


def test_the_closing_time_and_the_servers_time_come_with_every_reply(phone, clock):
    clock.at(minutes=5)
    reply = phone.put(phone.change(1, "1")).json
    assert reply["closes_at_ms"] - reply["server_now_ms"] == 15 * 60 * 1000


def test_an_answer_inside_the_grace_counts_and_after_it_is_refused(phone, clock):
    clock.at(minutes=20, seconds=1.999)
    assert phone.put(phone.change(1, "1")).status_code == 200
    clock.at(minutes=20, seconds=2)
    reply = phone.put(phone.change(2, "1"))
    assert reply.status_code == 409
    assert "đã đóng lúc 12:20:00" in reply.json["error"]
    assert phone.stored() == {1: "1"}


def test_what_arrives_after_the_close_is_kept_apart_as_evidence_once(phone, clock):
    written = int(clock.instant.timestamp() * 1000)
    clock.at(minutes=30)
    late = phone.change(1, "2", written_at=written)
    phone.put(late)
    phone.put(late)
    with transaction(writes=False):
        kept = session.scalars(select(LateChange)).one()
    assert (kept.slot, kept.answer) == (1, "2")
    assert kept.received_at - kept.written_at == timedelta(minutes=30)
    assert phone.stored() == {}


def test_late_changes_that_arrive_twice_at_once_are_kept_once(phone, app, clock):
    clock.at(minutes=30)
    late = {"opening": 0, "changes": [phone.change(slot, "1") for slot in range(1, 6)]}
    browsers, replies, ready = [app.test_client() for _ in range(8)], [], threading.Barrier(8)
    for browser in browsers:
        browser.set_cookie("quiz", phone.client.get_cookie("quiz").value)

    def put(browser):
        ready.wait()
        replies.append(browser.put(phone.url, json=late))

    threads = [threading.Thread(target=put, args=[each]) for each in browsers]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert [reply.status_code for reply in replies] == [409] * 8
    assert all("closes_at_ms" in reply.json for reply in replies)
    with transaction(writes=False):
        assert session.scalar(select(func.count()).select_from(LateChange)) == 5


def test_after_handing_in_nothing_changes_any_more(phone):
    phone.put(phone.change(1, "1"))
    phone.client.submit(f"/attempts/{phone.attempt_id}/submission")
    reply = phone.put(phone.change(1, "2"))
    assert reply.status_code == 409
    assert "đã đóng lúc 12:00:00" in reply.json["error"]
    assert phone.stored() == {1: "1"}


@pytest.mark.parametrize(
    ("slot", "answer"), [(0, "1"), (6, "1"), (-1, "1"), (1, "9"), (1, "1,2,3,4,5"), (1, "abc"), (1, "1;2")]
)
def test_an_answer_that_the_paper_does_not_have_is_refused(phone, slot, answer):
    phone.put(phone.change(2, "1"))
    reply = phone.put(phone.change(slot, answer))
    assert reply.status_code == 422
    assert reply.json["error"]
    assert phone.stored() == {2: "1"}


@pytest.mark.parametrize(
    "body",
    [
        [],
        {},
        {"opening": 0, "changes": "x"},
        {"opening": None, "changes": []},
        {"opening": 0, "changes": [1]},
        {"opening": 0, "changes": [{"slot": True, "number": 1}]},
        {"opening": 0, "changes": [{"slot": 1, "number": 10**30}]},
        {"opening": 0, "changes": [{"slot": 1, "number": 0, "answer": "1"}]},
        {"opening": 0, "changes": [{"slot": 1, "number": 1, "answer": 1}]},
        {"opening": 0, "changes": [{"slot": 1, "number": 1, "answer": "1"}] * 501},
    ],
)
def test_a_body_of_the_wrong_shape_is_refused_in_words(phone, body):
    reply = phone.client.put(phone.url, json=body)
    assert reply.status_code == 422
    assert reply.json["error"]


def test_a_number_beyond_the_pages_own_block_is_refused(phone):
    assert phone.put({"slot": 1, "number": BLOCK, "answer": "1"}).status_code == 422


def test_a_body_that_is_not_json_is_refused(phone):
    assert phone.client.put(phone.url, data="slot=1").status_code == 422


def test_somebody_elses_attempt_does_not_exist(phone, cast, cdcs, app):
    stranger = cast.log_in(app.test_client(), cast.person("Trần Thị Bình", union=cdcs))
    reply = Phone(stranger, phone.attempt_id).put(phone.change(1, "1"))
    assert reply.status_code == 404
    assert phone.stored() == {}


def test_without_a_log_in_the_phone_is_told_to_log_in(phone, app):
    assert Phone(app.test_client(), phone.attempt_id).put(phone.change(1, "1")).status_code == 401


def test_a_revoked_log_in_saves_nothing(phone):
    with transaction():
        session.execute(LogInSession.__table__.delete())
    assert phone.put(phone.change(1, "1")).status_code == 401
    assert phone.stored() == {}


def test_a_second_page_takes_over_and_the_first_is_told(phone):
    token = {"X-CSRFToken": phone.client.token()}
    second = phone.client.post(f"/attempts/{phone.attempt_id}/takeovers", json={}, headers=token).json
    assert second["base"] == BLOCK
    assert phone.put(phone.change(1, "1")).json["taken_over"] is True
    newer = {"slot": 1, "number": second["base"] + 1, "answer": "3"}
    assert phone.put(newer, opening=second["base"]).json["taken_over"] is False
    # What the first phone wrote without network fills what the second has not touched, and replaces nothing of it.
    phone.put(phone.change(1, "2"), phone.change(2, "4"))
    assert phone.stored() == {1: "3", 2: "4"}


def test_a_page_that_takes_over_gets_all_that_is_stored(phone):
    phone.put(phone.change(2, "1", flagged=True))
    token = {"X-CSRFToken": phone.client.token()}
    taken = phone.client.post(f"/attempts/{phone.attempt_id}/takeovers", json={}, headers=token).json
    assert taken["responses"] == [{"slot": 2, "answer": "1", "flagged": True, "number": 1}]


def test_a_save_is_one_short_transaction_that_begins_as_a_writer(phone):
    phone.put(phone.change(1, "1"))  # the first save of an attempt also asks for its paper, which never changes
    seen = recorded(database())
    phone.put(phone.change(2, "2"))
    on_sqlite = ["BEGIN IMMEDIATE", "SELECT attempts.closes_at,", "INSERT INTO", "COMMIT"]
    expected = on_sqlite if database().is_sqlite else ["WITH standing"]
    assert [" ".join(statement.split()[:2]) for statement in seen] == expected
    assert phone.stored() == {1: "1", 2: "2"}


def recorded(kept_in):
    """Return a list that every statement is written into which reaches the driver from now on."""
    seen = []

    class Recording(psycopg.Cursor):
        def execute(self, query, *args, **kwargs):
            seen.append(query)
            return super().execute(query, *args, **kwargs)

    def watch(connection, *_):
        if kept_in.is_sqlite:
            connection.set_trace_callback(seen.append)
        else:
            connection.cursor_factory = Recording

    event.listen(kept_in.engine, "checkout", watch)
    event.listen(kept_in.hot, "checkout", watch)
    return seen


def test_saves_of_one_attempt_do_not_touch_another(phone, cast, cdcs, app, clock):
    other = cast.person("Lê Văn Cường", union=cdcs)
    others = Phone(cast.log_in(app.test_client(), other), begin(other, now=clock.instant))
    others.put(others.change(1, "1"))
    phone.put(phone.change(1, "2"))
    assert (phone.stored(), others.stored()) == ({1: "2"}, {1: "1"})


def test_evidence_has_an_end(phone, clock):
    clock.at(minutes=30)
    for _ in range(3):
        phone.put(*(phone.change(1, "1") for _ in range(150)))
    with transaction(writes=False):
        assert session.scalar(select(func.count()).select_from(LateChange)) == 150
