"""Marks many attempts at once by keys as they stand, or as they would stand."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import select

from quizapp.attempts.queries import mark_by
from quizapp.db import session
from quizapp.models import Attempt, PaperSlot, Response
from quizapp.questions.keys import PutRight, judged, keys_of
from quizapp.rules.grading import GradedSlot, order_of


def marks_of(attempts: Sequence[Attempt], put_right: Mapping[int, PutRight]) -> dict[int, int]:
    """Return, by id, the marks of attempts in hundredths. put_right: what stands in place of keys, by version."""
    papers = {each.paper_id for each in attempts}
    asked = select(
        PaperSlot.paper_id, PaperSlot.number, PaperSlot.option_order, PaperSlot.version_id, PaperSlot.right_mark
    )
    drawn = session.execute(asked.where(PaperSlot.paper_id.in_(papers)).order_by(PaperSlot.number)).all()
    keys = keys_of({version for _, _, _, version, _ in drawn})
    slots: dict[int, list[GradedSlot]] = defaultdict(list)
    for paper, number, order, version, right_mark in drawn:
        slot = GradedSlot(number, order_of(order), keys[version], right_mark)
        slots[paper].append(judged(slot, put_right.get(version)))
    answers: dict[int, dict[int, str | None]] = defaultdict(dict)
    stored = select(Response.attempt_id, Response.slot, Response.answer)
    for attempt, number, answer in session.execute(stored.where(Response.attempt_id.in_([a.id for a in attempts]))):
        answers[attempt][number] = answer
    return {each.id: mark_by(each, slots[each.paper_id], answers[each.id]) for each in attempts}
