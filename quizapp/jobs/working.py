"""What a worker does with the table of jobs, each step in a short transaction of its own: many workers never take one
job twice, and who lost a job, because it was silent too long, learns that before it writes anything."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, func, literal, select, update

from quizapp.db import session, transaction
from quizapp.jobs.queries import MOST_TRIES, is_free
from quizapp.models import Job

GIVEN_UP = (
    f"Việc này đã dừng giữa chừng {MOST_TRIES} lần nên máy chủ không làm nữa. Xin báo quản trị xem nhật ký máy chủ, "
    "rồi bấm làm lại."
)

Tell = Callable[[int], datetime]


class JobLost(Exception):
    """Another worker has taken the job, or it was finished: this one stops and writes nothing."""


@dataclass(frozen=True)
class Work:
    """A job as the worker that claimed it holds it. `turn`: which try it is."""

    job_id: int
    kind: str
    subject: str
    details: dict[str, Any]
    turn: int


def claim(*, now: datetime) -> Work | None:
    """Take the longest waiting job that nobody works at; None when there is none."""
    with transaction():
        _give_up(now)
        free = select(Job.id).where(is_free(now)).order_by(Job.id).limit(1).with_for_update(skip_locked=True)
        begun = {
            "started_at": func.coalesce(Job.started_at, literal(now, Job.started_at.type)),
            "beat_at": now,
            "progress": 0,
            "tries": Job.tries + 1,
        }
        taken = session.execute(
            update(Job)
            .where(Job.id == free.scalar_subquery())
            .values(begun)
            .returning(Job.id, Job.kind, Job.subject, Job.details, Job.tries)
            .execution_options(synchronize_session=False)
        ).first()
    return Work(*taken) if taken else None


def beat(work: Work, *, now: datetime, progress: int | None = None) -> None:
    """Give a sign of life, and tell how far the work is, in hundredths of a per cent. Raises JobLost."""
    _change(work, {"beat_at": now} | ({} if progress is None else {"progress": progress}))


def finish(work: Work, problem: str = "", *, now: datetime) -> None:
    """Write that the work is over; problem: a sentence for people, empty when all went well. Raises JobLost."""
    _change(work, {"finished_at": now, "beat_at": now, "problem": problem} | ({} if problem else {"progress": 10_000}))


def _change(work: Work, values: dict[str, Any]) -> None:
    own = Job.id == work.job_id, Job.tries == work.turn, Job.finished_at.is_(None)
    with transaction():
        done = session.execute(update(Job).where(*own).values(values).execution_options(synchronize_session=False))
        if not isinstance(done, CursorResult) or done.rowcount != 1:
            raise JobLost()


def _give_up(now: datetime) -> None:
    """Finish what has cost several workers their lives."""
    worn = update(Job).where(is_free(now), Job.tries >= MOST_TRIES).values(finished_at=now, problem=GIVEN_UP)
    session.execute(worn.execution_options(synchronize_session=False))
