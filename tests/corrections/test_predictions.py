"""The truth of a prediction is counted again by an organiser who says why: first looked at, then written down."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.models import Attempt, AuditEvent, Contest, Disqualification, PredictionTruth, Round
from quizapp.reports.refreshing import refresh
from quizapp.rules.contest_rules import BoardRules
from quizapp.rules.round_rules import PredictionRule
from quizapp.standings.making import make
from quizapp.vocabulary import PredictionTarget, Role, StandingsOf, TieBreak
from tests.conftest import NOON
from tests.corrections.test_corrections import answer, first_version

URL = "/organise/contests/cuoc-thi/predictions"
REASON = "Một người dự thi bị loại sau khi đếm"


@pytest.fixture
def guessed(cast, clock):
    """Three people with all right: An guessed 2, Bình 3, Chi 3 and sat longest; counted three, then Chi is left out."""
    province = cast.union("Liên đoàn Lao động tỉnh Mẫu")
    cast.bank(single=5)
    order = (TieBreak.MARKS, TieBreak.PREDICTION, TieBreak.SECONDS)
    board = BoardRules("ca-nhan", "Cá nhân", StandingsOf.PEOPLE, order=order)
    guessing = PredictionRule(PredictionTarget.PARTICIPANTS, "Có bao nhiêu người dự thi?")
    contest = cast.contest(
        organiser=province, boards=[board], rounds=[cast.round_rules(prediction=guessing)], slug="cuoc-thi"
    )
    people = [cast.person(name, union=province) for name in ("Nguyễn Văn An", "Trần Thị Bình", "Đỗ Chi")]
    for minutes, person in enumerate(people, start=1):
        answer(contest, person, 0, clock, minutes)
    with transaction():
        for person, guess in zip(people, (2, 3, 3), strict=True):
            session.scalars(select(Attempt).where(Attempt.person_id == person.id)).one().prediction = guess
    clock.instant = NOON + timedelta(days=8)
    refresh(contest.id, clock.instant)
    leave_out(contest, people[2], province, cast, clock)
    return contest, province


def leave_out(contest, person, province, cast, clock):
    boss = cast.person("Hồ Thị Ban", union=province)
    with transaction():
        made = {"reason": "Thi hộ", "made_by_id": boss.id, "made_at": clock.instant}
        session.add(Disqualification(contest_id=contest.id, person_id=person.id, **made))


@pytest.fixture
def boss(cast, app, guessed):
    person = cast.person("Lê Văn Chủ", union=guessed[1], roles=[(Role.ORGANISER, guessed[1])])
    return cast.log_in(app.test_client(), person)


def people():
    with transaction(writes=False):
        return session.scalars(select(PredictionTruth.people)).one()


def ranks(contest, clock):
    with transaction(writes=False):
        made = make(session.get_one(Contest, contest.id), now=clock.instant)
        return {made.names.of(person=who)[0]: rank for rank, who in made.boards[0].places()}


def test_a_preview_tells_the_numbers_and_the_ranks_and_changes_nothing(boss, guessed, clock):
    assert people() == 3
    shown = boss.submit(f"{URL}/tuan-1", {"reason": REASON, "action": "preview"}).get_data(as_text=True)
    assert "3 → <strong>2</strong>" in shown
    assert "Nguyễn Văn An: hạng 2 → <strong>hạng 1</strong>" in shown
    assert f'value="{REASON}"' in shown
    assert people() == 3
    with transaction(writes=False):
        assert session.scalar(select(Contest.remarkings)) == 0


def test_what_was_looked_at_is_written_down_and_boards_grow_old(boss, guessed, clock):
    assert boss.submit(f"{URL}/tuan-1", {"reason": REASON, "action": "apply", "seen": 2}).status_code == 302
    assert people() == 2
    assert ranks(guessed[0], clock) == {"Nguyễn Văn An": 1, "Trần Thị Bình": 2}
    with transaction(writes=False):
        assert session.scalar(select(Contest.remarkings)) == 1
        event = session.scalars(select(AuditEvent).where(AuditEvent.action == "recount_prediction")).one()
        assert event.details == {"round": "tuan-1", "before": 3, "after": 2, "reason": REASON}
    shown = boss.get(URL).get_data(as_text=True)
    assert REASON in shown
    assert "Lê Văn Chủ" in shown


@pytest.mark.parametrize("seen", ["3", "", "x"])
def test_another_number_than_the_one_looked_at_is_not_written_down(boss, seen):
    reply = boss.submit(f"{URL}/tuan-1", {"reason": REASON, "action": "apply", "seen": seen})
    assert reply.status_code == 409
    assert people() == 3


def test_without_a_reason_nothing_is_counted(boss):
    assert boss.submit(f"{URL}/tuan-1", {"reason": "", "action": "apply", "seen": 2}).status_code == 422
    assert people() == 3


def test_the_same_number_is_not_written_down_twice(boss):
    wish = {"reason": REASON, "action": "apply", "seen": 2}
    boss.submit(f"{URL}/tuan-1", wish)
    again = boss.submit(f"{URL}/tuan-1", wish)
    assert again.status_code == 409
    assert "vẫn được 2 người như đã ghi" in again.get_data(as_text=True)


def test_before_it_was_counted_by_itself_there_is_nothing_to_count_again(boss):
    with transaction():
        session.delete(session.get_one(PredictionTruth, session.scalar(select(Round.id))))
    assert "Chưa đếm" in boss.get(URL).get_data(as_text=True)
    assert boss.submit(f"{URL}/tuan-1", {"reason": REASON}).status_code == 404


def test_who_puts_a_key_right_is_told_that_the_truth_stays(boss, guessed):
    with transaction(writes=False):
        page = f"/organise/contests/cuoc-thi/corrections/questions/{first_version()}"
    shown = boss.submit(page, {"verdict": "void", "reason": "Điều luật đã sửa", "action": "preview"})
    assert f'href="{URL}"' in shown.get_data(as_text=True)
