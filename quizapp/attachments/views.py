"""Photos and files of an essay, for its writer: add, look, put in order, take out."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from quizapp import clock
from quizapp.attachments import actions, uploads
from quizapp.attempts import essay_files
from quizapp.attempts.essay_reading import shown_essay
from quizapp.db import transaction
from quizapp.errors import BadShape, FilesClosed, QuizError, Refused, UploadRefused, UploadRush
from quizapp.formats.contest_essay import MOST_MEBIBYTES
from quizapp.models import Attempt
from quizapp.rules import permissions
from quizapp.vocabulary import FileKind
from quizapp.web.errors import wants_json
from quizapp.web.guards import known_first, load
from quizapp.web.pictures import answer_picture

BESIDE_THE_FILE = 64 * 1024  # the token, and what a form wraps around a file
WAYS = {"up": -1, "down": 1}

bp = Blueprint("attachments", __name__, url_prefix="/attempts/<int:attempt_id>/essay/files")


@bp.url_value_preprocessor
def make_room(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Let a file be larger than other bodies; before the form is read for its token, thus not in the view."""
    if endpoint == "attachments.add":
        request.max_content_length = MOST_MEBIBYTES * uploads.MEBIBYTE + BESIDE_THE_FILE


@bp.get("")
def index(attempt_id: int) -> Any:
    attempt = load(Attempt, attempt_id, permissions.may_answer)
    essay_files.files_rule(attempt)
    try:
        essay_files.check_open(attempt, clock.now())
    except FilesClosed:
        return redirect(url_for("attempts.result", attempt_id=attempt_id))
    return render_template("attachments/index.html", attempt=attempt, essay=shown_essay(attempt))


@bp.post("")
@known_first
def add(attempt_id: int) -> Any:
    try:
        with transaction(writes=False):
            attempt = load(Attempt, attempt_id, permissions.may_answer)
            rule = essay_files.files_rule(attempt)
            essay_files.check_open(attempt, clock.now())
            upload = uploads.uploaded(request.files.get("file"), rule)
            is_there = essay_files.is_there(attempt_id, upload.digest)
        taken = None if is_there else uploads.read(upload, rule)  # slow: no transaction is open meanwhile
        return _keep(attempt_id, upload, taken)
    except (UploadRefused, UploadRush, Refused) as error:
        return _told(attempt_id, error)


@bp.get("/<int:file_id>")
def picture(attempt_id: int, file_id: int) -> Any:
    attempt = load(Attempt, attempt_id, permissions.may_answer)
    return answer_picture(essay_files.file_of(attempt.id, file_id).content)


@bp.post("/<int:file_id>/move")
def move(attempt_id: int, file_id: int) -> Any:
    attempt = load(Attempt, attempt_id, permissions.may_answer)
    way = WAYS.get(request.form.get("by", ""))
    if way is None:
        raise BadShape(what="Xin bấm nút chuyển lên hoặc chuyển xuống.")
    essay_files.move(attempt, file_id, by=way, now=clock.now())
    return _panel(attempt)


@bp.post("/<int:file_id>/remove")
def remove(attempt_id: int, file_id: int) -> Any:
    attempt = load(Attempt, attempt_id, permissions.may_answer)
    essay_files.remove(attempt, file_id, now=clock.now())
    return _panel(attempt, "Đã bỏ một trang.")


def _keep(attempt_id: int, upload: uploads.Upload, taken: uploads.Taken | None) -> Any:
    attempt, now = load(Attempt, attempt_id, permissions.may_answer), clock.now()
    if taken is None:
        return _panel(attempt, "Ảnh hoặc tệp này đã có trong bài nên không thêm lần nữa.")
    if taken.kind is not FileKind.DOCX:
        actions.keep(attempt, upload, taken, now=now)
        return _panel(attempt, f"Đã nhận “{upload.name}”.")
    if wants_json():  # the page puts it into its field, from where it is saved like what is typed
        essay_files.check_open(attempt, now)
        actions.longer_text(attempt, upload, taken.text)
        return {"text": taken.text}
    actions.append_text(attempt, upload, taken.text, now=now)
    flash(f"Chữ trong “{upload.name}” đã được thêm vào cuối bài viết. Xin đọc lại, sửa rồi lưu.", "good")
    return redirect(url_for("attempts.show", attempt_id=attempt_id) + "#bai-viet")


def _panel(attempt: Attempt, said: str = "") -> Any:
    """Answer with what belongs to the essay now: to a script the part of the page that shows it."""
    if not wants_json():
        if said:
            flash(said, "good")
        return redirect(url_for("attachments.index", attempt_id=attempt.id))
    essay = shown_essay(attempt)
    html = render_template("attachments/panel.html", attempt=attempt, essay=essay)
    return {"count": len(essay.files) if essay else 0, "html": html, "said": said}


def _told(attempt_id: int, error: QuizError) -> Any:
    """A script gets the error as such; a form comes back to the page that it was sent from."""
    if wants_json():
        raise error
    flash(str(error), "bad")
    return redirect(url_for("attachments.index", attempt_id=attempt_id))
