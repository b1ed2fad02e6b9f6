"""The organisers' desk for members: the list, files of members, first-time codes, one person and their roles."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import groupby
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from quizapp import clock
from quizapp.db import reads, transaction
from quizapp.errors import BadFile, NotFound
from quizapp.formats.roster import read_roster, sample_roster
from quizapp.members import actions, planning, queries
from quizapp.members.forms import ConfirmForm, ImportForm, MemberForm, ReasonForm, RoleForm, UnitForm
from quizapp.models import Person, TradeUnion
from quizapp.rules import permissions
from quizapp.rules.vietnamese import masked_phone
from quizapp.vocabulary import EntrantRole, Role
from quizapp.web.downloads import download
from quizapp.web.filters import VIETNAM
from quizapp.web.guards import allowed, desk
from quizapp.web.identity import locks_of
from quizapp.web.login import me
from quizapp.web.sealed import seal, unseal
from quizapp.web.urls import asked_number

bp = Blueprint("members", __name__)
bp.add_app_template_filter(masked_phone)
bp.add_app_template_filter(lambda value: EntrantRole(value).label, "entrant_role")
bp.add_app_template_filter(lambda value: Role(value).label, "role")


@bp.get("/organise/members")
@desk(Role.ORGANISER)
def index() -> Any:
    search = request.args.get("q", "").strip()[:100]
    unit = request.args.get("unit", "").strip()[:100]
    page = queries.members(me(), search=search, unit=unit, page=asked_number("page", 1))
    return render_template("members/index.html", page=page, search=search, unit=unit, unions=_pick())


@bp.get("/organise/members/import")
@desk(Role.ORGANISER)
def import_file() -> Any:
    return _import_page(ImportForm(unit=request.args.get("unit", "")))


@bp.get("/organise/members/import/sample.csv")
@desk(Role.ORGANISER)
def sample() -> Any:
    return download(BytesIO(sample_roster()), "mau-doan-vien", "csv")


@bp.post("/organise/members/import")
@desk(Role.ORGANISER)
@reads
def preview() -> Any:
    form = ImportForm()
    form.validate()
    unit = _unit_typed(form.unit) if form.unit.data else None
    if form.errors:
        return _import_page(form), 422
    today = _today()
    try:
        roster = read_roster(form.file.data.read(), today=today)
        plan = planning.plan(
            roster.rows, by=me(), unit=unit, today=today, known_problems=roster.problems, reason=form.reason.data
        )
    except BadFile as error:
        return _import_page(form, problems=error.problems), 422
    file_name = (form.file.data.filename or "")[:100]
    shown = planning.Previewed(roster.rows, unit.code if unit else None, plan.digest, file_name, form.reason.data)
    return _preview_page(plan, shown, notes=roster.notes)


@bp.post("/organise/members/import/confirm")
@desk(Role.ORGANISER)
@reads
def confirm() -> Any:
    shown = unseal(planning.Previewed, ConfirmForm().sealed.data, me())
    now = clock.now()
    try:
        with transaction():
            unit = queries.union_of(shown.unit, me()) if shown.unit else None
            facts: dict[str, Any] = {
                "by": me(),
                "unit": unit,
                "today": now.astimezone(VIETNAM).date(),
                "reason": shown.reason,
            }
            plan = planning.plan(shown.rows, **facts)
            if plan.digest != shown.digest:
                return _preview_page(plan, replace(shown, digest=plan.digest), is_stale=True), 409
            told = {"file_name": shown.file_name, "reason": shown.reason}
            cards = actions.import_members(plan, by=me(), now=now, with_codes=True, **told)
    except BadFile as error:
        return _import_page(ImportForm(formdata=None, reason=shown.reason), problems=error.problems), 422
    return _sheet(cards, imported=plan)


@bp.get("/organise/members/codes")
@desk(Role.ORGANISER)
def codes() -> Any:
    form = UnitForm(unit=request.args.get("unit", ""))
    unit = _unit_typed(form.unit) if form.unit.data else None
    people = queries.never_logged_in(unit, me()) if unit else []
    return render_template("members/codes.html", form=form, unit=unit, people=people, unions=_pick())


@bp.post("/organise/members/codes")
@desk(Role.ORGANISER)
@reads
def issue_codes() -> Any:
    form = UnitForm()
    unit = _unit_typed(form.unit)
    if unit is None:
        return render_template("members/codes.html", form=form, unit=None, people=[], unions=_pick()), 422
    with transaction():
        people = queries.never_logged_in(unit, me(), hold=True)
        cards = actions.issue_codes(people, unit, by=me(), now=clock.now())
    return _sheet(cards)


@bp.get("/organise/members/<int:person_id>")
@desk(Role.ORGANISER)
def show(person_id: int) -> Any:
    member = allowed(queries.whole_person(person_id), permissions.may_see_person)
    return render_template(
        "members/show.html",
        member=member,
        attempts=queries.attempts_of(member),
        history=queries.history_of(member),
        may_change=permissions.may_change_person(me(), member),
        may_give_roles=permissions.may_give_roles(me(), member),
        reason=ReasonForm(formdata=None),
        is_me=member.id == me().id,
    )


@bp.get("/organise/members/<int:person_id>/edit")
@desk(Role.ORGANISER)
def edit(person_id: int) -> Any:
    member = _changeable(person_id)
    return _edit_page(member, MemberForm(_today(), member))


@bp.post("/organise/members/<int:person_id>/edit")
@desk(Role.ORGANISER)
def save(person_id: int) -> Any:
    member = _changeable(person_id)
    form = MemberForm(_today(), member)
    form.validate()
    unit = _unit_typed(form.unit) if form.unit.data or member.union else None
    _note_taken(form, member)
    facts = form.facts | {"unit": unit.code if unit else None}
    if not form.errors:
        form.ask_reason(*actions.locked_changes(member, facts))
    if form.errors:
        return _edit_page(member, form), 422
    if actions.change_member(member, facts, unit, by=me(), now=clock.now(), reason=form.reason.data):
        flash(f"Đã lưu thông tin của {member.full_name}.", "good")
    return _back_to(member)


@bp.post("/organise/members/<int:person_id>/code")
@desk(Role.ORGANISER)
def issue_code(person_id: int) -> Any:
    member = _changeable(person_id, myself=False)
    return _sheet([actions.issue_code(member, by=me(), now=clock.now())])


@bp.post("/organise/members/<int:person_id>/disable")
@desk(Role.ORGANISER)
def disable(person_id: int) -> Any:
    return _switch(person_id, actions.disable, "Đã khóa tài khoản của {name}.")


@bp.post("/organise/members/<int:person_id>/enable")
@desk(Role.ORGANISER)
def enable(person_id: int) -> Any:
    return _switch(person_id, actions.enable, "Đã mở lại tài khoản của {name}.")


@bp.get("/organise/members/<int:person_id>/roles")
@desk(Role.ADMIN)
def roles(person_id: int) -> Any:
    return _roles_page(allowed(queries.whole_person(person_id), permissions.may_see_person), RoleForm())


@bp.post("/organise/members/<int:person_id>/roles")
@desk(Role.ADMIN)
def grant(person_id: int) -> Any:
    member, form = allowed(queries.held_person(person_id), permissions.may_give_roles), RoleForm()
    form.validate()
    unit = _unit_typed(form.unit, may=permissions.may_administer)
    if form.errors or unit is None:
        return _roles_page(member, form), 422
    role = Role(form.role.data)
    card = actions.grant(member, role, unit, by=me(), now=clock.now())
    if card:
        return _sheet([card], granted=role)
    flash(f"{member.full_name} có vai trò {role.label} của {unit.name}.", "good")
    return redirect(url_for("members.roles", person_id=member.id))


@bp.post("/organise/members/<int:person_id>/roles/<role>/<int:union_id>/revoke")
@desk(Role.ADMIN)
def revoke(person_id: int, role: str, union_id: int) -> Any:
    member = allowed(queries.held_person(person_id), permissions.may_see_person)
    held = next((each for each in member.grants if (each.role, each.union_id) == (role, union_id)), None)
    if held is None or not permissions.may_administer(me(), held.union):
        raise NotFound()
    actions.revoke(member, held, by=me(), now=clock.now())
    flash(f"Đã thu hồi vai trò {Role(role).label} của {member.full_name}.", "good")
    return redirect(url_for("members.roles", person_id=member.id))


def _changeable(person_id: int, *, myself: bool = True) -> Person:
    """Return the member, held for a change, if the viewer may change them; without `myself` never the viewer."""
    if person_id == me().id and not myself:
        raise NotFound()
    return allowed(queries.held_person(person_id), permissions.may_change_person)


def _switch(person_id: int, act: Callable[..., None], said: str) -> Any:
    member, form = _changeable(person_id, myself=False), ReasonForm()
    if form.validate():
        act(member, reason=form.reason.data, by=me(), now=clock.now())
        flash(said.format(name=member.full_name), "good")
    else:
        flash("Chưa thay đổi gì: xin ghi lý do.", "bad")
    return _back_to(member)


def _unit_typed(field: Any, may: Callable[[Person, Any], bool] = permissions.may_manage_union) -> TradeUnion | None:
    """Return the union that was typed, or note at the field that the viewer has no such union."""
    unit = queries.union_of(field.data or "")
    if unit is not None and may(me(), unit):
        return unit
    wrong = f"Không có đơn vị mã “{field.data}” trong phạm vi bạn phụ trách." if field.data else "Xin điền mã đơn vị."
    field.errors = field.errors or [wrong]
    return None


def _note_taken(form: MemberForm, member: Person) -> None:
    for field, column in ((form.phone, Person.phone), (form.member_number, Person.member_number)):
        if queries.is_taken(column, field.data, but=member):
            field.errors = [*field.errors, "Đã có người khác dùng; xin kiểm tra lại."]


def _pick() -> Sequence[TradeUnion]:
    return queries.unions_to_pick(me())


def _today() -> date:
    return clock.now().astimezone(VIETNAM).date()


def _back_to(member: Person) -> Any:
    return redirect(url_for("members.show", person_id=member.id))


def _import_page(form: ImportForm, **more: Any) -> str:
    return render_template("members/import.html", form=form, unions=_pick(), **more)


def _preview_page(plan: planning.Plan, shown: planning.Previewed, **more: Any) -> str:
    """Show what would be done; the rows travel on in the page."""
    form = ConfirmForm(formdata=None, sealed=seal(shown, me()))
    return render_template("members/preview.html", form=form, plan=plan, shown=shown, **more)


def _sheet(cards: list[actions.Card], **more: Any) -> str:
    """Show the cards this once: only the hashes of their codes are kept."""
    units = [list(group) for _, group in groupby(cards, key=lambda card: (card.unit_name, card.unit_code))]
    return render_template("members/sheet.html", units=units, count=len(cards), **more)


def _edit_page(member: Person, form: MemberForm) -> str:
    locks = locks_of([member.id]).get(member.id, ())
    return render_template("members/edit.html", member=member, form=form, unions=_pick(), locks=locks)


def _roles_page(member: Person, form: RoleForm) -> str:
    mine = [each for each in member.grants if permissions.may_administer(me(), each.union)]
    return render_template(
        "members/roles.html",
        member=member,
        form=form,
        mine=mine,
        others=len(member.grants) - len(mine),
        may_give=permissions.may_give_roles(me(), member),
        unions=_pick(),
    )
