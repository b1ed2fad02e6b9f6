"""Facts about jobs: what waits for a worker, who may see how far one is."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select

from quizapp.db import session
from quizapp.models import Contest, Job, Person
from quizapp.rules import permissions

MOST_TRIES = 3
DEAD_AFTER = timedelta(seconds=60)  # without a sign of life; a worker gives one every 10 seconds


def unfinished(kind: str, subject: str) -> Job | None:
    """Return the job of this kind and subject that waits or is being done."""
    return session.scalar(select(Job).where(Job.kind == kind, Job.subject == subject, Job.finished_at.is_(None)))


def newest(kind: str, subject: str) -> Job | None:
    """Return the job of this kind and subject that was asked for last, finished or not."""
    return session.scalar(select(Job).where(Job.kind == kind, Job.subject == subject).order_by(Job.id.desc()).limit(1))


def is_free(now: datetime) -> ColumnElement[bool]:
    """Return the condition of jobs that nobody works at: never begun, or the worker died."""
    return and_(Job.finished_at.is_(None), or_(Job.started_at.is_(None), Job.beat_at < now - DEAD_AFTER))


def is_something_to_do(now: datetime) -> bool:
    return session.scalar(select(Job.id).where(is_free(now)).limit(1)) is not None


def may_see(person: Person, job: Job) -> bool:
    """Who asked sees a job; one about a contest ('contest:<slug>', 'contest:<slug>/…') all its organisers see."""
    if job.asked_by_id == person.id:
        return True
    what, _, named = job.subject.partition(":")
    slug = named.partition("/")[0] if what == "contest" else ""
    contest = session.scalar(select(Contest).where(Contest.slug == slug)) if slug else None
    return contest is not None and permissions.may_organise(person, contest)
