"""What happens without anybody asking for it."""

import threading

import pytest
from sqlalchemy import select

from quizapp.attempts import actions
from quizapp.cli import housekeep
from quizapp.db import session, transaction
from quizapp.models import Attempt, Round, Snapshot


@pytest.fixture
def contest(cast):
    province = cast.union("Liên đoàn Lao động tỉnh Mẫu")
    cast.bank()
    made = cast.contest(organiser=province)
    with transaction():
        worker = session.merge(cast.person(union=province))
        actions.start(worker, session.scalar(select(Round)), entry_code="", now=cast.now())
    return made


def stored(what):
    with transaction(writes=False):
        return session.scalar(select(what))


def test_what_is_overdue_is_handed_in_and_ranked(contest, clock):
    housekeep.keep_house(now=clock.at(minutes=30))
    assert stored(Attempt).submitted_at == stored(Attempt).closes_at
    assert stored(Snapshot).attempts == 1


def test_what_is_running_is_left_alone(contest, clock):
    housekeep.keep_house(now=clock.at(minutes=19))
    assert stored(Attempt).submitted_at is None


def test_a_board_that_cannot_be_made_is_logged_and_stops_nothing(contest, clock, monkeypatch, caplog):
    def fail(contest_id, now):
        raise RuntimeError("planted")

    with monkeypatch.context() as planted:
        planted.setattr(housekeep, "keep_fresh", fail)
        housekeep.keep_house(now=clock.at(minutes=30))
    assert "planted" in caplog.text
    housekeep.keep_house(now=clock.at(minutes=31))
    assert stored(Snapshot).attempts == 1


def test_it_ends_when_it_is_told_to(app, contest):
    stop = threading.Event()
    stop.set()
    housekeep.housekeeping(app, stop)
    assert stored(Attempt).submitted_at is None
