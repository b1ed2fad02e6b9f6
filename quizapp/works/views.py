"""Works for everybody to read, the writer's page of consent, and the organisers' desk for choosing and publishing."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user

from quizapp import clock
from quizapp.contests.addressed import organised_round, public_contest
from quizapp.errors import BadShape, NotFound, Refused
from quizapp.judging.queries import essay_of, essay_rule
from quizapp.models import Attempt, Round, ShownWork
from quizapp.rules import permissions
from quizapp.vocabulary import Role
from quizapp.web.guards import desk, load, public
from quizapp.web.login import me
from quizapp.web.pictures import answer_picture
from quizapp.works import actions, queries
from quizapp.works.forms import ChooseForm, ConsentForm

bp = Blueprint("works", __name__)

DESK = "/organise/contests/<slug>/essays/<key>/works"


@bp.get("/contests/<slug>/works")
@public
def shown(slug: str) -> Any:
    contest = public_contest(slug)
    works = [queries.shown(each) for each in queries.public_works(contest)]
    return render_template("works/shown.html", contest=contest, works=works)


@bp.get("/contests/<slug>/works/<int:number>")
@public
def show(slug: str, number: int) -> Any:
    contest = public_contest(slug)
    works = list(queries.public_works(contest))
    at = next((place for place, each in enumerate(works) if each.attempt_id == number), None)
    if at is None:
        raise NotFound()
    around = {"before": works[at - 1] if at else None, "after": works[at + 1] if at + 1 < len(works) else None}
    return render_template("works/show.html", contest=contest, shown=queries.shown(works[at]), **around)


@bp.get("/contests/<slug>/works/<int:number>/photos/<int:place>")
@public
def photo(slug: str, number: int, place: int) -> Any:
    works = queries.public_works(public_contest(slug))
    work = next((each for each in works if each.attempt_id == number), None) or _own_work(slug, number)
    answer = answer_picture(queries.photo(work, place).content)
    answer.headers["Cache-Control"] = "no-store"  # a consent may be withdrawn at any moment
    return answer


@bp.get("/attempts/<int:attempt_id>/work")
def own(attempt_id: int) -> Any:
    return _own_page(*_asked(attempt_id))


@bp.post("/attempts/<int:attempt_id>/work")
def consent(attempt_id: int) -> Any:
    attempt, work = _asked(attempt_id)
    form, here = ConsentForm(), redirect(url_for("works.own", attempt_id=attempt_id))
    if request.form.get("action") == "decline":
        actions.decline(work, by=me(), now=clock.now())
        flash("Bài viết của bạn không được giới thiệu. Bạn có thể đổi ý ở trang này.", "good")
        return here
    if not form.validate_on_submit():
        return _own_page(attempt, work, form), 422
    actions.agree(work, with_name=form.with_name, by=me(), now=clock.now())
    flash("Cảm ơn bạn đã đồng ý. Bạn có thể rút lại bất cứ lúc nào ở trang này.", "good")
    return here


@bp.get(DESK)
@desk(Role.ORGANISER)
def index(slug: str, key: str) -> Any:
    return _page(organised_round(slug, key))


@bp.post(DESK)
@desk(Role.ORGANISER)
def choose(slug: str, key: str) -> Any:
    round_, form = organised_round(slug, key), ChooseForm()
    essay = essay_of(round_.id, form.code.data or "")
    if not form.validate_on_submit() or essay is None:
        return _page(round_, form, "" if essay else "Đợt thi này không có bài mang số phách đó."), 422
    try:
        actions.choose(round_, essay, form.title.data, by=me(), now=clock.now())
    except Refused as refused:
        return _page(round_, form, str(refused)), 409
    flash(f"Đã chọn bài {essay.code} và hỏi ý kiến người viết. Người viết đồng ý rồi mới công bố được.", "good")
    return redirect(url_for("works.index", slug=slug, key=key))


@bp.post(f"{DESK}/<code>")
@desk(Role.ORGANISER)
def change(slug: str, key: str, code: str) -> Any:
    round_ = organised_round(slug, key)
    essay = essay_of(round_.id, code)
    work = queries.work_of(essay.attempt_id) if essay else None
    if work is None:
        raise NotFound()
    changes: dict[str, Callable[..., None]] = {
        "publish": partial(actions.publish, work),
        "take_down": partial(actions.take_down, work),
        "drop": partial(actions.drop, work),
        "up": partial(actions.move, round_, work, -1),
        "down": partial(actions.move, round_, work, 1),
    }
    asked = request.form.get("action", "")
    if asked not in changes:
        raise BadShape(what="Xin chọn một việc.")
    try:
        changes[asked](by=me(), now=clock.now())
    except Refused as refused:
        flash(str(refused), "bad")
    return redirect(url_for("works.index", slug=slug, key=key))


def _own_work(slug: str, attempt_id: int) -> ShownWork:
    """Who was asked sees the photos before anybody else."""
    work = queries.work_of(attempt_id) if current_user.is_authenticated else None
    if work is None or not permissions.may_answer(me(), work.essay.attempt):
        raise NotFound()
    if work.essay.attempt.round.contest.slug != slug:
        raise NotFound()
    return work


def _asked(attempt_id: int) -> tuple[Attempt, ShownWork]:
    attempt, work = load(Attempt, attempt_id, permissions.may_answer), queries.work_of(attempt_id)
    if work is None:
        raise NotFound()
    return attempt, work


def _own_page(attempt: Attempt, work: ShownWork, form: ConsentForm | None = None) -> str:
    form = form or ConsentForm(name="yes" if work.with_name else "no" if work.consented_at else None)
    return render_template(
        "works/own.html",
        attempt=attempt,
        work=work,
        state=queries.state_of(work),
        named=queries.shown(work, with_name=True),
        unnamed=queries.shown(work, with_name=False),
        form=form,
    )


def _page(round_: Round, form: ChooseForm | None = None, problem: str = "") -> str:
    search = request.args.get("q", "").strip()[:40]
    return render_template(
        "works/index.html",
        round=round_,
        contest=round_.contest,
        chosen=queries.chosen(round_),
        choices=queries.choices(round_, search),
        search=search,
        most=queries.MOST,
        max_mark=essay_rule(round_).max_mark,
        form=form or ChooseForm(),
        problem=problem,
    )
