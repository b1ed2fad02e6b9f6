from datetime import timedelta

import pytest
from sqlalchemy import select

from quizapp.attempts import actions as attempts
from quizapp.contests.actions import load_contest
from quizapp.contests.queries import contest_of
from quizapp.db import session, transaction
from quizapp.errors import RoundClosed, RoundNotOpen
from quizapp.formats.contest_file import read_contest
from quizapp.formats.contest_writing import write_contest
from quizapp.models import Attempt
from quizapp.refusals import (
    ChangeGone,
    ClosedAllTheSame,
    NotPaused,
    PausedAlready,
    PausedNow,
    ShiftAfterStart,
    TakenOutAlready,
    UndoCutsSitters,
)
from tests.windows.conftest import WEEK, minute

QUIET = {"starts_at": minute(WEEK - 14), "ends_at": minute(WEEK - 12)}


def hand_in(attempt_id, clock, at):
    with transaction():
        attempts.hand_in(session.get_one(Attempt, attempt_id), now=clock.at(minutes=at))


def test_more_time_reaches_those_whom_the_rounds_close_cuts_short(hours, sit, worker, cast, cdcs):
    early, late = sit(worker, WEEK - 30), sit(cast.person("Trần Muộn", union=cdcs), WEEK - 5)
    hours.change("extension", minutes=10, at=WEEK - 2)
    assert hours.round_closes() == WEEK + 10
    assert (hours.closes(early), hours.closes(late)) == (WEEK - 10, WEEK + 10)


def test_more_time_goes_to_everybody_who_sits_when_that_is_ticked(hours, sit, worker):
    sitting = sit(worker)
    hours.change("extension", minutes=10, to_sitting=True)
    assert hours.closes(sitting) == 30
    hours.change("extension", minutes=10)
    assert hours.closes(sitting) == 30


def test_taking_back_restores_in_any_order(hours, sit, worker):
    sitting = sit(worker, WEEK - 15)
    first = hours.change("extension", minutes=3, at=WEEK - 14)
    second = hours.change("extension", minutes=10, to_sitting=True, at=WEEK - 13)
    assert hours.closes(sitting) == WEEK + 13
    hours.undo(first, at=WEEK - 12)
    assert (hours.round_closes(), hours.closes(sitting)) == (WEEK + 10, WEEK + 10)
    hours.undo(second, at=WEEK - 11)
    assert (hours.round_closes(), hours.closes(sitting)) == (WEEK, WEEK)
    with pytest.raises(ChangeGone):
        hours.undo(second, at=WEEK - 10)
    assert hours.audited() == ["change_window"] * 2 + ["undo_window"] * 2


def test_nobody_is_cut_off_by_taking_back(hours, sit, worker, clock):
    sitting = sit(worker, WEEK - 5)
    given = hours.change("extension", minutes=10, at=WEEK - 1)
    with pytest.raises(UndoCutsSitters, match="1 người"):
        hours.undo(given, at=WEEK + 1)
    hand_in(sitting, clock, WEEK + 2)
    hours.undo(given, at=WEEK + 3)
    assert (hours.round_closes(), hours.closes(sitting)) == (WEEK, WEEK + 10)


@pytest.mark.parametrize("whom", ["person", "union"])
def test_more_time_for_one_is_for_nobody_else(hours, sit, cast, worker, cdcs, province, whom):
    other = cast.person("Lê Ngoài", union=cast.union("CĐCS Khác", parent=province))
    hours.change("extension", minutes=60, **{whom: worker if whom == "person" else cdcs})
    assert hours.round_closes() == WEEK
    with pytest.raises(RoundClosed):
        sit(other, WEEK + 1)
    assert hours.closes(sit(worker, WEEK + 50)) == WEEK + 60


def test_hours_of_all_and_of_one_add_up(hours, sit, worker):
    hours.change("extension", minutes=30)
    hours.change("extension", minutes=60, person=worker)
    assert hours.closes(sit(worker, WEEK + 80)) == WEEK + 90


def test_a_round_is_shifted_until_somebody_began(hours, sit, worker):
    hours.change("shift", minutes=120)
    assert hours.round_closes() == WEEK + 120
    with pytest.raises(RoundNotOpen):
        sit(worker, 30)
    sit(worker, 60)
    with pytest.raises(ShiftAfterStart, match="1 lượt"):
        hours.change("shift", minutes=-10, at=70)


def test_more_time_that_is_over_all_the_same_is_refused(hours):
    with pytest.raises(ClosedAllTheSame):
        hours.change("extension", minutes=5, at=WEEK + 10)
    assert hours.standing() == []


def test_an_outage_gives_back_what_was_lost_of_it(hours, sit, cast, cdcs, worker, clock):
    people = [worker, *(cast.person(f"Người {number}", union=cdcs) for number in range(3))]
    before, within, after, done = (sit(each, at) for each, at in zip(people, (0, 12, 16, 1), strict=True))
    hand_in(done, clock, 9)
    hours.outage(10, 15, at=17)
    assert [hours.closes(each) for each in (before, within, after, done)] == [25, 35, 36, 21]
    assert hours.round_closes() == WEEK + 5


def test_an_outage_may_leave_the_close_alone(hours, sit, cast, cdcs, worker):
    free, cut = sit(worker, WEEK - 30), sit(cast.person("Trần Muộn", union=cdcs), WEEK - 15)
    early = hours.change("extension", minutes=2, at=WEEK - 14)
    assert (hours.closes(free), hours.closes(cut)) == (WEEK - 10, WEEK + 2)
    quiet = hours.change("outage", moves_close=False, at=WEEK - 11, **QUIET)
    assert hours.round_closes() == WEEK + 2
    assert (hours.closes(free), hours.closes(cut)) == (WEEK - 8, WEEK + 4)
    hours.change("extension", minutes=1, at=WEEK - 10)
    assert (hours.closes(free), hours.closes(cut)) == (WEEK - 8, WEEK + 5)
    hours.undo(early, at=WEEK - 10)
    hours.undo(quiet, at=WEEK - 10.5)
    assert (hours.round_closes(), hours.closes(free), hours.closes(cut)) == (WEEK + 1, WEEK - 10, WEEK + 1)
    with pytest.raises(RoundClosed):
        sit(cast.person("Lê Trễ", union=cdcs), WEEK + 3)


def test_who_got_time_past_the_close_uses_it(hours, sit, worker, clock, app, cast):
    sitting = sit(worker, WEEK - 15)
    hours.change("outage", moves_close=False, at=WEEK - 11, **QUIET)
    with transaction():
        assert attempts.close_overdue(now=clock.at(minutes=WEEK + 1)) == 0
    phone = cast.log_in(app.test_client(), worker)
    assert phone.get(f"/attempts/{sitting}").status_code == 200
    hand_in(sitting, clock, WEEK + 1)
    with transaction(writes=False):
        assert session.get_one(Attempt, sitting).submitted_at == minute(WEEK + 1)


def test_those_whom_an_outage_cut_off_are_named(hours, sit, cast, cdcs, worker):
    cut, free = sit(worker), sit(cast.person("Trần Kịp", union=cdcs), 2)
    interval = {"starts_at": minute(18), "ends_at": minute(21)}
    plan, found = hours.preview("outage", at=21.5, **interval)
    assert [each.id for each in found] == [cut]
    assert (plan.sitting, plan.helped) == (1, 1)
    assert hours.standing() == []
    assert hours.closes(free) == 22


def test_the_same_minutes_are_not_given_back_twice(hours, worker):
    hours.outage(10, 15, at=17)
    with pytest.raises(TakenOutAlready, match=r"12:10 đến 12:15"):
        hours.outage(14, 16, at=17)
    hours.outage(15, 16, at=17)
    assert hours.round_closes() == WEEK + 6


def test_in_a_pause_nobody_begins_and_nobodys_time_runs_out(hours, sit, phone, cast, cdcs, clock):
    hours.pause(at=15)
    with pytest.raises(PausedNow, match="Máy chủ bảo trì"):
        sit(cast.person("Trần Sau", union=cdcs), 16)
    clock.at(minutes=21)
    assert phone.put(phone.change(1, "1")).status_code == 200
    with transaction():
        assert attempts.close_overdue(now=clock.at(days=2)) == 0
    hours.resume(at=45)
    assert (hours.closes(phone.attempt_id), hours.round_closes()) == (50, WEEK + 30)
    assert hours.closes(sit(cast.person("Trần Sau Nữa", union=cdcs), 46)) == 66


def test_who_hands_in_during_a_pause_keeps_that_instant(hours, sit, worker, clock):
    sitting = sit(worker)
    hours.pause(at=15)
    hand_in(sitting, clock, 30)
    hours.resume(at=31)
    assert hours.closes(sitting) == 36
    with transaction(writes=False):
        assert session.get_one(Attempt, sitting).submitted_at == minute(30)


def test_one_pause_at_a_time(hours):
    with pytest.raises(NotPaused):
        hours.resume(at=1)
    lasting = hours.pause(at=2)
    with pytest.raises(PausedAlready):
        hours.pause(at=3)
    with pytest.raises(ChangeGone):
        hours.undo(lasting, at=4)
    hours.resume(at=5)
    hours.pause(at=6)
    hours.resume(at=7)
    assert hours.round_closes() == WEEK + 4


def test_a_pause_that_ended_is_taken_back(hours, sit, worker):
    sitting = sit(worker)
    paused = hours.pause(at=5)
    hours.resume(at=10)
    assert hours.closes(sitting) == 25
    hours.undo(paused, at=11)
    assert (hours.closes(sitting), hours.round_closes()) == (20, WEEK)


def test_what_was_changed_holds_when_the_contest_is_loaded_anew(hours, contest, clock):
    hours.change("extension", minutes=45)
    with transaction():
        load_contest(read_contest(write_contest(contest.rules)), now=clock.instant)
    assert hours.round_closes() == WEEK + 45
    with transaction(writes=False):
        assert contest_of("cuoc-thi").rounds[0].rules.closes_at == minute(WEEK)


def test_all_attempts_of_a_round_move_in_one_go(hours, sit, cast, cdcs):
    for number in range(5):
        sit(cast.person(f"Người {number}", union=cdcs), number)
    hours.change("extension", minutes=10, to_sitting=True)
    with transaction(writes=False):
        closes = session.scalars(select(Attempt.closes_at).order_by(Attempt.id)).all()
    assert closes == [minute(30) + timedelta(minutes=number) for number in range(5)]
