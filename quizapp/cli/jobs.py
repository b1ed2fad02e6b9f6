"""`flask jobs`: does the long work that waits; which kinds there are, and what does each."""

import os
import signal
import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

import click
from flask import Flask, current_app

from quizapp import clock
from quizapp.corrections import applying, previewing, workbook
from quizapp.errors import QuizError
from quizapp.jobs import working
from quizapp.jobs.working import JobLost, Tell, Work
from quizapp.likeness import searching
from quizapp.questions import figures
from quizapp.reports import refreshing

# A handler may be begun anew when its worker died: what it writes, it writes so that twice is once. It tells now and
# then how far it is, and before it writes anything: then it learns by JobLost that it shall not.
Handler = Callable[[Work, Tell], None]
HANDLERS: Mapping[str, Handler] = {
    searching.KIND: searching.search,
    figures.KIND: figures.reckon,
    refreshing.KIND: refreshing.make_boards,
    previewing.KIND: workbook.make_preview,
    applying.KIND: applying.apply,
}

LOOK_EVERY_SECONDS = 2
BEAT_EVERY_SECONDS = 10
MOST_BEATS = 180  # half an hour: what takes longer hangs
FAILED = "Máy chủ gặp lỗi khi làm việc này. Xin bấm làm lại; nếu vẫn lỗi, xin báo quản trị xem nhật ký máy chủ."
TOO_LONG = "Việc này chạy quá 30 phút nên máy chủ đã dừng. Xin báo quản trị."
UNKNOWN = "Phiên bản đang chạy trên máy chủ không biết làm việc này. Xin báo quản trị."


@click.group()
def jobs() -> None:
    """Long work that people asked for."""


@jobs.command("run")
@click.option("--once", is_flag=True, help="Stop when nothing waits any more.")
def run(once: bool) -> None:
    """Do what waits; housekeeping starts this by itself, more workers may run beside it."""
    stop = threading.Event()
    if not once:  # a worker of --once may be stopped at any time: the job is taken again
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
    while not stop.is_set():
        while not stop.is_set() and work_one(HANDLERS):
            pass
        if once:
            return
        stop.wait(LOOK_EVERY_SECONDS)


def work_one(handlers: Mapping[str, Handler]) -> bool:
    """Claim a job and do it; return whether there was one."""
    work = working.claim(now=clock.now())
    if work is None:
        return False
    current_app.logger.info("job %s (%s, %s) begun, try %s", work.job_id, work.kind, work.subject, work.turn)
    try:
        working.finish(work, _problem(work, handlers), now=clock.now())
    except JobLost:
        current_app.logger.warning("job %s (%s) was lost to another worker", work.job_id, work.kind)
    return True


def _problem(work: Work, handlers: Mapping[str, Handler]) -> str:
    """Do the work; return what went wrong as a sentence for people, or nothing."""
    if work.kind not in handlers:
        return UNKNOWN
    over = threading.Event()
    heart = threading.Thread(target=_beat, args=(current_app._get_current_object(), work, over), daemon=True)  # type: ignore[attr-defined]
    heart.start()
    try:
        handlers[work.kind](work, partial(_tell, work))
    except JobLost:
        raise
    except QuizError as error:
        return str(error)
    except Exception:
        # Whatever it was, who waits must be told, and the next job must be done.
        current_app.logger.exception("job %s (%s, %s) failed", work.job_id, work.kind, work.subject)
        return FAILED
    finally:
        over.set()
        heart.join()
    return ""


def _tell(work: Work, progress: int) -> datetime:
    now = clock.now()
    working.beat(work, now=now, progress=progress)
    return now


def _beat(app: Flask, work: Work, over: threading.Event) -> None:
    """Give a sign of life every 10 seconds, whatever the handler is busy with; end the process when that hangs."""
    with app.app_context():
        for _ in range(MOST_BEATS):
            if over.wait(BEAT_EVERY_SECONDS):
                return
            try:
                working.beat(work, now=clock.now())
            except JobLost:
                return
            except Exception:
                app.logger.exception("job %s: no sign of life could be written", work.job_id)
        working.finish(work, TOO_LONG, now=clock.now())
        app.logger.error("job %s (%s, %s) hung", work.job_id, work.kind, work.subject)
        os._exit(1)
