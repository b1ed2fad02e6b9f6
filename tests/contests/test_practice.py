"""Practice comes with the contest file, and goes with it."""

from sqlalchemy import select

from quizapp.attempts.actions import start
from quizapp.contests.actions import load_contest
from quizapp.db import session, transaction
from quizapp.formats.contest_file import read_contest
from quizapp.models import Contest, Person, Round, WindowChange
from quizapp.vocabulary import Purpose
from tests.conftest import NOON
from tests.contests.conftest import FILE

WITH_PRACTICE = FILE + "      practice: {attempts: 3}\n"


def load(text):
    with transaction():
        load_contest(read_contest(text), now=NOON)


def practice():
    with transaction(writes=False):
        return session.scalars(select(Round).where(Round.purpose == Purpose.PRACTICE)).all()


def test_a_file_with_practice_makes_it_open_from_now_on(place, clock):
    load(WITH_PRACTICE)
    [made] = practice()
    assert (made.key, made.opens_at, made.rules.attempts.limit) == ("tuan-1-thi-thu", NOON, 3)
    with transaction(writes=False):
        contest = session.scalars(select(Contest)).one()
        assert [each.key for each in contest.rounds] == ["tuan-1"]
        assert made.closes_at == contest.rounds[0].closes_at


def test_loading_again_changes_practice_and_takes_it_away(place, clock):
    load(WITH_PRACTICE)
    load(WITH_PRACTICE.replace("attempts: 3", "attempts: 1"))
    [made] = practice()
    assert made.rules.attempts.limit == 1
    load(FILE)
    assert practice() == []


def test_practising_does_not_fix_the_rules_of_the_contest(cast, place, clock):
    load(WITH_PRACTICE)
    worker = cast.person(union=place.grassroots)
    [made] = practice()
    with transaction():
        start(session.get_one(Person, worker.id), session.get_one(Round, made.id), entry_code="280729", now=NOON)
    load(WITH_PRACTICE.replace("count: 5", "count: 8"))
    with transaction(writes=False):
        real = session.scalars(select(Round).where(Round.purpose == Purpose.REAL)).one()
        assert real.rules.questions == 8
    [kept] = practice()
    assert kept.rules.questions == 5  # by which the attempt is marked


def test_hours_that_were_given_to_all_stand_after_loading_again(place, clock):
    load(WITH_PRACTICE)
    with transaction():
        contest = session.scalars(select(Contest)).one()
        change = WindowChange(contest_id=contest.id, kind="extension", minutes=60, reason="Bão", made_at=NOON)
        change.made_by_id = place.organiser.id
        session.add(change)
    [before] = practice()
    load(WITH_PRACTICE)
    [after] = practice()
    assert (after.closes_at - before.closes_at).total_seconds() == 3600
