"""The register of laws, and a contest's questions that cite a text out of force, for which somebody may sign."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from quizapp import clock
from quizapp.banks.queries import listed_banks
from quizapp.contests import citations
from quizapp.contests.addressed import organised_contest
from quizapp.errors import NotFound, QuestionRefused
from quizapp.laws import actions, queries
from quizapp.laws.actions import LawFacts
from quizapp.laws.forms import LawForm, WaiverForm, written
from quizapp.models import Contest, LegalDocument
from quizapp.rules import permissions
from quizapp.rules.citations import law_key
from quizapp.vocabulary import Role
from quizapp.web.filters import VIETNAM
from quizapp.web.guards import desk, load
from quizapp.web.login import me

bp = Blueprint("laws", __name__, url_prefix="/organise")


@bp.get("/laws")
@desk(Role.ORGANISER)
def index() -> Any:
    q = request.args.get("q", "")[:100]
    citing = queries.citing(each.bank for each in listed_banks(me()))
    facts = {"laws": queries.listed(q), "citing": citing, "law_key": law_key}
    old = citations.not_in_force(clock.now().astimezone(VIETNAM).date())
    return render_template("laws/index.html", q=q, old=old, may_change=permissions.may_change_laws(me()), **facts)


@bp.get("/laws/new")
@desk(Role.ORGANISER)
def new() -> Any:
    _check()
    return _page(LawForm(data={"number": request.args.get("number", "")[:60]}))


@bp.post("/laws/new")
@desk(Role.ORGANISER)
def save_new() -> Any:
    _check()
    return _save(LawForm(), None)


@bp.get("/laws/<int:law_id>")
@desk(Role.ORGANISER)
def edit(law_id: int) -> Any:
    law = load(LegalDocument, law_id, _may)
    return _page(LawForm(data=written(law)), law)


@bp.post("/laws/<int:law_id>")
@desk(Role.ORGANISER)
def save(law_id: int) -> Any:
    return _save(LawForm(), load(LegalDocument, law_id, _may))


@bp.get("/contests/<slug>/citations")
@desk(Role.ORGANISER)
def stale(slug: str) -> Any:
    return _stale_page(organised_contest(slug), WaiverForm())


@bp.post("/contests/<slug>/citations/<int:question_id>")
@desk(Role.ORGANISER)
def sign(slug: str, question_id: int) -> Any:
    contest, form = organised_contest(slug), WaiverForm()
    if request.form.get("action") == "withdraw":
        actions.withdraw(contest, question_id, by=me(), now=clock.now())
        flash("Đã rút chữ ký: từ nay đề thi không rút câu này.", "good")
    elif not form.validate():
        return _stale_page(contest, form, question_id), 422
    else:
        actions.sign(contest, question_id, form.reason.data, by=me(), now=clock.now())
        flash("Đã ký xác nhận: đề thi của cuộc thi này có thể rút câu đó.", "good")
    return redirect(url_for("laws.stale", slug=slug))


def _may(person: Any, _: LegalDocument) -> bool:
    return permissions.may_change_laws(person)


def _check() -> None:
    if not permissions.may_change_laws(me()):
        raise NotFound()


def _save(form: LawForm, law: LegalDocument | None) -> Any:
    if not form.validate():
        return _page(form, law), 422
    try:
        kept = actions.keep(LawFacts(**form.facts), law, by=me(), now=clock.now())
    except QuestionRefused as refused:
        form.form_errors.append(str(refused))
        return _page(form, law), 409
    flash(f"Đã lưu văn bản số {kept.number}.", "good")
    return redirect(url_for("laws.index"))


def _page(form: LawForm, law: LegalDocument | None = None) -> str:
    return render_template("laws/form.html", form=form, law=law)


def _stale_page(contest: Contest, form: WaiverForm, asked: int | None = None) -> str:
    found = {each.question.id: each for each in reversed(citations.stale(contest.rules))}
    rows = sorted(found.values(), key=lambda each: each.question.id)
    facts = {"form": form, "asked": asked, "signed": citations.waivers(contest)}
    return render_template("laws/stale.html", contest=contest, rows=rows, **facts)
