"""Starts a worker for jobs that wait: a child of low priority, since this process has answers to save."""

import subprocess
from datetime import datetime, timedelta

from quizapp.db import transaction
from quizapp.jobs.queries import is_something_to_do
from quizapp.web.children import child

REST = timedelta(seconds=60)  # after a worker that died: if it cannot start at all, it shall not be tried all the time


class Worker:
    """The one child of this process that does jobs, when there are any."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.rests_until: datetime | None = None

    def wake(self, *, now: datetime) -> None:
        """Start the child if something waits and it is not at work."""
        if self.process:
            code = self.process.poll()
            if code is None:
                return
            self.process, self.rests_until = None, now + REST if code else None
        if (self.rests_until is None or now >= self.rests_until) and _something_to_do(now):
            # What it has to say goes to the log of this process; nothing is asked of it.
            self.process = subprocess.Popen(
                **child("jobs", "run", "--once"), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
            )


def _something_to_do(now: datetime) -> bool:
    with transaction(writes=False):
        return is_something_to_do(now)
