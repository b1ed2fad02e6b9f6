"""Asking for long work, taking it once, losing it, and who may see how far it is."""

import threading

import pytest
from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.jobs import actions, working
from quizapp.jobs.queries import is_something_to_do
from quizapp.models import Job
from quizapp.vocabulary import Role, UnionKind
from tests.test_openapi import check

SHOW = "get /jobs/{job_id}"


def ask(now, kind="count", subject="contest:cuoc-thi", by=None):
    with transaction():
        return actions.ask(kind, subject, {"to": 3}, by=by, now=now)


def kept():
    with transaction(writes=False):
        return session.scalars(select(Job).order_by(Job.id)).all()


def test_whoever_asks_again_gets_the_unfinished_one(cast, clock):
    first = ask(clock.instant)
    assert ask(clock.at(minutes=1)).id == first.id
    assert ask(clock.instant, subject="contest:khac").id != first.id
    assert ask(clock.instant, kind="other").id != first.id
    assert len(kept()) == 3


def test_a_finished_one_is_asked_for_anew(cast, clock):
    first = ask(clock.instant)
    working.finish(working.claim(now=clock.instant), now=clock.instant)
    assert ask(clock.instant).id != first.id


def test_two_who_ask_at_once_get_the_same(app, cast, clock):
    together, found = threading.Barrier(8), []

    def one():
        with app.app_context():
            together.wait()
            found.append(ask(clock.instant).id)

    threads = [threading.Thread(target=one) for _ in range(8)]
    [each.start() for each in threads]
    [each.join() for each in threads]
    assert len(found) == 8
    assert len(set(found)) == 1


def test_jobs_are_taken_in_the_order_of_asking_and_once(cast, clock):
    asked = [ask(clock.instant, subject=f"contest:{number}").id for number in range(3)]
    assert [working.claim(now=clock.instant).job_id for _ in asked] == asked
    assert working.claim(now=clock.instant) is None


def test_a_claimed_job_is_as_it_was_asked(cast, clock):
    ask(clock.instant)
    work = working.claim(now=clock.at(minutes=1))
    assert (work.kind, work.subject, work.details, work.turn) == ("count", "contest:cuoc-thi", {"to": 3}, 1)
    (job,) = kept()
    assert job.started_at == job.beat_at == clock.instant


def test_a_silent_worker_loses_its_job_and_writes_nothing_more(cast, clock):
    ask(clock.instant)
    lost = working.claim(now=clock.instant)
    working.beat(lost, now=clock.at(seconds=10), progress=2500)
    assert working.claim(now=clock.at(seconds=70)) is None
    with transaction(writes=False):
        assert not is_something_to_do(clock.instant)
    taken = working.claim(now=clock.at(seconds=70.001))
    assert taken.turn == 2
    for write in (working.beat, working.finish):
        with pytest.raises(working.JobLost):
            write(lost, now=clock.instant)
    working.beat(taken, now=clock.instant, progress=100)
    assert kept()[0].progress == 100


def test_what_killed_three_workers_is_given_up_with_a_sentence(cast, clock):
    ask(clock.instant)
    assert [working.claim(now=clock.at(minutes=2 * turn)).turn for turn in range(3)] == [1, 2, 3]
    assert working.claim(now=clock.at(minutes=6)) is None
    (job,) = kept()
    assert job.finished_at == clock.instant
    assert "dừng giữa chừng 3 lần" in job.problem


def test_what_was_finished_a_month_ago_is_forgotten(cast, clock):
    ask(clock.instant)
    working.finish(working.claim(now=clock.instant), now=clock.instant)
    ask(clock.instant)
    for now, left in ((clock.at(days=30), 2), (clock.at(days=30, seconds=1), 1)):
        with transaction():
            actions.forget_finished(now=now)
        assert len(kept()) == left


@pytest.fixture
def province(cast):
    return cast.union("LĐLĐ tỉnh Mẫu", kind=UnionKind.PROVINCE)


def test_a_job_is_seen_by_who_asked_and_by_the_organisers_of_its_contest(app, client, cast, province, clock):
    cdcs = cast.union("CĐCS Dệt Mẫu", parent=province)
    cast.bank()
    cast.contest(organiser=province)
    asker = cast.person(union=cdcs, roles=[(Role.ORGANISER, cdcs)])
    other = cast.person(union=cdcs, roles=[(Role.ORGANISER, cdcs)])
    organiser = cast.person(union=province, roles=[(Role.ORGANISER, province)])
    job = ask(clock.instant, subject="contest:cuoc-thi/tuan-1", by=asker)
    own = ask(clock.instant, subject="person:1", by=asker)
    working.beat(working.claim(now=clock.instant), now=clock.instant, progress=1234)

    def seen(person, job):
        browser = cast.log_in(app.test_client(), person)
        return browser.get(f"/jobs/{job.id}", headers={"Accept": "application/json"})

    assert check(seen(organiser, job), SHOW, 200) == {"progress": 1234, "is_finished": False, "problem": ""}
    assert check(seen(asker, job), SHOW, 200)["progress"] == 1234
    check(seen(other, job), SHOW, 404)
    check(seen(organiser, own), SHOW, 404)
    check(seen(asker, own), SHOW, 200)


def test_a_finished_job_tells_its_problem(client, cast, province, clock):
    asker = cast.person(union=province)
    job = ask(clock.instant, by=asker)
    working.finish(working.claim(now=clock.instant), "Không được.", now=clock.instant)
    told = check(cast.log_in(client, asker).get(f"/jobs/{job.id}"), SHOW, 200)
    assert (told["is_finished"], told["problem"]) == (True, "Không được.")


# The planner of PostgreSQL reads small tables whole.
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_search_for_work_needs_no_full_table(app, cast):
    with transaction(writes=False):
        plan = session.connection().exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT id FROM jobs WHERE finished_at IS NULL AND (started_at IS NULL OR beat_at < 5)"
        )
        assert "uq_jobs_one_unfinished" in str(plan.all())
