"""Closes what is overdue and makes fresh snapshots, in short transactions of its own: long work never holds up writers.

Boards of a large contest are made by a job: one at a time, whoever wants them, and seen by who waits for them.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import func, select

from quizapp.attempts.actions import close_overdue
from quizapp.contests.queries import contest_of
from quizapp.db import session, transaction
from quizapp.errors import NotFound
from quizapp.jobs import queries as jobs
from quizapp.jobs.actions import ask
from quizapp.jobs.working import Tell, Work
from quizapp.models import Attempt, Contest, Job, Person, Round, Snapshot
from quizapp.standings import actions as boards
from quizapp.standings import storing
from quizapp.standings.making import Made, make

KIND = "boards"
AT_ONCE = 20_000  # attempts whose boards are made while an organiser waits: some seconds
WAITING = "for"  # in a job's details: the ids of the organisers for whom a snapshot shall be held

Told = Callable[[int], object]


def close_some(now: datetime) -> int:
    """Hand in some overdue attempts in a transaction of their own; return how many."""
    with transaction():
        return close_overdue(now=now)


def close_all(now: datetime) -> None:
    """Hand in everything that is overdue, some at a time."""
    while close_some(now):
        pass


def refresh(contest_id: int, now: datetime, told: Told = lambda _: None) -> int:
    """Rank while only reading, then store the result part by part. Return the snapshot's id.

    told: is told how far it is, in hundredths of a per cent, before anything is written.
    """
    return _keep(contest_id, _made(contest_id, now, told), told)


def is_long(contest: Contest) -> bool:
    """Return whether making a contest's boards is the work of a job."""
    some = select(Attempt.id).join(Round).where(Round.contest_id == contest.id).limit(AT_ONCE + 1).subquery()
    return (session.scalar(select(func.count()).select_from(some)) or 0) > AT_ONCE


def ask_for_boards(contest: Contest, *, by: Person | None, now: datetime) -> None:
    """Have boards made by a job; with `by` they are held for that organiser to look at and to publish."""
    job = ask(KIND, _subject(contest), {WAITING: []}, by=by, now=now)
    session.refresh(job, with_for_update=True)
    if by and by.id not in job.details[WAITING]:
        job.details = {WAITING: [*job.details[WAITING], by.id]}


def keep_fresh(contest_id: int, now: datetime) -> None:
    """Make a contest's boards anew: at once, or by a job that rests between two times as long as it works."""
    with transaction(writes=False):
        contest = session.get_one(Contest, contest_id)
        long, last = is_long(contest), _last_job(contest)
    if not long:
        refresh(contest_id, now)
    elif last is None or _is_rested(last, now):
        with transaction():
            ask_for_boards(session.get_one(Contest, contest_id), by=None, now=now)


def awaited(contest: Contest, by: Person) -> Job | None:
    """Return the newest job of a contest's boards if an organiser waits for it, or waited."""
    last = _last_job(contest)
    return last if last and by.id in last.details[WAITING] else None


def make_boards(work: Work, tell: Tell) -> None:
    """Make boards: the work of a job. Begun anew after a worker's death it begins at the beginning. Raises JobLost."""
    now = tell(0)
    with transaction(writes=False):
        contest = contest_of(work.subject.partition(":")[2])
        if contest is None:
            raise NotFound()
    close_all(now)
    made, held = _made(contest.id, now, tell), set[int]()
    while True:  # each who waits gets a snapshot to hold, also who came in the meantime
        snapshot_id = _keep(contest.id, made, tell)
        now = tell(9_950)
        with transaction():
            waiting = set(session.get_one(Job, work.job_id, with_for_update=True).details[WAITING]) - held
            if waiting:
                held.add(min(waiting))
                _hold(snapshot_id, contest.id, min(waiting), now)
        if len(waiting) <= 1:
            return


def _made(contest_id: int, now: datetime, told: Told) -> Made:
    with transaction(writes=False):
        return make(session.get_one(Contest, contest_id), now=now, told=lambda share: told(round(4_000 * share)))


def _hold(snapshot_id: int, contest_id: int, person_id: int, now: datetime) -> None:
    contest, snapshot = session.get_one(Contest, contest_id), session.get_one(Snapshot, snapshot_id)
    if snapshot.published_at is None:
        boards.prepare(contest, snapshot, by=session.get_one(Person, person_id), now=now)


def _keep(contest_id: int, made: Made, told: Told) -> int:
    told(5_000)
    snapshot_id, forgotten = _store(contest_id, made, told)
    for each in forgotten:
        while _forget_some(each):
            told(9_900)
    return snapshot_id


def _store(contest_id: int, made: Made, told: Told) -> tuple[int, list[int]]:
    """Store a snapshot; return its id, and the ids of those that it makes needless."""
    with transaction():
        snapshot, kept_boards = storing.begin(session.get_one(Contest, contest_id), made)
    rows, stored = sum(len(board.placed) for _, board in kept_boards), 0
    for board_id, board in kept_boards:
        for part in storing.parts(board):
            told(5_000 + 4_500 * stored // rows)
            with transaction():
                storing.keep_rows(board_id, part)
            stored += len(part)
    told(9_500)
    with transaction():
        kept = session.merge(snapshot, load=False)
        return kept.id, list(storing.finish(session.get_one(Contest, contest_id), kept, made))


def _forget_some(snapshot_id: int) -> bool:
    with transaction():
        return storing.forget_some(snapshot_id)


def _subject(contest: Contest) -> str:
    return f"contest:{contest.slug}"


def _last_job(contest: Contest) -> Job | None:
    return jobs.newest(KIND, _subject(contest))


def _is_rested(job: Job, now: datetime) -> bool:
    if job.finished_at is None or job.started_at is None:
        return False
    return now - job.finished_at >= job.finished_at - job.started_at
