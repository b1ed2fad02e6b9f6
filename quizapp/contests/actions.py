"""Loads contests from contest files."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from quizapp.contests import checking, queries
from quizapp.contests.practice import delete_round, write_practice
from quizapp.contests.windows import forget_changes, move_again
from quizapp.db import session
from quizapp.errors import BadFile
from quizapp.formats.contest_file import ContestFile
from quizapp.models import AuditEvent, Contest, Person, Round, Snapshot
from quizapp.rules.round_rules import RoundRules


def load_contest(file: ContestFile, *, now: datetime, by: Person | None = None, is_public: bool = True) -> Contest:
    """Make the contest of a file, or change the one with its slug; return it.

    Until somebody has begun an attempt everything may change, then only what `rules.amending` lets.
    by: the organiser who asks, None for a command on the server. is_public: whether a new contest
    is public at once; one that is there stays public or not. Raises BadFile with the lines of what is wrong.
    """
    contest = _locked(file.rules.slug)
    _check(file, contest, by)
    unions = checking.unions_of(file)
    is_new = contest is None
    if contest is None:
        contest = Contest(slug=file.rules.slug, published_at=now if is_public else None)
    elif not checking.is_begun(contest):
        # Boards of nobody, maybe with other keys than the new rules have.
        session.execute(delete(Snapshot).where(Snapshot.contest_id == contest.id))
    contest.title, contest.rules = file.rules.title, file.rules
    contest.source, contest.loaded_at = file.source, now
    contest.organiser = unions[file.rules.organiser]
    contest.audience = [unions[code] for code in file.rules.audience]
    session.add(contest)
    session.flush()
    _write_rounds(contest, file.rules.rounds, now)
    event = AuditEvent(
        at=now,
        actor_id=by.id if by else None,
        action="load_contest",
        subject=f"contest:{contest.slug}",
        details={"new": is_new, "public": contest.published_at is not None}
        | {"rounds": [each.key for each in file.rules.rounds]},
    )
    session.add(event)
    session.flush()
    return contest


def check_contest(file: ContestFile, *, by: Person | None = None) -> None:
    """Raise BadFile when `load_contest` would; change nothing."""
    _check(file, queries.contest_of(file.rules.slug), by)


def _check(file: ContestFile, contest: Contest | None, by: Person | None) -> None:
    if found := checking.problems(file, contest, by):
        raise BadFile(found)


def _locked(slug: str) -> Contest | None:
    """Hold the contest and its rounds: a first attempt that begins meanwhile waits, or is seen by the check."""
    contest = session.scalar(select(Contest).where(Contest.slug == slug).with_for_update())
    if contest is not None:
        session.execute(select(Round.id).where(Round.contest_id == contest.id).with_for_update())
    return contest


def _write_rounds(contest: Contest, rounds: Sequence[RoundRules], now: datetime) -> None:
    """A round keeps its row as long as the file has its key."""
    stored = {each.key: each for each in contest.rounds}
    for position, rules in enumerate(rounds):
        kept = stored.pop(rules.key, None) or Round(contest_id=contest.id, key=rules.key)
        kept.position, kept.title, kept.rules = position, rules.title, rules
        kept.opens_at, kept.closes_at = rules.opens_at, rules.closes_at
        session.add(kept)
    forget_changes(stored.values())
    for gone in stored.values():
        delete_round(gone)
    session.flush()
    session.expire(contest, ["rounds"])
    write_practice(contest, now=now)
    move_again(contest)
