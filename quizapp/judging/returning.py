"""Essays that judges give back, or leave behind, and who gets them then."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from quizapp.db import session
from quizapp.errors import AllocationWithdrawn, FinishedAlready
from quizapp.judging import giving, queries, settling
from quizapp.models import Allocation, Appeal, AuditEvent, Person, Round
from quizapp.rules.allocation import Allocated
from quizapp.vocabulary import Turn


def give_back(allocation: Allocation, *, reason: str, by: Person, now: datetime) -> None:
    """Take an unfinished essay from the judge who cannot mark it, for good, and let it go to another.

    Raises AllocationWithdrawn, FinishedAlready.
    """
    round_ = allocation.seat.round
    giving.hold_jury(round_)
    settling.hold(allocation.attempt_id)
    session.refresh(allocation, with_for_update={"of": Allocation})
    session.refresh(allocation.seat)
    if allocation.seat.left_at or (allocation.withdrawn_at and not allocation.is_lapsed):
        raise AllocationWithdrawn()
    kept = queries.assessment_of(allocation)
    if kept and kept.finished_at:
        raise FinishedAlready(code=allocation.code)
    seed = secrets.token_hex(16)
    details = {"code": allocation.essay.code, "turn": allocation.turn, "reason": reason, "seed": seed}
    subject = f"allocation:{allocation.id}"
    session.add(AuditEvent(at=now, actor_id=by.id, action="give_back_essay", subject=subject, details=details))
    pass_on(round_, [allocation], seed=seed, now=now)


def pass_on(round_: Round, unfinished: Sequence[Allocation], *, seed: str, now: datetime) -> Allocated:
    """Withdraw what is held, and give it to others; what the judge had reserved goes back to all.

    The jury is held. Returns who could get what of the first turn. What was to be marked twice unknowingly ends here.
    """
    given = [each for each in unfinished if each.leased_until is None]
    for each in unfinished:
        each.withdrawn_at, each.leased_until = now, None
    session.flush()
    again = [each.attempt_id for each in given if each.turn == Turn.FIRST.value]
    judges = queries.essay_rule(round_).judges
    done = giving.give(round_, giving.essays_to_give(round_, only=again), judges=judges, seed=seed, now=now)
    for each in given:
        if each.turn == Turn.THIRD.value:
            giving.call_third(round_, each.attempt_id, seed=seed, now=now)
        elif each.turn == Turn.APPEAL.value:
            _call_again(round_, each, seed, now)
    return done


def _call_again(round_: Round, allocation: Allocation, seed: str, now: datetime) -> None:
    appeal = session.get(Appeal, allocation.attempt_id)
    if appeal is None or appeal.decided_at or appeal.withdrawn_at:
        return
    seat = giving.call_for_appeal(round_, allocation.attempt_id, seed=seed, now=now)
    called = queries.allocation_of(allocation.attempt_id, seat, Turn.APPEAL) if seat else None
    appeal.allocation_id = called.id if called else None
    session.flush()
