"""Notes what organisers do with a contest before it runs."""

from datetime import datetime
from typing import Any

from quizapp.db import session
from quizapp.models import AuditEvent, Contest, Person


def note(action: str, contest: Contest, by: Person, now: datetime, **details: Any) -> None:
    event = AuditEvent(at=now, actor_id=by.id, action=action, subject=f"contest:{contest.slug}", details=details)
    session.add(event)
    session.flush()
