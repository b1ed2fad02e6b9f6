"""What a contestant is told of an attempt that is over, and of one that must be whole before it is handed in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from quizapp.attempts import late, queries
from quizapp.attempts.essay_reading import shown_essay
from quizapp.attempts.shown_paper import answers_with_keys
from quizapp.db import session
from quizapp.models import Attempt, Response
from quizapp.refusals import BlanksLeft
from quizapp.rules import appealing
from quizapp.rules.deadlines import seconds_used
from quizapp.rules.grading import blanks
from quizapp.vocabulary import Phase, Purpose, ShownWhen


@dataclass(frozen=True)
class Missing:
    """What is not answered where all must be: numbers of questions, and the prediction."""

    slots: tuple[int, ...]
    prediction: bool

    def __bool__(self) -> bool:
        return bool(self.slots) or self.prediction

    def __str__(self) -> str:
        slots = f"câu {', '.join(map(str, self.slots))}" if self.slots else ""
        return " và ".join(filter(None, (slots, "câu dự đoán" if self.prediction else "")))


def missing_of(attempt: Attempt) -> Missing:
    """Return what an attempt lacks of what its round wants answered; nothing where blanks are allowed."""
    if not attempt.round.rules.must_answer_all or is_bare(attempt):
        return Missing((), prediction=False)
    asked = select(Response.slot, Response.answer).where(Response.attempt_id == attempt.id)
    answers = dict(session.execute(asked).tuples().all())
    slots = blanks(queries.graded_slots(attempt.paper_id), answers)
    return Missing(tuple(slots), queries.lacks_prediction(attempt))


def is_bare(attempt: Attempt) -> bool:
    """Return whether all that is known of an attempt are its marks: it came with a file that had no answers."""
    return attempt.import_id is not None and not attempt.paper.shape


def check_whole(attempt: Attempt) -> None:
    """Raises BlanksLeft where everything must be answered and is not."""
    if missing := missing_of(attempt):
        raise BlanksLeft(what=str(missing))


def shown_result(attempt: Attempt, now: datetime) -> dict[str, Any]:
    """Return what the page of a result shows; marks and keys as far as it is time for them."""
    rules = attempt.round.rules
    show, essay_max = rules.show, rules.essay.max_mark if rules.essay else 0
    mark = attempt.mark if attempt.mark is not None else queries.mark_now(attempt)
    keys = queries.keys_are_shown(attempt, now)
    is_time = queries.is_shown_to_owner(attempt, show.answers, now)
    ended = attempt.submitted_at or attempt.closes_at
    return {
        "receipt": f"{attempt.receipt[:5]}-{attempt.receipt[5:]}",
        "submitted_at": ended,
        "seconds": seconds_used(attempt.started_at, ended),
        "fate": late.fate_of(attempt),
        "essay": shown_essay(attempt),
        "mark": mark if queries.result_is_shown(attempt, now) else None,
        "max_mark": attempt.max_mark,
        "essay_max": essay_max,
        "has_questions": rules.asks_questions,
        "shown_when": show.result.label,
        "answers": answers_with_keys(attempt) if keys and rules.asks_questions and not is_bare(attempt) else None,
        "answers_when": show.answers.label,
        "is_imported": attempt.import_id is not None,
        "is_bare": is_bare(attempt),
        "answers_from": queries.sat_until(attempt) if is_time and not keys else None,
        "missing": missing_of(attempt),
        "prediction": rules.prediction,
        "appeals": _appeals(attempt, now),
    }


def _appeals(attempt: Attempt, now: datetime) -> Phase | None:
    """Return whether it is time to appeal about the marks of questions; None where one never may."""
    round_ = attempt.round
    rules, until = round_.rules, round_.contest.rules.appeals_until
    if round_.purpose != Purpose.REAL.value or not rules.asks_questions or rules.show.result is ShownWhen.NEVER:
        return None
    return appealing.window(until, round_.closes_at, now)
