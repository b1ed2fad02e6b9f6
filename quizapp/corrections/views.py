"""The organiser's pages of what is put right: wrong keys, and truths of predictions; what would change comes first."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from wtforms.fields.choices import SelectChoice

from quizapp import clock
from quizapp.attempts.truths import known_truths
from quizapp.contests.addressed import organised_contest
from quizapp.corrections import applying, looking, predictions, previewing, queries
from quizapp.corrections.forms import CorrectionForm, RecountForm, UndoForm
from quizapp.corrections.looking import Preview
from quizapp.corrections.wishes import Wish
from quizapp.db import reads, transaction
from quizapp.errors import NotFound, Refused
from quizapp.jobs import files
from quizapp.models import Contest, Job, KeyCorrection, PredictionTruth, QuestionVersion
from quizapp.vocabulary import KeyVerdict, Role
from quizapp.web import downloads
from quizapp.web.guards import desk
from quizapp.web.login import me

bp = Blueprint("corrections", __name__)


@bp.get("/organise/contests/<slug>/corrections")
@desk(Role.ORGANISER)
def index(slug: str) -> Any:
    return _index(organised_contest(slug), UndoForm())


@bp.get("/organise/contests/<slug>/corrections/questions/<int:version_id>")
@desk(Role.ORGANISER)
def question(slug: str, version_id: int) -> Any:
    """The question, and the last preview that a job made for who looks."""
    contest = organised_contest(slug)
    version = _version(contest, version_id)
    job = previewing.job_of(contest, version.id, me())
    form, shown = _form(version), previewing.made_by(job)
    if job and shown:
        _fill(form, Wish.of(job.details["wish"]), shown.notice)
    return _page(contest, version, form, shown, job)


@bp.get("/organise/contests/<slug>/corrections/questions/<int:version_id>/changes.xlsx")
@desk(Role.ORGANISER)
def changes(slug: str, version_id: int) -> Any:
    contest = organised_contest(slug)
    job = previewing.job_of(contest, _version(contest, version_id).id, me())
    file = files.file_of(job) if job else None
    if file is None:
        flash("Danh sách chỉ được giữ một ngày. Xin bấm “Xem trước thay đổi” để lập lại.", "bad")
        return redirect(url_for("corrections.question", slug=slug, version_id=version_id))
    return downloads.download(file, f"thay-doi-{slug}", "xlsx")


@bp.post("/organise/contests/<slug>/corrections/questions/<int:version_id>")
@desk(Role.ORGANISER)
@reads
def correct(slug: str, version_id: int) -> Any:
    contest = organised_contest(slug)
    version = _version(contest, version_id)
    form = _form(version)
    if not form.validate_on_submit():
        return _page(contest, version, form), 422
    try:
        if request.form.get("action") == "apply":
            return _apply(contest, _wish(form, version), form.notice.data or "")
        if request.form.get("action") == "list" or queries.is_long(contest):
            return _ask_for_preview(contest, _wish(form, version))
        seen = looking.preview(contest, looking.look(contest, _wish(form, version), now=clock.now()))
    except Refused as refused:
        form.form_errors.append(str(refused))
        return _page(contest, version, form), 409
    form.notice.data = seen.notice
    return _page(contest, version, form, seen)


@bp.post("/organise/contests/<slug>/corrections/<int:correction_id>/undo")
@desk(Role.ORGANISER)
@reads
def undo(slug: str, correction_id: int) -> Any:
    contest, form, now = organised_contest(slug), UndoForm(), clock.now()
    correction = _correction(contest, correction_id)
    if not form.validate_on_submit():
        return _index(contest, form), 422
    reason = form.reason.data
    try:
        if queries.is_long(contest):
            with transaction():
                applying.ask_to_undo(contest, correction, reason=reason, by=me(), now=now)
        else:
            applying.undo(correction.id, reason=reason, by_id=me().id, now=now)
            flash("Đã hoàn tác. Các lượt thi được chấm lại theo đáp án trước khi sửa.", "good")
    except Refused as refused:
        flash(str(refused), "bad")
    return redirect(url_for("corrections.index", slug=slug))


@bp.get("/organise/contests/<slug>/predictions")
@desk(Role.ORGANISER)
def guesses(slug: str) -> Any:
    return _guesses(organised_contest(slug), RecountForm())


@bp.post("/organise/contests/<slug>/predictions/<key>")
@desk(Role.ORGANISER)
def recount(slug: str, key: str) -> Any:
    contest, form, now = organised_contest(slug), RecountForm(), clock.now()
    truth = _truth(contest, key)
    if not form.validate_on_submit():
        return _guesses(contest, form, key), 422
    try:
        if request.form.get("action") != "apply":
            return _guesses(contest, form, key, predictions.preview(contest, truth, now=now))
        predictions.recount(contest, truth, seen=form.seen_people, reason=form.reason.data, by=me(), now=now)
    except Refused as refused:
        form.form_errors.append(str(refused))
        return _guesses(contest, form, key), 409
    flash("Đã ghi số đếm lại. Bảng xếp hạng tự tính lại trong chừng một phút.", "good")
    return redirect(url_for("corrections.guesses", slug=slug))


def _wish(form: CorrectionForm, version: QuestionVersion) -> Wish:
    return Wish(version.id, KeyVerdict(form.verdict.data), form.right_options, form.reason.data or "")


def _fill(form: CorrectionForm, wish: Wish, notice: str) -> None:
    form.verdict.data, form.options.data = wish.verdict.value, list(wish.options)
    form.reason.data, form.notice.data = wish.reason, notice


def _ask_for_preview(contest: Contest, wish: Wish) -> Any:
    with transaction():
        previewing.ask_for_preview(contest, wish, by=me(), now=clock.now())
    return redirect(url_for("corrections.question", slug=contest.slug, version_id=wish.version_id))


def _apply(contest: Contest, wish: Wish, text: str) -> Any:
    now = clock.now()
    if queries.is_long(contest):
        with transaction():
            applying.ask_to_correct(contest, wish, text=text, by=me(), now=now)
    else:
        applying.correct(contest.id, wish, text=text, by_id=me().id, now=now)
        flash("Đã sửa và chấm lại các lượt thi có câu hỏi này. Bảng xếp hạng tự tính lại trong chừng một phút.", "good")
    return redirect(url_for("corrections.index", slug=contest.slug))


def _truth(contest: Contest, key: str) -> PredictionTruth:
    """Return the truth that was written down for a round's prediction. Raises NotFound."""
    found = next((each for each in known_truths(contest).values() if each.round.key == key), None)
    if found is None:
        raise NotFound()
    return found


def _guesses(contest: Contest, form: RecountForm, key: str = "", preview: predictions.Recounted | None = None) -> str:
    known = known_truths(contest)
    return render_template(
        "corrections/guesses.html",
        contest=contest,
        rounds=[(each, known.get(each.id)) for each in contest.rounds if each.rules.prediction],
        people=queries.names_of(each.frozen_by_id for each in known.values()),
        form=form,
        key=key,
        preview=preview,
    )


def _index(contest: Contest, form: UndoForm) -> str:
    search = request.args.get("q", "").strip()[:100]
    return render_template(
        "corrections/index.html",
        contest=contest,
        corrections=queries.all_corrections(contest),
        questions=queries.asked_questions(contest, search),
        most=queries.MOST_SHOWN,
        search=search,
        verdict=KeyVerdict,
        form=form,
        job=applying.shown_job(contest, clock.now()),
    )


def _correction(contest: Contest, correction_id: int) -> KeyCorrection:
    correction = queries.correction_of(contest, correction_id)
    if correction is None:
        raise NotFound()
    return correction


def _version(contest: Contest, version_id: int) -> QuestionVersion:
    version = queries.asked_version(contest, version_id)
    if version is None:
        raise NotFound()
    return version


def _form(version: QuestionVersion) -> CorrectionForm:
    form, options = CorrectionForm(), queries.options_of(version)
    form.options.choices = [SelectChoice(each.position, each.text) for each in options]
    if not options:
        form.verdict.choices = [each for each in form.verdict.choices if each.value != KeyVerdict.NEW_KEY]
    return form


def _page(
    contest: Contest,
    version: QuestionVersion,
    form: CorrectionForm,
    preview: Preview | None = None,
    job: Job | None = None,
) -> str:
    return render_template(
        "corrections/question.html",
        contest=contest,
        version=version,
        options=queries.options_of(version),
        standing=queries.standing_corrections(contest).get(version.id),
        attempts=queries.count_with(contest, version.id),
        form=form,
        preview=preview,
        is_old=preview is not None and preview.remarkings != contest.remarkings,
        job=job,
        has_file=job is not None and files.has_file(job),
    )
