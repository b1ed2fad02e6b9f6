"""Judges take essays themselves: the next ones that lack judges, each reserved for a while that every save prolongs."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, update

from quizapp.db import session
from quizapp.errors import (
    AllocationWithdrawn,
    GivenOut,
    HoldsEnough,
    LeaseTaken,
    NotFound,
    NothingToTake,
    RoundNotOver,
    TrialUnfinished,
)
from quizapp.judging import giving, states, trial
from quizapp.judging.queries import ACTIVE, FINISHED, LAPSED, allocation_of, essay_rule
from quizapp.models import Allocation, Assessment, AuditEvent, JudgeSeat, Person, Round
from quizapp.rules.allocation import next_essays
from quizapp.rules.deadlines import phase
from quizapp.vocabulary import Giving, Phase, Turn

LEASE = timedelta(minutes=45)
USUAL, MOST = 5, 10  # essays at once

NOT_FINISHED = ~select(Assessment).where(Assessment.allocation_id == Allocation.id, FINISHED).exists()
HELD = ACTIVE, Allocation.leased_until.is_not(None), NOT_FINISHED


@dataclass(frozen=True)
class Offer:
    """What a judge is told of taking essays. room: how many more at once; opens_at: not before, None: now."""

    held: int
    room: int
    opens_at: datetime | None


def take(seat: JudgeSeat, count: int, *, by: Person, now: datetime) -> Sequence[Allocation]:
    """Reserve the next essays for a judge, those in most need first; return them in the order of reading.

    Raises NotFound, GivenOut, RoundNotOver, TrialUnfinished, HoldsEnough, NothingToTake.
    """
    round_ = seat.round
    _check_open(round_, now)
    giving.hold_jury(round_)
    session.refresh(seat)
    if seat.left_at:
        raise NotFound()
    if left := trial.left(seat):
        raise TrialUnfinished(left=left)
    prolong(seat, now=now)
    withdraw_lapsed(round_, now=now)
    room = MOST - held(seat)
    if room < 1:
        raise HoldsEnough(count=MOST)
    seed = secrets.token_hex(16)
    taken = _reserve(seat, min(max(count, 1), room), seed, now)
    if not taken:
        raise NothingToTake()
    details = {"round": round_.key, "seat": seat.id, "seed": seed, "essays": [each.essay.code for each in taken]}
    subject = f"contest:{round_.contest.slug}"
    session.add(AuditEvent(at=now, actor_id=by.id, action="take_essays", subject=subject, details=details))
    session.flush()
    return taken


def held(seat: JudgeSeat) -> int:
    """Return how many essays a judge has reserved and not finished."""
    return session.scalar(select(func.count()).select_from(Allocation).where(Allocation.seat_id == seat.id, *HELD)) or 0


def offer(seat: JudgeSeat, now: datetime) -> Offer | None:
    """Return whether a judge may take essays; None where the organisers give them out."""
    round_ = seat.round
    if essay_rule(round_).giving is not Giving.PULL:
        return None
    count = held(seat)
    return Offer(count, max(MOST - count, 0), None if may_take(round_, now) else round_.closes_at)


def may_take(round_: Round, now: datetime) -> bool:
    """Return whether judges take essays of a round now."""
    return essay_rule(round_).giving is Giving.PULL and phase(round_.opens_at, round_.closes_at, now) is Phase.CLOSED


def prolong(seat: JudgeSeat, *, now: datetime) -> None:
    """Let a judge who works keep all that is reserved, though the time may have run out and nobody noticed."""
    mine = update(Allocation).where(Allocation.seat_id == seat.id, *HELD).values(leased_until=now + LEASE)
    session.execute(mine, execution_options={"synchronize_session": "fetch"})


def withdraw_lapsed(round_: Round, *, now: datetime) -> None:
    """Put back what was reserved too long without being finished. The jury is held."""
    seats = select(JudgeSeat.id).where(JudgeSeat.round_id == round_.id)
    lapsed = update(Allocation).where(Allocation.seat_id.in_(seats), *HELD, Allocation.leased_until < now)
    session.execute(lapsed.values(withdrawn_at=now), execution_options={"synchronize_session": "fetch"})


def return_lapsed(round_id: int, *, now: datetime) -> None:
    """Put back what was reserved too long in a round, though nobody takes anything."""
    round_ = session.get_one(Round, round_id)
    giving.hold_jury(round_)
    withdraw_lapsed(round_, now=now)


def rounds_with_lapsed(now: datetime) -> Sequence[int]:
    """Return the rounds in which something was reserved too long."""
    asked = select(JudgeSeat.round_id).join(Allocation).where(*HELD, Allocation.leased_until < now)
    return session.scalars(asked.distinct().order_by(JudgeSeat.round_id)).all()


def hold_if_leased(allocation: Allocation) -> None:
    """Hold the jury where what is saved decides who has an essay; before the essay itself is held."""
    if allocation.leased_until or essay_rule(allocation.seat.round).giving is Giving.PULL:
        giving.hold_jury(allocation.seat.round)


def go_on(allocation: Allocation, *, now: datetime) -> None:
    """Let a judge keep what is reserved, or take up again what has lapsed and nobody else has.

    The jury is held. Raises AllocationWithdrawn, LeaseTaken.
    """
    if allocation.withdrawn_at:
        if not allocation.is_lapsed:
            raise AllocationWithdrawn()
        turn = open_turn(allocation)
        if turn is None:
            raise LeaseTaken()
        allocation.turn, allocation.withdrawn_at, allocation.leased_until = turn.value, None, now + LEASE
        session.flush()
    if essay_rule(allocation.seat.round).giving is Giving.PULL or allocation.leased_until:
        prolong(allocation.seat, now=now)


def is_taken(allocation: Allocation) -> bool:
    """Return whether an essay has lapsed and others have it by now: its judge only reads what was written."""
    return allocation.is_lapsed and open_turn(allocation) is None


def open_turn(allocation: Allocation) -> Turn | None:
    """Return in what turn the judge of a lapsed one may take it up again; None: others have it by now."""
    if allocation.turn not in (Turn.FIRST.value, Turn.THIRD.value):
        return Turn(allocation.turn)
    round_, essay = allocation.seat.round, allocation.attempt_id
    mine = [each for each in giving.seats_taking(round_) if each.seat_id == allocation.seat_id]
    essays = giving.essays_to_give(round_, only=[essay])
    thirds = states.without_third(round_, only=essay)
    for seat in mine:
        if next_essays(essays, seat, per_essay=essay_rule(round_).judges, thirds=thirds, count=1, seed=""):
            return Turn.THIRD if thirds else Turn.FIRST
    return None


def _check_open(round_: Round, now: datetime) -> None:
    if essay_rule(round_).giving is not Giving.PULL:
        raise GivenOut()
    if not may_take(round_, now):
        raise RoundNotOver(closes_at=round_.closes_at.astimezone(ZoneInfo(round_.contest.rules.timezone)))


def _reserve(seat: JudgeSeat, count: int, seed: str, now: datetime) -> Sequence[Allocation]:
    """Write down what a judge takes. Of what waits to be marked twice one comes with it, more where nothing else is."""
    round_, until = seat.round, now + LEASE
    load = next(each for each in giving.seats_taking(round_) if each.seat_id == seat.id)
    thirds = states.without_third(round_)
    rule = {"per_essay": essay_rule(round_).judges, "seed": seed}
    chosen = next_essays(giving.essays_to_give(round_), load, thirds=thirds, count=count, **rule)  # type: ignore[arg-type]
    waiting = _waiting_seeds(seat)[: max(count - len(chosen), 1)]
    chosen = chosen[: count - len(waiting)]
    # Only places in the queue are drawn anew: who replays the choice needs nothing but the seed.
    last = giving.last_positions([seat.id]).get(seat.id, 0)
    first = [(each, seat.id) for each in chosen if each not in thirds]
    third = [(each, seat.id) for each in chosen if each in thirds]
    taken = [*waiting]
    for pairs, turn in ((first, Turn.FIRST), (third, Turn.THIRD)):
        giving.write(round_, pairs, turn, now=now, until=until)
        taken += filter(None, (allocation_of(*pair, turn) for pair in pairs))
    Random(seed).shuffle(taken)  # noqa: S311
    for place, each in enumerate(taken, start=last + 1):
        each.position, each.allocated_at, each.leased_until, each.withdrawn_at = place, now, until, None
    session.flush()
    return taken


def _waiting_seeds(seat: JudgeSeat) -> Sequence[Allocation]:
    asked = select(Allocation).where(Allocation.seat_id == seat.id, LAPSED, Allocation.turn == Turn.SEED.value)
    return session.scalars(asked.order_by(Allocation.id)).all()
