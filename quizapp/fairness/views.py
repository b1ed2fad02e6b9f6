"""Pages for organisers: how far the judges of a round agree, and the figures of one judge."""

from typing import Any

from flask import Blueprint, Response, render_template

from quizapp.contests.addressed import organised_round
from quizapp.errors import NotFound, PaperBusy, PaperFailed
from quizapp.fairness import reports
from quizapp.vocabulary import Role
from quizapp.web import children, downloads
from quizapp.web.guards import desk
from quizapp.web.login import me
from quizapp.web.urls import asked_number

bp = Blueprint("fairness", __name__, url_prefix="/organise/contests/<slug>/essays/<key>/fairness")


@bp.get("")
@desk(Role.ORGANISER)
def index(slug: str, key: str) -> Any:
    round_ = organised_round(slug, key)
    return render_template("fairness/index.html", round=round_, contest=round_.contest, jury=reports.jury(round_))


@bp.get("/<int:seat_id>")
@desk(Role.ORGANISER)
def judge(slug: str, key: str, seat_id: int) -> Any:
    round_ = organised_round(slug, key)
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
    round_ = organised_round(slug, key)
    made_by = "--by", str(me().id), "--", round_.contest.slug, round_.key
    file = children.file_of("papers", "figures", *made_by, busy=PaperBusy, failed=PaperFailed)
    return downloads.download(file, f"giam-khao-{slug}-{key}", "xlsx")
