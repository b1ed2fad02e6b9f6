"""The judges' desk: the queue, an essay without its writer beside the rubric, and what waits for the chair."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from quizapp import clock
from quizapp.errors import BadShape, NotFound, Refused
from quizapp.judging import actions, drafts, queries, settling, states
from quizapp.judging.drafts import Draft
from quizapp.models import Allocation, Essay, JudgeSeat
from quizapp.rules import permissions
from quizapp.vocabulary import EssayState, Role
from quizapp.web.decisions import DecisionForm
from quizapp.web.guards import desk, json_only, load
from quizapp.web.login import me

bp = Blueprint("judging", __name__, url_prefix="/judge")


@bp.get("")
@desk(Role.JUDGE)
def queue() -> Any:
    found = queries.queues(me())
    decisions = {each.seat.id: _waiting(each.seat) for each in found if each.seat.is_chair}
    return render_template("judging/queue.html", queues=found, decisions=decisions)


@bp.get("/seats/<int:seat_id>")
@desk(Role.JUDGE)
def listed(seat_id: int) -> Any:
    seat = load(JudgeSeat, seat_id, permissions.may_sit)
    return render_template("judging/listed.html", queue=queries.queue_of(seat), listed=queries.listed(seat))


@bp.get("/essays/<int:allocation_id>")
@desk(Role.JUDGE)
def show(allocation_id: int) -> Any:
    return _page(load(Allocation, allocation_id, permissions.may_judge))


@bp.post("/essays/<int:allocation_id>")
@desk(Role.JUDGE)
def mark(allocation_id: int) -> Any:
    allocation = load(Allocation, allocation_id, permissions.may_judge)
    draft = drafts.read(request.form, allocation)
    try:
        if request.form.get("action") == "later":
            actions.keep(allocation, draft, now=clock.now())
        else:
            actions.finish(allocation, draft, by=me(), now=clock.now())
    except Refused as refused:
        return _page(allocation, draft, str(refused)), 422
    return _go_on(allocation)


@bp.put("/essays/<int:allocation_id>/draft")
@desk(Role.JUDGE)
@json_only
def keep(allocation_id: int) -> Any:
    allocation = load(Allocation, allocation_id, permissions.may_judge)
    fields = request.get_json()
    if not isinstance(fields, dict):
        raise BadShape(what="Xin gửi các ô của phiếu chấm.")
    draft = drafts.read(fields, allocation)
    kept = actions.keep(allocation, draft, now=clock.now())
    return {"saved_at": kept.saved_at.isoformat(), "finished": kept.finished_at is not None, "problems": draft.problems}


@bp.get("/seats/<int:seat_id>/decisions/<code>")
@desk(Role.JUDGE)
def decision(seat_id: int, code: str) -> Any:
    seat = load(JudgeSeat, seat_id, permissions.may_chair)
    return _decision_page(seat, _essay(seat, code))


@bp.post("/seats/<int:seat_id>/decisions/<code>")
@desk(Role.JUDGE)
def decide(seat_id: int, code: str) -> Any:
    seat = load(JudgeSeat, seat_id, permissions.may_chair)
    essay, form = _essay(seat, code), _form(seat)
    if not form.validate_on_submit():
        return _decision_page(seat, essay, form), 422
    facts: dict[str, Any] = {"seen": form.seen_id, "reason": form.reason.data, "by": me(), "now": clock.now()}
    actions.decide(seat, essay, form.hundredths, **facts)
    flash(f"Đã ghi quyết định về bài {essay.code}.", "good")
    return redirect(url_for("judging.queue"))


def _page(allocation: Allocation, draft: Draft | None = None, problem: str = "") -> str:
    queue, rule = queries.queue_of(allocation.seat), queries.essay_rule(allocation.seat.round)
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
        is_locked=queries.is_locked(allocation, rule.judges),
        problem=problem,
    )


def _go_on(allocation: Allocation) -> Any:
    following = queries.next_id(allocation.seat, allocation.position)
    if following is None or following == allocation.id:
        flash("Đã lưu." if following else "Đã chấm xong tất cả các bài được giao. Xin cảm ơn!", "good")
        return redirect(url_for("judging.listed", seat_id=allocation.seat_id))
    return redirect(url_for("judging.show", allocation_id=following))


def _waiting(seat: JudgeSeat) -> list[str]:
    found = states.listed(seat.round, EssayState.FOR_THE_CHAIR)
    return [each.code for each in found]


def _essay(seat: JudgeSeat, code: str) -> Essay:
    essay = queries.essay_of(seat.round_id, code)
    standing = states.of_essay(seat.round, code)
    if essay is None or standing is None or standing.state is not EssayState.FOR_THE_CHAIR:
        raise NotFound()
    return essay


def _form(seat: JudgeSeat) -> DecisionForm:
    return DecisionForm(queries.essay_rule(seat.round).max_mark)


def _decision_page(seat: JudgeSeat, essay: Essay, form: DecisionForm | None = None) -> str:
    standing = settling.standing(essay.attempt_id)
    form = form or _form(seat)
    form.seen.data = standing.id if standing else 0
    totals, _ = settling.totals_of(essay.attempt_id)
    shown = {"seat": seat, "essay": essay, "form": form, "totals": totals, "standing": standing}
    return render_template("judging/decision.html", text=queries.blind_text(essay), **shown)
