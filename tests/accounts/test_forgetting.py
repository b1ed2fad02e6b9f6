"""What is over is forgotten, by itself."""

from datetime import timedelta

from quizapp.cli.housekeep import keep_house
from quizapp.db import session, transaction
from quizapp.models import LogInFailure, LogInSession
from quizapp.rules.throttling import MOST_TRIES
from tests.accounts.conftest import stored


def test_ended_log_ins_are_deleted_at_their_end(cast, client, worker, clock):
    cast.log_in(client, worker)  # for thirty days
    keep_house(now=clock.at(days=30, seconds=-1))
    assert len(stored(LogInSession)) == 1
    keep_house(now=clock.at(days=30))
    assert stored(LogInSession) == []


def test_wrong_tries_are_forgotten_after_thirty_days_but_a_lock_is_not(app, cast, clock):
    with transaction():
        session.add(LogInFailure(key="few", failures=MOST_TRIES - 1, last_at=clock.instant))
        session.add(LogInFailure(key="locked", failures=MOST_TRIES, last_at=clock.instant))
    keep_house(now=clock.at(days=30))
    assert len(stored(LogInFailure)) == 2
    keep_house(now=clock.instant + timedelta(seconds=1))
    assert [each.key for each in stored(LogInFailure)] == ["locked"]
