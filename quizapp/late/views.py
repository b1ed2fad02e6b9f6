"""The organiser's pages of late answers: who has some, what came, and the decision."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from quizapp import clock
from quizapp.attempts import late
from quizapp.attempts.reopening import is_with_judges
from quizapp.contests.addressed import organised_contest
from quizapp.db import session
from quizapp.errors import NotFound, Refused
from quizapp.late import actions, queries
from quizapp.late.forms import DecisionForm, UndoForm
from quizapp.late.texts import texts_of
from quizapp.models import Attempt, Contest, Essay
from quizapp.rules.publishing import is_published_by_rule
from quizapp.vocabulary import Role
from quizapp.web.guards import desk
from quizapp.web.login import me
from quizapp.web.urls import asked_number

bp = Blueprint("late", __name__)


@bp.get("/organise/contests/<slug>/late")
@desk(Role.ORGANISER)
def index(slug: str) -> Any:
    contest, page = organised_contest(slug), asked_number("page", 1)
    count = queries.count(contest)
    return render_template(
        "late/index.html",
        contest=contest,
        count=count,
        listed=queries.listed(contest, page),
        page=page,
        pages=-(-count.all // queries.ON_A_PAGE),
    )


@bp.get("/organise/contests/<slug>/late/<int:attempt_id>")
@desk(Role.ORGANISER)
def show(slug: str, attempt_id: int) -> Any:
    contest = organised_contest(slug)
    return _page(contest, _attempt(contest, attempt_id))


@bp.post("/organise/contests/<slug>/late/<int:attempt_id>")
@desk(Role.ORGANISER)
def decide(slug: str, attempt_id: int) -> Any:
    contest, form, asked = organised_contest(slug), DecisionForm(), request.form.get("action")
    attempt = _attempt(contest, attempt_id)
    if asked not in ("accept", "reject"):
        return _page(contest, attempt, form)
    if not form.validate_on_submit():
        return _page(contest, attempt, form), 422
    try:
        _decide(attempt, form, accept=asked == "accept")
    except Refused as refused:
        form.form_errors.append(str(refused))
        return _page(contest, attempt, form), 409
    return redirect(url_for("late.show", slug=slug, attempt_id=attempt_id))


@bp.post("/organise/contests/<slug>/late/<int:attempt_id>/undo")
@desk(Role.ORGANISER)
def undo(slug: str, attempt_id: int) -> Any:
    contest, form = organised_contest(slug), UndoForm()
    attempt = _attempt(contest, attempt_id)
    if not form.validate_on_submit():
        return _page(contest, attempt, undo_form=form), 422
    try:
        actions.undo(attempt, form.decision_id, reason=form.reason.data, by=me(), now=clock.now())
    except Refused as refused:
        flash(str(refused), "bad")
    else:
        flash("Đã hoàn tác. Câu trả lời và điểm trở lại như trước quyết định.", "good")
    return redirect(url_for("late.show", slug=slug, attempt_id=attempt_id))


def _attempt(contest: Contest, attempt_id: int) -> Attempt:
    attempt = queries.attempt_of(contest, attempt_id)
    if attempt is None:
        raise NotFound()
    return attempt


def _decide(attempt: Attempt, form: DecisionForm, *, accept: bool) -> None:
    facts: dict[str, Any] = {"seen": form.seen_count, "reason": form.reason.data, "by": me(), "now": clock.now()}
    if accept:
        actions.accept(attempt, form.picked, **facts)
        flash("Đã tính phần đến muộn được chọn và chấm lại lượt thi.", "good")
    else:
        actions.reject(attempt, **facts)
        flash("Đã ghi quyết định không tính. Điểm giữ nguyên.", "good")


def _page(
    contest: Contest, attempt: Attempt, form: DecisionForm | None = None, undo_form: UndoForm | None = None
) -> str:
    publish, decision = contest.rules.publish, late.standing(attempt)
    slots, texts = queries.slots_of(attempt, decision), texts_of(attempt, decision)
    picked = form.picked if form else queries.in_time(slots)
    changes = [each.change for slot in slots for each in slot.came] + [each.change for each in texts]
    form, undo_form = form or DecisionForm(), undo_form or UndoForm()
    form.seen.data, undo_form.decision.data = len(changes), decision.id if decision else ""
    chosen = late.replacing(changes, picked, late.stored(attempt))
    return render_template(
        "late/show.html",
        contest=contest,
        attempt=attempt,
        ended_at=queries.ended_at(attempt),
        slots=slots,
        texts=texts,
        essay=session.get(Essay, attempt.id),
        with_judges=bool(texts) and is_with_judges(attempt),
        picked=picked,
        to_count=chosen,
        mark=late.mark_with(attempt, ()) if attempt.mark is None else attempt.mark,
        preview=late.mark_with(attempt, chosen),
        decision=decision,
        fate=late.fate_of(attempt),
        acts=queries.acts(attempt),
        after_keys=queries.came_after_keys(attempt, slots),
        by_rule=is_published_by_rule(publish.board, freeze_at=publish.freeze_at, at=clock.now()),
        form=form,
        undo_form=undo_form,
    )
