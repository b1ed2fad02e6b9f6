"""Decides about what came after the close: counts it and marks anew, leaves it, or takes the decision back."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from quizapp.attempts import late, queries
from quizapp.attempts.actions import hand_in
from quizapp.attempts.remarking import note_remarking
from quizapp.attempts.reopening import hold_jury, is_with_judges
from quizapp.db import session
from quizapp.errors import AlreadyDecided, ChangedMeanwhile, LateTextWithJudges, NothingToCount, StillSitting
from quizapp.late import texts
from quizapp.models import Attempt, AuditEvent, LateChange, LateDecision, Person, Response
from quizapp.models.base import from_microseconds, to_microseconds
from quizapp.rules.deadlines import attempt_state
from quizapp.vocabulary import AttemptState


def accept(
    attempt: Attempt, picked: Collection[late.Place], *, seen: int, reason: str, by: Person, now: datetime
) -> LateDecision:
    """Count the picked late changes and mark anew. seen: how many late changes the organiser was shown.

    A text of the essay counts as long as no judge has the essay.
    Raises StillSitting, AlreadyDecided, ChangedMeanwhile, NothingToCount, LateTextWithJudges.
    """
    changes = _to_decide(attempt, seen, now)
    responses = late.stored(attempt)
    chosen, text = late.replacing(changes, picked, responses), texts.chosen(attempt, changes, picked)
    if not chosen and text is None:
        raise NothingToCount()
    if text and is_with_judges(attempt):
        raise LateTextWithJudges()
    before: dict[str, Any] = {
        "mark": attempt.mark,
        "answers": {each.slot: _plain(responses.get(each.slot)) for each in chosen},
    }
    for change in chosen:
        _count(attempt, change, responses.get(change.slot))
    if text:
        before |= texts.count(attempt, text)
    session.flush()
    attempt.mark = queries.mark_now(attempt)
    note_remarking(attempt)
    after = {"mark": attempt.mark, "answers": {each.slot: each.answer for each in chosen}}
    counted = [*chosen, text] if text else chosen
    return _decide(attempt, counted, reason=reason, by=by, now=now, before=before, after=after)


def reject(attempt: Attempt, *, seen: int, reason: str, by: Person, now: datetime) -> LateDecision:
    """Leave an attempt as it is. Raises StillSitting, AlreadyDecided, ChangedMeanwhile."""
    _to_decide(attempt, seen, now)
    return _decide(attempt, (), reason=reason, by=by, now=now, before={"mark": attempt.mark})


def undo(attempt: Attempt, decision_id: int, *, reason: str, by: Person, now: datetime) -> None:
    """Take a decision back: answers, text and mark are again what they were.

    Raises ChangedMeanwhile, LateTextWithJudges.
    """
    hold_jury(attempt)
    session.refresh(attempt, with_for_update={"of": Attempt})
    decision = late.standing(attempt)
    if decision is None or decision.id != decision_id:
        raise ChangedMeanwhile()
    after, before = {"mark": attempt.mark}, decision.event.details["before"]
    if decision.accepted:
        if "essay" in before:
            if is_with_judges(attempt):
                raise LateTextWithJudges()
            texts.restore(attempt, before, now=now)
        _restore(attempt, before["answers"])
        session.flush()
        attempt.mark = queries.mark_now(attempt)  # not the mark from then: a key may have been put right since
        note_remarking(attempt)
    decision.undone_at = now
    _note(attempt, "undo_late", by, now, reason=reason, undone=decision.event_id, before=after, after=before)


def _to_decide(attempt: Attempt, seen: int, now: datetime) -> Sequence[LateChange]:
    """Hold the attempt and return its late changes, if they are those that were shown and nobody was faster."""
    hold_jury(attempt)
    session.refresh(attempt, with_for_update={"of": Attempt})
    if attempt_state(attempt.closes_at, attempt.submitted_at, now) is AttemptState.OPEN:
        raise StillSitting()
    hand_in(attempt, now=now)
    if late.standing(attempt):
        raise AlreadyDecided()
    changes = late.changes_of(attempt)
    if not changes or len(changes) != seen:
        raise ChangedMeanwhile()
    return changes


def _count(attempt: Attempt, change: LateChange, response: Response | None) -> None:
    if response is None:
        response = Response(attempt_id=attempt.id, paper_id=attempt.paper_id, slot=change.slot)
        session.add(response)
    response.number, response.answer, response.saved_at = change.number, change.answer, change.received_at


def _plain(response: Response | None) -> dict[str, Any] | None:
    if response is None:
        return None
    kept = {"answer": response.answer, "number": response.number, "flagged": response.flagged}
    return kept | {"saved_at": to_microseconds(response.saved_at)}


def _restore(attempt: Attempt, answers: dict[str, dict[str, Any] | None]) -> None:
    responses = late.stored(attempt)
    for slot, was in answers.items():
        response = responses[int(slot)]
        if was is None:
            session.delete(response)
        else:
            response.answer, response.number, response.flagged = was["answer"], was["number"], was["flagged"]
            response.saved_at = from_microseconds(was["saved_at"])
    session.flush()


def _decide(
    attempt: Attempt, chosen: Collection[LateChange], *, reason: str, by: Person, now: datetime, **details: Any
) -> LateDecision:
    counted = [[each.slot, each.number] for each in chosen]
    action = "accept_late" if chosen else "reject_late"
    event = _note(attempt, action, by, now, reason=reason, counted=counted, **details)
    decision = LateDecision(
        attempt_id=attempt.id, event_id=event.id, accepted=bool(chosen), reason=reason, decided_at=now
    )
    session.add(decision)
    session.flush()
    return decision


def _note(attempt: Attempt, action: str, by: Person, now: datetime, **details: Any) -> AuditEvent:
    event = AuditEvent(at=now, actor_id=by.id, action=action, subject=f"attempt:{attempt.id}", details=details)
    session.add(event)
    session.flush()
    return event
