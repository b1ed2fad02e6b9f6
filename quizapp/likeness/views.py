"""The organisers' desk for essays that are alike: given texts, a search, the pairs, two texts side by side."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from quizapp import clock
from quizapp.contests.addressed import organised_round
from quizapp.db import reads, transaction
from quizapp.errors import NotFound, TooManyTexts
from quizapp.likeness import actions, queries
from quizapp.likeness.comparing import compared
from quizapp.likeness.forms import GivenTextForm, SearchForm, VerdictForm
from quizapp.models import LikenessPair, Round
from quizapp.vocabulary import Role, Verdict
from quizapp.web.guards import desk
from quizapp.web.login import me
from quizapp.web.urls import asked_number

bp = Blueprint("likeness", __name__, url_prefix="/organise/contests/<slug>/essays/<key>/likeness")


@bp.get("")
@desk(Role.ORGANISER)
def index(slug: str, key: str) -> Any:
    return _page(organised_round(slug, key))


@bp.post("")
@desk(Role.ORGANISER)
def search(slug: str, key: str) -> Any:
    round_, form = organised_round(slug, key), SearchForm()
    if not form.validate_on_submit():
        return _page(round_, search_form=form), 422
    if not actions.search(round_, 100 * form.least.data, by=me(), now=clock.now()):
        flash("Các bài đang được so rồi; xin chờ lần này xong.", "info")
    return redirect(url_for("likeness.index", slug=slug, key=key))


@bp.post("/texts")
@desk(Role.ORGANISER)
@reads
def add_text(slug: str, key: str) -> Any:
    round_, form = organised_round(slug, key), GivenTextForm()
    if not form.validate_on_submit():
        return _page(round_, text_form=form), 422
    facts: dict[str, Any] = {"by": me(), "now": clock.now()}
    try:
        with transaction():
            actions.add_text(round_, form.title.data, form.content, **facts)
    except TooManyTexts as refused:
        form.title.errors = [str(refused)]
        return _page(round_, text_form=form), 409
    flash(f"Đã thêm “{form.title.data}”. Bấm “So các bài” để tìm bài chép từ văn bản này.", "good")
    return redirect(url_for("likeness.index", slug=slug, key=key))


@bp.post("/texts/<int:text_id>/withdraw")
@desk(Role.ORGANISER)
def withdraw_text(slug: str, key: str, text_id: int) -> Any:
    round_ = organised_round(slug, key)
    given = queries.given_text(round_, text_id)
    if given is None:
        raise NotFound()
    actions.withdraw_text(round_, given, by=me(), now=clock.now())
    flash(f"Không so với “{given.title}” nữa.", "good")
    return redirect(url_for("likeness.index", slug=slug, key=key))


@bp.get("/pairs/<int:pair_id>")
@desk(Role.ORGANISER)
def pair(slug: str, key: str, pair_id: int) -> Any:
    round_ = organised_round(slug, key)
    return _pair_page(round_, _pair(round_, pair_id))


@bp.post("/pairs/<int:pair_id>")
@desk(Role.ORGANISER)
def decide(slug: str, key: str, pair_id: int) -> Any:
    round_, form = organised_round(slug, key), VerdictForm()
    found = _pair(round_, pair_id)
    if not form.validate_on_submit():
        return _pair_page(round_, found, form), 422
    actions.decide(round_, found, form.chosen, form.note.data, by=me(), now=clock.now())
    flash(f"Đã ghi: {form.chosen.label}." if form.chosen else "Đã bỏ kết luận về hai bài này.", "good")
    return redirect(url_for("likeness.pair", slug=slug, key=key, pair_id=pair_id))


def _pair(round_: Round, pair_id: int) -> LikenessPair:
    found = queries.pair_of(round_, pair_id)
    if found is None:
        raise NotFound()
    return found


def _page(round_: Round, text_form: GivenTextForm | None = None, search_form: SearchForm | None = None) -> str:
    asked, page = request.args.get("show", ""), asked_number("page", 1)
    verdict = Verdict(asked) if asked in set(Verdict) else None
    newest, counts = queries.newest_search(round_), queries.counts(round_)
    shown: dict[str, Any] = {"newest": newest, "job": newest.job if newest else None, "counts": counts}
    shown |= {"verdict": verdict, "page": page, "pages": -(-counts[verdict] // queries.ON_A_PAGE)}
    return render_template(
        "likeness/index.html",
        round=round_,
        contest=round_.contest,
        done=queries.newest_search(round_, finished=True),
        ground=queries.ground(round_),
        texts=queries.given_texts(round_),
        pairs=queries.pairs(round_, verdict, page),
        text_form=text_form or GivenTextForm(formdata=None),
        search_form=search_form or SearchForm(formdata=None),
        **shown,
    )


def _pair_page(round_: Round, found: LikenessPair, form: VerdictForm | None = None) -> str:
    names = request.args.get("names") == "1"
    return render_template(
        "likeness/pair.html",
        round=round_,
        contest=round_.contest,
        pair=found,
        verdict=Verdict(found.verdict) if found.verdict else None,
        compared=compared(found, names=names),
        names=names,
        next_id=queries.next_undecided(round_, found),
        form=form or VerdictForm(formdata=None, verdict=found.verdict or "", note=found.note),
    )
