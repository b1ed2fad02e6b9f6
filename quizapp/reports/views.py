"""The organiser's desk: contests, participation, publishing, Excel."""

from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for

from quizapp import clock
from quizapp.contests.addressed import organised_contest
from quizapp.contests.queries import contest_of
from quizapp.db import reads, transaction
from quizapp.errors import ExportBusy, ExportFailed, NotFound, PreviewGone
from quizapp.late.queries import count as late_count
from quizapp.mark_appeals.queries import waiting as waiting_appeals
from quizapp.models import Board, Contest, Round, Snapshot
from quizapp.reports import actions, participation, queries
from quizapp.reports.desk import contests_of, followed_by
from quizapp.reports.forms import PublishForm, WithdrawForm
from quizapp.reports.participation import Sort, Wish
from quizapp.reports.refreshing import ask_for_boards, awaited, close_all, is_long, refresh
from quizapp.rules import permissions
from quizapp.rules.deadlines import phase
from quizapp.rules.publishing import is_early
from quizapp.standings import actions as boards
from quizapp.standings import queries as standings
from quizapp.vocabulary import Names, Role
from quizapp.web import children
from quizapp.web.downloads import download
from quizapp.web.guards import allowed, desk
from quizapp.web.login import me
from quizapp.web.urls import asked_number

bp = Blueprint("reports", __name__)

BOARD_PAGE = 100


@bp.get("/organise", endpoint="desk")
@desk(Role.ORGANISER)
def show_desk() -> Any:
    now, page = clock.now(), _page()
    listed, pages = contests_of(me(), now, page)
    return render_template(
        "reports/desk.html",
        listed=listed,
        page=page,
        pages=pages,
        followed=followed_by(me(), now),
    )


@bp.get("/organise/contests/<slug>")
@desk(Role.ORGANISER)
def contest(slug: str) -> Any:
    found = allowed(contest_of(slug), permissions.may_follow)
    now = clock.now()
    own = permissions.may_organise(me(), found)
    within = None if own else permissions.paths(me(), Role.ORGANISER)
    round_ = _round(found)
    counted = participation.participation(found, now, round_=round_, within=within)
    return render_template(
        "reports/contest.html",
        contest=found,
        own=own,
        round=round_,
        rounds=[(each, phase(each.opens_at, each.closes_at, now)) for each in found.rounds],
        counts=queries.round_counts(found, now, within),
        published=standings.published(found),
        late=late_count(found) if own else None,
        mark_appeals=waiting_appeals(found) if own else 0,
        members_page="members.index" in current_app.view_functions,
        **_part(counted, _wish()),
    )


@bp.get("/organise/contests/<slug>/standings")
@bp.get("/organise/contests/<slug>/standings/<key>")
@desk(Role.ORGANISER)
def board(slug: str, key: str | None = None) -> Any:
    contest = organised_contest(slug)
    snapshot = queries.snapshot_of(contest, asked_number("snapshot") or None)
    if snapshot is None and key is None:
        return render_template("reports/board.html", contest=contest, snapshot=None)
    chosen = _board(snapshot, key)
    search, after = request.args.get("q", "").strip()[:100], asked_number("after")
    rows = standings.rows_of(chosen, after=after, most=BOARD_PAGE + 1, search=search)
    return render_template(
        "reports/board.html",
        contest=contest,
        snapshot=snapshot,
        board=chosen,
        rules=next((each for each in contest.rules.boards if each.key == chosen.key), None),
        rows=rows[:BOARD_PAGE],
        more_after=rows[BOARD_PAGE - 1].position if len(rows) > BOARD_PAGE else None,
        search=search,
    )


@bp.get("/organise/contests/<slug>/publish")
@desk(Role.ORGANISER)
def publishing(slug: str) -> Any:
    return _publishing_page(organised_contest(slug), PublishForm())


@bp.post("/organise/contests/<slug>/publish/prepare")
@desk(Role.ORGANISER)
@reads
def prepare(slug: str) -> Any:
    contest, now = organised_contest(slug), clock.now()
    if is_long(contest):
        with transaction():
            ask_for_boards(contest, by=me(), now=now)
        return redirect(url_for("reports.publishing", slug=slug))
    close_all(now)
    snapshot_id = refresh(contest.id, now)
    with transaction():
        actions.prepare(contest.id, snapshot_id, by=me(), now=now)
    return redirect(url_for("reports.publishing", slug=slug))


@bp.post("/organise/contests/<slug>/publish")
@desk(Role.ORGANISER)
def publish(slug: str) -> Any:
    contest, form, now = organised_contest(slug), PublishForm(), clock.now()
    held = standings.prepared(contest, me())
    if form.validate_on_submit() and held:
        _ask_for_ticks(form, early=bool(_early(contest, held)), provisional=bool(held.provisional))
    if form.errors:
        return _publishing_page(contest, form), 422
    try:
        actions.publish_prepared(contest, form.snapshot_id, by=me(), now=now)
    except PreviewGone as gone:
        flash(str(gone), "bad")
    else:
        flash("Đã công bố kết quả. Mọi người xem được ngay bây giờ.", "good")
    return redirect(url_for("reports.publishing", slug=slug))


@bp.get("/organise/contests/<slug>/withdraw")
@desk(Role.ORGANISER)
def withdrawing(slug: str) -> Any:
    contest = organised_contest(slug)
    if standings.published(contest) is None:
        return redirect(url_for("reports.publishing", slug=slug))
    return render_template("reports/withdraw.html", contest=contest, form=WithdrawForm())


@bp.post("/organise/contests/<slug>/withdraw")
@desk(Role.ORGANISER)
def withdraw(slug: str) -> Any:
    contest, form = organised_contest(slug), WithdrawForm()
    if not form.validate_on_submit():
        return render_template("reports/withdraw.html", contest=contest, form=form), 422
    boards.withdraw(contest, by=me(), now=clock.now(), reason=form.reason.data)
    flash("Đã gỡ công bố. Không ai ngoài Ban tổ chức còn xem được bảng xếp hạng.", "good")
    return redirect(url_for("reports.publishing", slug=slug))


@bp.post("/organise/contests/<slug>/results.xlsx")
@desk(Role.ORGANISER)
@reads
def export(slug: str) -> Response:
    contest = organised_contest(slug)
    local = clock.now().astimezone(ZoneInfo(contest.rules.timezone))
    made_by = "--by", str(me().id), "--", contest.slug
    file = children.file_of("results", "export", *made_by, busy=ExportBusy, failed=ExportFailed)
    return download(file, f"ket-qua-{contest.slug}", "xlsx", at=local)


def _page() -> int:
    return asked_number("page", 1)


def _wish() -> Wish:
    asked = request.args
    return Wish(
        above=asked.get("above", ""),
        search=asked.get("q", "").strip()[:100],
        sort=Sort(asked["sort"]) if asked.get("sort") in list(Sort) else Sort.RATE,
        idle=asked.get("idle") == "1",
        page=_page(),
    )


def _part(counted: participation.Participation, wish: Wish) -> dict[str, Any]:
    """What the list of units shows of all that was counted."""
    chosen = counted.chosen(wish)
    start = (wish.page - 1) * participation.ON_A_PAGE
    return {
        "counted": counted,
        "wish": wish,
        "units": chosen[start : start + participation.ON_A_PAGE],
        "pages": -(-len(chosen) // participation.ON_A_PAGE),
        "total": participation.total(counted.units),
        "part": participation.total(chosen),
    }


def _round(contest: Contest) -> Round | None:
    key = request.args.get("round")
    found = next((each for each in contest.rounds if each.key == key), None)
    if key and found is None:
        raise NotFound()
    return found


def _board(snapshot: Snapshot | None, key: str | None) -> Board:
    found = standings.chosen(snapshot.boards if snapshot else [], key, request.args.get("division"))
    if found is None:
        raise NotFound()
    return found


def _early(contest: Contest, snapshot: Snapshot) -> list[Round]:
    now = clock.now()
    return [
        each for each in contest.rounds if is_early(each.opens_at, each.closes_at, made_at=snapshot.made_at, now=now)
    ]


def _ask_for_ticks(form: PublishForm, **needed: bool) -> None:
    for name, is_needed in needed.items():
        if is_needed and not form[name].data:
            form[name].errors = ["Nếu vẫn muốn công bố, xin đánh dấu vào ô này."]


def _publishing_page(contest: Contest, form: PublishForm) -> str:
    held = standings.prepared(contest, me())
    if held:
        form.snapshot.data = str(held.id)
    return render_template(
        "reports/publish.html",
        contest=contest,
        form=form,
        held=held,
        job=awaited(contest, me()),
        held_is_old=held is not None and standings.is_stale(contest, held, clock.now()),
        early=_early(contest, held) if held else [],
        last=standings.newest_publication(contest),
        published=standings.published(contest),
        by_rule=queries.is_shown_by_rule(contest, clock.now()),
        count=queries.contest_count(contest, clock.now()),
        history=queries.publications(contest),
        full_names=contest.rules.publish.names is Names.FULL,
    )
