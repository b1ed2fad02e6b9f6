"""The judges' desk: the queue, an essay without its writer beside the rubric, and what waits for the chair."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from quizapp import clock
from quizapp.attempts.essay_files import nth_file
from quizapp.errors import AssessmentIncomplete, BadShape, NotFound, Refused
from quizapp.judging import actions, drafts, pages, queries, returning, settling, states, taking, trial, walking
from quizapp.judging.drafts import Draft
from quizapp.judging.forms import ReturnForm, TakeForm
from quizapp.models import Allocation, Assessment, Essay, JudgeSeat
from quizapp.rules import permissions
from quizapp.vocabulary import EssayState, Role
from quizapp.web.decisions import DecisionForm
from quizapp.web.guards import desk, json_only, load
from quizapp.web.login import me
from quizapp.web.pictures import answer_picture

bp = Blueprint("judging", __name__, url_prefix="/judge")


@bp.get("")
@desk(Role.JUDGE)
def queue() -> Any:
    found = queries.queues(me())
    decisions = {each.seat.id: _waiting(each.seat) for each in found if each.seat.is_chair}
    trials = {each.seat.id: trial.of_seat(each.seat) for each in found}
    shown: dict[str, Any] = {"criteria": {each.seat.id: walking.criteria_of_seat(each.seat) for each in found}}
    shown |= {"offers": {each.seat.id: taking.offer(each.seat, clock.now()) for each in found}}
    return render_template("judging/queue.html", queues=found, decisions=decisions, trials=trials, **shown)


@bp.get("/seats/<int:seat_id>")
@desk(Role.JUDGE)
def listed(seat_id: int) -> Any:
    seat = load(JudgeSeat, seat_id, permissions.may_sit)
    shown: dict[str, Any] = {"offer": taking.offer(seat, clock.now()), "lapsed": queries.lapsed(seat)}
    return render_template("judging/listed.html", queue=queries.queue_of(seat), listed=queries.listed(seat), **shown)


@bp.post("/seats/<int:seat_id>/take")
@desk(Role.JUDGE)
def take(seat_id: int) -> Any:
    seat = load(JudgeSeat, seat_id, permissions.may_sit)
    try:
        taken = taking.take(seat, TakeForm().number(taking.USUAL), by=me(), now=clock.now())
    except Refused as refused:
        flash(str(refused), "bad")
    else:
        flash(f"Bạn vừa nhận {len(taken)} bài. Mỗi lần lưu, các bài đang giữ được giữ tiếp 45 phút.", "good")
    return redirect(url_for("judging.listed", seat_id=seat_id))


@bp.get("/essays/<int:allocation_id>")
@desk(Role.JUDGE)
def show(allocation_id: int) -> Any:
    allocation = load(Allocation, allocation_id, permissions.may_judge)
    return _to_trial(allocation.seat) or pages.essay(allocation)


@bp.post("/essays/<int:allocation_id>")
@desk(Role.JUDGE)
def mark(allocation_id: int) -> Any:
    allocation = load(Allocation, allocation_id, permissions.may_judge)
    draft, seen = drafts.read(request.form, allocation), drafts.known(request.form, drafts.sheet_of(allocation))
    try:
        if request.form.get("action") == "later":
            actions.keep(allocation, draft, seen=seen, now=clock.now())
        else:
            actions.finish(allocation, draft, by=me(), seen=seen, now=clock.now())
    except Refused as refused:
        return pages.essay(allocation, draft, str(refused)), 422
    return _go_on(allocation)


@bp.put("/essays/<int:allocation_id>/draft")
@desk(Role.JUDGE)
@json_only
def keep(allocation_id: int) -> dict[str, Any]:
    allocation = load(Allocation, allocation_id, permissions.may_judge)
    fields = _fields()
    draft, seen = drafts.read(fields, allocation), drafts.known(fields, drafts.sheet_of(allocation))
    return _kept(actions.keep(allocation, draft, seen=seen, now=clock.now()), draft)


@bp.get("/essays/<int:allocation_id>/return")
@desk(Role.JUDGE)
def give_back_form(allocation_id: int) -> Any:
    allocation = load(Allocation, allocation_id, permissions.may_judge)
    return render_template("judging/return.html", allocation=allocation, form=ReturnForm())


@bp.post("/essays/<int:allocation_id>/return")
@desk(Role.JUDGE)
def give_back(allocation_id: int) -> Any:
    allocation, form = load(Allocation, allocation_id, permissions.may_judge), ReturnForm()
    if not form.validate_on_submit():
        return render_template("judging/return.html", allocation=allocation, form=form), 422
    try:
        returning.give_back(allocation, reason=form.reason.data, by=me(), now=clock.now())
    except Refused as refused:
        flash(str(refused), "bad")
    else:
        flash(f"Đã trả lại bài {allocation.code}; bài sẽ do giám khảo khác chấm.", "good")
    return redirect(url_for("judging.listed", seat_id=allocation.seat_id))


@bp.get("/seats/<int:seat_id>/criteria")
@desk(Role.JUDGE)
def criteria(seat_id: int) -> Any:
    seat = load(JudgeSeat, seat_id, permissions.may_sit)
    shown = {"progress": walking.progress(seat), "complete": len(walking.complete(seat))}
    return _to_trial(seat) or render_template("judging/criteria.html", seat=seat, **shown)


@bp.get("/seats/<int:seat_id>/criteria/<key>")
@desk(Role.JUDGE)
def next_by_criterion(seat_id: int, key: str) -> Any:
    return _to_next(load(JudgeSeat, seat_id, permissions.may_sit), key)


@bp.get("/essays/<int:allocation_id>/criteria/<key>")
@desk(Role.JUDGE)
def criterion(allocation_id: int, key: str) -> Any:
    allocation = load(Allocation, allocation_id, permissions.may_judge)
    return _to_trial(allocation.seat) or pages.criterion(allocation, key)


@bp.post("/essays/<int:allocation_id>/criteria/<key>")
@desk(Role.JUDGE)
def mark_criterion(allocation_id: int, key: str) -> Any:
    allocation = load(Allocation, allocation_id, permissions.may_judge)
    draft, seen = _read_criterion(allocation, key, request.form)
    try:
        if draft.problems:
            raise AssessmentIncomplete(what=" ".join(draft.problems.values()))
        actions.keep_criterion(allocation, key, draft, seen=seen, now=clock.now())
    except Refused as refused:
        return pages.criterion(allocation, key, draft, str(refused)), 422
    return _to_next(allocation.seat, key, after=allocation)


@bp.put("/essays/<int:allocation_id>/criteria/<key>/draft")
@desk(Role.JUDGE)
@json_only
def keep_criterion(allocation_id: int, key: str) -> dict[str, Any]:
    allocation = load(Allocation, allocation_id, permissions.may_judge)
    draft, seen = _read_criterion(allocation, key, _fields())
    return _kept(actions.keep_criterion(allocation, key, draft, seen=seen, now=clock.now()), draft, key)


@bp.get("/seats/<int:seat_id>/complete")
@desk(Role.JUDGE)
def complete(seat_id: int) -> Any:
    seat = load(JudgeSeat, seat_id, permissions.may_sit)
    found = walking.complete(seat)
    return render_template("judging/complete.html", seat=seat, complete=found, most=drafts.most_of(seat.round))


@bp.post("/seats/<int:seat_id>/complete")
@desk(Role.JUDGE)
def finish_complete(seat_id: int) -> Any:
    seat = load(JudgeSeat, seat_id, permissions.may_sit)
    picked = set(request.form.getlist("essay"))
    wanted = [each.listed.allocation for each in walking.complete(seat) if each.ticket in picked]
    refused = actions.finish_drafts(wanted, by=me(), now=clock.now())
    if finished := len(wanted) - len(refused):
        flash(f"Đã hoàn tất {finished} bài.", "good")
    if others := len(picked) - finished:
        flash(f"{others} bài chưa hoàn tất vì vừa thay đổi; xin xem lại. {' '.join(sorted(refused))}", "bad")
    return redirect(url_for("judging.complete", seat_id=seat_id))


@bp.get("/essays/<int:allocation_id>/pictures/<int:place>")
@desk(Role.JUDGE)
def picture(allocation_id: int, place: int) -> Any:
    allocation = load(Allocation, allocation_id, permissions.may_judge)
    return _to_trial(allocation.seat) or answer_picture(nth_file(allocation.attempt_id, place).content)


@bp.get("/seats/<int:seat_id>/decisions/<code>/pictures/<int:place>")
@desk(Role.JUDGE)
def decided_picture(seat_id: int, code: str, place: int) -> Any:
    seat = load(JudgeSeat, seat_id, permissions.may_chair)
    return answer_picture(nth_file(_essay(seat, code).attempt_id, place).content)


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


def _to_trial(seat: JudgeSeat) -> Any:
    """Return the way to the next sample while the trial bars the way to real essays, else None."""
    found = trial.of_seat(seat)
    sample = found.next_sample if found.is_barring else None
    return redirect(url_for("trials.show", seat_id=seat.id, trial_id=sample.trial.id)) if sample else None


def _fields() -> dict[str, Any]:
    fields = request.get_json()
    if not isinstance(fields, dict):
        raise BadShape(what="Xin gửi các ô của phiếu chấm.")
    return fields


def _kept(kept: Assessment, draft: Draft, key: str | None = None) -> dict[str, Any]:
    state = {"saved_at": kept.saved_at.isoformat(), "finished": kept.finished_at is not None}
    return state | {"problems": draft.problems, "version": drafts.version(kept, key)}


def _read_criterion(allocation: Allocation, key: str, fields: Mapping[str, Any]) -> tuple[Draft, actions.Seen]:
    pages.asked(allocation, key)
    sheet = drafts.sheet_of(allocation)
    return drafts.read_sheet(fields, sheet, only=key), drafts.known(fields, sheet, key)


def _to_next(seat: JudgeSeat, key: str, after: Allocation | None = None) -> Any:
    found = walking.next_lacking(seat, key, after.position if after else 0)
    if found is not None and (after is None or found != after.id):
        return redirect(url_for("judging.criterion", allocation_id=found, key=key))
    flash("Đã lưu." if found else "Các bài đã có điểm ở tiêu chí này.", "good")
    return redirect(url_for("judging.criteria", seat_id=seat.id))


def _go_on(allocation: Allocation) -> Any:
    following = queries.next_id(allocation.seat, allocation.position)
    if following is None or following == allocation.id:
        flash("Đã lưu." if following else "Đã chấm xong tất cả các bài được giao. Xin cảm ơn!", "good")
        return redirect(url_for("judging.listed", seat_id=allocation.seat_id))
    return redirect(url_for("judging.show", allocation_id=following))


def _waiting(seat: JudgeSeat) -> list[str]:
    found = states.listed(seat.round, EssayState.FOR_THE_CHAIR)
    decidable = queries.decidable(seat, (each.attempt_id for each in found))
    return [each.code for each in found if each.attempt_id in decidable]


def _essay(seat: JudgeSeat, code: str) -> Essay:
    essay = queries.essay_of(seat.round_id, code)
    standing = states.of_essay(seat.round, code)
    if essay is None or standing is None or standing.state is not EssayState.FOR_THE_CHAIR:
        raise NotFound()
    if not queries.may_decide(seat, essay):
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
    shown |= {"most": drafts.most_of(seat.round)}
    return render_template("judging/decision.html", text=queries.blind_text(essay), **shown)
