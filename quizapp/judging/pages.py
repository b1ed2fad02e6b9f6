"""What stands on the pages of a judge's desk: one essay beside its rubric, or beside one criterion."""

from flask import render_template, request

from quizapp.errors import NotFound
from quizapp.judging import drafts, queries, taking, walking
from quizapp.judging.drafts import Draft
from quizapp.models import Allocation
from quizapp.rules.rubrics import Criterion


def essay(allocation: Allocation, draft: Draft | None = None, problem: str = "") -> str:
    """The desk with one essay; draft: what was typed when something was wrong with it."""
    queue, rule = queries.queue_of(allocation.seat), queries.essay_rule(allocation.seat.round)
    is_taken = taking.is_taken(allocation)
    return render_template(
        "judging/show.html",
        allocation=allocation,
        queue=queue,
        rule=rule,
        text=queries.blind_text(allocation.essay),
        criteria=drafts.criteria_of(allocation),
        most=drafts.max_mark(allocation),
        kept=draft or queries.assessment_of(allocation),
        typed=request.form,
        assessment=queries.assessment_of(allocation),
        version=drafts.version(queries.assessment_of(allocation)),
        is_locked=is_taken or queries.is_locked(allocation, rule.judges),
        is_taken=is_taken,
        problem=problem,
        neighbours=walking.neighbours(allocation),
    )


def criterion(allocation: Allocation, key: str, draft: Draft | None = None, problem: str = "") -> str:
    """One criterion of one essay."""
    (number, one), kept = asked(allocation, key), queries.assessment_of(allocation)
    rule, is_taken = queries.essay_rule(allocation.seat.round), taking.is_taken(allocation)
    return render_template(
        "judging/criterion.html",
        allocation=allocation,
        rule=rule,
        text=queries.blind_text(allocation.essay),
        criterion=one,
        number=number,
        progress=next(each for each in walking.progress(allocation.seat) if each.criterion.key == key),
        kept=draft or kept,
        typed=request.form,
        assessment=kept,
        version=drafts.version(kept, key),
        is_locked=is_taken or queries.is_locked(allocation, rule.judges),
        is_taken=is_taken,
        problem=problem,
        neighbours=walking.neighbours(allocation),
    )


def asked(allocation: Allocation, key: str) -> tuple[int, Criterion]:
    """Return a criterion by its key, with its number from 1. Raises NotFound."""
    found = [pair for pair in enumerate(drafts.criteria_of(allocation), start=1) if pair[1].key == key]
    if not found:
        raise NotFound()
    return found[0]
