"""Workers as processes of their own: never one job twice, none lost when one is killed, every failure told."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from quizapp.cli import jobs
from quizapp.cli.workers import REST, Worker
from quizapp.db import session, transaction
from quizapp.jobs import actions
from quizapp.models import Job
from tests.cli.job_handlers import HANDLERS
from tests.house import ROOT


@pytest.fixture
def start(app):
    """Start workers; what a test leaves is killed."""
    started = []

    def one(*command, **pipes):
        environment = {**os.environ, "DATABASE_URL": app.config["DATABASE_URL"], "SECRET_KEY": "test"}
        environment["INSTANCE"] = str(app.config["INSTANCE"])
        command = [sys.executable, *(command or ("-m", "tests.cli.job_handlers"))]
        started.append(subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True, **pipes))
        return started[-1]

    yield one
    for each in started:
        each.kill()
        each.communicate()


def ask(kind, *subjects, file=""):
    with transaction():
        for subject in subjects:
            actions.ask(kind, subject, {"file": str(file)}, by=None, now=datetime.now(UTC))


def kept():
    with transaction(writes=False):
        return session.scalars(select(Job).order_by(Job.id)).all()


def noted(file):
    return sorted(int(line) for line in file.read_text().split())


def test_two_workers_and_fifty_jobs_never_do_one_twice(app, cast, start, tmp_path):
    done = tmp_path / "done"
    ask("note", *(f"contest:{number}" for number in range(50)), file=done)
    workers = [start() for _ in range(2)]
    assert [each.wait(60) for each in workers] == [0, 0]
    assert noted(done) == sorted(each.id for each in kept())
    assert {(each.tries, each.progress, each.problem, each.finished_at is None) for each in kept()} == {
        (1, 10_000, "", False)
    }


def test_the_job_of_a_killed_worker_is_done_by_the_next(app, cast, start, tmp_path):
    done = tmp_path / "done"
    os.mkfifo(done)
    ask("hang", "contest:a", file=done)
    killed = start()
    assert done.read_text() == f"{kept()[0].id}\n"  # it is in the middle of it
    killed.send_signal(signal.SIGKILL)
    killed.wait(20)
    assert kept()[0].progress == 5000
    with transaction():  # a minute goes by
        session.execute(update(Job).values(beat_at=datetime.now(UTC) - timedelta(seconds=61), kind="note"))
    done.unlink()
    assert start().wait(60) == 0
    (job,) = kept()
    assert noted(done) == [job.id]
    assert (job.tries, job.problem, job.progress) == (2, "", 10_000)


def test_a_failure_is_told_and_logged_and_the_next_job_is_done(app, cast, clock, caplog, tmp_path):
    ask("fail", "contest:a")
    ask("refuse", "contest:a")
    ask("nobody knows", "contest:a")
    ask("note", "contest:a", file=tmp_path / "done")
    assert [jobs.work_one(HANDLERS) for _ in range(5)] == [True] * 4 + [False]
    problems = [each.problem for each in kept()]
    assert problems == [jobs.FAILED, "Chưa chọn câu nào để tính. " + problems[1][27:], jobs.UNKNOWN, ""]
    assert "planted" in caplog.text
    assert all(each.finished_at for each in kept())


def test_who_lost_a_job_does_not_finish_it(app, cast, clock, caplog):
    def slow(work, tell):
        clock.at(minutes=5)
        assert jobs.working.claim(now=clock.instant).turn == 2

    ask("slow", "contest:a")
    jobs.work_one({"slow": slow})
    assert kept()[0].finished_at is None
    assert "was lost" in caplog.text


def test_the_command_does_what_waits_and_ends(app, cast, start):
    ask("nobody knows", "contest:a")
    worker = start("-m", "flask", "--app", "wsgi", "jobs", "run", "--once")
    assert worker.wait(60) == 0
    assert kept()[0].problem == jobs.UNKNOWN


def test_housekeeping_starts_one_child_when_something_waits(app, cast):
    worker, now = Worker(), datetime.now(UTC)
    worker.wake(now=now)
    assert worker.process is None
    ask("nobody knows", "contest:a")
    worker.wake(now=now)
    first = worker.process
    assert first.wait(60) == 0
    assert kept()[0].problem == jobs.UNKNOWN
    worker.wake(now=now)
    assert worker.process is None


def test_a_child_that_cannot_work_is_not_started_all_the_time(app, cast):
    ask("note", "contest:a")
    worker, now = Worker(), datetime.now(UTC)
    good, app.config["DATABASE_URL"] = app.config["DATABASE_URL"], "sqlite:////nowhere/at/all.sqlite3"
    worker.wake(now=now)
    app.config["DATABASE_URL"] = good
    assert worker.process.wait(60) != 0
    worker.wake(now=now)
    worker.wake(now=now + REST - timedelta(seconds=1))
    assert worker.process is None
    worker.wake(now=now + REST)
    assert worker.process.wait(60) == 0
