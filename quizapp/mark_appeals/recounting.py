"""Counts the mark of an attempt again by the keys in force, question by question, for the organisers to look at."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from quizapp.attempts.queries import graded_slots, mark_now
from quizapp.attempts.shown_paper import ExplainedSlot, answers_with_keys
from quizapp.attempts.shown_result import missing_of
from quizapp.db import session
from quizapp.models import Attempt, PaperSlot
from quizapp.rules.grading import most_of, scheme_of, slot_mark
from quizapp.vocabulary import KeyVerdict


@dataclass(frozen=True)
class CountedSlot:
    """A question with what was answered, its key in force, and what it gives in hundredths before scaling."""

    explained: ExplainedSlot
    version_id: int
    mark: int
    most: int
    is_asked_about: bool


@dataclass(frozen=True)
class Recount:
    """What an attempt's mark is now and what it comes to when it is counted again, both in hundredths.

    again: None where only a mark came in, from a sitting on paper, so that there is nothing to count.
    lacks: what keeps the whole paper from counting where all must be answered; is_scaled: the sum is scaled in the end.
    """

    stored: int
    again: int | None
    slots: Sequence[CountedSlot]
    lacks: str
    is_scaled: bool

    @property
    def differs(self) -> bool:
        return self.again is not None and self.again != self.stored


def recount(attempt: Attempt, asked_about: int | None = None) -> Recount:
    """Return a handed-in attempt counted again; asked_about: number of the question that an appeal is about."""
    slots = _slots(attempt, asked_about)
    scale = attempt.round.rules.scale_to
    return Recount(
        stored=attempt.mark or 0,
        again=mark_now(attempt) if slots else None,
        slots=slots,
        lacks=str(missing_of(attempt)) if slots else "",
        is_scaled=scale is not None or any(each.explained.verdict is KeyVerdict.VOID for each in slots),
    )


def _slots(attempt: Attempt, asked_about: int | None) -> list[CountedSlot]:
    drawn = select(PaperSlot.number, PaperSlot.version_id).where(PaperSlot.paper_id == attempt.paper_id)
    versions = dict(session.execute(drawn).tuples().all())
    graded = {each.number: each for each in graded_slots(attempt.paper_id)}
    scheme = scheme_of(attempt.round.rules)
    found = []
    for each in answers_with_keys(attempt):
        slot = graded[each.shown.slot]
        most = 0 if slot.verdict is KeyVerdict.VOID else most_of(slot, scheme)
        mark = round(slot_mark(slot, each.shown.raw, scheme))
        found.append(CountedSlot(each, versions[slot.number], mark, most, slot.number == asked_about))
    return found
