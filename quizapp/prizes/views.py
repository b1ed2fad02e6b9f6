"""The organisers' desk for prizes, ties and the seed of the lots, and the public page of prizes."""

from io import BytesIO
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user

from quizapp import clock
from quizapp.contests.addressed import organised_contest, public_contest
from quizapp.errors import Refused
from quizapp.formats import lot_table
from quizapp.models import Board, Contest, PrizeAward, Snapshot
from quizapp.prizes import actions, queries
from quizapp.prizes.actions import Choice
from quizapp.prizes.forms import DecisionForm
from quizapp.prizes.lots import lot_of
from quizapp.rules.vietnamese import masked
from quizapp.standings import queries as standings
from quizapp.vocabulary import Names, Role, TieDecision
from quizapp.web.downloads import download
from quizapp.web.guards import desk, public
from quizapp.web.login import me

bp = Blueprint("prizes", __name__)

DESK = "/organise/contests/<slug>/prizes"


@bp.get(DESK)
@desk(Role.ORGANISER)
def index(slug: str) -> Any:
    contest, now = organised_contest(slug), clock.now()
    snapshot = standings.newest_snapshot(contest)
    return render_template(
        "prizes/index.html",
        contest=contest,
        snapshot=snapshot,
        is_old=snapshot is not None and standings.is_stale(contest, snapshot, now),
        given=queries.given(contest, snapshot),
        decisions=queries.decisions(contest),
        divisions={each.key: each.title for each in contest.rules.divisions},
        titles={each.key: each.title for each in contest.rules.prizes},
        seed=queries.seed_of(contest),
        needs_seed=queries.needs_seed(contest.rules),
        is_seed_due=contest in queries.without_due_seed(now),
        closes_at=queries.closes_at(contest),
        is_closed=now >= queries.closes_at(contest),
    )


@bp.get(f"{DESK}/<key>")
@desk(Role.ORGANISER)
def tie(slug: str, key: str) -> Any:
    return _tie_page(organised_contest(slug), key, request.args.get("division", ""))


@bp.post(f"{DESK}/<key>/decide")
@desk(Role.ORGANISER)
def decide(slug: str, key: str) -> Any:
    contest, form = organised_contest(slug), DecisionForm()
    division = str(form.division.data or "")
    if not form.validate_on_submit():
        return _tie_page(contest, key, division, form)
    choice = Choice(str(form.contenders.data or ""), TieDecision(form.decision.data), form.reason.data)
    try:
        actions.decide(contest, key, division, choice, by=me(), now=clock.now())
    except Refused as refused:
        return _tie_page(contest, key, division, form, str(refused))
    flash("Đã ghi quyết định. Giải được xét lại khi bảng xếp hạng được tính lại.", "good")
    return redirect(url_for("prizes.index", slug=slug))


@bp.post(f"{DESK}/decisions/<int:decision_id>/undo")
@desk(Role.ORGANISER)
def undo(slug: str, decision_id: int) -> Any:
    try:
        actions.undo(organised_contest(slug), decision_id, by=me(), now=clock.now())
    except Refused as refused:
        flash(str(refused), "bad")
    else:
        flash("Đã rút lại quyết định. Khi tính lại bảng xếp hạng, chỗ bằng nhau lại chờ quyết định.", "good")
    return redirect(url_for("prizes.index", slug=slug))


@bp.post(f"{DESK}/seed")
@desk(Role.ORGANISER)
def publish_seed(slug: str) -> Any:
    try:
        actions.publish_seed(organised_contest(slug), by=me(), now=clock.now())
    except Refused as refused:
        flash(str(refused), "bad")
    else:
        flash("Đã công bố mầm rút thăm. Mọi người xem được trên trang Giải thưởng của cuộc thi.", "good")
    return redirect(url_for("prizes.index", slug=slug))


@bp.get("/contests/<slug>/prizes")
@public
def show(slug: str) -> Any:
    contest = public_contest(slug)
    snapshot, boards = _told(contest)
    return render_template(
        "prizes/show.html",
        contest=contest,
        snapshot=snapshot,
        given=queries.given(contest, snapshot, seen=boards),
        seed=queries.seed_of(contest),
        needs_seed=queries.needs_seed(contest.rules),
        shown_name=_shown_name(contest),
    )


@bp.get("/contests/<slug>/prizes/<key>.csv")
@public
def lot(slug: str, key: str) -> Any:
    contest, division = public_contest(slug), request.args.get("division", "")
    snapshot, boards = _told(contest)
    prize = next((each for each in contest.rules.prizes if each.key == key), None)
    is_told = prize and any((each.key, each.division) == (prize.board, division) for each in boards)
    drawn = lot_of(contest, snapshot, prize, division) if snapshot and prize and is_told else None
    if drawn is None:
        return redirect(url_for("prizes.show", slug=slug))
    return download(BytesIO(lot_table.write(drawn)), f"rut-tham-{slug}-{key}", "csv")


def _told(contest: Contest) -> tuple[Snapshot | None, list[Board]]:
    """Return the published snapshot with those of its boards whose winners may be told: nobody sits for them still."""
    found = standings.published(contest)
    if found is None:
        return None, []
    snapshot, boards = found
    return snapshot, [each for each in boards if queries.is_over(contest, snapshot, each.key)]


def _tie_page(contest: Contest, key: str, division: str, form: DecisionForm | None = None, problem: str = "") -> Any:
    found = queries.open_tie(contest, standings.newest_snapshot(contest), key, division)
    if found is None or found.decided or not found.choices:
        flash(problem or "Chỗ bằng nhau này không còn chờ quyết định.", "bad" if problem else "good")
        return redirect(url_for("prizes.index", slug=contest.slug))
    form = form or DecisionForm()
    form.offer(found.choices)
    form.division.data, form.contenders.data = division, found.tie.contenders
    prize = next(each for each in contest.rules.prizes if each.key == key)
    page = render_template(
        "prizes/tie.html",
        contest=contest,
        prize=prize,
        board=next(each for each in contest.rules.boards if each.key == prize.board),
        division=next((each.title for each in contest.rules.divisions if each.key == division), ""),
        found=found,
        form=form,
        problem=problem,
    )
    return page, 409 if problem else 422 if form.errors else 200


def _shown_name(contest: Contest) -> Any:
    """A person always sees the own name in full; others' as the contest's rules say."""
    full = contest.rules.publish.names is Names.FULL
    own = me().id if current_user.is_authenticated else None

    def shown(award: PrizeAward) -> str:
        return award.name if full or award.person_id in (None, own) else masked(award.name)

    return shown
