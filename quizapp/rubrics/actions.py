"""Makes rubrics and changes them; a rubric in use is frozen, its change is the next version."""

from datetime import datetime

from quizapp.db import session
from quizapp.errors import RubricCodeTaken
from quizapp.models import AuditEvent, Person, Rubric, TradeUnion
from quizapp.rubrics import queries
from quizapp.rules.rubrics import RubricContent


def make(union: TradeUnion, code: str, title: str, content: RubricContent, *, by: Person, now: datetime) -> Rubric:
    """Make the first version of a rubric. Raises RubricCodeTaken."""
    if queries.newest(code):
        raise RubricCodeTaken(code=code)
    made = Rubric(code=code, version=1, union_id=union.id, title=title, content=content, made_at=now)
    return _keep(made, "make_rubric", by, now)


def change(rubric: Rubric, title: str, content: RubricContent, *, by: Person, now: datetime) -> Rubric:
    """Change a rubric that no essay was given out with; of any other make the next version. Return what stands now."""
    held = queries.newest(rubric.code, hold=True) or rubric
    if held.frozen_at is None:
        held.title, held.content, held.made_at = title, content, now
        return _keep(held, "change_rubric", by, now)
    made = Rubric(
        code=held.code, version=held.version + 1, union_id=held.union_id, title=title, content=content, made_at=now
    )
    return _keep(made, "next_rubric", by, now)


def _keep(rubric: Rubric, action: str, by: Person, now: datetime) -> Rubric:
    session.add(rubric)
    details = {"version": rubric.version, "title": rubric.title, "max_mark": rubric.content.max_mark}
    event = AuditEvent(at=now, actor_id=by.id, action=action, subject=f"rubric:{rubric.code}", details=details)
    session.add(event)
    session.flush()
    return rubric
