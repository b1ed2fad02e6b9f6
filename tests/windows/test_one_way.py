"""Where each question has its own seconds, time that is given goes to the question that is shown."""

from datetime import timedelta

import pytest

from quizapp.attempts import pacing
from quizapp.db import session, transaction
from quizapp.models import Attempt
from quizapp.refusals import PausedNow, UndoCutsSitters


@pytest.fixture
def contest(cast, province):
    """Five questions of a minute each."""
    cast.bank(single=8, multiple=2)
    rules = cast.round_rules(seconds_per_question=60, time_limit=timedelta(minutes=5))
    return cast.contest(organiser=province, rounds=[rules])


@pytest.fixture
def place(clock):
    """Return the question that is shown and the seconds that it has left, then the seconds until the close."""

    def at(attempt_id, minutes):
        now = clock.at(minutes=minutes)
        with transaction(writes=False):
            attempt = session.get_one(Attempt, attempt_id)
            walk = pacing.walk_now(attempt, now)
        return walk.slot, *((end - now).total_seconds() for end in (walk.ends_at, attempt.closes_at))

    return at


def leave(attempt_id, slot, clock, minutes):
    with transaction():
        pacing.move_on(session.get_one(Attempt, attempt_id), slot, now=clock.at(minutes=minutes))


def test_more_time_goes_to_the_question_that_is_shown_and_is_taken_back_exactly(hours, sit, worker, place):
    sitting = sit(worker)
    before = place(sitting, 2.5)
    given = hours.change("extension", minutes=10, to_sitting=True, at=2.5)
    assert (before, place(sitting, 2.5)) == ((3, 30, 150), (3, 630, 750))
    assert place(sitting, 12.75) == (3, 15, 135)
    assert place(sitting, 13) == (4, 60, 120)
    hours.change("extension", minutes=1, to_sitting=True, at=2.5)
    hours.undo(given, at=2.6)
    assert place(sitting, 2.5) == (3, 90, 210)


def test_nobodys_question_is_cut_off_by_taking_back(hours, sit, worker):
    sit(worker)
    given = hours.change("extension", minutes=10, to_sitting=True, at=2.5)
    with pytest.raises(UndoCutsSitters):
        hours.undo(given, at=5)


def test_while_all_is_paused_the_question_stays_and_goes_on_where_it_was(hours, sit, worker, place, clock):
    sitting = sit(worker)
    hours.pause(at=1.5)
    assert place(sitting, 60)[0] == 2
    with pytest.raises(PausedNow):
        leave(sitting, 2, clock, 60)
    hours.resume(at=61.5)
    assert place(sitting, 61.5) == (2, 30, 210)
    assert place(sitting, 62) == (3, 60, 180)


def test_an_outage_gives_its_minutes_to_the_question_that_is_shown(hours, sit, worker, place):
    sitting = sit(worker)
    given = hours.outage(1, 3, at=3.5)
    assert place(sitting, 3.5) == (4, 150, 210)
    hours.undo(given, at=3.5)
    assert place(sitting, 3.5) == (4, 30, 90)


def test_whoever_went_on_early_gets_the_time_beside_what_was_left(hours, sit, worker, place, clock):
    sitting = sit(worker)
    leave(sitting, 1, clock, 0.25)
    hours.change("extension", minutes=2, to_sitting=True, at=0.5)
    assert place(sitting, 0.5) == (2, 165, 345)
    leave(sitting, 2, clock, 1)
    assert place(sitting, 1) == (3, 60, 180)


def test_the_page_hears_how_much_its_question_got(hours, sit, worker, cast, client, clock):
    sitting = sit(worker)
    leave(sitting, 1, clock, 0.25)
    hours.change("extension", minutes=2, to_sitting=True, reason="Mạng chậm", at=0.5)
    heard = cast.log_in(client, worker).get(f"/attempts/{sitting}/clock").json
    assert (heard["notice"], heard["at_slot"]) == ("Bạn được thêm 2 phút: Mạng chậm", 2)
    assert heard["question_ends_at_ms"] - heard["server_now_ms"] == 165_000


def test_a_later_close_leaves_the_question_before_its_grace(hours, phone, clock):
    hours.change("extension", minutes=10, at=1.01)
    clock.at(seconds=61)
    assert phone.put(phone.change(1, "2")).status_code == 200
    assert phone.stored() == {1: "2"}
