"""Keeps appeals about marks of questions: asked and withdrawn by the contestant, answered by the organisers."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from quizapp.attempts.remarking import note_remarking
from quizapp.db import session
from quizapp.errors import ChangedMeanwhile
from quizapp.mark_appeals import queries
from quizapp.mark_appeals.recounting import recount
from quizapp.models import Attempt, AuditEvent, Contest, MarkAppeal, Person
from quizapp.refusals import AppealNotWaiting, AppealTooLate, MarkAppealAnswered, MarkAppealedAlready, MarkNotOpen
from quizapp.rules.wording import end
from quizapp.vocabulary import AppealAnswer, AppealState, Phase


@dataclass(frozen=True)
class Decision:
    """An organiser's answer: the mark stays, or becomes the one that was counted again; nothing else can be chosen.

    seen, seen_again: the mark and the mark counted again that were looked at, hundredths; None: nothing to count.
    """

    choice: AppealAnswer
    text: str
    seen: int | None
    seen_again: int | None


def ask(attempt: Attempt, slot: int | None, reason: str, *, now: datetime) -> MarkAppeal:
    """Keep a person's appeal about an attempt; slot: the question that it is about, None: all of them.

    Raises MarkAppealedAlready, AppealTooLate, MarkNotOpen.
    """
    session.refresh(attempt, with_for_update={"of": Attempt})
    own, zone = queries.own(attempt, now), ZoneInfo(attempt.round.contest.rules.timezone)
    if own.appeal:
        raise MarkAppealedAlready()
    if own.until and own.window is Phase.CLOSED:
        raise AppealTooLate(until=end(own.until, zone))
    if own.mark is None or not own.may_ask:
        raise MarkNotOpen(closes_at=end(attempt.round.closes_at, zone))
    appeal = MarkAppeal(attempt_id=attempt.id, slot=slot, reason=reason, asked_at=now, mark_before=own.mark)
    session.add(appeal)
    session.flush()
    return appeal


def withdraw(appeal: MarkAppeal, *, now: datetime) -> None:
    """Take a person's appeal back as long as it is not answered. Raises MarkAppealAnswered."""
    session.refresh(appeal, with_for_update={"of": MarkAppeal})
    state = queries.state_of(appeal)
    if state is AppealState.ANSWERED:
        raise MarkAppealAnswered()
    if state is AppealState.NEW:
        appeal.withdrawn_at = now
        session.flush()


def answer(contest: Contest, appeal: MarkAppeal, decision: Decision, *, by: Person, now: datetime) -> int:
    """Answer an appeal, once; return the mark after it, in hundredths.

    Raises AppealNotWaiting, and ChangedMeanwhile when another mark than the one looked at stands now.
    """
    session.refresh(contest, with_for_update={"of": Contest})  # first, as those do who put a key right
    attempt = appeal.attempt
    session.refresh(attempt, with_for_update={"of": Attempt})
    session.refresh(appeal, with_for_update={"of": MarkAppeal})
    if queries.state_of(appeal) is not AppealState.NEW:
        raise AppealNotWaiting()
    found = recount(attempt)
    if (found.stored, found.again) != (decision.seen, decision.seen_again):
        raise ChangedMeanwhile()
    if decision.choice is AppealAnswer.TAKE and found.again is not None and found.differs:
        attempt.mark = found.again
        note_remarking(attempt)
    appeal.answer, appeal.decided_by_id, appeal.decided_at = decision.text, by.id, now
    mark = attempt.mark or 0
    details = {"slot": appeal.slot, "asked": appeal.mark_before, "before": found.stored, "mark": mark}
    subject = f"attempt:{attempt.id}"
    session.add(AuditEvent(at=now, actor_id=by.id, action="answer_mark_appeal", subject=subject, details=details))
    session.flush()
    return mark


def note_export(slug: str, rows: int, *, by: Person | None, now: datetime) -> None:
    """Note who took the list of a contest's appeals away as a file; by None: a command on the server."""
    subject, actor = f"contest:{slug}", by.id if by else None
    session.add(
        AuditEvent(at=now, actor_id=actor, action="export_mark_appeals", subject=subject, details={"rows": rows})
    )
