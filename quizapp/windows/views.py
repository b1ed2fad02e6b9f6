"""The organiser's page of changed hours, and the clock that the pages of those who sit ask for."""

from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, request, url_for

from quizapp import clock as watch
from quizapp.attempts.pacing import times_of
from quizapp.contests.addressed import organised_contest
from quizapp.contests.entering import has_entered
from quizapp.errors import Refused
from quizapp.members.queries import person_of, union_of
from quizapp.models import Attempt, Contest, Person
from quizapp.models.base import to_microseconds
from quizapp.rules import permissions
from quizapp.vocabulary import Role, WindowChangeKind
from quizapp.web.guards import desk, load
from quizapp.web.login import me
from quizapp.windows import actions, queries
from quizapp.windows.actions import Asked
from quizapp.windows.forms import STAYS, ChangeForm, PauseForm

bp = Blueprint("windows", __name__)
# Pages of attempts, which know nothing of changed hours, tell of them without JavaScript, too.
bp.add_app_template_global(queries.pause_of)
bp.add_app_template_global(queries.notice_of, "more_time_of")


@bp.get("/attempts/<int:attempt_id>/clock")
def clock(attempt_id: int) -> Any:
    attempt = load(Attempt, attempt_id, permissions.may_answer)
    lasting, notice = queries.pause_of(attempt.round.contest_id), queries.notice_of(attempt)
    return {
        **times_of(attempt, watch.now()),
        "paused": lasting is not None,
        "notice": lasting.reason if lasting else notice.text if notice else None,
        "notice_at_ms": to_microseconds(notice.made_at) // 1000 if notice and not lasting else None,
    }


@bp.get("/organise/contests/<slug>/windows")
@desk(Role.ORGANISER)
def index(slug: str) -> Any:
    return _page(organised_contest(slug))


@bp.post("/organise/contests/<slug>/windows")
@desk(Role.ORGANISER)
def save(slug: str) -> Any:
    contest, now = organised_contest(slug), watch.now()
    form = ChangeForm().offer(queries.rounds_of(contest))
    asked = _asked(contest, form) if form.check(ZoneInfo(contest.rules.timezone), now) else None
    if asked is None:
        return _page(contest, form), 422
    try:
        if request.form.get("action") != "apply" or form.seen.data != form.digest:
            return _preview(contest, form, asked)
        actions.change(contest, asked, by=me(), now=now)
    except Refused as refused:
        form.form_errors.append(str(refused))
        return _page(contest, form), 409
    flash("Đã đổi giờ. Người đang làm bài thấy giờ mới trong chừng một phút.", "good")
    return redirect(url_for("windows.index", slug=slug))


@bp.post("/organise/contests/<slug>/windows/pause")
@desk(Role.ORGANISER)
def pause(slug: str) -> Any:
    contest, form = organised_contest(slug), PauseForm()
    if not form.validate_on_submit():
        return _page(contest, pause_form=form), 422
    return _done(
        contest,
        lambda: actions.pause(contest, reason=form.reason.data, by=me(), now=watch.now()),
        "Cuộc thi đã tạm dừng: không ai bắt đầu được, giờ của người đang làm bài không trôi.",
    )


@bp.post("/organise/contests/<slug>/windows/resume")
@desk(Role.ORGANISER)
def resume(slug: str) -> Any:
    contest = organised_contest(slug)
    return _done(
        contest,
        lambda: actions.resume(contest, by=me(), now=watch.now()),
        "Cuộc thi tiếp tục. Mọi giờ đóng lùi đúng bằng thời gian đã dừng.",
    )


@bp.post("/organise/contests/<slug>/windows/<int:change_id>/undo")
@desk(Role.ORGANISER)
def undo(slug: str, change_id: int) -> Any:
    contest = organised_contest(slug)
    return _done(
        contest,
        lambda: actions.undo(contest, change_id, by=me(), now=watch.now()),
        "Đã hoàn tác. Giờ của đợt thi và của người đang làm bài trở lại như khi chưa đổi.",
    )


def _done(contest: Contest, act: Any, told: str) -> Any:
    try:
        act()
    except Refused as refused:
        flash(str(refused), "bad")
    else:
        flash(told, "good")
    return redirect(url_for("windows.index", slug=contest.slug))


def _asked(contest: Contest, form: ChangeForm) -> Asked | None:
    """Return what the form asks for; None: it names somebody whom the organiser has not, and says so."""
    person = person_of(form.phone.data) if form.phone.data else None
    union = union_of(form.unit.data, me()) if form.unit.data else None
    if form.phone.data and (person is None or not _has(contest, person)):
        form.phone.errors = ["Không có ai trong phạm vi của bạn dùng số này; xin xem lại số."]
    if form.unit.data and union is None:
        form.unit.errors = ["Không có đơn vị mã này trong phạm vi của bạn; xin xem mã trong danh sách công đoàn."]
    if form.errors:
        return None
    kind = WindowChangeKind(form.kind.data)
    starts_at, ends_at = form.interval(ZoneInfo(contest.rules.timezone))
    return Asked(
        kind,
        form.reason.data,
        round=next((each for each in queries.rounds_of(contest) if each.key == form.round.data), None),
        person=person,
        union=union,
        minutes=None if kind is WindowChangeKind.OUTAGE else form.minutes.data,
        starts_at=starts_at,
        ends_at=ends_at,
        moves_close=form.close.data != STAYS or kind is not WindowChangeKind.OUTAGE,
        to_sitting=bool(form.to_sitting.data) and kind is WindowChangeKind.EXTENSION,
    )


def _has(contest: Contest, person: Person) -> bool:
    """Whether an organiser may name the person: one of the own subtree, or of no union who takes part here."""
    return permissions.may_see_person(me(), person) or (person.union is None and has_entered(person, contest))


def _preview(contest: Contest, form: ChangeForm, asked: Asked) -> str:
    plan, cut = actions.preview(contest, asked, by=me(), now=watch.now())
    form.seen.data = form.digest
    return _page(contest, form, plan=plan, asked=asked, cut=cut)


def _page(contest: Contest, form: ChangeForm | None = None, pause_form: PauseForm | None = None, **shown: Any) -> str:
    rounds = queries.rounds_of(contest)
    if form is None:
        form = ChangeForm(formdata=None).offer(rounds)
        form.kind.data = WindowChangeKind.EXTENSION.value
    return render_template(
        "windows/index.html",
        contest=contest,
        rounds=rounds,
        paused=queries.pause_of(contest.id),
        sitting=queries.sitting(contest, watch.now()),
        trace=queries.trace(contest),
        form=form,
        pause_form=pause_form or PauseForm(formdata=None),
        **shown,
    )
