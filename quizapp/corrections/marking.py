"""Marks many attempts at once by the keys that stand now."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select

from quizapp.attempts.queries import mark_by
from quizapp.db import session
from quizapp.models import Attempt, Contest, PaperSlot, Response
from quizapp.questions.keys import judged, keys_of, put_right_in
from quizapp.rules.grading import GradedSlot, order_of


def marks_of(contest: Contest, attempts: Sequence[Attempt]) -> dict[int, int]:
    """Return, by id, the marks in hundredths that attempts of a contest have by its keys as they stand now."""
    papers = {each.paper_id for each in attempts}
    asked = select(
        PaperSlot.paper_id, PaperSlot.number, PaperSlot.option_order, PaperSlot.version_id, PaperSlot.right_mark
    )
    drawn = session.execute(asked.where(PaperSlot.paper_id.in_(papers)).order_by(PaperSlot.number)).all()
    keys, put_right = keys_of({version for _, _, _, version, _ in drawn}), put_right_in(contest.id)
    slots: dict[int, list[GradedSlot]] = defaultdict(list)
    for paper, number, order, version, right_mark in drawn:
        slot = GradedSlot(number, order_of(order), keys[version], right_mark)
        slots[paper].append(judged(slot, put_right.get(version)))
    answers: dict[int, dict[int, str | None]] = defaultdict(dict)
    stored = select(Response.attempt_id, Response.slot, Response.answer)
    for attempt, number, answer in session.execute(stored.where(Response.attempt_id.in_([a.id for a in attempts]))):
        answers[attempt][number] = answer
    return {each.id: mark_by(each, slots[each.paper_id], answers[each.id]) for each in attempts}
