"""Pages for organisers: how far the judges of a round agree, and the figures of one judge."""

from typing import Any

from flask import Blueprint, Response, render_template, send_file

from quizapp.contests.queries import contest_of
from quizapp.errors import NotFound, PaperBusy, PaperFailed
from quizapp.fairness import reports
from quizapp.models import Round
from quizapp.rules import permissions
from quizapp.vocabulary import Role
from quizapp.web import children
from quizapp.web.guards import allowed, desk
from quizapp.web.login import me
from quizapp.web.urls import asked_number

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

bp = Blueprint("fairness", __name__, url_prefix="/organise/contests/<slug>/essays/<key>/fairness")


@bp.get("")
@desk(Role.ORGANISER)
def index(slug: str, key: str) -> Any:
    round_ = _round(slug, key)
    return render_template("fairness/index.html", round=round_, contest=round_.contest, jury=reports.jury(round_))


@bp.get("/<int:seat_id>")
@desk(Role.ORGANISER)
def judge(slug: str, key: str, seat_id: int) -> Any:
    round_ = _round(slug, key)
    jury = reports.jury(round_)
    found = next((each for each in jury.judges if each.seat_id == seat_id), None)
    if found is None:
        raise NotFound()
    page = reports.judge_page(round_, jury, found, beside=asked_number("beside"))
    return render_template("fairness/judge.html", round=round_, contest=round_.contest, jury=jury, page=page)


@bp.get("/judges.xlsx")
@desk(Role.ORGANISER)
def download(slug: str, key: str) -> Response:
    """The workbook, made by a process of its own: spreadsheets are heavy."""
    round_ = _round(slug, key)
    made_by = "--by", str(me().id), "--", round_.contest.slug, round_.key
    file = children.file_of("papers", "figures", *made_by, busy=PaperBusy, failed=PaperFailed)
    answer = send_file(file, mimetype=XLSX, as_attachment=True, download_name=f"giam-khao-{slug}-{key}.xlsx")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _round(slug: str, key: str) -> Round:
    contest = allowed(contest_of(slug), permissions.may_organise)
    found = next((each for each in contest.rounds if each.key == key and each.rules.essay), None)
    if found is None:
        raise NotFound()
    return found
