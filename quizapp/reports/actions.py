"""Publishes what was looked at; notes who took results away."""

from datetime import datetime

from quizapp.db import session
from quizapp.errors import PreviewGone
from quizapp.models import AuditEvent, Contest, Person, Snapshot
from quizapp.reports.listing import Exported
from quizapp.standings import actions as boards
from quizapp.standings import queries as standings


def prepare(contest_id: int, snapshot_id: int, *, by: Person, now: datetime) -> None:
    """Hold a snapshot for a person; boards that the contest's rules show by themselves need nobody to publish them."""
    contest, snapshot = session.get_one(Contest, contest_id), session.get(Snapshot, snapshot_id)
    if snapshot is None:
        raise PreviewGone()
    if snapshot.published_at is None:
        boards.prepare(contest, snapshot, by=by, now=now)


def publish_prepared(contest: Contest, snapshot_id: int | None, *, by: Person, now: datetime) -> Snapshot:
    """Publish exactly the snapshot that the person looked at. Raises PreviewGone when it is not the one held."""
    held = standings.prepared(contest, by)
    if held is None or held.id != snapshot_id:
        raise PreviewGone()
    boards.publish(contest, held, by=by, now=now)
    return held


def note_export(exported: Exported, *, by: Person | None, now: datetime) -> None:
    """Write down who took a contest's results away, made when, how many rows."""
    session.add(
        AuditEvent(
            at=now,
            actor_id=by.id if by else None,
            action="export_results",
            subject=f"contest:{exported.slug}",
            details={
                "snapshot": exported.snapshot_id,
                "made_at": exported.made_at.isoformat(),
                "rows": exported.rows,
            },
        )
    )
