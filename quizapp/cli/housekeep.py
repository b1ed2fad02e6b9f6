"""`flask housekeep`: what must happen without anybody asking for it; `flask serve` does the same in a thread."""

import signal
import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

import click
from flask import Flask, current_app

from quizapp import clock
from quizapp.accounts.actions import forget_expired
from quizapp.banks.importing import forget_sheets
from quizapp.cli.workers import Worker
from quizapp.db import transaction
from quizapp.jobs.actions import forget_finished
from quizapp.judging import taking
from quizapp.prizes.actions import publish_due_seeds
from quizapp.prizes.queries import without_due_seed
from quizapp.reports.refreshing import close_all, keep_fresh
from quizapp.standings.queries import stale_contests

EVERY_SECONDS = 15
LOOKS_FOR_JOBS = 5  # in that time: people wait for a job to begin


@click.command()
def housekeep() -> None:
    """Close overdue attempts, refresh live boards, have jobs done, until stopped: once in a cluster of nodes."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    click.echo(f"Dọn dẹp mỗi {EVERY_SECONDS} giây; dừng bằng Ctrl+C.")
    housekeeping(current_app._get_current_object(), stop)  # type: ignore[attr-defined]


def housekeeping(app: Flask, stop: threading.Event) -> None:
    """Keep house at once and then every 15 seconds, until told to stop; have jobs done that wait."""
    worker = Worker()
    while not stop.is_set():
        with app.app_context():
            keep_house(now=clock.now())
        for _ in range(LOOKS_FOR_JOBS):
            with app.app_context():
                _try("starting a worker for jobs", partial(worker.wake, now=clock.now()))
            if stop.wait(EVERY_SECONDS / LOOKS_FOR_JOBS):
                break


def keep_house(*, now: datetime) -> None:
    """Hand in what is overdue, publish seeds of lots, return lapsed essays, make fresh boards where something changed.

    What fails is logged and tried again.
    """
    _try("closing overdue attempts", partial(close_all, now))
    _try("publishing seeds of lots", partial(_publish_seeds, now))
    for round_id in _try("looking for lapsed essays", partial(_lapsed, now)) or ():
        _try(f"returning lapsed essays of round {round_id}", partial(_return, round_id, now))
    for contest_id in _try("looking for stale boards", partial(_stale, now)) or ():
        _try(f"refreshing the boards of contest {contest_id}", partial(keep_fresh, contest_id, now))
    _try("forgetting ended log-ins, jobs of long ago and files that nobody imported", partial(_forget, now))


def _forget(now: datetime) -> None:
    with transaction():
        forget_expired(now=now)
        forget_finished(now=now)
        forget_sheets(now=now)


def _publish_seeds(now: datetime) -> None:
    with transaction(writes=False):
        if not without_due_seed(now):
            return
    with transaction():
        publish_due_seeds(now=now)


def _lapsed(now: datetime) -> Sequence[int]:
    with transaction(writes=False):
        return taking.rounds_with_lapsed(now)


def _return(round_id: int, now: datetime) -> None:
    with transaction():
        taking.return_lapsed(round_id, now=now)


def _stale(now: datetime) -> list[int]:
    with transaction(writes=False):
        return [contest.id for contest in stale_contests(now)]


def _try(what: str, act: Callable[[], Any]) -> Any:
    try:
        return act()
    except Exception:
        # Whatever it was, the next round in 15 seconds must still come.
        current_app.logger.exception("housekeeping: %s failed", what)
        return None
