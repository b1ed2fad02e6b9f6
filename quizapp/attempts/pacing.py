"""Goes from question to question in attempts that have seconds for each, and tells pages what time it is for them."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from quizapp.contests.windows import pause_among, standing
from quizapp.db import session
from quizapp.errors import BadShape
from quizapp.models import Attempt
from quizapp.models.base import to_microseconds
from quizapp.refusals import PausedNow
from quizapp.rules.deadlines import accepts_answers
from quizapp.rules.one_way import Walk, walk_of


def walk_now(attempt: Attempt, now: datetime) -> Walk | None:
    """Return at which question an attempt stands; None: its questions are all there at once."""
    walk = walk_of(attempt.round.rules, attempt.at_slot, attempt.at_slot_since)
    return walk.at(now) if walk else None


def leaving_of(request: Any) -> int:
    """Return which question a page says that it leaves, by JSON or by form. Raises BadShape."""
    sent = request.get_json(silent=True) if request.is_json else request.form
    leaving = str(sent.get("leaving", "")) if isinstance(sent, Mapping) else ""
    if not re.fullmatch("[0-9]{1,4}", leaving):
        raise BadShape(what="“leaving” phải là số của câu đang hiện trên trang.")
    return int(leaving)


def move_on(attempt: Attempt, leaving: int, *, now: datetime) -> bool:
    """Let the next question come; return whether the attempt is open.

    leaving: the question that the page shows. One that was left already, or that is the last, is not left again.
    What was left of its seconds is lost, and the attempt closes that much sooner.
    Raises PausedNow, BadShape where all questions are there at once.
    """
    session.refresh(attempt, with_for_update={"of": Attempt})
    walk = walk_now(attempt, now)
    if walk is None:
        raise BadShape(what="Ở đợt thi này các câu hỏi hiện cùng lúc, không phải chuyển từng câu.")
    if not accepts_answers(attempt.closes_at, attempt.submitted_at, now):
        return False
    if leaving != walk.slot:
        return True
    contest = attempt.round.contest
    if pause := pause_among(standing(contest.id)):
        zone = ZoneInfo(contest.rules.timezone)
        raise PausedNow(since=(pause.starts_at or pause.made_at).astimezone(zone), reason=pause.reason)
    walk = walk.moved_on(now)
    attempt.at_slot, attempt.at_slot_since = walk.slot, walk.since
    attempt.closes_at = min(attempt.closes_at, walk.over_at)
    session.flush()
    return True


def times(closes_at: datetime, now: datetime, walk: Walk | None = None) -> dict[str, int]:
    """Return what a page sets its clock by, in milliseconds since 1970. walk: as it is now."""
    told = {"closes_at_ms": _milliseconds(closes_at), "server_now_ms": _milliseconds(now)}
    if walk:
        told |= {"at_slot": walk.slot, "question_ends_at_ms": _milliseconds(min(walk.ends_at, closes_at))}
    return told


def times_of(attempt: Attempt, now: datetime) -> dict[str, int]:
    """Return the same of an attempt."""
    return times(attempt.closes_at, now, walk_now(attempt, now))


def _milliseconds(instant: datetime) -> int:
    return to_microseconds(instant) // 1000
