"""The organisers' desk for judging: each round with an essay, its jury, its essays, one essay with its layers."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for

from quizapp import clock
from quizapp.attempts.essay_files import nth_file
from quizapp.contests.addressed import organised_contest, organised_round
from quizapp.contests.queries import essay_rounds
from quizapp.errors import NotFound, Refused
from quizapp.essays import actions, queries
from quizapp.essays.forms import AllocateForm, SeatForm, SeedForm
from quizapp.judging import drafts, seeds, states
from quizapp.judging.queries import essay_of, essay_rule, seat_of
from quizapp.models import Essay, Round
from quizapp.rules.allocation import Allocated
from quizapp.vocabulary import EssayState, Role, Turn
from quizapp.web.decisions import DecisionForm
from quizapp.web.guards import desk
from quizapp.web.login import me
from quizapp.web.pictures import answer_picture
from quizapp.web.urls import asked_number

# What else there is for a round's essays: wings of their own, each with an `index` of a round.
TOOLS = (
    ("trials.index", "Chấm thử", "Bài mẫu có điểm thống nhất, chấm trước khi chấm bài thi"),
    ("likeness.index", "Bài giống nhau", "Các bài chép nhau hoặc chép từ văn bản"),
    ("fairness.index", "Độ thống nhất của giám khảo", "Ai chấm chặt, ai chấm rộng, lệch nhau bao nhiêu"),
    ("papers.index", "Biên bản, Excel, chấm trên giấy", "Các tệp tải về; phiếu điểm nộp lại"),
    ("appeals.index", "Phúc khảo", "Đề nghị của người viết, chấm lại, trả lời"),
    ("works.index", "Giới thiệu bài hay", "Chọn bài, hỏi người viết, công bố"),
)

bp = Blueprint("essays", __name__, url_prefix="/organise/contests/<slug>/essays")


@bp.get("")
@desk(Role.ORGANISER)
def index(slug: str) -> Any:
    contest, now = organised_contest(slug), clock.now()
    overviews = [queries.overview(each, now) for each in essay_rounds(contest)]
    shown = {"contest": contest, "overviews": overviews, "form": AllocateForm(), "tools": _tools()}
    return render_template("essays/index.html", **shown)


@bp.get("/<key>/jury")
@desk(Role.ORGANISER)
def jury(slug: str, key: str) -> Any:
    return _jury_page(organised_round(slug, key))


@bp.post("/<key>/jury")
@desk(Role.ORGANISER)
def seat(slug: str, key: str) -> Any:
    round_, form = organised_round(slug, key), SeatForm()
    person = queries.judge_of(form.person_id)
    if not form.validate_on_submit() or person is None:
        return _jury_page(round_, form), 422
    actions.seat(round_, person, capacity=form.most, is_chair=form.is_chair.data, by=me(), now=clock.now())
    flash(f"{person.full_name} ở trong Ban Giám khảo của {round_.title}.", "good")
    return redirect(url_for("essays.jury", slug=slug, key=key))


@bp.post("/<key>/jury/<int:seat_id>/leave")
@desk(Role.ORGANISER)
def unseat(slug: str, key: str, seat_id: int) -> Any:
    round_ = organised_round(slug, key)
    kept = seat_of(round_, seat_id)
    if kept is None:
        raise NotFound()
    if kept.left_at is not None:
        return redirect(url_for("essays.jury", slug=slug, key=key))
    done = actions.unseat(round_, kept, by=me(), now=clock.now())
    flash(f"{kept.person.full_name} đã rời Ban Giám khảo; {len(done.pairs)} bài chưa chấm giao cho người khác.", "good")
    return _after(round_, done)


@bp.post("/<key>/seeds")
@desk(Role.ORGANISER)
def plant(slug: str, key: str) -> Any:
    round_, form = organised_round(slug, key), SeedForm()
    if not form.validate_on_submit():
        return _jury_page(round_, seeding=form), 422
    try:
        number = seeds.plant(round_, int(form.count.data), by=me(), now=clock.now())
    except Refused as refused:
        flash(str(refused), "bad")
    else:
        flash(f"Đã cài {number} bài chấm lặp; giám khảo không biết bài nào.", "good")
    return redirect(url_for("essays.jury", slug=slug, key=key))


@bp.post("/<key>/allocate")
@desk(Role.ORGANISER)
def allocate(slug: str, key: str) -> Any:
    round_, form = organised_round(slug, key), AllocateForm()
    try:
        done = actions.allocate(round_, early=form.early.data, by=me(), now=clock.now())
    except Refused as refused:
        flash(str(refused), "bad")
        return redirect(url_for("essays.index", slug=slug))
    flash(f"Đã giao {len(done.pairs)} lượt chấm mới.", "good")
    return _after(round_, done)


@bp.get("/<key>")
@desk(Role.ORGANISER)
def listed(slug: str, key: str) -> Any:
    round_, page = organised_round(slug, key), asked_number("page", 1)
    asked = request.args.get("state", "")
    state = EssayState(asked) if asked in set(EssayState) else None
    counts, stuck = states.counts(round_), queries.stuck(round_)
    count = counts[state] if state else sum(counts.values())
    shown: dict[str, Any] = {"counts": counts, "count": count, "state": state, "page": page, "stuck": stuck}
    shown |= {"essays": states.listed(round_, state, page), "pages": -(-count // states.ON_A_PAGE)}
    if asked == queries.STUCK and stuck:
        shown |= {"essays": stuck, "count": len(stuck), "pages": 1, "state": queries.STUCK}
    return render_template("essays/listed.html", round=round_, contest=round_.contest, **shown)


@bp.get("/<key>/<code>")
@desk(Role.ORGANISER)
def show(slug: str, key: str, code: str) -> Any:
    round_ = organised_round(slug, key)
    return _essay_page(round_, _essay(round_, code))


@bp.get("/<key>/<code>/pictures/<int:place>")
@desk(Role.ORGANISER)
def picture(slug: str, key: str, code: str, place: int) -> Any:
    return answer_picture(nth_file(_essay(organised_round(slug, key), code).attempt_id, place).content)


@bp.post("/<key>/<code>")
@desk(Role.ORGANISER)
def decide(slug: str, key: str, code: str) -> Any:
    round_ = organised_round(slug, key)
    essay, form = _essay(round_, code), _decision_form(round_)
    if not form.validate_on_submit():
        return _essay_page(round_, essay, form), 422
    facts: dict[str, Any] = {"seen": form.seen_id, "reason": form.reason.data, "by": me(), "now": clock.now()}
    try:
        actions.decide(round_, essay, form.hundredths, **facts)
    except Refused as refused:
        flash(str(refused), "bad")
    else:
        flash(f"Đã ghi điểm mới của bài {code}. Điểm cũ vẫn được giữ trong lịch sử.", "good")
    return redirect(url_for("essays.show", slug=slug, key=key, code=code))


def _essay(round_: Round, code: str) -> Essay:
    essay = essay_of(round_.id, code)
    if essay is None:
        raise NotFound()
    return essay


def _after(round_: Round, done: Allocated) -> Any:
    if done.short:
        return _jury_page(round_, short=done)
    return redirect(url_for("essays.jury", slug=round_.contest.slug, key=round_.key))


def _tools() -> list[tuple[str, str, str]]:
    return [each for each in TOOLS if each[0] in current_app.view_functions]


def _jury_page(
    round_: Round, form: SeatForm | None = None, short: Allocated | None = None, seeding: SeedForm | None = None
) -> str:
    search = request.args.get("q", "").strip()[:100]
    return render_template(
        "essays/jury.html",
        round=round_,
        contest=round_.contest,
        members=queries.jury(round_),
        search=search,
        found=queries.candidates(round_, search),
        form=form or SeatForm(),
        seeding=seeding or SeedForm(),
        stuck=len(queries.stuck(round_)),
        pool=queries.pool(round_, clock.now()),
        short=queries.with_codes(short.short) if short else (),
    )


def _decision_form(round_: Round) -> DecisionForm:
    return DecisionForm(essay_rule(round_).max_mark)


def _essay_page(round_: Round, essay: Essay, form: DecisionForm | None = None) -> str:
    layers, form = queries.layers(essay), form or _decision_form(round_)
    form.seen.data = layers[0][0].id if layers else 0
    standing = states.of_essay(round_, essay.code)
    if standing is None:
        raise NotFound()
    assessments = queries.assessments(essay)
    return render_template(
        "essays/show.html",
        round=round_,
        contest=round_.contest,
        essay=essay,
        standing=standing,
        assessments=[(each, drafts.criteria_of(each[0])) for each in assessments],
        reasons=queries.reasons(assessments),
        turns={turn.value: turn.label for turn in Turn},
        layers=layers,
        form=form,
        may_decide=actions.may_decide(round_, essay, standing.state),
    )
