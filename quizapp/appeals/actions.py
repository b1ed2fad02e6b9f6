"""Keeps appeals: asked and withdrawn by the writer, given to a judge and answered by the organisers."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from quizapp.appeals import queries
from quizapp.attempts.queries import result_is_shown
from quizapp.db import session
from quizapp.errors import ChangedMeanwhile
from quizapp.judging import giving, settling
from quizapp.judging.queries import allocation_of, essay_rule
from quizapp.models import Allocation, Appeal, Attempt, AuditEvent, Person, Round
from quizapp.refusals import (
    AppealedAlready,
    AppealMarked,
    AppealNotWaiting,
    AppealTooLate,
    MarkNotSettled,
    NobodyForAppeal,
)
from quizapp.rules.appealing import is_in_time
from quizapp.rules.wording import end
from quizapp.vocabulary import AppealAnswer, AppealState, Turn


@dataclass(frozen=True)
class Decision:
    """An organiser's answer. seen, seen_mark: the settlement and the new mark that were looked at; hundredths."""

    choice: AppealAnswer
    mark: int | None
    text: str
    seen: int
    seen_mark: int


def ask(attempt: Attempt, reason: str, *, now: datetime) -> Appeal:
    """Keep a writer's appeal. Raises AppealedAlready, AppealTooLate, MarkNotSettled."""
    rule = essay_rule(attempt.round)
    settling.hold(attempt.id)
    if queries.appeal_of(attempt.id):
        raise AppealedAlready()
    if rule.appeals_until and not is_in_time(rule.appeals_until, now):
        raise AppealTooLate(until=end(rule.appeals_until, ZoneInfo(attempt.round.contest.rules.timezone)))
    stands = settling.standing(attempt.id)
    if rule.appeals_until is None or stands is None or not result_is_shown(attempt, now):
        raise MarkNotSettled()
    appeal = Appeal(attempt_id=attempt.id, reason=reason, asked_at=now, mark_before=stands.mark)
    session.add(appeal)
    session.flush()
    return appeal


def withdraw(appeal: Appeal, *, now: datetime) -> None:
    """Take a writer's appeal back; the judge who has it has it no longer. Raises AppealMarked."""
    settling.hold(appeal.attempt_id)  # a judge who is just finishing is waited for
    session.refresh(appeal)
    state = queries.state_of(appeal)
    if state is AppealState.WITHDRAWN:
        return
    if state not in queries.WITHDRAWABLE:
        raise AppealMarked()
    appeal.withdrawn_at = now
    if appeal.allocation_id is not None:
        allocation = session.get_one(Allocation, appeal.allocation_id)
        allocation.withdrawn_at = allocation.withdrawn_at or now
    session.flush()


def give(round_: Round, appeal: Appeal, *, by: Person, now: datetime) -> None:
    """Give an appealed essay to a judge who never had it, and is not told why.

    Raises AppealNotWaiting, NobodyForAppeal.
    """
    giving.hold_jury(round_)
    essay = settling.hold(appeal.attempt_id)
    session.refresh(appeal)
    if queries.state_of(appeal) is not AppealState.NEW:
        raise AppealNotWaiting()
    seed = secrets.token_hex(16)
    seat = giving.call_for_appeal(round_, appeal.attempt_id, seed=seed, now=now)
    if seat is None:
        raise NobodyForAppeal()
    given = allocation_of(appeal.attempt_id, seat, Turn.APPEAL)
    appeal.allocation_id = given.id if given else None
    _note("give_appeal", appeal, by, now, code=essay.code, seat=seat, seed=seed)


def answer(round_: Round, appeal: Appeal, decision: Decision, *, by: Person, now: datetime) -> int:
    """Answer an appeal whose judge has finished, once; return the essay's mark after it.

    Raises AppealNotWaiting, MarkNotSettled, and ChangedMeanwhile when another mark than the one looked at stands now.
    """
    essay = settling.hold(appeal.attempt_id)
    session.refresh(appeal)
    if queries.state_of(appeal) is not AppealState.TO_DECIDE:
        raise AppealNotWaiting()
    stands, new = settling.standing(appeal.attempt_id), queries.new_mark(appeal, round_)
    if stands is None:
        raise MarkNotSettled()
    if (stands.id, new) != (decision.seen, decision.seen_mark):
        raise ChangedMeanwhile()
    chosen = {AppealAnswer.KEEP: stands.mark, AppealAnswer.TAKE: new, AppealAnswer.OTHER: decision.mark}
    mark = chosen[decision.choice]
    if mark is None:
        raise ChangedMeanwhile()
    if mark != stands.mark:
        what = f"Phúc khảo: {decision.choice.label.lower()}"
        facts: dict[str, Any] = {"seen": decision.seen, "reason": decision.text, "by": by, "now": now}
        appeal.settlement_id = settling.decide(essay, mark, as_what=what, **facts).id
    appeal.answer, appeal.decided_by_id, appeal.decided_at = decision.text, by.id, now
    _note(
        "answer_appeal", appeal, by, now, code=essay.code, answer=decision.choice.value, before=stands.mark, mark=mark
    )
    return mark


def _note(action: str, appeal: Appeal, by: Person, now: datetime, **details: Any) -> None:
    subject = f"attempt:{appeal.attempt_id}"
    session.add(AuditEvent(at=now, actor_id=by.id, action=action, subject=subject, details=details))
    session.flush()
