"""What a person reads, beside the own attempts, of being asked to have a work shown."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from flask import url_for

from quizapp.models import Attempt
from quizapp.vocabulary import WorkState
from quizapp.web.attempt_notes import Note
from quizapp.works import queries

TOLD = {
    WorkState.ASKED: ("Ban tổ chức muốn giới thiệu bài viết của bạn với mọi người.", "Đọc rồi trả lời"),
    WorkState.AGREED: ("Bạn đã đồng ý để Ban tổ chức giới thiệu bài viết.", "Xem hoặc đổi ý"),
    WorkState.PUBLISHED: ("Bài viết của bạn đang được giới thiệu.", "Xem hoặc đổi ý"),
    WorkState.DECLINED: ("Bạn không đồng ý giới thiệu bài viết.", "Xem hoặc đổi ý"),
}


def tell(attempts: Sequence[Attempt], now: datetime) -> Iterator[tuple[int, Note]]:
    """Give a note on each of a person's attempts whose essay was chosen."""
    for work in queries.works_of(each.id for each in attempts):
        state = queries.state_of(work)
        url = url_for("works.own", attempt_id=work.attempt_id)
        yield work.attempt_id, Note(*TOLD[state], url, "good" if state is WorkState.PUBLISHED else "info")
