"""Keeps who took the questions of a bank with their keys."""

from datetime import datetime

from quizapp.db import session
from quizapp.models import AuditEvent, Person


def note(code: str, format_name: str, questions: int, *, by: Person | None, now: datetime) -> None:
    """Write down that a bank was taken as a file. by: None for a command on the server."""
    session.add(
        AuditEvent(
            at=now,
            actor_id=by.id if by else None,
            action="export_questions",
            subject=f"bank:{code}",
            details={"format": format_name, "questions": questions},
        )
    )
    session.flush()
