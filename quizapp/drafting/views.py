"""The organiser's form: drafts of contests, and the pages on which one is filled in."""

from copy import deepcopy
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from quizapp import clock
from quizapp.contests.addressed import organised_contest
from quizapp.drafting import actions, arranging, queries
from quizapp.drafting.forms import COPY, SeenForm, StartForm, WholeForm
from quizapp.drafting.naming import named_units, take_names
from quizapp.drafting.pages import PARTS, Offers, Page, Part, advice, page_of, pages_of, steps_of, write
from quizapp.errors import BadFile, ChangedMeanwhile, NotFound
from quizapp.formats.contest_shapes import SHAPES
from quizapp.formats.contest_tree import Tree, items_of, source_of, tree_in, tree_of
from quizapp.models import ContestDraft, TradeUnion
from quizapp.rules import permissions
from quizapp.vocabulary import Role
from quizapp.web.filters import VIETNAM
from quizapp.web.guards import desk, load
from quizapp.web.login import me
from quizapp.web.unions import managed_unions

bp = Blueprint("drafting", __name__, url_prefix="/organise/drafts")


@bp.get("")
@desk(Role.ORGANISER)
def index() -> Any:
    listed = [(each, queries.checked_draft(each, me())) for each in queries.drafts_of(me())]
    unpublished = queries.contests_of(me(), unpublished=True)
    return render_template("drafting/index.html", listed=listed, unpublished=unpublished, steps_of=steps_of)


@bp.get("/new")
@desk(Role.ORGANISER)
def new() -> Any:
    return render_template("drafting/new.html", form=_start_form(), shapes=SHAPES)


@bp.post("/new")
@desk(Role.ORGANISER)
def make() -> Any:
    form = _start_form()
    if not form.check():
        return render_template("drafting/new.html", form=form, shapes=SHAPES), 422
    union = load(TradeUnion, form.unit.data, permissions.may_manage_union)
    made = actions.make(union, _first_tree(form, union), by=me(), now=clock.now())
    return redirect(url_for("drafting.show", draft_id=made.id))


@bp.post("/of/<slug>")
@desk(Role.ORGANISER)
def change(slug: str) -> Any:
    draft = actions.draft_changes(organised_contest(slug), by=me(), now=clock.now())
    return redirect(url_for("drafting.show", draft_id=draft.id))


@bp.get("/<int:draft_id>")
@desk(Role.ORGANISER)
def show(draft_id: int) -> Any:
    draft = _draft(draft_id)
    checked = queries.checked_draft(draft, me())
    pages = pages_of(draft.tree, checked.problems, _offers(draft))
    shown = {"checked": checked, "advice": advice(draft.tree, checked.warnings), "pages": pages}
    return render_template("drafting/show.html", draft=draft, steps=PARTS.values(), **shown)


@bp.get("/<int:draft_id>/parts/<part>", defaults={"number": None})
@bp.get("/<int:draft_id>/parts/<part>/<int:number>")
@desk(Role.ORGANISER)
def edit(draft_id: int, part: str, number: int | None) -> Any:
    draft = _draft(draft_id)
    pages = pages_of(draft.tree, queries.checked_draft(draft, me()).problems, _offers(draft))
    page = next((each for each in pages if each.part.key == part and each.number == number), None)
    if page is None:
        raise NotFound()
    if page.form:
        return _form_page(draft, page)
    items = [each for each in pages if each.part is page.part and each.number]
    return render_template("drafting/items.html", draft=draft, page=page, items=items)


@bp.post("/<int:draft_id>/parts/<part>", defaults={"number": None})
@bp.post("/<int:draft_id>/parts/<part>/<int:number>")
@desk(Role.ORGANISER)
def save(draft_id: int, part: str, number: int | None) -> Any:
    draft = _draft(draft_id)
    actions.hold(draft)
    tree = deepcopy(draft.tree)
    page = page_of(tree, _part(part), number, _offers(draft))
    if page is None or page.form is None:
        raise NotFound()
    write(page, tree)
    take_names(tree, me())
    try:
        actions.save(draft, tree, seen=SeenForm().version, by=me(), now=clock.now())
    except ChangedMeanwhile:
        return _form_page(draft, page, is_stale=True), 409
    return _saved(draft, page)


@bp.post("/<int:draft_id>/arrange/<part>")
@desk(Role.ORGANISER)
def arrange(draft_id: int, part: str) -> Any:
    """Add, copy, remove or move an item of a list; what was added is opened."""
    draft, kind = _draft(draft_id), _part(part)
    tree = deepcopy(draft.tree)
    opened = _arranged(tree, kind)
    actions.save(draft, tree, seen=SeenForm().version, by=me(), now=clock.now())
    return redirect(url_for("drafting.edit", draft_id=draft.id, part=part, number=opened))


@bp.get("/<int:draft_id>/file")
@desk(Role.ORGANISER)
def edit_file(draft_id: int) -> Any:
    draft = _draft(draft_id)
    form = WholeForm(data={"text": source_of(draft.tree), "seen": draft.version})
    return render_template("drafting/file.html", draft=draft, form=form)


@bp.post("/<int:draft_id>/file")
@desk(Role.ORGANISER)
def save_file(draft_id: int) -> Any:
    draft, form = _draft(draft_id), WholeForm()
    try:
        tree = tree_in(form.text.data)
        actions.save(draft, tree, seen=form.version, by=me(), now=clock.now())
    except BadFile as error:
        return render_template("drafting/file.html", draft=draft, form=form, problems=error.problems), 422
    except ChangedMeanwhile:
        return render_template("drafting/file.html", draft=draft, form=form, is_stale=True), 409
    flash("Đã lưu.", "good")
    return redirect(url_for("drafting.show", draft_id=draft.id))


@bp.get("/<int:draft_id>/delete")
@desk(Role.ORGANISER)
def deleting(draft_id: int) -> Any:
    return render_template("drafting/delete.html", draft=_draft(draft_id))


@bp.post("/<int:draft_id>/delete")
@desk(Role.ORGANISER)
def delete(draft_id: int) -> Any:
    actions.delete(_draft(draft_id), seen=SeenForm().version, by=me(), now=clock.now())
    flash("Đã xóa bản soạn.", "good")
    return redirect(url_for("drafting.index"))


def _draft(draft_id: int) -> ContestDraft:
    return load(ContestDraft, draft_id, permissions.may_draft)


def _offers(draft: ContestDraft) -> Offers:
    return {**queries.offers(draft, me()), "named_units": named_units(draft.tree, me())}


def _part(key: str) -> Part:
    if key not in PARTS:
        raise NotFound()
    return PARTS[key]


def _saved(draft: ContestDraft, page: Page) -> Any:
    """Stay on the page, where it says now what is wrong, or go where the pressed button says."""
    flash("Đã lưu.", "good")
    if request.form.get("do") == "leave":
        return redirect(url_for("drafting.show", draft_id=draft.id))
    return redirect(url_for("drafting.edit", draft_id=draft.id, part=page.part.key, number=page.number))


def _form_page(draft: ContestDraft, page: Page, *, is_stale: bool = False) -> str:
    return render_template("drafting/form.html", draft=draft, page=page, is_stale=is_stale)


def _start_form() -> StartForm:
    shapes = [(key, shape.title) for key, shape in SHAPES.items()]
    contests = [(each.slug, each.title) for each in queries.contests_of(me())]
    return StartForm().offer(shapes, contests, managed_unions(me()))


def _first_tree(form: StartForm, union: TradeUnion) -> Tree:
    """Return the tree of a new draft; a copy has no address yet, and opens in the future."""
    today = clock.now().astimezone(VIETNAM).date()
    if form.start.data in SHAPES:
        return SHAPES[form.start.data].tree(union.code, today)
    if form.start.data != COPY:
        return {"organiser": union.code}
    rules = organised_contest(form.contest.data).rules
    tree = tree_of(rules) | {"title": f"{rules.title} (bản sao)", "organiser": union.code}
    del tree["slug"]
    return arranging.to_come(tree, today)


def _arranged(tree: Tree, part: Part) -> int | None:
    """Do to a list what the pressed button says ('copy-2'); return the number of the item to open."""
    asked, _, word = request.form.get("do", "").partition("-")
    if asked == "add" and part.is_list:
        return arranging.add(tree, part.key, {"of": word} if word in dict(part.news) and word else {})
    number = int(word) if word.isdecimal() else 0
    if not 0 < number <= len(items_of(tree, part.key)):
        raise ChangedMeanwhile()
    if asked == "copy":
        return arranging.copy(tree, part.key, number)
    if asked == "remove":
        arranging.remove(tree, part.key, number)
    elif asked == "up":
        arranging.move_up(tree, part.key, number)
    return None
