"""The pages on which a draft becomes a contest that everybody may see."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from quizapp import clock
from quizapp.contests.addressed import organised_contest
from quizapp.contests.queries import known_names
from quizapp.drafting.pages import advice
from quizapp.drafting.queries import draft_of
from quizapp.errors import BadFile, NotFound, Refused, RowProblem
from quizapp.formats.contest_file import ContestFile
from quizapp.formats.contest_tree import checked, source_of, tree_of
from quizapp.models import Contest, ContestDraft
from quizapp.questions.previewing import ShownPicture
from quizapp.releasing import actions, queries, rehearsing
from quizapp.releasing.changes import changes
from quizapp.releasing.forms import ChangesForm, PublishForm, RehearsalForm, TakeBackForm
from quizapp.releasing.missing import missing
from quizapp.releasing.specimen import specimen
from quizapp.rules import permissions
from quizapp.rules.essay_wording import length
from quizapp.rules.rulebook import rulebook, short_rules
from quizapp.vocabulary import Role
from quizapp.web.guards import desk, load
from quizapp.web.login import me

bp = Blueprint("releasing", __name__, url_prefix="/organise")


@bp.post("/drafts/<int:draft_id>/release")
@desk(Role.ORGANISER)
def save(draft_id: int) -> Any:
    draft = load(ContestDraft, draft_id, permissions.may_draft)
    read = checked(draft.tree)
    if read.file is None:
        return _refused(draft, read.problems)
    try:
        if draft.contest is not None and draft.contest.published_at is not None:
            return _amended(draft, draft.contest, read.file)
        contest = actions.save(draft, read.file, by=me(), now=clock.now())
    except BadFile as error:
        return _refused(draft, error.problems)
    flash("Đã lưu cuộc thi; mới chỉ Ban tổ chức thấy.", "good")
    return redirect(url_for("releasing.show", slug=contest.slug))


@bp.get("/contests/<slug>/release")
@desk(Role.ORGANISER)
def show(slug: str) -> Any:
    return _page(organised_contest(slug))


@bp.get("/contests/<slug>/release/rounds/<key>")
@desk(Role.ORGANISER)
def paper(slug: str, key: str) -> Any:
    contest = organised_contest(slug)
    round_ = next((each for each in contest.rounds if each.key == key), None)
    if round_ is None:
        raise NotFound()
    drawn = specimen(round_)

    def picture_url(picture: ShownPicture) -> str:
        return url_for("questions.picture", code=drawn.banks[picture.digest], digest=picture.digest)

    shown = {"drawn": drawn, "picture_url": picture_url, "short_rules": short_rules(round_.rules)}
    shown["essay_length"] = length(round_.rules.essay) if round_.rules.essay else ""
    return render_template("releasing/paper.html", contest=contest, round=round_, **shown)


@bp.post("/contests/<slug>/release/rehearsal")
@desk(Role.ORGANISER)
def rehearse(slug: str) -> Any:
    contest, form = organised_contest(slug), RehearsalForm()
    if not form.validate_on_submit():
        return _page(contest, form), 422
    try:
        rehearsing.begin(contest, length=form.length, by=me(), now=clock.now())
    except Refused as refused:
        flash(str(refused), "bad")
    else:
        flash("Đã mở diễn tập. Mọi người của Ban tổ chức vào thi được từ trang này.", "good")
    return redirect(url_for("releasing.show", slug=slug) + "#dien-tap")


@bp.post("/contests/<slug>/release/rehearsal/end")
@desk(Role.ORGANISER)
def end_rehearsal(slug: str) -> Any:
    rehearsing.end(organised_contest(slug), by=me(), now=clock.now())
    flash("Đã xóa buổi diễn tập cùng mọi lượt làm trong đó.", "good")
    return redirect(url_for("releasing.show", slug=slug))


@bp.get("/contests/<slug>/release/publication")
@desk(Role.ORGANISER)
def publishing(slug: str) -> Any:
    return _publishing_page(organised_contest(slug), PublishForm(formdata=None))


@bp.post("/contests/<slug>/release/publication")
@desk(Role.ORGANISER)
def publish(slug: str) -> Any:
    contest, form = organised_contest(slug), PublishForm()
    if not form.validate_on_submit():
        return _publishing_page(contest, form), 422
    try:
        actions.publish(contest, by=me(), now=clock.now())
    except Refused as refused:
        flash(str(refused), "bad")
    else:
        flash(f"Đã công bố “{contest.title}”. Mọi người xem được trang cuộc thi và thể lệ.", "good")
    return redirect(url_for("releasing.show", slug=slug))


@bp.post("/contests/<slug>/release/withdrawal")
@desk(Role.ORGANISER)
def take_back(slug: str) -> Any:
    contest, form = organised_contest(slug), TakeBackForm()
    if not form.validate_on_submit():
        return _page(contest, take_back_form=form), 422
    try:
        actions.take_back(contest, reason=form.reason.data, by=me(), now=clock.now())
    except Refused as refused:
        flash(str(refused), "bad")
    else:
        flash("Đã thôi công bố; từ nay chỉ Ban tổ chức thấy cuộc thi.", "good")
    return redirect(url_for("releasing.show", slug=slug))


def _amended(draft: ContestDraft, contest: Contest, file: ContestFile) -> Any:
    """Change a public contest, once the organiser has read what changes."""
    form, found = ChangesForm(), changes(tree_of(contest.rules), tree_of(file.rules))
    digest = sha256(f"{source_of(tree_of(contest.rules))}\0{file.source}".encode()).hexdigest()
    actions.check(draft, file, by=me())
    if request.form.get("action") != "apply" or form.seen.data != digest:
        form.seen.data = digest
        return render_template("releasing/changes.html", draft=draft, contest=contest, changes=found, form=form)
    actions.save(draft, file, by=me(), now=clock.now())
    flash("Đã sửa cuộc thi đang công bố.", "good")
    return redirect(url_for("releasing.show", slug=contest.slug))


def _refused(draft: ContestDraft, problems: Sequence[RowProblem]) -> Any:
    return render_template("releasing/refused.html", draft=draft, problems=advice(draft.tree, problems)), 422


def _page(contest: Contest, form: RehearsalForm | None = None, take_back_form: TakeBackForm | None = None) -> str:
    now = clock.now()
    return render_template(
        "releasing/show.html",
        contest=contest,
        now=now,
        viewer=me().id,
        missing=missing(contest, now),
        draft=draft_of(contest),
        rehearsal=queries.rehearsal_rounds(contest),
        rehearsed=queries.rehearsed(contest),
        is_sat=actions.is_sat(contest),
        form=form or RehearsalForm(formdata=None),
        take_back_form=take_back_form or TakeBackForm(formdata=None),
    )


def _publishing_page(contest: Contest, form: PublishForm) -> str:
    now, sections = clock.now(), rulebook(contest.rules, known_names(contest.rules))
    lacks = missing(contest, now)
    return render_template(
        "releasing/publish.html", contest=contest, form=form, now=now, missing=lacks, sections=sections
    )
