"""Question banks with their keys, for organisers."""

from typing import Any

from flask import Blueprint, render_template, request

from quizapp.banks import queries
from quizapp.banks.forms import QuestionFilter
from quizapp.banks.queries import Wanted
from quizapp.errors import NotFound
from quizapp.vocabulary import Role
from quizapp.web.guards import desk

bp = Blueprint("banks", __name__, url_prefix="/organise/banks")


@bp.get("")
@desk(Role.ORGANISER)
def index() -> Any:
    return render_template("banks/index.html", banks=queries.listed_banks())


@bp.get("/<code>")
@desk(Role.ORGANISER)
def show(code: str) -> Any:
    bank = queries.bank_of(code)
    if bank is None:
        raise NotFound()
    form = QuestionFilter(request.args, topics=bank.topics)
    found = queries.keyed_questions(bank, Wanted(**form.asked))
    shown, pages = (found, 1) if form.is_for_print else queries.page_of(found, form.page)
    first = 1 if form.is_for_print else (form.page - 1) * queries.ON_A_PAGE + 1
    return render_template("banks/show.html", bank=bank, form=form, found=found, shown=shown, first=first, pages=pages)
