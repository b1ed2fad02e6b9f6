"""The questions of a bank as a file in any format, made by a process of its own."""

from collections.abc import Sequence
from typing import IO, Any

from flask import Blueprint, render_template

from quizapp import clock
from quizapp.banks.addressed import usable_bank
from quizapp.banks.download.forms import DownloadForm
from quizapp.db import reads
from quizapp.errors import PaperBusy
from quizapp.formats.questions.writing import TARGETS
from quizapp.models import QuestionBank
from quizapp.refusals import BankFileFailed
from quizapp.vocabulary import Role
from quizapp.web import children, downloads
from quizapp.web.filters import VIETNAM
from quizapp.web.guards import desk
from quizapp.web.login import me

bp = Blueprint("bank_files", __name__, url_prefix="/organise/banks/<code>/download")


@bp.get("")
@desk(Role.ORGANISER)
def show(code: str) -> Any:
    return _page(usable_bank(code), DownloadForm())


@bp.post("")
@desk(Role.ORGANISER)
@reads
def download(code: str) -> Any:
    bank, form = usable_bank(code), DownloadForm()
    if not form.validate_on_submit():
        return _page(bank, form), 422
    if form.preview.data:
        with _made(bank, form, "--losses") as told:
            return _page(bank, form, losses=told.read().decode().splitlines())
    target = TARGETS[form.format.data]
    local = clock.now().astimezone(VIETNAM)
    key = "-kem-dap-an" if form.format.data == "docx_key" else ""
    paper = f"-{form.paper_code.data}" if form.paper_code.data and target.is_paper else ""
    name = f"{bank.code}{paper}{key}"
    return downloads.download(_made(bank, form), name, target.suffix, at=local)


def _made(bank: QuestionBank, form: DownloadForm, *more: str) -> IO[bytes]:
    arguments = [*form.arguments, *more, f"--by={me().id}", "--", bank.code]
    return children.file_of("banks", "export", *arguments, busy=PaperBusy, failed=BankFileFailed)


def _page(bank: QuestionBank, form: DownloadForm, losses: Sequence[str] | None = None) -> str:
    return render_template("banks/download.html", bank=bank, form=form, losses=losses, targets=TARGETS)
