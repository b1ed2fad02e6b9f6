"""Double-blind seeds: a judge gets some of his own essays once more, under other codes, and cannot tell."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from random import Random

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import aliased

from quizapp.attempts.essay_saving import new_code
from quizapp.db import session
from quizapp.errors import NothingToRepeat
from quizapp.judging import giving
from quizapp.judging.queries import ACTIVE, COUNTED, FINISHED, essay_rule
from quizapp.models import Allocation, Assessment, AuditEvent, JudgeSeat, Person, Round
from quizapp.vocabulary import Giving, Turn

USUAL, MOST = 3, 20  # for each judge
APART = 10  # so many essays a judge should have finished since


def plant(round_: Round, count: int, *, by: Person, now: datetime) -> int:
    """Give each judge `count` essays once more that he finished some time ago; return how many in all.

    Where judges take essays themselves it comes with what they take next. Raises NothingToRepeat.
    """
    giving.hold_jury(round_)
    seed = secrets.token_hex(16)
    planted = {each.id: _plant(each, count, seed, now) for each in _seats(round_)}
    number = sum(map(len, planted.values()))
    if not number:
        raise NothingToRepeat()
    details = {"round": round_.key, "seed": seed, "count": count, "essays": planted}
    subject = f"contest:{round_.contest.slug}"
    session.add(AuditEvent(at=now, actor_id=by.id, action="plant_seeds", subject=subject, details=details))
    session.flush()
    return number


def chosen(finished: Sequence[int], count: int, seed: str) -> list[int]:
    """Return up to `count` of what a judge finished, the oldest first: of those long ago, then of the others."""
    # Not for secrets: whoever knows the seed may replay.
    rng = Random(seed)  # noqa: S311
    old, fresh = list(finished[:-APART]), list(finished[-APART:])
    found = rng.sample(old, min(count, len(old)))
    return found + rng.sample(fresh, min(count - len(found), len(fresh)))


def _seats(round_: Round) -> Sequence[JudgeSeat]:
    asked = select(JudgeSeat).where(JudgeSeat.round_id == round_.id, JudgeSeat.left_at.is_(None))
    return session.scalars(asked.order_by(JudgeSeat.id)).all()


def _plant(seat: JudgeSeat, count: int, seed: str, now: datetime) -> list[str]:
    again = aliased(Allocation)
    repeated = exists().where(
        again.attempt_id == Allocation.attempt_id, again.seat_id == seat.id, again.turn == Turn.SEED.value
    )
    asked = select(Allocation).join(Assessment).where(Allocation.seat_id == seat.id, COUNTED, FINISHED, ~repeated)
    finished = {each.id: each for each in session.scalars(asked.order_by(Assessment.finished_at, Allocation.id))}
    picked = [finished[each] for each in chosen(list(finished), count, f"{seed}/{seat.id}")]
    for each in picked:
        _place(seat, each, f"{seed}/{each.id}", now)
    return [each.essay.code for each in picked]


def _place(seat: JudgeSeat, first: Allocation, seed: str, now: datetime) -> None:
    """Give an essay again; among those that wait, behind the first one, so that it may come at any time later."""
    made = Allocation(attempt_id=first.attempt_id, seat_id=seat.id, rubric_id=first.rubric_id, turn=Turn.SEED.value)
    made.alias, made.allocated_at, made.position = new_code(), now, _position(seat, seed)
    if essay_rule(seat.round).giving is Giving.PULL:
        made.withdrawn_at, made.leased_until = now, now  # as if it had lapsed: the judge takes it with the others
    session.add(made)
    session.flush()


def _position(seat: JudgeSeat, seed: str) -> int:
    asked = select(Allocation.position).outerjoin(Assessment).where(Allocation.seat_id == seat.id, ACTIVE)
    waiting = session.scalars(asked.where(Assessment.finished_at.is_(None)).order_by(Allocation.position)).all()
    if not waiting:
        last = select(func.coalesce(func.max(Allocation.position), 0)).where(Allocation.seat_id == seat.id)
        return (session.scalar(last) or 0) + 1
    place = Random(seed).choice(waiting) + 1  # noqa: S311
    behind = update(Allocation).where(Allocation.seat_id == seat.id, Allocation.position >= place)
    session.execute(behind.values(position=Allocation.position + 1), execution_options={"synchronize_session": "fetch"})
    return place
