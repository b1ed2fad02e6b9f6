"""Seats judges, gives them the essays, takes a judge out, and lays the organisers' decisions over what was settled."""

import secrets
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from quizapp.db import session
from quizapp.errors import NoJudges, NothingToDecide, RoundStillOpen
from quizapp.judging import giving, returning, settling, states, taking
from quizapp.judging.queries import ACTIVE, essay_rule, has_chair
from quizapp.models import Allocation, Assessment, AuditEvent, Essay, JudgeSeat, Person, Round, Settlement
from quizapp.rules.allocation import Allocated
from quizapp.rules.deadlines import phase
from quizapp.vocabulary import EssayState, Phase, Turn


def seat(
    round_: Round, person: Person, *, capacity: int | None, is_chair: bool, by: Person, now: datetime
) -> JudgeSeat:
    """Seat a judge, or change the seat: capacity and chair; who had left comes back to the same seat."""
    giving.hold_jury(round_)
    asked = select(JudgeSeat).where(JudgeSeat.round_id == round_.id, JudgeSeat.person_id == person.id)
    kept = session.scalar(asked)
    if kept is None:
        kept = JudgeSeat(round_id=round_.id, person_id=person.id, seated_at=now)
        session.add(kept)
    kept.capacity, kept.is_chair, kept.left_at = capacity, is_chair, None
    _note(round_, "seat_judge", by, now, person=person.id, capacity=capacity, is_chair=is_chair)
    return kept


def unseat(round_: Round, kept: JudgeSeat, *, by: Person, now: datetime) -> Allocated:
    """Take a judge out: what is finished stays, what is not goes to others; return who could get it.

    What the judge had reserved goes back to those who take essays themselves.
    """
    giving.hold_jury(round_)
    kept.left_at = now
    session.flush()
    unfinished, seed = _unfinished(kept), secrets.token_hex(16)
    again = [each.attempt_id for each in unfinished if each.turn == Turn.FIRST.value]
    done = returning.pass_on(round_, unfinished, seed=seed, now=now)
    _note(round_, "unseat_judge", by, now, person=kept.person_id, seed=seed, given_back=len(unfinished), again=again)
    return done


def allocate(round_: Round, *, early: bool, by: Person, now: datetime) -> Allocated:
    """Give every essay the judges that it lacks, a third one, too, where one was missing; may be repeated.

    early: also while the round is open. Raises RoundStillOpen, NoJudges, RubricMissing.
    """
    rule = essay_rule(round_)
    if phase(round_.opens_at, round_.closes_at, now) is not Phase.CLOSED and not early:
        zone = ZoneInfo(round_.contest.rules.timezone)
        raise RoundStillOpen(closes_at=round_.closes_at.astimezone(zone))
    giving.hold_jury(round_)
    taking.withdraw_lapsed(round_, now=now)
    if not giving.seats_taking(round_):
        raise NoJudges(count=rule.judges)
    seed = secrets.token_hex(16)
    done = giving.give(round_, giving.essays_to_give(round_), judges=rule.judges, seed=seed, now=now)
    waiting = sorted(states.without_third(round_))
    for essay in waiting:
        giving.call_third(round_, essay, seed=seed, now=now)
    _note(
        round_, "allocate_essays", by, now, seed=seed, pairs=len(done.pairs), short=len(done.short), thirds=len(waiting)
    )
    return done


def decide(round_: Round, essay: Essay, mark: int, *, seen: int, reason: str, by: Person, now: datetime) -> Settlement:
    """Correct a settled mark, or settle one that is left to a chair that the jury does not have.

    Raises NothingToDecide, ChangedMeanwhile.
    """
    held = settling.hold(essay.attempt_id)
    state = settling.stands_at(essay.attempt_id, round_).state
    if settling.standing(essay.attempt_id):
        office = "Ban tổ chức điều chỉnh"
    elif state is EssayState.FOR_THE_CHAIR and not has_chair(round_):
        office = "Ban tổ chức quyết định"
    else:
        raise NothingToDecide()
    return settling.decide(held, mark, seen=seen, as_what=office, reason=reason, by=by, now=now)


def may_decide(round_: Round, state: EssayState) -> bool:
    """Return whether an essay in this state is the organisers' to decide."""
    return state is EssayState.SETTLED or (state is EssayState.FOR_THE_CHAIR and not has_chair(round_))


def _unfinished(kept: JudgeSeat) -> list[Allocation]:
    """Hold all that a judge has: one who is just finishing an essay is waited for."""
    asked = select(Allocation).where(Allocation.seat_id == kept.id, ACTIVE)
    held = session.scalars(asked.order_by(Allocation.id).with_for_update(key_share=True)).all()
    done = select(Assessment.allocation_id).where(
        Assessment.allocation_id.in_([each.id for each in held]), Assessment.finished_at.is_not(None)
    )
    finished = set(session.scalars(done))
    return [each for each in held if each.id not in finished]


def _note(round_: Round, action: str, by: Person, now: datetime, **details: Any) -> None:
    subject = f"contest:{round_.contest.slug}"
    details = {"round": round_.key, **details}
    session.add(AuditEvent(at=now, actor_id=by.id, action=action, subject=subject, details=details))
    session.flush()
