"""The organisers' desk for the union tree, its import, and the search by which contestants find their union."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from quizapp import clock
from quizapp.db import reads
from quizapp.errors import BadFile
from quizapp.formats.union_list import UnionList, read_unions, sample_unions
from quizapp.models import TradeUnion
from quizapp.rules import permissions
from quizapp.unions import actions, planning, queries
from quizapp.unions.forms import ConfirmForm, CountForm, ImportForm, NewUnionForm, UnionForm
from quizapp.vocabulary import Role, UnionKind, Workplace
from quizapp.web.downloads import download
from quizapp.web.filters import VIETNAM
from quizapp.web.guards import desk, load, public
from quizapp.web.login import me
from quizapp.web.sealed import seal, unseal
from quizapp.web.urls import asked_number

bp = Blueprint("unions", __name__)
bp.add_app_template_filter(lambda value: UnionKind(value).label, "union_kind")
bp.add_app_template_filter(lambda value: Workplace(value).label, "workplace")


@bp.get("/unions/search")
@public
def search() -> dict[str, Any]:
    asked = request.args.get
    found = queries.pickable(asked("contest", ""), asked("q", ""), today=_today())
    rows = [{"id": each.id, "name": each.name, "above": each.parent.name if each.parent else ""} for each in found]
    return {"unions": rows}


@bp.get("/organise/unions")
@desk(Role.ORGANISER)
def index() -> Any:
    asked, today = request.args.get("q", "").strip()[:100], _today()
    if asked:
        page = queries.found(me(), asked, today=today, page=_page())
        return render_template("unions/found.html", page=page, search=asked)
    roots = queries.roots(me())
    if len(roots) == 1:
        return _show(roots[0])
    return render_template("unions/index.html", rows=queries.listed(roots, today=today))


@bp.get("/organise/unions/<int:union_id>")
@desk(Role.ORGANISER)
def show(union_id: int) -> Any:
    return _show(load(TradeUnion, union_id, permissions.may_manage_union))


@bp.post("/organise/unions/<int:union_id>/counts")
@desk(Role.ORGANISER)
def keep_count(union_id: int) -> Any:
    union, form, now = load(TradeUnion, union_id, permissions.may_manage_union), CountForm(), clock.now()
    if form.validate() and form.counted_on.data > _today():
        form.counted_on.errors = ["Ngày này chưa đến; xin ghi ngày đã thống kê."]
    if form.errors:
        return _show(union, form), 422
    actions.keep_count(union, counted_on=form.counted_on.data, members=form.members.data, by=me(), now=now)
    flash("Đã lưu số đoàn viên.", "good")
    return redirect(url_for("unions.show", union_id=union.id))


@bp.get("/organise/unions/<int:union_id>/edit")
@desk(Role.ORGANISER)
def edit(union_id: int) -> Any:
    union = load(TradeUnion, union_id, permissions.may_manage_union)
    return render_template("unions/edit.html", union=union, form=UnionForm(obj=union))


@bp.post("/organise/unions/<int:union_id>/edit")
@desk(Role.ORGANISER)
def save(union_id: int) -> Any:
    union, form = load(TradeUnion, union_id, permissions.may_manage_union), UnionForm()
    if not form.validate():
        return render_template("unions/edit.html", union=union, form=form), 422
    changed = actions.change_union(union, form.facts, by=me(), now=clock.now())
    flash("Đã lưu thay đổi." if changed else "Không có gì thay đổi.", "good")
    return redirect(url_for("unions.show", union_id=union.id))


@bp.get("/organise/unions/<int:union_id>/add")
@desk(Role.ORGANISER)
def new(union_id: int) -> Any:
    parent = load(TradeUnion, union_id, permissions.may_manage_union)
    return render_template("unions/add.html", parent=parent, form=NewUnionForm(kind=UnionKind.GRASSROOTS.value))


@bp.post("/organise/unions/<int:union_id>/add")
@desk(Role.ORGANISER)
def add(union_id: int) -> Any:
    parent, form = load(TradeUnion, union_id, permissions.may_manage_union), NewUnionForm()
    if form.validate() and queries.is_taken(form.code.data):
        form.code.errors = ["Mã này đã có công đoàn khác dùng; xin chọn mã khác."]
    if form.errors:
        return render_template("unions/add.html", parent=parent, form=form), 422
    made = actions.add_union(parent, form.code.data, form.facts, by=me(), now=clock.now())
    flash(f"Đã thêm {made.name}.", "good")
    return redirect(url_for("unions.show", union_id=made.id))


@bp.get("/organise/unions/import")
@desk(Role.ORGANISER)
def import_file() -> Any:
    return render_template("unions/import.html", form=ImportForm())


@bp.get("/organise/unions/import/sample.xlsx")
@desk(Role.ORGANISER)
def sample() -> Any:
    return download(BytesIO(sample_unions()), "mau-danh-sach-cong-doan", "xlsx")


@bp.post("/organise/unions/import")
@desk(Role.ORGANISER)
@reads
def preview() -> Any:
    form = ImportForm()
    if not form.validate():
        return render_template("unions/import.html", form=form), 422
    try:
        listing = read_unions(form.file.data.read(), today=_today())
        plan = planning.plan(listing, by=me())
    except BadFile as error:
        return render_template("unions/import.html", form=form, problems=error.problems), 422
    file_name = (form.file.data.filename or "")[:100]
    return _preview(plan, planning.Previewed(listing.rows, listing.notes, plan.digest, file_name))


@bp.post("/organise/unions/import/confirm")
@desk(Role.ORGANISER)
def confirm() -> Any:
    shown = unseal(planning.Previewed, ConfirmForm().sealed.data, me())
    listing = UnionList(shown.rows, notes=shown.notes)
    try:
        plan = actions.import_unions(
            listing, by=me(), now=clock.now(), expected=shown.digest, file_name=shown.file_name
        )
    except BadFile as error:
        return render_template("unions/import.html", form=ImportForm(formdata=None), problems=error.problems), 422
    if plan.digest != shown.digest:
        return _preview(plan, replace(shown, digest=plan.digest), is_stale=True), 409
    flash(f"Đã thêm {len(plan.those('new'))} công đoàn, sửa {len(plan.those('changed'))} công đoàn.", "good")
    return redirect(url_for("unions.index"))


def _preview(plan: planning.Plan, shown: planning.Previewed, *, is_stale: bool = False) -> Any:
    form = ConfirmForm(formdata=None, sealed=seal(shown, me()))
    return render_template("unions/preview.html", plan=plan, form=form, file_name=shown.file_name, is_stale=is_stale)


def _show(union: TradeUnion, form: CountForm | None = None) -> str:
    today = _today()
    return render_template(
        "unions/show.html",
        listed=queries.listed([union], today=today)[0],
        above=queries.above(union, me()),
        page=queries.children(union, today=today, page=_page()),
        counts=queries.member_counts(union),
        people=queries.people_in(union),
        form=form or CountForm(formdata=None, counted_on=today),
        today=today,
    )


def _today() -> date:
    return clock.now().astimezone(VIETNAM).date()


def _page() -> int:
    return asked_number("page", 1)
