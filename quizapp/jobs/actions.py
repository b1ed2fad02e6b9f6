"""Asks for long work, and forgets what was done long ago; `working` does it."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from quizapp.db import session
from quizapp.jobs import files, queries
from quizapp.models import Job, Person

KEPT = timedelta(days=30)


def ask(kind: str, subject: str, details: dict[str, Any], *, by: Person | None, now: datetime) -> Job:
    """Return a job that a worker will soon take; while one of this kind and subject is unfinished, that one.

    kind: a key of `cli.jobs.HANDLERS`. subject: as in audit events; of 'contest:<slug>' and 'contest:<slug>/…' the
    contest's organisers see the job, too.
    """
    there = queries.unfinished(kind, subject)
    if there:
        return there
    made = Job(kind=kind, subject=subject, details=details, asked_by_id=by.id if by else None, asked_at=now)
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:  # somebody asked at the same moment
        there = queries.unfinished(kind, subject)
        if there is None:
            raise
        return there
    return made


def forget_finished(*, now: datetime) -> None:
    """Delete the jobs that were finished more than 30 days ago, and the files of those of more than one day."""
    files.forget_old(now=now)
    session.execute(delete(Job).where(Job.finished_at < now - KEPT))
