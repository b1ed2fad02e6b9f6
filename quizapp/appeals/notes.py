"""What a person reads of comments and appeals beside the own attempts."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from flask import url_for

from quizapp.appeals import feedback, queries
from quizapp.attempts.queries import result_is_shown
from quizapp.models import Appeal, Attempt
from quizapp.rules.appealing import is_in_time
from quizapp.vocabulary import AppealState
from quizapp.web.attempt_notes import Note
from quizapp.web.filters import vn_end

WAITING = "Đề nghị phúc khảo của bạn đã được ghi nhận và đang được xem xét."


def tell(attempts: Sequence[Attempt], now: datetime) -> Iterator[tuple[int, Note]]:
    """Give notes on those of a person's attempts whose essays have a mark."""
    marked = [each for each in attempts if each.essay_mark is not None]
    appeals = queries.appeals_of(each.id for each in marked)
    for attempt in marked:
        if note := _of_appeal(attempt, appeals.get(attempt.id), now):
            yield attempt.id, note
        if feedback.is_open(attempt, now):
            url = url_for("appeals.feedback", attempt_id=attempt.id)
            yield attempt.id, Note("Đã có nhận xét của giám khảo về bài viết của bạn.", "Đọc nhận xét", url)


def _of_appeal(attempt: Attempt, appeal: Appeal | None, now: datetime) -> Note | None:
    url = url_for("appeals.own", attempt_id=attempt.id)
    if appeal is not None:
        state = queries.state_of(appeal)
        if state is AppealState.WITHDRAWN:
            return None
        if state is AppealState.ANSWERED:
            return Note("Có trả lời phúc khảo.", "Đọc trả lời", url, "good")
        return Note(WAITING, "Xem", url)
    until = attempt.round.rules.essay.appeals_until if attempt.round.rules.essay else None
    if until and is_in_time(until, now) and result_is_shown(attempt, now):
        return Note(f"Bạn được đề nghị phúc khảo bài viết trước {vn_end(until)}.", "Đề nghị phúc khảo", url)
    return None
