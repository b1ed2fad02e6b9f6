"""The organiser's pages of results from paper: a file, its preview, earlier imports and taking one back."""

import hashlib
from dataclasses import replace
from io import BytesIO
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for

from quizapp import clock
from quizapp.attempt_imports import actions, planning, queries
from quizapp.attempt_imports.forms import ConfirmForm, ImportForm, UndoForm
from quizapp.contests.addressed import organised_contest
from quizapp.db import reads, transaction
from quizapp.errors import BadFile, NotFound, Refused
from quizapp.formats.attempts import read_results, sample_results
from quizapp.models import Contest
from quizapp.vocabulary import Role
from quizapp.web.downloads import download
from quizapp.web.filters import VIETNAM
from quizapp.web.guards import desk
from quizapp.web.login import me
from quizapp.web.sealed import seal, unseal

bp = Blueprint("attempt_imports", __name__)


@bp.get("/organise/contests/<slug>/attempts/import")
@desk(Role.ORGANISER)
def import_file(slug: str) -> Any:
    return _import_page(organised_contest(slug), ImportForm())


@bp.get("/organise/contests/<slug>/attempts/import/sample.xlsx")
@desk(Role.ORGANISER)
def sample(slug: str) -> Any:
    contest = organised_contest(slug)
    return download(BytesIO(sample_results()), f"mau-ket-qua-{contest.slug}", "xlsx")


@bp.post("/organise/contests/<slug>/attempts/import")
@desk(Role.ORGANISER)
@reads
def preview(slug: str) -> Any:
    contest, form = organised_contest(slug), ImportForm()
    if not form.validate():
        return _import_page(contest, form), 422
    data = form.file.data.read()
    digest = hashlib.sha256(data).hexdigest()
    try:
        results = read_results(data, today=clock.now().astimezone(VIETNAM).date())
        found, round_key = results.problems, form.round.data or None
        plan = planning.plan(results.rows, contest, by=me(), round_key=round_key, known_problems=found)
    except BadFile as error:
        return _import_page(contest, form, problems=error.problems), 422
    name = (form.file.data.filename or "")[:100]
    shown = planning.Previewed(results.rows, round_key, name, digest, plan.digest)
    return _preview_page(contest, plan, shown, notes=results.notes)


@bp.post("/organise/contests/<slug>/attempts/import/confirm")
@desk(Role.ORGANISER)
@reads
def confirm(slug: str) -> Any:
    organised_contest(slug)
    shown = unseal(planning.Previewed, ConfirmForm().sealed.data, me())
    try:
        with transaction():
            contest = organised_contest(slug)
            actions.check_new_file(contest, shown.file_digest)
            plan = planning.plan(shown.rows, contest, by=me(), round_key=shown.round)
            if plan.digest != shown.digest:
                return _preview_page(contest, plan, replace(shown, digest=plan.digest), is_stale=True), 409
            facts = {"file_name": shown.file_name, "file_digest": shown.file_digest}
            actions.import_attempts(plan, contest, by=me(), now=clock.now(), **facts)
    except BadFile as error:
        return _import_page(organised_contest(slug), ImportForm(formdata=None), problems=error.problems), 422
    flash(f"Đã nhập {len(plan.attempts)} lượt thi. Bảng xếp hạng sẽ đổi khi được tính lại.", "good")
    return redirect(url_for("attempt_imports.import_file", slug=slug))


@bp.post("/organise/contests/<slug>/attempts/import/<int:import_id>/undo")
@desk(Role.ORGANISER)
def undo(slug: str, import_id: int) -> Any:
    contest = organised_contest(slug)
    kept = queries.import_of(contest, import_id)
    if kept is None:
        raise NotFound()
    try:
        count = actions.undo(kept, contest, by=me(), now=clock.now())
    except Refused as refused:
        flash(str(refused), "bad")
    else:
        flash(f"Đã rút lại: {count} lượt thi không còn được tính. Không có gì bị xóa.", "good")
    return redirect(url_for("attempt_imports.import_file", slug=slug))


def _import_page(contest: Contest, form: ImportForm, **more: Any) -> str:
    imports, undo_form = queries.imports(contest), UndoForm(formdata=None)
    return render_template(
        "attempt_imports/import.html", contest=contest, form=form, imports=imports, undo_form=undo_form, **more
    )


def _preview_page(contest: Contest, plan: planning.Plan, shown: planning.Previewed, **more: Any) -> str:
    """Show what would be done; the rows travel on in the page."""
    form, same = (
        ConfirmForm(formdata=None, sealed=seal(shown, me())),
        queries.standing_import(contest, shown.file_digest),
    )
    return render_template(
        "attempt_imports/preview.html", contest=contest, form=form, plan=plan, shown=shown, same=same, **more
    )
