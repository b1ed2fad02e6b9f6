"""Takes in marks that were given on paper, and writes down who took which papers away."""

from datetime import datetime
from typing import Any

from quizapp.db import session
from quizapp.judging import actions as judging
from quizapp.models import AuditEvent, JudgeSeat, Person, Round
from quizapp.papers.planning import Plan, Previewed


def finish_marks(seat: JudgeSeat, plan: Plan, shown: Previewed, *, by: Person, now: datetime) -> None:
    """Finish every essay of a plan by the desk's own rules, or none.

    The jury is held. Raises what `judging.actions.finish` does.
    """
    for each in sorted(plan.finishing, key=lambda each: each.allocation.attempt_id):
        judging.finish(each.allocation, each.draft, by=by, seen=frozenset({each.seen}), now=now)
    if plan.finishing:
        details = {"seat": seat.id, "file": shown.file_name, "sha256": shown.file_hash}
        note(seat.round, "import_marks", by=by, now=now, finished=len(plan.finishing), **details)


def note(round_: Round, action: str, *, by: Person | None, now: datetime, **details: Any) -> None:
    """Write down what was done with papers of a round; by None: a command on the server."""
    event = AuditEvent(at=now, actor_id=by.id if by else None, action=action, subject=f"contest:{round_.contest.slug}")
    event.details = {"round": round_.key, **details}
    session.add(event)
    session.flush()
