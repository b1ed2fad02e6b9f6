"""What a person reads beside the own attempts of appeals about marks of questions."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from flask import url_for

from quizapp.attempts.queries import result_is_shown
from quizapp.mark_appeals import queries
from quizapp.models import Attempt, MarkAppeal
from quizapp.rules.wording import hundredths
from quizapp.vocabulary import AppealState
from quizapp.web.attempt_notes import Note

WAITING = "Đề nghị phúc khảo điểm câu hỏi của bạn đã được ghi nhận và đang được xem xét."
WITHDRAWN = "Bạn đã rút đề nghị phúc khảo điểm câu hỏi."
ANSWERED = "Có trả lời phúc khảo điểm câu hỏi: {outcome}."


def tell(attempts: Sequence[Attempt], now: datetime) -> Iterator[tuple[int, Note]]:
    """Give a note on each of a person's attempts about whose marks was appealed."""
    by_id = {each.id: each for each in attempts}
    for attempt_id, appeal in queries.appeals_of(by_id).items():
        url = url_for("mark_appeals.own", attempt_id=attempt_id)
        state = queries.state_of(appeal)
        if state is AppealState.ANSWERED:
            text = ANSWERED.format(outcome=_outcome(by_id[attempt_id], appeal, now))
            yield attempt_id, Note(text, "Đọc trả lời", url, "good")
        else:
            yield attempt_id, Note(WITHDRAWN if state is AppealState.WITHDRAWN else WAITING, "Xem", url)


def _outcome(attempt: Attempt, appeal: MarkAppeal, now: datetime) -> str:
    if attempt.mark is None or not result_is_shown(attempt, now):
        return "xin mở để đọc"
    before, mark = hundredths(appeal.mark_before), hundredths(attempt.mark)
    return "điểm giữ nguyên" if attempt.mark == appeal.mark_before else f"điểm từ {before} thành {mark}"
