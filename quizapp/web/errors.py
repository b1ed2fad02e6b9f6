"""Errors become answers here: class → status, as a page or as JSON."""

from typing import Any

from flask import Flask, current_app, g, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException

from quizapp import errors
from quizapp.db import transaction

STATUS: dict[type[errors.QuizError], int] = {
    errors.NotFound: 404,
    errors.Refused: 409,
    errors.BadShape: 422,
    errors.BadFile: 422,
    errors.UploadRefused: 422,
    errors.UploadRush: 503,
    errors.BadLogIn: 401,
    errors.LogInThrottled: 429,
    errors.LogInRush: 503,
    errors.ExportFailed: 500,
    errors.PaperFailed: 500,
    errors.QuizError: 400,
}
SENTENCES = {
    404: errors.NotFound.message,
    405: "Thao tác này không dùng được ở địa chỉ này.",
    413: "Tệp hoặc nội dung gửi lên quá lớn nên chưa được nhận. Xin chia nhỏ, hoặc chụp ảnh ở cỡ nhỏ hơn, rồi gửi lại.",
    429: "Có quá nhiều yêu cầu từ máy này. Xin chờ ít phút rồi thử lại.",
    500: "Máy chủ gặp lỗi. Những câu đã báo “Đã lưu” vẫn còn nguyên; xin tải lại trang.",
    503: "Máy chủ đang bận. Những câu đã báo “Đã lưu” vẫn còn nguyên; xin thử lại sau ít giây.",
}


def init_app(app: Flask) -> None:
    app.register_error_handler(errors.QuizError, quiz_error)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(OperationalError, database_error)
    app.register_error_handler(DataError, no_such_value)
    app.register_error_handler(IntegrityError, somebody_was_faster)
    app.register_error_handler(Exception, any_error)


def wants_json() -> bool:
    return request.is_json or request.accept_mimetypes.best == "application/json"


def answer(status: int, sentence: str, **facts: Any) -> tuple[Any, int]:
    """Return the error as JSON to a script, as a page to a person."""
    if wants_json():
        return {"error": sentence, **facts}, status
    g.pop("_login_user", None)  # after a failed write nothing more is known of who is logged in: the page asks anew
    with transaction(writes=False):
        return render_template("error.html", status=status, sentence=sentence, **facts), status


def quiz_error(error: errors.QuizError) -> tuple[Any, int]:
    status = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    return answer(status, str(error), problems=[str(each) for each in getattr(error, "problems", [])])


def http_error(error: HTTPException) -> Any:
    if error.response is not None or error.code is None or error.code < 400:
        return error
    if isinstance(error, CSRFError):
        return answer(400, "Trang đã mở quá lâu hoặc phiên đăng nhập đã đổi. Xin tải lại trang rồi làm lại thao tác.")
    return answer(error.code, SENTENCES.get(error.code, "Yêu cầu không hợp lệ. Xin tải lại trang rồi thử lại."))


def database_error(error: OperationalError) -> tuple[Any, int]:
    current_app.logger.exception("database unavailable")
    return answer(503, SENTENCES[503])


def no_such_value(error: DataError) -> tuple[Any, int]:
    """A NUL in an address, or what else no row of PostgreSQL can have: nothing is there."""
    return answer(404, SENTENCES[404])


def somebody_was_faster(error: IntegrityError) -> tuple[Any, int]:
    """Two wrote the same at once: a constraint kept the first, the second is told; logged, should it be a flaw."""
    current_app.logger.warning("%s", str(error.orig).partition("\n")[0])  # what follows would tell the values
    return quiz_error(errors.ChangedMeanwhile())


def any_error(error: Exception) -> tuple[Any, int]:
    current_app.logger.exception("unexpected error")
    if current_app.testing:
        raise error
    return answer(500, SENTENCES[500])
