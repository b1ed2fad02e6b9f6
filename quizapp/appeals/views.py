"""The writer's pages of comments and of the appeal, and the organisers' desk for appeals."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for

from quizapp import clock
from quizapp.appeals import actions, queries
from quizapp.appeals import feedback as comments
from quizapp.appeals.actions import Decision
from quizapp.appeals.forms import AnswerForm, AppealForm
from quizapp.contests.addressed import organised_round
from quizapp.db import session
from quizapp.errors import NotFound, Refused
from quizapp.essays.queries import assessments, layers
from quizapp.judging import drafts, settling
from quizapp.judging.queries import essay_of, essay_rule
from quizapp.models import Appeal, Attempt, Essay, Round
from quizapp.rules import permissions
from quizapp.vocabulary import AppealAnswer, Role
from quizapp.web.guards import desk, load
from quizapp.web.login import me

bp = Blueprint("appeals", __name__)

DESK = "/organise/contests/<slug>/essays/<key>/appeals"


@bp.get("/attempts/<int:attempt_id>/feedback")
def feedback(attempt_id: int) -> Any:
    attempt = load(Attempt, attempt_id, permissions.may_answer)
    essay = session.get(Essay, attempt_id)
    found = comments.feedback_of(essay) if essay and comments.is_open(attempt, clock.now()) else None
    if essay is None or found is None:
        raise NotFound()
    rule = essay_rule(attempt.round)
    return render_template("appeals/feedback.html", attempt=attempt, essay=essay, rule=rule, feedback=found)


@bp.get("/attempts/<int:attempt_id>/appeal")
def own(attempt_id: int) -> Any:
    return _own_page(_written(attempt_id))


@bp.post("/attempts/<int:attempt_id>/appeal")
def ask(attempt_id: int) -> Any:
    attempt, form = _written(attempt_id), AppealForm()
    if not form.validate_on_submit():
        return _own_page(attempt, form), 422
    try:
        actions.ask(attempt, form.reason.data, now=clock.now())
    except Refused as refused:
        return _own_page(attempt, form, str(refused)), 409
    flash("Đã ghi nhận đề nghị phúc khảo. Khi có trả lời, trang “Lượt thi của tôi” sẽ báo.", "good")
    return redirect(url_for("appeals.own", attempt_id=attempt_id))


@bp.post("/attempts/<int:attempt_id>/appeal/withdraw")
def withdraw(attempt_id: int) -> Any:
    attempt = _written(attempt_id)
    appeal = queries.appeal_of(attempt_id)
    if appeal is None:
        raise NotFound()
    try:
        actions.withdraw(appeal, now=clock.now())
    except Refused as refused:
        return _own_page(attempt, problem=str(refused)), 409
    flash("Đã rút đề nghị phúc khảo; điểm của bài giữ nguyên.", "good")
    return redirect(url_for("appeals.own", attempt_id=attempt_id))


@bp.get(DESK)
@desk(Role.ORGANISER)
def index(slug: str, key: str) -> Any:
    round_ = organised_round(slug, key)
    found = queries.cases(round_)
    return render_template(
        "appeals/index.html",
        round=round_,
        contest=round_.contest,
        until=essay_rule(round_).appeals_until,
        states=queries.by_state(found),
        effects=queries.effects(found),
        published_old=queries.is_published_old(round_.contest, clock.now()),
    )


@bp.get(f"{DESK}/<code>")
@desk(Role.ORGANISER)
def show(slug: str, key: str, code: str) -> Any:
    return _page(*_appeal(slug, key, code))


@bp.post(f"{DESK}/<code>/judge")
@desk(Role.ORGANISER)
def give(slug: str, key: str, code: str) -> Any:
    round_, essay, appeal = _appeal(slug, key, code)
    try:
        actions.give(round_, appeal, by=me(), now=clock.now())
    except Refused as refused:
        return _page(round_, essay, appeal, problem=str(refused)), 409
    flash(f"Đã giao bài {code} cho một giám khảo chưa từng chấm bài này, không báo đây là phúc khảo.", "good")
    return redirect(url_for("appeals.show", slug=slug, key=key, code=code))


@bp.post(f"{DESK}/<code>")
@desk(Role.ORGANISER)
def answer(slug: str, key: str, code: str) -> Any:
    round_, essay, appeal = _appeal(slug, key, code)
    form = AnswerForm(essay_rule(round_).max_mark)
    if not form.validate_on_submit():
        return _page(round_, essay, appeal, form), 422
    try:
        actions.answer(round_, appeal, _decision(form), by=me(), now=clock.now())
    except Refused as refused:
        return _page(round_, essay, appeal, form, str(refused)), 409
    flash(f"Đã trả lời phúc khảo bài {code}. Người viết đọc được ngay.", "good")
    return redirect(url_for("appeals.show", slug=slug, key=key, code=code))


def _written(attempt_id: int) -> Attempt:
    """Return one's own attempt if its essay could be appealed about, now, once, or before."""
    attempt = load(Attempt, attempt_id, permissions.may_answer)
    rule = attempt.round.rules.essay
    may_appeal = rule is not None and rule.appeals_until is not None
    essay = session.get(Essay, attempt_id)
    if essay is None or not essay.is_written or not (may_appeal or queries.appeal_of(attempt_id)):
        raise NotFound()
    return attempt


def _own_page(attempt: Attempt, form: AppealForm | None = None, problem: str = "") -> str:
    now = clock.now()
    found = queries.own(attempt, now)
    return render_template(
        "appeals/own.html",
        attempt=attempt,
        own=found,
        rule=essay_rule(attempt.round),
        form=form or AppealForm(),
        problem=problem,
        has_feedback=comments.is_open(attempt, now),
    )


def _appeal(slug: str, key: str, code: str) -> tuple[Round, Essay, Appeal]:
    round_ = organised_round(slug, key)
    essay = essay_of(round_.id, code)
    appeal = queries.appeal_of(essay.attempt_id) if essay else None
    if essay is None or appeal is None:
        raise NotFound()
    return round_, essay, appeal


def _decision(form: AnswerForm) -> Decision:
    return Decision(
        choice=AppealAnswer(form.choice.data),
        mark=form.hundredths,
        text=form.answer.data,
        seen=form.seen_id,
        seen_mark=form.seen_hundredths,
    )


def _page(round_: Round, essay: Essay, appeal: Appeal, form: AnswerForm | None = None, problem: str = "") -> str:
    form = form or AnswerForm(essay_rule(round_).max_mark)
    standing, new = settling.standing(essay.attempt_id), queries.new_mark(appeal, round_)
    form.seen.data, form.seen_mark.data = standing.id if standing else 0, new
    return render_template(
        "appeals/show.html",
        round=round_,
        contest=round_.contest,
        essay=essay,
        appeal=appeal,
        state=queries.state_of(appeal),
        standing=standing,
        new_mark=new,
        judge=queries.judge_of(appeal),
        assessments=[(each, drafts.criteria_of(each[0])) for each in assessments(essay)],
        layers=layers(essay),
        form=form,
        problem=problem,
        published_old=queries.is_published_old(round_.contest, clock.now()),
    )
