"""Trial marking: the organisers' samples and figures, and the judges' desk for samples."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from quizapp import clock
from quizapp.contests.addressed import organised_round
from quizapp.errors import AlreadyTried, NotFound, Refused, SampleInUse
from quizapp.judging import drafts, giving, trial
from quizapp.judging.drafts import Draft, Sheet
from quizapp.judging.queries import blind_text, essay_rule, seat_of
from quizapp.models import JudgeSeat, Round, TrialEssay
from quizapp.rules import permissions
from quizapp.trials import actions, queries
from quizapp.trials.forms import SampleForm
from quizapp.vocabulary import Role
from quizapp.web.guards import desk, load
from quizapp.web.login import me

WING = "/organise/contests/<slug>/essays/<key>/trials"
SEAT = "/judge/seats/<int:seat_id>/trials"

bp = Blueprint("trials", __name__)


@bp.get(WING)
@desk(Role.ORGANISER)
def index(slug: str, key: str) -> Any:
    round_ = organised_round(slug, key)
    shown = {"listed": queries.listed(round_), "members": queries.members(round_), "criteria": queries.criteria(round_)}
    return render_template("trials/index.html", round=round_, contest=round_.contest, rule=essay_rule(round_), **shown)


@bp.get(f"{WING}/new")
@desk(Role.ORGANISER)
def new(slug: str, key: str) -> Any:
    round_ = organised_round(slug, key)
    code = request.args.get("code", "").strip()
    text = _copied(code) if code else ""
    return _form_page(round_, SampleForm(_sheet(round_), data={"text": text or ""}), code=code, missing=text is None)


@bp.post(f"{WING}/new")
@desk(Role.ORGANISER)
def add(slug: str, key: str) -> Any:
    round_ = organised_round(slug, key)
    form = SampleForm(_sheet(round_))
    if not form.validate_on_submit():
        return _form_page(round_, form), 422
    actions.add(round_, **form.facts, by=me(), now=clock.now())
    flash("Đã thêm bài mẫu.", "good")
    return redirect(url_for("trials.index", slug=slug, key=key))


@bp.get(f"{WING}/<int:trial_id>")
@desk(Role.ORGANISER)
def edit(slug: str, key: str, trial_id: int) -> Any:
    round_ = organised_round(slug, key)
    sample = _sample(round_, trial_id)
    form = SampleForm(trial.sheet_of(sample), data={"text": sample.text, "reasons": sample.reasons})
    return _form_page(round_, form, sample)


@bp.post(f"{WING}/<int:trial_id>")
@desk(Role.ORGANISER)
def change(slug: str, key: str, trial_id: int) -> Any:
    round_ = organised_round(slug, key)
    sample = _sample(round_, trial_id)
    form = SampleForm(trial.sheet_of(sample))
    if not form.validate_on_submit():
        return _form_page(round_, form, sample), 422
    try:
        actions.change(sample, **form.facts, by=me(), now=clock.now())
    except SampleInUse as refused:
        form.form_errors.append(str(refused))
        return _form_page(round_, form, sample), 409
    flash("Đã lưu bài mẫu.", "good")
    return redirect(url_for("trials.index", slug=slug, key=key))


@bp.post(f"{WING}/<int:trial_id>/withdraw")
@desk(Role.ORGANISER)
def withdraw(slug: str, key: str, trial_id: int) -> Any:
    actions.withdraw(_sample(organised_round(slug, key), trial_id, withdrawn=True), by=me(), now=clock.now())
    flash("Đã rút bài mẫu; giám khảo không phải chấm bài này nữa.", "good")
    return redirect(url_for("trials.index", slug=slug, key=key))


@bp.post(f"{WING}/seats/<int:seat_id>/waive")
@desk(Role.ORGANISER)
def waive(slug: str, key: str, seat_id: int) -> Any:
    seat = seat_of(organised_round(slug, key), seat_id)
    if seat is None:
        raise NotFound()
    actions.waive(seat, by=me(), now=clock.now())
    flash(f"{seat.person.full_name} được chấm bài thi mà không cần chấm thử.", "good")
    return redirect(url_for("trials.index", slug=slug, key=key))


@bp.get(SEAT)
@desk(Role.JUDGE)
def mine(seat_id: int) -> Any:
    seat = load(JudgeSeat, seat_id, permissions.may_sit)
    return render_template("trials/mine.html", seat=seat, trial=trial.of_seat(seat))


@bp.get(f"{SEAT}/<int:trial_id>")
@desk(Role.JUDGE)
def show(seat_id: int, trial_id: int) -> Any:
    seat = load(JudgeSeat, seat_id, permissions.may_sit)
    return _desk_page(seat, _sample(seat.round, trial_id))


@bp.post(f"{SEAT}/<int:trial_id>")
@desk(Role.JUDGE)
def mark(seat_id: int, trial_id: int) -> Any:
    seat = load(JudgeSeat, seat_id, permissions.may_sit)
    sample = _sample(seat.round, trial_id)
    draft = drafts.read_sheet(request.form, trial.sheet_of(sample))
    try:
        actions.give(sample, seat, draft, seen=request.form.get("seen", ""), by=me(), now=clock.now())
    except AlreadyTried as refused:
        flash(str(refused), "bad")
    except Refused as refused:
        return _desk_page(seat, sample, draft, str(refused)), 422
    return redirect(url_for("trials.show", seat_id=seat_id, trial_id=trial_id))


def _sample(round_: Round, trial_id: int, *, withdrawn: bool = False) -> TrialEssay:
    found = queries.sample(round_, trial_id)
    if found is None or (found.withdrawn_at and not withdrawn):
        raise NotFound()
    return found


def _sheet(round_: Round) -> Sheet:
    rubric = giving.rubric_of(round_)
    return Sheet(rubric.content if rubric else None, drafts.most_of(round_))


def _copied(code: str) -> str | None:
    """Return the text of an essay of the organiser's own contests as judges would read it; None: there is none."""
    essay = queries.essay_of_code(code.upper())
    if essay is None or not essay.words or not permissions.may_organise(me(), essay.attempt.round.contest):
        return None
    return blind_text(essay)


def _form_page(
    round_: Round, form: SampleForm, sample: TrialEssay | None = None, *, code: str = "", missing: bool = False
) -> str:
    shown: dict[str, Any] = {"form": form, "sample": sample, "code": code, "missing": missing, "typed": request.form}
    shown |= {"criteria": form.sheet.criteria, "in_use": sample is not None and queries.is_in_use(sample)}
    return render_template("trials/form.html", round=round_, contest=round_.contest, **shown)


def _desk_page(seat: JudgeSeat, sample: TrialEssay, draft: Draft | None = None, problem: str = "") -> str:
    found, sheet = trial.of_seat(seat), trial.sheet_of(sample)
    return render_template(
        "trials/show.html",
        seat=seat,
        trial=found,
        sample=next(each for each in found.samples if each.trial.id == sample.id),
        rule=essay_rule(seat.round),
        criteria=sheet.criteria,
        most=sheet.max_mark,
        typed=request.form,
        draft=draft,
        problem=problem,
    )
