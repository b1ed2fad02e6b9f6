"""Writing a question: new, or the next version of one; works without JavaScript, each button a form of its own."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from quizapp import clock
from quizapp.banks.addressed import changeable_bank
from quizapp.contests import citations
from quizapp.db import reads, transaction
from quizapp.models import QuestionBank
from quizapp.questions import actions, queries
from quizapp.questions.addressed import listed_question
from quizapp.questions.forms import QuestionForm
from quizapp.questions.prefilled import written
from quizapp.questions.previewing import preview_of
from quizapp.questions.queries import Listed
from quizapp.questions.uploading import MEBIBYTE, MOST_MEBIBYTES, take
from quizapp.vocabulary import QuestionKind, Role
from quizapp.web.guards import desk
from quizapp.web.login import me

bp = Blueprint("question_form", __name__, url_prefix="/organise/banks/<code>/questions")

USUAL_OPTIONS = 4
REARRANGING = ("add", "up", "down", "drop", "unpicture")


@bp.url_value_preprocessor
def make_room(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Let pictures come in; before the form is read for its token, thus not in the view."""
    if request.method == "POST":
        request.max_content_length = 3 * MOST_MEBIBYTES * MEBIBYTE


@bp.get("/new")
@desk(Role.ORGANISER)
def new(code: str) -> Any:
    bank = changeable_bank(code)
    asked = request.args.get("kind", "")
    data = {"kind": asked if asked in list(QuestionKind) else "single", "topic": request.args.get("topic", "")}
    form = QuestionForm(bank.topics, data=data)
    form.show_options(USUAL_OPTIONS)
    return _page(bank, form)


@bp.post("/new")
@desk(Role.ORGANISER)
@reads
def save_new(code: str) -> Any:
    bank = changeable_bank(code)
    form = QuestionForm(bank.topics)
    if (shown := _not_yet(bank, form)) is not None:
        return shown
    with transaction():
        held, facts = changeable_bank(code), _facts(form)
        actions.keep_topics(held, form.topics_added)
        made = actions.make(held, form.content, **facts)
        _use_if_asked(held, made)
    return _saved(code, made)


@bp.get("/<int:question_id>/edit")
@desk(Role.ORGANISER)
def edit(code: str, question_id: int) -> Any:
    bank = changeable_bank(code)
    listed = listed_question(bank, question_id)
    data = written(queries.content_of(listed.version)) | {"base": str(listed.version.number)}
    form = QuestionForm(bank.topics, data=data)
    form.show_options(2)
    return _page(bank, form, listed)


@bp.post("/<int:question_id>/edit")
@desk(Role.ORGANISER)
@reads
def save(code: str, question_id: int) -> Any:
    bank = changeable_bank(code)
    form, listed = QuestionForm(bank.topics), listed_question(bank, question_id)
    if (shown := _not_yet(bank, form, listed)) is not None:
        return shown
    with transaction():
        held, facts = changeable_bank(code), _facts(form)
        actions.keep_topics(held, form.topics_added)
        made = actions.save(held, question_id, form.content, base=_number(form.base.data), **facts)
        _use_if_asked(held, made)
    return _saved(code, made)


def _not_yet(bank: QuestionBank, form: QuestionForm, listed: Listed | None = None) -> Any:
    """Return the page when a button of it was pressed that does not save, or something is wrong; None: save."""
    asked = request.form.get("action", "")
    for holder in (form, *(entry.form for entry in form.options)):
        take(holder)
    if asked.partition("-")[0] in REARRANGING:
        form.rearrange(asked)
        return _page(bank, form, listed)
    if asked in ("kind", "upload"):
        form.accents_matter.data = form.accents_matter.data or asked == "kind"
        form.show_options(USUAL_OPTIONS)
        return _page(bank, form, listed)
    troubled = [error for holder in (form, *(entry.form for entry in form.options)) for error in holder.file.errors]
    fine = form.validate()
    form.form_errors.extend(troubled)
    if asked == "use":
        shown = {str(error) for field in form for error in field.errors if isinstance(error, str)}
        form.form_errors.extend(sentence for _, sentence in form.lacking if sentence not in shown)
    if not fine or form.form_errors:
        return _page(bank, form, listed), 422
    return _page(bank, form, listed, preview=preview_of(form.content)) if asked == "preview" else None


def _facts(form: QuestionForm) -> dict[str, Any]:
    return {"note": form.note.data or "", "by": me(), "now": clock.now()}


def _use_if_asked(bank: QuestionBank, made: Listed) -> None:
    standing = made.standing
    if request.form.get("action") == "use" and standing.in_use != standing.newest:
        actions.use(bank, made.question.id, number=made.version.number, by=me(), now=clock.now())


def _saved(code: str, made: Listed) -> Any:
    if made.version.why:
        flash("Đã lưu bản nháp. Câu này còn điều phải bổ sung nên chưa dùng được.", "info")
    else:
        flash(f"Đã lưu phiên bản {made.version.number}.", "good")
    return redirect(url_for("questions.show", code=code, question_id=made.question.id))


def _number(typed: str | None) -> int:
    return int(typed) if typed and typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0


def _page(bank: QuestionBank, form: QuestionForm, listed: Listed | None = None, preview: Any = None) -> str:
    tags = sorted({tag for each in queries.listed(bank) for tag in each.version.tags})
    laws = sorted(citations.register().values(), key=lambda law: law.number)
    facts = {"listed": listed, "preview": preview, "tags": tags, "laws": laws, "kind": form.chosen_kind}
    return render_template("questions/form.html", bank=bank, form=form, **facts)
