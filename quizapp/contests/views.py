"""The home page, a contest, its thể lệ, and the organiser's desk for loading a contest file."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user

from quizapp import clock
from quizapp.contests import actions, queries
from quizapp.contests.addressed import organised_contest, public_contest
from quizapp.contests.entering import divisions_to_choose
from quizapp.contests.forms import ContestFileForm
from quizapp.contests.rounds_now import rounds_now
from quizapp.errors import BadFile
from quizapp.formats.contest_file import read_contest, warnings
from quizapp.formats.contest_sample import contest_sample
from quizapp.formats.contest_writing import write_contest
from quizapp.models import Person
from quizapp.rules.permissions import may_organise, may_work
from quizapp.rules.rulebook import rulebook, short_rules
from quizapp.vocabulary import Role
from quizapp.web.filters import VIETNAM
from quizapp.web.guards import desk, public
from quizapp.web.login import me
from quizapp.web.urls import asked_number

bp = Blueprint("contests", __name__)


@bp.get("/")
@public
def home() -> Any:
    now, person, page = clock.now(), _viewer(), asked_number("page", 1)
    finished, pages = queries.finished(now, page)
    return render_template(
        "contests/home.html",
        unfinished=queries.unfinished(now),
        finished=finished,
        page=page,
        pages=pages,
        running=queries.running(person, now) if person else [],
        only_judges=person is not None and may_work(person, Role.JUDGE) and not may_work(person, Role.ORGANISER),
    )


@bp.get("/contests/<slug>")
@public
def show(slug: str) -> Any:
    contest = public_contest(slug)
    person, now = _viewer(), clock.now()
    return render_template(
        "contests/show.html",
        listed=queries.listed_contest(contest, now),
        contest=contest,
        rounds=rounds_now(contest, person, now),
        divisions=divisions_to_choose(person, contest) if person else [],
        person=person,
        organises=person is not None and may_organise(person, contest),
        short_rules=short_rules,
        has_works=queries.has_works(contest),
    )


@bp.get("/contests/<slug>/rules")
@public
def rules(slug: str) -> Any:
    contest = public_contest(slug)
    sections = rulebook(contest.rules, queries.known_names(contest.rules))
    return render_template("contests/rules.html", contest=contest, sections=sections)


@bp.get("/organise/contests/new")
@desk(Role.ORGANISER)
def load_file() -> Any:
    form = ContestFileForm()
    if "like" in request.args:
        form.text.data = write_contest(organised_contest(request.args["like"]).rules)
    elif "sample" in request.args:
        organiser = next(each.union for each in me().grants if each.role in (Role.ORGANISER, Role.ADMIN))
        form.text.data = contest_sample(organiser.code, clock.now().astimezone(VIETNAM).date())
    return render_template("contests/load_file.html", form=form)


@bp.post("/organise/contests/new")
@desk(Role.ORGANISER)
def save_file() -> Any:
    form = ContestFileForm()
    try:
        file = read_contest(form.take_source())
        if form.is_to_be_saved:
            contest = actions.load_contest(file, now=clock.now(), by=me())
            flash(f"Đã lưu cuộc thi “{contest.title}”.", "good")
            return redirect(url_for("contests.show", slug=contest.slug))
        actions.check_contest(file, by=me())
    except BadFile as error:
        return render_template("contests/load_file.html", form=form, problems=error.problems, lines=form.lines), 422
    sections = rulebook(file.rules, queries.known_names(file.rules))
    return render_template(
        "contests/load_file.html", form=form, title=file.rules.title, sections=sections, warnings=warnings(file)
    )


def _viewer() -> Person | None:
    return me() if current_user.is_authenticated else None
