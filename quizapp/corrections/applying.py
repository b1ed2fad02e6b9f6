"""Puts a key right and takes that back in transactions of its own: reckons while only reading, then writes in one.

A large contest is the work of a job, one at a time in a contest. All or nothing: correction, marks and the note that
boards are old are written together.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from quizapp.contests.queries import contest_of
from quizapp.corrections import correcting
from quizapp.corrections.reckoning import Told
from quizapp.corrections.wishes import Wish
from quizapp.db import session, transaction
from quizapp.errors import NotFound
from quizapp.jobs import queries as jobs
from quizapp.jobs.actions import ask
from quizapp.jobs.working import JobLost, Tell, Work
from quizapp.models import Contest, Job, KeyCorrection, Person
from quizapp.refusals import KeyWorkUnderWay

KIND = "key_correction"
SHOWN = timedelta(days=1)  # why a job failed
Before = Callable[[], object]


def _nothing() -> None:
    pass


def correct(
    contest_id: int,
    wish: Wish,
    *,
    text: str,
    by_id: int,
    now: datetime,
    told: Told = lambda _: None,
    first: Before = int,
) -> None:
    """Put a key right. first: is called in the transaction that writes, before it does. Raises ChangedMeanwhile."""
    with transaction(writes=False, steady=True):
        reckoned = correcting.reckon_correction(session.get_one(Contest, contest_id), wish, now=now, told=told)
    with transaction():
        first()
        contest, by = session.get_one(Contest, contest_id), session.get_one(Person, by_id)
        correcting.correct(contest, wish, reckoned, text=text, by=by, now=now)


def undo(
    correction_id: int, *, reason: str, by_id: int, now: datetime, told: Told = lambda _: None, first: Before = _nothing
) -> None:
    """Take a correction back; the rest is as above. Raises ChangedMeanwhile."""
    with transaction(writes=False, steady=True):
        correction = session.get_one(KeyCorrection, correction_id)
        reckoned = correcting.reckon_undoing(correction.contest, correction, now=now, told=told)
    with transaction():
        first()
        correction, by = session.get_one(KeyCorrection, correction_id), session.get_one(Person, by_id)
        correcting.undo(correction.contest, correction, reckoned, reason=reason, by=by, now=now)


def ask_to_correct(contest: Contest, wish: Wish, *, text: str, by: Person, now: datetime) -> None:
    """Have a key put right by a job. Raises KeyWorkUnderWay while another one is at it in this contest."""
    _ask(contest, {"wish": wish.plain(), "text": text}, by, now)


def ask_to_undo(contest: Contest, correction: KeyCorrection, *, reason: str, by: Person, now: datetime) -> None:
    """Have a correction taken back by a job. Raises KeyWorkUnderWay."""
    _ask(contest, {"correction": correction.id, "reason": reason}, by, now)


def shown_job(contest: Contest, now: datetime) -> Job | None:
    """Return the job that is at the keys of a contest, or that failed at them within a day."""
    job = jobs.newest(KIND, _subject(contest))
    if job is None or (job.finished_at and (not job.problem or job.finished_at < now - SHOWN)):
        return None
    return job


def apply(work: Work, tell: Tell) -> None:
    """Put right or take back what was asked for: the work of a job; once, also when a worker dies after it.

    Raises NotFound, ChangedMeanwhile, JobLost.
    """
    details, now = work.details, tell(0)
    with transaction(writes=False):
        contest, asked_by = contest_of(work.subject.partition(":")[2]), session.get_one(Job, work.job_id).asked_by_id
    if contest is None or asked_by is None:
        raise NotFound()
    if details.get("done"):
        return
    how: dict[str, Any] = {
        "by_id": asked_by,
        "now": now,
        "told": lambda share: tell(round(9_500 * share)),
        "first": lambda: _hold(work),
    }
    if "wish" in details:
        correct(contest.id, Wish.of(details["wish"]), text=details["text"], **how)
    else:
        undo(details["correction"], reason=details["reason"], **how)


def _hold(work: Work) -> None:
    """Note in the transaction that does the work that it is done. Raises JobLost."""
    job = session.get_one(Job, work.job_id, with_for_update=True)
    if job.tries != work.turn or job.finished_at is not None:
        raise JobLost()
    job.details = {**job.details, "done": True}
    session.flush()


def _ask(contest: Contest, details: dict[str, Any], by: Person, now: datetime) -> None:
    if ask(KIND, _subject(contest), details, by=by, now=now).details != details:
        raise KeyWorkUnderWay()


def _subject(contest: Contest) -> str:
    return f"contest:{contest.slug}"
