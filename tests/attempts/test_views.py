"""What a person meets around a paper: starting, taking over, the form, handing in, and never a key before its time."""

import re

import pytest
from flask import template_rendered
from sqlalchemy import delete, event, insert, select, update

from quizapp.attempts.queries import graded_slots
from quizapp.db import database, session, transaction
from quizapp.models import AnswerKey, Attempt, LateChange, LogInSession, Response
from quizapp.rules.round_rules import ShowRule
from quizapp.vocabulary import ShownWhen
from tests.attempts.conftest import Phone, begin

START = "/contests/cuoc-thi/rounds/tuan-1/attempts"
SECRETS = re.compile(r"Giải thích câu|Căn cứ|Đáp án đúng|Điều \d")


@pytest.fixture
def url(phone):
    return f"/attempts/{phone.attempt_id}"


def html(reply):
    return reply.get_data(as_text=True)


def evidence():
    with transaction(writes=False):
        return {late.slot: late.answer for late in session.scalars(select(LateChange))}


def take_over(phone):
    headers = {"X-CSRFToken": phone.client.token()}
    return phone.client.post(f"/attempts/{phone.attempt_id}/takeovers", json={}, headers=headers)


# Starting


@pytest.mark.parametrize(("moment", "sentence"), [({"hours": -2}, "Đợt thi mở từ 11:00"), ({"days": 8}, "đã đóng lúc")])
def test_nobody_starts_outside_the_window(cast, client, worker, contest, clock, moment, sentence):
    clock.at(**moment)
    cast.log_in(client, worker)
    reply = client.submit(START)
    assert reply.status_code == 409
    assert sentence in html(reply)


def test_starting_twice_is_one_attempt(cast, client, worker, contest):
    cast.log_in(client, worker)
    assert client.submit(START).location == client.submit(START).location


def test_an_attempt_that_was_not_begun_takes_no_answer(cast, client, worker, contest):
    reply = Phone(cast.log_in(client, worker), 1).put({"slot": 1, "number": 1, "answer": "1"})
    assert reply.status_code == 404
    assert reply.json["error"]


@pytest.mark.parametrize("path", ["", "/review", "/result"])
def test_another_persons_paper_does_not_exist(phone, url, cast, cdcs, app, path):
    stranger = cast.log_in(app.test_client(), cast.person("Trần Thị Bình", union=cdcs))
    assert stranger.get(url + path).status_code == 404
    assert app.test_client().get(url + path).status_code == 302


@pytest.mark.parametrize("path", ["/form", "/submission", "/takeovers"])
def test_another_persons_paper_cannot_be_touched(phone, url, cast, cdcs, app, path):
    stranger = cast.log_in(app.test_client(), cast.person("Trần Thị Bình", union=cdcs))
    assert stranger.submit(url + path, {"answer-1": "1"}).status_code == 404
    assert phone.stored() == {}
    assert (phone.attempt().submitted_at, phone.attempt().takeovers) == (None, 0)


# Saving


def test_a_save_renders_nothing_and_leaves_the_log_in_alone(phone, app):
    def log_ins():
        with transaction(writes=False):
            return session.execute(select(LogInSession.__table__)).all()

    before, rendered, written = log_ins(), [], []
    template_rendered.connect(lambda *_, **facts: rendered.append(facts["template"]), app, weak=False)
    event.listen(database().engine, "before_cursor_execute", lambda c, cur, sql, *_: written.append(sql))
    reply = phone.put(phone.change(1, "1"))
    assert reply.status_code == 200
    assert "Set-Cookie" not in reply.headers
    assert rendered == []
    assert not [sql for sql in written if "log_in_sessions" in sql and "SELECT" not in sql]
    assert log_ins() == before


def test_inside_the_grace_the_paper_is_still_open_and_after_it_the_result(phone, url, clock):
    clock.at(minutes=20, seconds=1.999)
    assert phone.client.get(url).status_code == 200
    clock.at(minutes=20, seconds=2)
    for path in ("", "/review"):
        assert phone.client.get(url + path).location == f"{url}/result"
    assert "Đã hết giờ làm bài" in html(phone.client.get(f"{url}/result"))


def test_nobody_takes_over_after_the_close(phone, clock):
    clock.at(minutes=21)
    reply = take_over(phone)
    assert reply.status_code == 409
    assert "đã đóng lúc 12:20:00" in reply.json["error"]


# The form of a browser without JavaScript


def test_the_form_saves_what_was_changed_on_its_page(phone, url):
    phone.put(phone.change(1, "1"), phone.change(3, "2", flagged=True))
    was = re.search(r'name="was" value="([^"]*)"', html(phone.client.get(url)))[1]
    assert was == "1=1;3=2!"
    reply = phone.client.submit(f"{url}/form", {"was": was, "answer-2": "4", "answer-3": "2"})
    assert reply.location == url
    assert phone.stored() == {1: None, 2: "4", 3: "2"}
    assert "Đã lưu lúc 12:00:00" in html(phone.client.get(url))


def test_an_old_form_does_not_undo_what_another_device_answered_since(phone, url):
    phone.client.get(url)
    base = take_over(phone).json["base"]
    phone.put({"slot": 2, "number": base + 1, "answer": "3"}, opening=base)
    phone.client.submit(f"{url}/form", {"was": "", "answer-1": "2", "action": "review"})
    assert phone.stored() == {1: "2", 2: "3"}


def test_a_form_that_comes_late_is_refused_and_kept_as_evidence(phone, url, clock):
    phone.put(phone.change(1, "1"))
    clock.at(minutes=21)
    reply = phone.client.submit(f"{url}/form", {"was": "1=1", "answer-1": "1", "answer-2": "2"})
    assert reply.location == f"{url}/result"
    assert "gửi sau giờ đóng không được tính" in html(phone.client.get(f"{url}/result"))
    assert phone.stored() == {1: "1"}
    assert evidence() == {2: "2"}


def test_a_form_after_the_hand_in_changes_nothing(phone, url):
    phone.client.submit(f"{url}/submission")
    assert phone.client.submit(f"{url}/form", {"answer-1": "2"}).location == f"{url}/result"
    assert phone.stored() == {}


@pytest.mark.parametrize("sent", [{"answer-1": "9"}, {"answer-1": "abc"}, {"answer-1": "1;2"}])
def test_a_form_with_what_the_paper_does_not_have_is_refused(phone, url, sent):
    phone.put(phone.change(2, "1"))
    reply = phone.client.submit(f"{url}/form", sent | {"was": "2=1", "answer-2": "1"})
    assert reply.status_code == 422
    assert "Câu 1" in html(reply)
    assert phone.stored() == {2: "1"}


@pytest.mark.parametrize("was", ["", "x", "===;;!", "99=1;-1=2", "1"])
def test_a_form_whose_memory_is_garbled_still_saves(phone, url, was):
    assert phone.client.submit(f"{url}/form", {"was": was, "answer-1": "2"}).status_code == 302
    assert phone.stored() == {1: "2"}


# Handing in


def test_handing_in_twice_is_handing_in_once(phone, url, clock):
    phone.put(*(phone.change(slot, place) for slot, place in phone.right_places().items()))
    clock.at(minutes=5)
    phone.client.submit(f"{url}/submission")
    first = phone.attempt()
    clock.at(minutes=6)
    assert phone.client.submit(f"{url}/submission").location == f"{url}/result"
    second = phone.attempt()
    assert (second.submitted_at, second.mark, second.receipt) == (first.submitted_at, 500, first.receipt)


def test_a_late_hand_in_is_at_the_close(phone, url, clock):
    clock.at(minutes=40)
    phone.client.submit(f"{url}/submission")
    assert phone.attempt().submitted_at == phone.attempt().closes_at


def test_before_the_hand_in_there_is_no_result(phone, url):
    assert phone.client.get(f"{url}/result").location == url


# Keys


@pytest.fixture
def hushed(cast, province, worker, client, clock):
    """A phone in a round that shows nothing before the contest is over."""
    cast.bank(single=8, multiple=2)
    after = ShowRule(result=ShownWhen.AFTER_CONTEST, answers=ShownWhen.AFTER_CONTEST)
    cast.contest(organiser=province, rounds=[cast.round_rules(show=after)])
    return Phone(cast.log_in(client, worker), begin(worker, now=clock.instant))


def pages(phone):
    """Every answer of the server to a taker, before and after the hand-in; tokens, which change by themselves, out."""
    url = f"/attempts/{phone.attempt_id}"
    seen = [phone.client.get(url), phone.client.get(f"{url}/review"), take_over(phone), phone.put(phone.change(1, "1"))]
    phone.client.submit(f"{url}/submission")
    seen += [
        phone.client.get(f"{url}/result"),
        phone.client.get("/me/attempts"),
        phone.client.get("/contests/cuoc-thi"),
    ]
    assert [reply.status_code for reply in seen] == [200] * 7
    return [re.sub(r'(csrf[^>]*(?:value|content)=)"[^"]*"', r"\1", html(reply)) for reply in seen]


def test_no_page_tells_a_key_before_the_rules_allow(hushed):
    assert [found for page in pages(hushed) for found in SECRETS.findall(page)] == []


def test_pages_of_papers_that_differ_only_in_the_key_are_the_same_byte_for_byte(hushed):
    first = pages(hushed)
    with transaction():
        session.execute(update(Attempt).values(submitted_at=None, mark=None, takeovers=0))
        session.execute(delete(AnswerKey))
        versions = {slot.version_id for slot in session.get(Attempt, hushed.attempt_id).paper.slots}
        session.execute(insert(AnswerKey), [{"version_id": version, "position": 3} for version in versions])
        paper = session.get(Attempt, hushed.attempt_id).paper_id
        assert {slot.key.options for slot in graded_slots(paper)} == {frozenset({3})}
        session.execute(delete(Response))
    hushed.number = 0
    assert pages(hushed) == first


def test_keys_come_when_the_rules_allow(hushed, clock):
    pages(hushed)
    clock.at(days=8)
    shown = html(hushed.client.get(f"/attempts/{hushed.attempt_id}/result"))
    assert {"Giải thích câu", "Căn cứ", "Đáp án đúng"} <= set(SECRETS.findall(shown))
