"""What came after an attempt had ended, and what became of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, select

from quizapp.attempts import queries
from quizapp.db import session
from quizapp.models import Attempt, Essay, LateChange, LateDecision, Response

MOST_ASTRAY = timedelta(days=366)
Place = tuple[int, int]  # slot and number of a change


@dataclass(frozen=True)
class Fate:
    """What a contestant is told: the decision that stands, the slots that it counted, what is not decided on yet."""

    decision: LateDecision | None
    counted: list[int]
    waiting: int  # slots
    essay_waits: bool = False
    essay_counted: bool = False


def changes_of(attempt: Attempt) -> Sequence[LateChange]:
    """Return the late changes of an attempt, by slot and number."""
    asked = select(LateChange).where(LateChange.attempt_id == attempt.id)
    return session.scalars(asked.order_by(LateChange.slot, LateChange.number)).all()


def written_at(change: LateChange) -> datetime | None:
    """Return when a change was written by the phone's clock; a clock that is a year off tells nothing."""
    written = change.written_at
    return written if written and abs(change.received_at - written) <= MOST_ASTRAY else None


def stored(attempt: Attempt) -> dict[int, Response]:
    """Return what is stored of an attempt, by slot, as it is now."""
    asked = select(Response).where(Response.attempt_id == attempt.id).execution_options(populate_existing=True)
    return {each.slot: each for each in session.scalars(asked)}


def is_newer(change: LateChange, responses: Mapping[int, Response]) -> bool:
    """Return whether a change would have replaced what is stored, had it come in time."""
    return change.slot not in responses or change.number > responses[change.slot].number


def replacing(
    changes: Collection[LateChange], picked: Collection[Place], responses: Mapping[int, Response]
) -> list[LateChange]:
    """Return of each slot the newest of the picked changes, where it is newer than what is stored.

    Of answers alone: a text of the essay, slot 0, is put in the place of another by `quizapp.late.texts`.
    """
    found = {
        each.slot: each
        for each in sorted(changes, key=lambda each: each.number)
        if each.slot and (each.slot, each.number) in picked and is_newer(each, responses)
    }
    return [found[slot] for slot in sorted(found)]


def mark_with(attempt: Attempt, chosen: Collection[LateChange]) -> int:
    """Return the mark that an attempt would have with late changes in the place of what is stored."""
    answers = {slot: each.answer for slot, each in stored(attempt).items()}
    answers |= {each.slot: each.answer for each in chosen}
    return queries.mark_of(attempt, answers)


def standing(attempt: Attempt) -> LateDecision | None:
    """Return the decision that holds for an attempt."""
    return session.scalar(
        select(LateDecision).where(LateDecision.attempt_id == attempt.id, LateDecision.undone_at.is_(None))
    )


def fate_of(attempt: Attempt) -> Fate | None:
    """Return what became of an attempt's late changes; None: nothing came late that could change anything."""
    decision = standing(attempt)
    asked = select(LateChange.slot.distinct()).where(LateChange.attempt_id == attempt.id, is_undecided())
    waiting = set(session.scalars(asked))
    if decision is None and not waiting:
        return None
    slots = sorted(slot for slot, _ in counted(decision))
    answers = [slot for slot in slots if slot]
    return Fate(decision, answers, len(waiting - {0}), essay_waits=0 in waiting, essay_counted=0 in slots)


def counted(decision: LateDecision | None) -> set[Place]:
    """Return the changes that a decision put in the place of what had been stored."""
    return {(slot, number) for slot, number in decision.event.details["counted"]} if decision else set()


def is_undecided() -> ColumnElement[bool]:
    """Return the condition that a late change waits: newer than what is stored, and no decision has known it."""
    same_slot = (Response.attempt_id == LateChange.attempt_id) & (Response.slot == LateChange.slot)
    beaten = exists().where(same_slot, Response.number >= LateChange.number).correlate(LateChange)
    same_essay = (Essay.attempt_id == LateChange.attempt_id) & (LateChange.slot == 0)
    beaten_text = exists().where(same_essay, Essay.number >= LateChange.number).correlate(LateChange)
    same_attempt = LateDecision.attempt_id == LateChange.attempt_id
    stands = LateDecision.undone_at.is_(None) & (LateDecision.decided_at >= LateChange.received_at)
    return and_(~beaten, ~beaten_text, ~exists().where(same_attempt, stands).correlate(LateChange))
