"""Keeps snapshots, publishes them, withdraws them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, or_, update

from quizapp.db import session
from quizapp.models import AuditEvent, Board, Contest, Person, Snapshot, StandingsRow
from quizapp.standings import queries
from quizapp.standings.making import Made

CHUNK = 1000


def keep(contest: Contest, made: Made) -> Snapshot:
    """Store boards as a snapshot; where the rules publish live it is published, unless an organiser withdrew the last.

    Older snapshots that no organiser published or prepared are dropped: nobody can be shown them any more.
    """
    last = queries.newest_publication(contest)
    live = queries.follows_the_rules(contest, last)
    forgotten = [Snapshot.contest_id == contest.id, Snapshot.published_by_id.is_(None)]
    if last and not live:
        # What is published now, or was withdrawn, will not be replaced by this snapshot: it stays.
        forgotten.append(or_(Snapshot.published_at.is_(None), Snapshot.id != last.id))
    session.execute(delete(Snapshot).where(*forgotten))
    snapshot = Snapshot(
        contest_id=contest.id,
        made_at=made.made_at,
        published_at=made.made_at if live else None,
        entrants=made.entrants,
        attempts=made.attempts,
        remarkings=made.remarkings,
        provisional=made.provisional,
    )
    session.add(snapshot)
    session.flush()
    for position, board in enumerate(made.boards):
        stored = Board(
            snapshot_id=snapshot.id,
            position=position,
            key=board.rules.key,
            title=board.rules.title,
            of=board.rules.of.value,
            size=len(board.rows),
            provisional=board.provisional,
        )
        session.add(stored)
        session.flush()
        for chunk in _chunks([{"board_id": stored.id, **row} for row in board.rows]):
            session.execute(insert(StandingsRow), chunk)
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


def _chunks(rows: list[dict[str, object]]) -> Iterable[list[dict[str, object]]]:
    return (rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK))
