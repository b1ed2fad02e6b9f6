"""A worker with handlers of the tests, in a process of its own: `python -m tests.cli.job_handlers once`."""

import time
from pathlib import Path

from quizapp import config, create_app
from quizapp.cli import jobs
from quizapp.errors import NothingToCount


def note(work, tell):
    tell(5000)
    with Path(work.details["file"]).open("a") as file:
        file.write(f"{work.job_id}\n")


def hang(work, tell):
    tell(1000)
    note(work, tell)
    time.sleep(60)


def fail(work, tell):
    raise RuntimeError("planted")


def refuse(work, tell):
    raise NothingToCount()


HANDLERS = {"note": note, "hang": hang, "fail": fail, "refuse": refuse}

if __name__ == "__main__":
    with create_app(**config.from_env()).app_context():
        while jobs.work_one(HANDLERS):
            pass
