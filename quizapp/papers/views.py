"""Papers of a jury for its organisers, and each judge's own pack and form: taken away, and brought back."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for

from quizapp import clock
from quizapp.contests.addressed import organised_round
from quizapp.db import reads, transaction
from quizapp.errors import BadFile, NamesSealed, NotFound, PaperBusy, PaperFailed, Refused, TrialUnfinished
from quizapp.essays.queries import jury
from quizapp.formats.paper_marks import read_marks
from quizapp.judging import giving, trial
from quizapp.judging.queries import queue_of, seat_of
from quizapp.models import JudgeSeat, Round
from quizapp.papers import actions, planning, queries
from quizapp.papers.forms import ConfirmForm, ImportForm, MarksForm, PackForm
from quizapp.papers.planning import Plan, Previewed
from quizapp.rules import permissions
from quizapp.vocabulary import Role
from quizapp.web import children
from quizapp.web.downloads import download
from quizapp.web.guards import desk, load
from quizapp.web.login import me
from quizapp.web.sealed import seal, unseal

bp = Blueprint("papers", __name__)

ROUND = "/organise/contests/<slug>/essays/<key>/papers"
SEAT = f"{ROUND}/seats/<int:seat_id>"
OWN = "/judge/seats/<int:seat_id>/papers"


@dataclass(frozen=True)
class Side:
    """A seat as its page is reached: by the organisers, or by the judge."""

    seat: JudgeSeat
    prefix: str  # of the endpoints
    place: dict[str, Any]

    def url(self, what: str) -> str:
        return url_for(f"papers.{self.prefix}_{what}", **self.place)

    @property
    def home(self) -> str:
        return url_for(f"papers.{self.prefix}", **self.place)

    @property
    def is_own(self) -> bool:
        return self.prefix == "own"


@bp.get(ROUND)
@desk(Role.ORGANISER)
def index(slug: str, key: str) -> Any:
    return _index(organised_round(slug, key), MarksForm(formdata=None))


@bp.post(f"{ROUND}/marks.xlsx")
@desk(Role.ORGANISER)
@reads
def marks(slug: str, key: str) -> Any:
    round_, form = organised_round(slug, key), MarksForm()
    if form.names.data and not queries.may_name_writers(round_):
        form.names.errors = [str(NamesSealed())]
        return _index(round_, form), 409
    names = ["--names"] if form.names.data else []
    return _sent(round_, "diem-bai-viet", "xlsx", "marks", *names, *_by(), "--", slug, key)


@bp.post(f"{ROUND}/minutes.docx")
@desk(Role.ORGANISER)
@reads
def minutes(slug: str, key: str) -> Any:
    return _sent(organised_round(slug, key), "bien-ban-cham-thi", "docx", "minutes", *_by(), "--", slug, key)


@bp.get(SEAT)
@desk(Role.ORGANISER)
def seat(slug: str, key: str, seat_id: int) -> Any:
    return _seat_page(_organised(slug, key, seat_id))


@bp.post(f"{SEAT}/pack.docx")
@desk(Role.ORGANISER)
@reads
def seat_pack(slug: str, key: str, seat_id: int) -> Any:
    return _pack(_organised(slug, key, seat_id).seat)


@bp.post(f"{SEAT}/form.xlsx")
@desk(Role.ORGANISER)
@reads
def seat_form(slug: str, key: str, seat_id: int) -> Any:
    return _form(_organised(slug, key, seat_id).seat)


@bp.post(f"{SEAT}/marks")
@desk(Role.ORGANISER)
@reads
def seat_preview(slug: str, key: str, seat_id: int) -> Any:
    return _preview(_organised(slug, key, seat_id))


@bp.post(f"{SEAT}/marks/confirm")
@desk(Role.ORGANISER)
@reads
def seat_confirm(slug: str, key: str, seat_id: int) -> Any:
    return _confirm(lambda: _organised(slug, key, seat_id))


@bp.get(OWN)
@desk(Role.JUDGE)
def own(seat_id: int) -> Any:
    return _seat_page(_own(seat_id))


@bp.post(f"{OWN}/pack.docx")
@desk(Role.JUDGE)
@reads
def own_pack(seat_id: int) -> Any:
    side = _own(seat_id)
    if samples := trial.left(side.seat):
        return _seat_page(side, refused=str(TrialUnfinished(left=samples))), 409
    return _pack(side.seat)


@bp.post(f"{OWN}/form.xlsx")
@desk(Role.JUDGE)
@reads
def own_form(seat_id: int) -> Any:
    return _form(_own(seat_id).seat)


@bp.post(f"{OWN}/marks")
@desk(Role.JUDGE)
@reads
def own_preview(seat_id: int) -> Any:
    return _preview(_own(seat_id))


@bp.post(f"{OWN}/marks/confirm")
@desk(Role.JUDGE)
@reads
def own_confirm(seat_id: int) -> Any:
    return _confirm(lambda: _own(seat_id))


def _organised(slug: str, key: str, seat_id: int) -> Side:
    found = seat_of(organised_round(slug, key), seat_id)
    if found is None:
        raise NotFound()
    return Side(found, "seat", {"slug": slug, "key": key, "seat_id": seat_id})


def _own(seat_id: int) -> Side:
    return Side(load(JudgeSeat, seat_id, permissions.may_sit), "own", {"seat_id": seat_id})


def _index(round_: Round, form: MarksForm) -> str:
    return render_template(
        "papers/index.html",
        round=round_,
        contest=round_.contest,
        form=form,
        members=jury(round_),
        open=queries.open_essays(round_),
        may_name=queries.may_name_writers(round_),
    )


def _seat_page(side: Side, form: ImportForm | None = None, **problems: Any) -> str:
    shown = {"queue": queue_of(side.seat), "form": form or ImportForm(formdata=None), "pack_form": PackForm()}
    return render_template("papers/seat.html", side=side, round=side.seat.round, **shown, **problems)


def _by() -> tuple[str, str]:
    return "--by", str(me().id)


def _pack(seat: JudgeSeat) -> Response:
    return _for_seat(seat, "bai-cham", "docx", "pack")


def _form(seat: JudgeSeat) -> Response:
    return _for_seat(seat, "phieu-diem", "xlsx", "form")


def _for_seat(seat: JudgeSeat, name: str, kind: str, what: str) -> Response:
    whole = ["--all"] if PackForm().all_essays.data else []
    place = seat.round.contest.slug, seat.round.key, str(seat.id)
    return _sent(seat.round, f"{name}-{seat.id}", kind, what, *whole, *_by(), "--", *place)


def _sent(round_: Round, name: str, kind: str, what: str, *arguments: str) -> Response:
    """Send a file that is made now by `flask papers WHAT`, with these arguments."""
    contest = round_.contest
    local = clock.now().astimezone(ZoneInfo(contest.rules.timezone))
    file = children.file_of("papers", what, *arguments, busy=PaperBusy, failed=PaperFailed)
    return download(file, f"{name}-{contest.slug}-{round_.key}", kind, at=local)


def _preview(side: Side) -> Any:
    form = ImportForm()
    if not form.validate_on_submit():
        return _seat_page(side, form), 422
    data = form.file.data.read()
    try:
        read = read_marks(data, queries.sheet_of(side.seat.round).criteria)
        plan = planning.plan(side.seat, read.rows, read.problems)
    except BadFile as error:
        return _seat_page(side, form, problems=error.problems), 422
    except Refused as refused:
        return _seat_page(side, form, refused=str(refused)), 409
    name = (form.file.data.filename or "")[:100]
    shown = Previewed(side.seat.id, read.rows, plan.digest, name, hashlib.sha256(data).hexdigest())
    return _preview_page(side, plan, shown, notes=read.notes)


def _confirm(find: Callable[[], Side]) -> Any:
    find()  # for strangers nothing is here, whatever they send
    shown = unseal(Previewed, request.form.get("sealed"), me())
    try:
        with transaction():
            side = find()
            if shown.seat_id != side.seat.id:
                raise NotFound()
            giving.hold_jury(side.seat.round)
            plan = planning.plan(side.seat, shown.rows)
            if plan.digest != shown.digest:
                return _preview_page(side, plan, replace(shown, digest=plan.digest), is_stale=True), 409
            actions.finish_marks(side.seat, plan, shown, by=me(), now=clock.now())
    except BadFile as error:
        return _seat_page(find(), problems=error.problems), 422
    except Refused as refused:
        return _seat_page(find(), refused=str(refused)), 409
    flash(f"Đã ghi điểm của {len(plan.finishing)} bài.", "good")
    return redirect(side.home)


def _preview_page(side: Side, plan: Plan, shown: Previewed, **more: Any) -> str:
    form = ConfirmForm(formdata=None, sealed=seal(shown, me()))
    return render_template("papers/preview.html", side=side, round=side.seat.round, plan=plan, form=form, **more)
