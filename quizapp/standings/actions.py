"""Keeps snapshots, publishes them, withdraws them."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, update

from quizapp.db import session
from quizapp.models import AuditEvent, Contest, Person, Snapshot
from quizapp.standings import storing
from quizapp.standings.making import Made


def keep(contest: Contest, made: Made) -> Snapshot:
    """Store boards as a snapshot at once; where the rules publish live it is published, unless an organiser withdrew.

    Older snapshots that no organiser published or prepared are dropped: nobody can be shown them any more.
    """
    snapshot, boards = storing.begin(contest, made)
    for board_id, board in boards:
        for rows in storing.parts(board):
            storing.keep_rows(board_id, rows)
    forgotten = storing.finish(contest, snapshot, made)
    session.execute(delete(Snapshot).where(Snapshot.id.in_(forgotten)))
    return snapshot


def prepare(contest: Contest, snapshot: Snapshot, *, by: Person, now: datetime) -> None:
    """Hold a snapshot for the one who will look at it and then publish it; what the same person held before goes."""
    session.execute(
        delete(Snapshot).where(
            Snapshot.contest_id == contest.id,
            Snapshot.id != snapshot.id,
            Snapshot.published_by_id == by.id,
            Snapshot.published_at.is_(None),
        )
    )
    snapshot.published_by_id = by.id
    _note(by, "prepare_publication", contest, now, snapshot)


def publish(contest: Contest, snapshot: Snapshot, *, by: Person, now: datetime) -> None:
    """Show a snapshot to everybody, in the place of any earlier one."""
    snapshot.published_at, snapshot.published_by_id, snapshot.withdrawn_at = now, by.id, None
    _note(by, "publish", contest, now, snapshot)


def withdraw(contest: Contest, *, by: Person, now: datetime, reason: str = "") -> None:
    """Take all published boards of a contest back, at once; live ones stay away until an organiser publishes again."""
    session.execute(
        update(Snapshot)
        .where(Snapshot.contest_id == contest.id, Snapshot.published_at.is_not(None), Snapshot.withdrawn_at.is_(None))
        .values(withdrawn_at=now)
    )
    _note(by, "withdraw", contest, now, reason=reason)


def _note(
    by: Person, action: str, contest: Contest, now: datetime, snapshot: Snapshot | None = None, **details: Any
) -> None:
    if snapshot:
        details |= {"snapshot": snapshot.id, "made_at": snapshot.made_at.isoformat()}
    session.add(AuditEvent(at=now, actor_id=by.id, action=action, subject=f"contest:{contest.slug}", details=details))
