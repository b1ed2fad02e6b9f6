"""The contestant's page of an appeal about marks of questions, and the organisers' desk for them."""

from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for

from quizapp import clock
from quizapp.attempts.queries import keys_are_shown
from quizapp.attempts.shown_paper import shown_slots
from quizapp.contests.addressed import organised_contest
from quizapp.db import reads
from quizapp.errors import ExportBusy, ExportFailed, NotFound, Refused
from quizapp.mark_appeals import actions, queries
from quizapp.mark_appeals.actions import Decision
from quizapp.mark_appeals.forms import AnswerForm, AskForm
from quizapp.mark_appeals.recounting import recount
from quizapp.models import Attempt, Contest, MarkAppeal
from quizapp.rules import permissions
from quizapp.vocabulary import AppealAnswer, AppealState, Role
from quizapp.web import children
from quizapp.web.downloads import download
from quizapp.web.guards import desk, load
from quizapp.web.login import me
from quizapp.web.urls import asked_number

bp = Blueprint("mark_appeals", __name__)

DESK = "/organise/contests/<slug>/mark-appeals"
LONGEST_LABEL = 90


@bp.get("/attempts/<int:attempt_id>/mark-appeal")
def own(attempt_id: int) -> Any:
    attempt = _attempt(attempt_id)
    return _own_page(attempt, _ask_form(attempt))


@bp.post("/attempts/<int:attempt_id>/mark-appeal")
def ask(attempt_id: int) -> Any:
    attempt = _attempt(attempt_id)
    form = _ask_form(attempt)
    if not form.validate_on_submit():
        return _own_page(attempt, form), 422
    try:
        actions.ask(attempt, form.number, form.reason.data, now=clock.now())
    except Refused as refused:
        return _own_page(attempt, form, str(refused)), 409
    flash("Đã ghi nhận đề nghị phúc khảo. Khi có trả lời, trang kết quả và “Lượt thi của tôi” sẽ báo.", "good")
    return redirect(url_for("mark_appeals.own", attempt_id=attempt_id))


@bp.post("/attempts/<int:attempt_id>/mark-appeal/withdraw")
def withdraw(attempt_id: int) -> Any:
    attempt = _attempt(attempt_id)
    appeal = queries.appeal_of(attempt_id)
    if appeal is None:
        raise NotFound()
    try:
        actions.withdraw(appeal, now=clock.now())
    except Refused as refused:
        return _own_page(attempt, _ask_form(attempt), str(refused)), 409
    flash("Đã rút đề nghị phúc khảo; điểm giữ nguyên.", "good")
    return redirect(url_for("mark_appeals.own", attempt_id=attempt_id))


@bp.get(DESK)
@desk(Role.ORGANISER)
def index(slug: str) -> Any:
    contest, wanted = organised_contest(slug), request.args.get("state", "")
    state = next((each for each in queries.STATES if each.value == wanted), None)
    search = request.args.get("q", "").strip()[:100]
    return render_template(
        "mark_appeals/index.html",
        contest=contest,
        counts=queries.count_by_state(contest),
        page=queries.listed(contest, state=state, search=search, page=asked_number("page", 1)),
        labels=queries.STATES,
        state_of=queries.state_of,
        state=state,
        search=search,
    )


@bp.post(f"{DESK}/list.xlsx")
@desk(Role.ORGANISER)
@reads
def export(slug: str) -> Response:
    """The workbook, made by a process of its own: spreadsheets are heavy."""
    contest = organised_contest(slug)
    local = clock.now().astimezone(ZoneInfo(contest.rules.timezone))
    made_by = "--by", str(me().id), "--", contest.slug
    file = children.file_of("results", "appeals", *made_by, busy=ExportBusy, failed=ExportFailed)
    return download(file, f"phuc-khao-{contest.slug}", "xlsx", at=local)


@bp.get(f"{DESK}/<int:attempt_id>")
@desk(Role.ORGANISER)
def show(slug: str, attempt_id: int) -> Any:
    contest = organised_contest(slug)
    return _page(contest, _appeal(contest, attempt_id))


@bp.post(f"{DESK}/<int:attempt_id>")
@desk(Role.ORGANISER)
def answer(slug: str, attempt_id: int) -> Any:
    contest = organised_contest(slug)
    appeal = _appeal(contest, attempt_id)
    form = AnswerForm(differs=recount(appeal.attempt).differs)
    if not form.validate_on_submit():
        return _page(contest, appeal, form), 422
    try:
        actions.answer(contest, appeal, _decision(form), by=me(), now=clock.now())
    except Refused as refused:
        form.form_errors.append(str(refused))
        return _page(contest, appeal, form), 409
    flash("Đã trả lời phúc khảo. Người dự thi đọc được ngay.", "good")
    return redirect(url_for("mark_appeals.show", slug=slug, attempt_id=attempt_id))


def _attempt(attempt_id: int) -> Attempt:
    """Return one's own attempt if its marks could be appealed about, now, once, or before."""
    attempt = load(Attempt, attempt_id, permissions.may_answer)
    if attempt.submitted_at is None or not (queries.is_open_to_appeals(attempt) or queries.appeal_of(attempt_id)):
        raise NotFound()
    return attempt


def _ask_form(attempt: Attempt) -> AskForm:
    """Questions are named by their words once keys are shown; before that by their numbers alone."""
    told = keys_are_shown(attempt, clock.now())
    questions = [(each.slot, each.prompt) for each in shown_slots(attempt)]
    return AskForm((number, _label(number, prompt if told else "")) for number, prompt in questions)


def _label(number: int, prompt: str) -> str:
    short = prompt if len(prompt) <= LONGEST_LABEL else prompt[:LONGEST_LABEL].rstrip() + "…"
    return f"Câu {number}: {short}" if prompt else f"Câu {number}"


def _own_page(attempt: Attempt, form: AskForm, problem: str = "") -> str:
    found = queries.own(attempt, clock.now())
    return render_template("mark_appeals/own.html", attempt=attempt, own=found, form=form, problem=problem)


def _appeal(contest: Contest, attempt_id: int) -> MarkAppeal:
    found = queries.appeal_in(contest, attempt_id)
    if found is None:
        raise NotFound()
    return found


def _decision(form: AnswerForm) -> Decision:
    return Decision(AppealAnswer(form.choice.data), form.answer.data, form.seen_mark, form.seen_mark_again)


def _page(contest: Contest, appeal: MarkAppeal, form: AnswerForm | None = None) -> str:
    found, state = recount(appeal.attempt, appeal.slot), queries.state_of(appeal)
    form = form or AnswerForm(differs=found.differs)
    form.seen.data, form.seen_again.data = found.stored, "" if found.again is None else found.again
    return render_template(
        "mark_appeals/show.html",
        contest=contest,
        appeal=appeal,
        attempt=appeal.attempt,
        labels=queries.STATES,
        state=state,
        waits=state is AppealState.NEW,
        recount=found,
        form=form,
    )
