"""Opens a handed-in essay again, where the rules allow it; what was handed in stays among its revisions.

The receipt's code stays: it names the attempt; the time beside it is that of the last handing in.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import exists, select

from quizapp.attempts.essay_saving import keep_handed_in
from quizapp.attempts.queries import open_attempt
from quizapp.attempts.remarking import note_remarking
from quizapp.attempts.takeovers import take_over
from quizapp.db import session
from quizapp.errors import AnotherAttemptRuns, EssayWithJudges, Refused, TooLateToReopen
from quizapp.models import Allocation, Attempt, JudgeSeat, Person, Settlement
from quizapp.rules.deadlines import phase
from quizapp.vocabulary import Phase


def is_allowed(attempt: Attempt) -> bool:
    """Return whether the rules let a handed-in essay of this round be opened again."""
    rule = attempt.round.rules.essay
    return rule is not None and rule.hand_in_again


def refusal(attempt: Attempt, now: datetime) -> Refused | None:
    """Return why a handed-in attempt cannot be opened again now; None: it can."""
    round_ = attempt.round
    if phase(round_.opens_at, min(attempt.closes_at, round_.closes_at), now) is not Phase.OPEN:
        zone = ZoneInfo(round_.contest.rules.timezone)
        return TooLateToReopen(closes_at=min(attempt.closes_at, round_.closes_at).astimezone(zone))
    if is_with_judges(attempt):
        return EssayWithJudges()
    other = open_attempt(attempt.person, round_)
    return AnotherAttemptRuns(number=other.number) if other and other.id != attempt.id else None


def reopen(attempt: Attempt, *, now: datetime) -> Attempt:
    """Let a handed-in essay be written on; opening it twice is opening it once. Raises what `refusal` returns.

    Nobody has to hand it in again: as with every attempt, what is stored at the close is handed in then.
    """
    hold_jury(attempt)
    # Starts of the person wait: only one attempt may be open.
    session.execute(select(Person.id).where(Person.id == attempt.person_id).with_for_update())
    session.refresh(attempt, with_for_update={"of": Attempt})
    if attempt.submitted_at is None:
        return attempt
    if refused := refusal(attempt, now):
        raise refused
    keep_handed_in(attempt, attempt.submitted_at)
    attempt.submitted_at, attempt.mark, attempt.essay_mark = None, None, None
    session.flush()
    note_remarking(attempt)
    take_over(attempt, now=now)
    return attempt


def hold_jury(attempt: Attempt) -> None:
    """Let nobody give an essay to a judge until the transaction ends: whoever does so holds all seats first."""
    held = select(JudgeSeat.id).where(JudgeSeat.round_id == attempt.round_id).order_by(JudgeSeat.id)
    session.execute(held.with_for_update(key_share=True))


def is_with_judges(attempt: Attempt) -> bool:
    """Return whether a judge has the essay, or it was settled: then its text stays as it is."""
    given = exists().where(Allocation.attempt_id == attempt.id, Allocation.withdrawn_at.is_(None))
    settled = exists().where(Settlement.attempt_id == attempt.id, Settlement.superseded_at.is_(None))
    return bool(session.scalar(select(given | settled)))
