"""Asks a job for a look at what a corrected key would change, and finds what it made.

What a page tells stands in the job's details; the workbook of all changes is the job's file, for a day.
"""

from datetime import datetime

from quizapp.corrections.looking import Preview
from quizapp.corrections.wishes import Wish
from quizapp.jobs import queries as jobs
from quizapp.jobs.actions import ask
from quizapp.models import Contest, Job, Person
from quizapp.refusals import KeyWorkUnderWay

KIND = "key_preview"


def ask_for_preview(contest: Contest, wish: Wish, *, by: Person, now: datetime) -> None:
    """Have a preview made for an organiser. Raises KeyWorkUnderWay while one of another wish is made for them."""
    asked = {"wish": wish.plain()}
    if ask(KIND, _subject(contest, wish.version_id, by), asked, by=by, now=now).details != asked:
        raise KeyWorkUnderWay()


def job_of(contest: Contest, version_id: int, by: Person) -> Job | None:
    """Return the newest preview of a question that an organiser asked for, made or not yet."""
    return jobs.newest(KIND, _subject(contest, version_id, by))


def made_by(job: Job | None) -> Preview | None:
    """Return what a job found, if it is over and went well."""
    return Preview.of(job.details["told"]) if job and job.finished_at and "told" in job.details else None


def _subject(contest: Contest, version_id: int, by: Person) -> str:
    return f"contest:{contest.slug}/key:{version_id}/{by.id}"
