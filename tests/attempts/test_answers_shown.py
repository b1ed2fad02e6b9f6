"""Keys are shown only when nobody can sit the round any more, whoever's hours were moved."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from quizapp.attempts.actions import hand_in
from quizapp.contests.windows import latest_close
from quizapp.db import session, transaction
from quizapp.models import Attempt, Contest, Round, WindowChange
from quizapp.rules.round_rules import ShowRule
from quizapp.vocabulary import ShownWhen
from tests.attempts.conftest import begin
from tests.conftest import NOON

CLOSE = NOON + timedelta(days=7)


@pytest.fixture
def extended(cast, province):
    """Give somebody, or a union, a day more for the round."""

    def extend(minutes=24 * 60, **whose):
        boss = cast.person(union=province)
        with transaction():
            contest = session.scalars(select(Contest)).one()
            session.add(
                WindowChange(
                    contest_id=contest.id,
                    kind="extension",
                    minutes=minutes,
                    reason="Nằm viện",
                    made_by_id=boss.id,
                    made_at=NOON,
                    **whose,
                )
            )

    return extend


@pytest.fixture
def handed_in(cast, client, province, worker):
    """Make a contest that shows keys at `when`, with one paper handed in; give the page of its result."""

    def make(when):
        cast.bank()
        cast.contest(organiser=province, rounds=[cast.round_rules(show=ShowRule(answers=when))])
        attempt_id = begin(worker, now=NOON)
        with transaction():
            hand_in(session.get(Attempt, attempt_id), now=NOON + timedelta(minutes=1))
        cast.log_in(client, worker)
        return lambda: client.get(f"/attempts/{attempt_id}/result").get_data(as_text=True)

    return make


@pytest.mark.parametrize("when", [ShownWhen.AFTER_ROUND, ShownWhen.AFTER_CONTEST])
def test_keys_wait_for_somebody_with_later_hours_and_the_page_says_until_when(
    cast, cdcs, clock, handed_in, extended, when
):
    page, other = handed_in(when), cast.person("Lê Văn Chậm", union=cdcs)
    extended(person_id=other.id)
    clock.at(days=7, minutes=1)
    html = page()
    assert "Bài làm và đáp án" not in html
    assert "Đáp án được công bố từ 12:00 ngày 09/12/2026" in html
    clock.at(days=8, minutes=1)
    assert "Bài làm và đáp án" in page()


def test_hours_add_up_for_a_person_whose_union_has_more_time_too(cast, cdcs, province, clock, handed_in, extended):
    page, other = handed_in(ShownWhen.AFTER_ROUND), cast.person("Lê Văn Chậm", union=cdcs)
    extended(person_id=other.id)
    extended(union_id=province.id, minutes=60)
    clock.at(days=8, minutes=30)
    assert "Bài làm và đáp án" not in page()
    clock.at(days=8, minutes=61)
    assert "Bài làm và đáp án" in page()


def test_an_attempt_that_still_runs_is_waited_for(cast, cdcs, clock, handed_in):
    page, other = handed_in(ShownWhen.AFTER_ROUND), cast.person("Lê Văn Chậm", union=cdcs)
    running = begin(other, now=CLOSE - timedelta(minutes=5))
    with transaction():
        session.get(Attempt, running).closes_at = CLOSE + timedelta(minutes=10)
    clock.at(days=7, minutes=1)
    assert "Bài làm và đáp án" not in page()
    clock.at(days=7, minutes=11)
    assert "Bài làm và đáp án" in page()


def test_without_moved_hours_the_round_closes_for_all_at_once(handed_in, extended, worker):
    handed_in(ShownWhen.AFTER_ROUND)
    extended(person_id=worker.id, minutes=-30)
    with transaction(writes=False):
        assert latest_close(session.scalars(select(Round)).all()) == CLOSE


def test_practice_that_closes_with_its_round_keeps_its_keys_as_long(cast, cdcs, client, clock, handed_in, extended):
    page, other = handed_in(ShownWhen.AFTER_ROUND), cast.person("Lê Văn Chậm", union=cdcs)
    with transaction():
        real = session.scalars(select(Round)).one()
        facts = {"contest_id": real.contest_id, "position": 0, "key": "tuan-1-thi-thu", "title": "Thi thử"}
        practice = Round(**facts, opens_at=real.opens_at, closes_at=real.closes_at, rules=real.rules)
        practice.purpose = "practice"
        session.add(practice)
        session.flush()
        session.scalars(select(Attempt)).one().round_id = practice.id
        whose = {"round_id": real.id, "person_id": other.id}
    extended(**whose)
    clock.at(days=7, minutes=1)
    assert "Bài làm và đáp án" not in page()
    clock.at(days=8, minutes=1)
    assert "Bài làm và đáp án" in page()
