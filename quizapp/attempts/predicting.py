"""The guess at a number of people, kept with an attempt as long as it takes answers."""

import re
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from quizapp.attempts.changes import BLOCK
from quizapp.db import session
from quizapp.errors import BadShape
from quizapp.models import Attempt
from quizapp.rules.deadlines import counts_if_closing_after

MOST = 999_999_999
_GAPS = re.compile(r"[\s.]")


def parse(sent: Any) -> tuple[int, int | None]:
    """Return the page's opening and the guess of a JSON body; None takes it back. Raises BadShape."""
    opening = sent.get("opening") if isinstance(sent, dict) else None
    if type(opening) is not int or not 0 <= opening < 2**53:
        raise BadShape(what="“opening” phải là số đã nhận khi mở bài thi.")
    guess = sent.get("prediction")
    if guess is not None and (type(guess) is not int or not 0 <= guess <= MOST):
        raise BadShape(what="Câu dự đoán: xin ghi một số nguyên từ 0 trở lên, ví dụ 1250.")
    return opening, guess


def from_form(form: Any) -> tuple[bool, int | None]:
    """Return whether the guess was changed against the page that the form was filled in on, and what it is now.

    Raises BadShape.
    """
    typed = _GAPS.sub("", form.get("prediction", ""))
    if "prediction" not in form or typed == form.get("prediction_was"):
        return False, None
    if typed and not (typed.isascii() and typed.isdecimal() and int(typed[:12]) <= MOST):
        raise BadShape(what="Câu dự đoán: xin ghi một số nguyên từ 0 trở lên, ví dụ 1250.")
    return True, int(typed) if typed else None


def keep(attempt: Attempt, guess: int | None, *, opening: int, now: datetime) -> bool:
    """Store a guess; return whether the attempt still takes one. A page that lost the attempt to another changes none.

    Raises BadShape where the round asks for none.
    """
    if attempt.round.rules.prediction is None:
        raise BadShape(what="Đợt thi này không có câu dự đoán.")
    still_open = Attempt.submitted_at.is_(None), Attempt.closes_at > counts_if_closing_after(now)
    mine = update(Attempt).where(Attempt.id == attempt.id, *still_open, Attempt.takeovers * BLOCK <= opening)
    session.execute(mine.values(prediction=guess))
    return session.scalar(select(Attempt.id).where(Attempt.id == attempt.id, *still_open)) is not None
