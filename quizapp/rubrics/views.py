"""The organisers' desk for rubrics: the list, one rubric with its versions, making, changing and copying."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound

from quizapp import clock
from quizapp.errors import RubricCodeTaken
from quizapp.models import Rubric, TradeUnion
from quizapp.rubrics import actions, queries
from quizapp.rubrics.forms import LEVELS_HINT, RubricForm, written
from quizapp.rubrics.samples import sample, samples
from quizapp.rules import permissions
from quizapp.vocabulary import Role
from quizapp.web.guards import allowed, desk, load
from quizapp.web.login import me
from quizapp.web.unions import managed_unions

bp = Blueprint("rubrics", __name__, url_prefix="/organise/rubrics")


@bp.get("")
@desk(Role.ORGANISER)
def index() -> Any:
    return render_template("rubrics/index.html", rubrics=queries.listed(me()))


@bp.get("/new")
@desk(Role.ORGANISER)
def new() -> Any:
    data = _begun()
    form = RubricForm(managed_unions(me()), data=data)
    form.add_rows(1 if data else 3)
    return _form_page(form)


@bp.post("/new")
@desk(Role.ORGANISER)
def save_new() -> Any:
    form = RubricForm(managed_unions(me()))
    if (shown := _not_yet(form)) is not None:
        return shown
    union = load(TradeUnion, form.unit.data, permissions.may_manage_union)
    try:
        made = actions.make(union, form.code.data, form.title.data, form.content, by=me(), now=clock.now())
    except RubricCodeTaken as taken:
        form.form_errors.append(str(taken))
        return _form_page(form), 409
    flash(f"Đã lưu phiếu chấm “{made.title}”.", "good")
    return redirect(url_for("rubrics.show", code=made.code))


@bp.get("/samples")
@desk(Role.ORGANISER)
def all_samples() -> Any:
    return render_template("rubrics/samples.html", samples=samples())


@bp.get("/samples/<code>")
@desk(Role.ORGANISER)
def show_sample(code: str) -> Any:
    found = sample(code)
    if found is None:  # an essay may name a rubric of the union as well
        return redirect(url_for("rubrics.show", code=code))
    is_taken = queries.newest(code) is not None
    return render_template("rubrics/sample.html", sample=found, is_taken=is_taken)


@bp.get("/<code>")
@desk(Role.ORGANISER)
def show(code: str) -> Any:
    rubric = allowed(queries.newest(code), permissions.may_use_rubric)
    is_own = permissions.may_manage_union(me(), rubric.union)
    return render_template("rubrics/show.html", rubric=rubric, versions=queries.versions(code), is_own=is_own)


@bp.get("/<code>/edit")
@desk(Role.ORGANISER)
def edit(code: str) -> Any:
    rubric = allowed(queries.newest(code), permissions.may_change_rubric)
    form = RubricForm([rubric.union], data=written(rubric.code, rubric.title, rubric.content, rubric.union_id))
    form.add_rows()
    return _form_page(form, rubric)


@bp.post("/<code>/edit")
@desk(Role.ORGANISER)
def save(code: str) -> Any:
    rubric = allowed(queries.newest(code), permissions.may_change_rubric)
    form = RubricForm([rubric.union])
    form.code.data, form.unit.data = rubric.code, rubric.union_id
    if (shown := _not_yet(form, rubric)) is not None:
        return shown
    made = actions.change(rubric, form.title.data, form.content, by=me(), now=clock.now())
    flash(f"Đã lưu phiếu chấm “{made.title}”, phiên bản {made.version}.", "good")
    return redirect(url_for("rubrics.show", code=made.code))


def _begun() -> dict[str, Any]:
    """Return what a new rubric begins with: nothing, a copy of another, or one that comes with the platform."""
    if "like" in request.args:
        model = allowed(queries.newest(request.args["like"]), permissions.may_use_rubric)
        return written("", f"{model.title} (bản sao)", model.content)
    if "sample" in request.args:
        found = sample(request.args["sample"])
        if found is None:
            raise NotFound()
        return written("" if queries.newest(found.code) else found.code, found.title, found.content)
    return {}


def _not_yet(form: RubricForm, rubric: Rubric | None = None) -> Any:
    """Return the page when another row or a preview was asked for, or something is wrong; None: save."""
    asked = request.form.get("action")
    if asked == "add":
        form.add_rows()
        return _form_page(form, rubric)
    if not form.validate():
        return _form_page(form, rubric), 422
    return _form_page(form, rubric, preview=form.content) if asked == "preview" else None


def _form_page(form: RubricForm, rubric: Rubric | None = None, preview: Any = None) -> str:
    return render_template("rubrics/form.html", form=form, rubric=rubric, preview=preview, levels_hint=LEVELS_HINT)
