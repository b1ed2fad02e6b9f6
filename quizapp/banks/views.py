"""Question banks, for organisers: their questions with keys, their heads, files that come in and are taken back."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import HTTPException

from quizapp import clock
from quizapp.banks import actions, importing, queries, undoing
from quizapp.banks.actions import Head
from quizapp.banks.addressed import changeable_bank, usable_bank
from quizapp.banks.edits import edited
from quizapp.banks.forms import BankForm, ImportForm, QuestionFilter, written
from quizapp.banks.importing import Source
from quizapp.banks.pages import SHOWN, page_of
from quizapp.banks.queries import Wanted
from quizapp.banks.sheets import Sheet
from quizapp.db import reads, session, transaction
from quizapp.errors import NotFound
from quizapp.formats.questions.apart import QuestionFile
from quizapp.formats.questions.reading import LABELS, WITH_ANSWERS, named_format, read_questions
from quizapp.models import ImportPicture, QuestionBank, QuestionImport, TradeUnion
from quizapp.refusals import BankCodeTaken
from quizapp.rules import permissions
from quizapp.vocabulary import Level, QuestionKind, Role
from quizapp.web.errors import http_error
from quizapp.web.guards import desk, load
from quizapp.web.login import me
from quizapp.web.pictures import answer_picture
from quizapp.web.unions import managed_unions
from quizapp.web.urls import asked_number

bp = Blueprint("banks", __name__, url_prefix="/organise/banks")

MOST_MEBIBYTES = 20
MEBIBYTE = 1024 * 1024
TOO_LARGE = f"Tệp lớn hơn {MOST_MEBIBYTES} MB nên chưa được đọc. Xin thu nhỏ ảnh trong tệp, hoặc chia thành nhiều tệp."


@bp.url_value_preprocessor
def make_room(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Let files of questions come in; before the form is read for its token, thus not in the view."""
    if endpoint == "banks.upload":
        request.max_content_length = (MOST_MEBIBYTES + 1) * MEBIBYTE


@bp.errorhandler(413)
def too_large(error: HTTPException) -> Any:
    if request.endpoint != "banks.upload":
        return http_error(error)
    flash(TOO_LARGE, "bad")
    return redirect(url_for("banks.import_file", **(request.view_args or {})))


@bp.get("")
@desk(Role.ORGANISER)
def index() -> Any:
    return render_template("banks/index.html", banks=queries.listed_banks(me()))


@bp.get("/new")
@desk(Role.ORGANISER)
def new() -> Any:
    return render_template("banks/form.html", form=BankForm(managed_unions(me())), bank=None)


@bp.post("/new")
@desk(Role.ORGANISER)
def save_new() -> Any:
    form = BankForm(managed_unions(me()))
    if not form.validate():
        return render_template("banks/form.html", form=form, bank=None), 422
    union = load(TradeUnion, form.unit.data, permissions.may_manage_union)
    try:
        bank = actions.make_bank(form.code.data, _head(form), union, by=me(), now=clock.now())
    except BankCodeTaken as taken:
        form.form_errors.append(str(taken))
        return render_template("banks/form.html", form=form, bank=None), 409
    flash(f"Đã lập ngân hàng “{bank.title}”. Bây giờ có thể nhập câu hỏi từ tệp.", "good")
    return redirect(url_for("banks.show", code=bank.code))


@bp.get("/<code>")
@desk(Role.ORGANISER)
def show(code: str) -> Any:
    bank = usable_bank(code)
    form = QuestionFilter(request.args, topics=bank.topics)
    found = queries.keyed_questions(bank, Wanted(**form.asked))
    shown, pages = (found, 1) if form.is_for_print else queries.page_of(found, form.page)
    first = 1 if form.is_for_print else (form.page - 1) * queries.ON_A_PAGE + 1
    may_change = permissions.may_change_bank(me(), bank)
    facts = {"bank": bank, "form": form, "found": found, "shown": shown, "first": first, "pages": pages}
    return render_template("banks/show.html", may_change=may_change, **facts)


@bp.get("/<code>/edit")
@desk(Role.ORGANISER)
def edit(code: str) -> Any:
    bank = changeable_bank(code)
    return render_template("banks/form.html", form=_form_of(bank, data=written(bank)), bank=bank)


@bp.post("/<code>/edit")
@desk(Role.ORGANISER)
def save(code: str) -> Any:
    bank = changeable_bank(code)
    form = _form_of(bank)
    if not form.validate():
        return render_template("banks/form.html", form=form, bank=bank), 422
    actions.change_bank(bank, _head(form), by=me(), now=clock.now())
    flash(f"Đã lưu ngân hàng “{bank.title}”.", "good")
    return redirect(url_for("banks.show", code=bank.code))


@bp.get("/<code>/import")
@desk(Role.ORGANISER)
def import_file(code: str) -> Any:
    return _import_page(changeable_bank(code), ImportForm())


@bp.post("/<code>/import")
@desk(Role.ORGANISER)
@reads
def upload(code: str) -> Any:
    bank, form = changeable_bank(code), ImportForm()
    if not form.validate():
        return _import_page(bank, form), 422
    source, key = _sent(form)
    if key is not None and source.format not in ("", *WITH_ANSWERS):
        form.form_errors.append(f"Tệp {LABELS[source.format]} đã có đáp án trong từng câu; xin bỏ tệp đáp án riêng.")
        return _import_page(bank, form), 422
    reading = read_questions(QuestionFile(source.name, source.data, key), source.format or None)
    if not reading.questions:
        return _import_page(bank, form, problems=reading.problems), 422
    sheet, drawn = importing.read_in(reading)
    sheet = replace(sheet, as_drafts=bool(form.as_drafts.data))
    with transaction():
        brought = importing.open_sheet(changeable_bank(code), source, sheet, drawn, by=me(), now=clock.now())
    return redirect(url_for("banks.sheet", code=code, import_id=brought.id))


@bp.get("/<code>/import/<int:import_id>")
@desk(Role.ORGANISER)
def sheet(code: str, import_id: int) -> Any:
    brought = _brought(code, import_id)
    if brought.imported_at is not None:
        return render_template("banks/imported.html", brought=brought, bank=brought.bank, labels=LABELS)
    return _sheet_page(brought, importing.sheet_in(brought))


@bp.post("/<code>/import/<int:import_id>")
@desk(Role.ORGANISER)
def keep(code: str, import_id: int) -> Any:
    brought = _brought(code, import_id)
    kept = importing.keep_sheet(brought, edited(importing.sheet_in(brought), request.form))
    wanted = request.form.get("action", "")
    show, _, number = wanted.rpartition(":")
    if wanted != "confirm":
        show, number = (show, number) if show in SHOWN else (request.form.get("show", ""), request.form.get("page", ""))
        return redirect(url_for("banks.sheet", code=code, import_id=import_id, show=show, page=number))
    if page_of(kept, brought.bank, "all", 1).seen != request.form.get("seen"):
        return _sheet_page(brought, kept, is_stale=True), 409
    importing.confirm(brought, by=me(), now=clock.now())
    return redirect(url_for("banks.sheet", code=code, import_id=import_id))


@bp.get("/<code>/import/<int:import_id>/pictures/<int:number>")
@desk(Role.ORGANISER)
def import_picture(code: str, import_id: int, number: int) -> Any:
    found = session.get(ImportPicture, (_brought(code, import_id).id, number))
    if found is None:
        raise NotFound()
    return answer_picture(found.content)


@bp.post("/<code>/import/<int:import_id>/discard")
@desk(Role.ORGANISER)
def discard(code: str, import_id: int) -> Any:
    importing.discard(_brought(code, import_id))
    flash("Đã bỏ tệp này; ngân hàng không thay đổi gì.", "good")
    return redirect(url_for("banks.import_file", code=code))


@bp.post("/<code>/import/<int:import_id>/undo")
@desk(Role.ORGANISER)
def undo(code: str, import_id: int) -> Any:
    count = undoing.undo(_brought(code, import_id), by=me(), now=clock.now())
    flash(f"Đã hoàn tác: {count} câu trở lại như trước khi nhập.", "good")
    return redirect(url_for("banks.sheet", code=code, import_id=import_id))


def _brought(code: str, import_id: int) -> QuestionImport:
    """Return a file that came into a bank; one that is not imported yet is only for whoever brought it."""
    bank, found = changeable_bank(code), session.get(QuestionImport, import_id)
    if found is None or found.bank_id != bank.id or (found.imported_at is None and found.imported_by_id != me().id):
        raise NotFound()
    return found


def _head(form: BankForm) -> Head:
    return Head(form.title.data, form.about.data, form.topic_names, bool(form.needs_review.data))


def _form_of(bank: QuestionBank, **data: Any) -> BankForm:
    """Return the form of a bank that is there: its code and union stay."""
    form = BankForm([], used=queries.used_topics(bank), **data)
    del form.code, form.unit
    return form


def _sent(form: ImportForm) -> tuple[Source, bytes | None]:
    """Return the uploaded file and that with its answers, if any."""
    name, data, answers = form.file.data.filename or "", _content(form.file.data), _content(form.answers.data)
    return Source(name, data, form.format.data or named_format(name, data)), answers or None


def _content(sent: FileStorage | None) -> bytes:
    """Return what a file field brings; a large file lies on the disk until it is closed."""
    if not sent:
        return b""
    with sent.stream:
        return bytes(sent.read())


def _import_page(bank: QuestionBank, form: ImportForm, **more: Any) -> str:
    imports = queries.imports_of(bank, me())
    return render_template("banks/import.html", bank=bank, form=form, imports=imports, labels=LABELS, **more)


def _sheet_page(brought: QuestionImport, sheet: Sheet, **more: Any) -> str:
    asked = request.values
    page = page_of(sheet, brought.bank, asked.get("show", ""), asked_number("page", 1))
    facts = {"brought": brought, "bank": brought.bank, "sheet": sheet, "page": page, "labels": LABELS, "shown": SHOWN}
    return render_template("banks/sheet.html", kinds=[*QuestionKind], levels=[*Level], **facts, **more)
