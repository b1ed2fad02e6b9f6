"""What a person reads, beside the own attempts, of results that do not count."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from flask import url_for

from quizapp.entrants.queries import standing_of
from quizapp.models import Attempt
from quizapp.web.attempt_notes import Note

ONE = "Ban tổ chức không công nhận kết quả của lượt thi này. Lý do: {reason}"
ALL = "Ban tổ chức không công nhận kết quả của bạn trong cuộc thi này. Lý do: {reason}"


def tell(attempts: Sequence[Attempt], now: datetime) -> Iterator[tuple[int, Note]]:
    """Give a note on each of a person's attempts that does not count, with the reason."""
    by_id = {each.id: each for each in attempts}
    for attempt_id, found in standing_of(attempts).items():
        text = (ONE if found.attempt_id else ALL).format(reason=found.reason)
        url = url_for("contests.rules", slug=by_id[attempt_id].round.contest.slug)
        yield attempt_id, Note(text, "Xem thể lệ", url, "bad")
