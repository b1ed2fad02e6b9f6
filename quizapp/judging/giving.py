"""Gives essays to the judges of a round, by the rule of allocation, and calls a third judge."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, insert, select
from sqlalchemy.orm import joinedload

from quizapp.db import session
from quizapp.errors import RubricMissing
from quizapp.judging.queries import ACTIVE, COUNTED_TURNS, LAPSED
from quizapp.models import Allocation, Attempt, Essay, JudgeSeat, Person, Round, Rubric, TradeUnion
from quizapp.rules import allocation
from quizapp.rules.allocation import Allocated, EssayToGive, SeatLoad
from quizapp.vocabulary import Turn


def hold_jury(round_: Round) -> None:
    """Let nobody else give essays of a round, or change who sits in its jury, until the transaction ends."""
    held = select(JudgeSeat.id).where(_of(round_)).order_by(JudgeSeat.id)
    session.execute(held.with_for_update(key_share=True))


def seats_taking(round_: Round) -> list[SeatLoad]:
    """Return the judges who take essays now, with what they have already and whose essays they may not have.

    What a judge marks twice unknowingly is no load: it would take essays from him that need him.
    """
    loads = dict(
        session.execute(
            select(Allocation.seat_id, func.count())
            .join(JudgeSeat)
            .where(JudgeSeat.round_id == round_.id, ACTIVE, Allocation.turn != Turn.SEED.value)
            .group_by(Allocation.seat_id)
        )
        .tuples()
        .all()
    )
    asked = (
        select(JudgeSeat)
        .join(JudgeSeat.person)
        .where(JudgeSeat.round_id == round_.id, JudgeSeat.left_at.is_(None), Person.disabled_at.is_(None))
        .options(joinedload(JudgeSeat.person).joinedload(Person.union))
    )
    organiser = round_.contest.organiser.path
    return [
        SeatLoad(
            seat_id=seat.id,
            capacity=seat.capacity,
            load=loads.get(seat.id, 0),
            barred_paths=allocation.barred_paths(seat.person.union.path, organiser) if seat.person.union else (),
        )
        for seat in session.scalars(asked)
    ]


def essays_to_give(round_: Round, *, only: Collection[int] | None = None) -> list[EssayToGive]:
    """Return the essays that were handed in with something to read, each with the judges of its first turn.

    only: of these attempts. Who had an essay and gave it back, and who wrote it, may not have it; whose time for it
    ran out may.
    """
    asked = (
        select(Essay.attempt_id, TradeUnion.path, Attempt.person_id)
        .join(Attempt, Attempt.id == Essay.attempt_id)
        .outerjoin(TradeUnion, TradeUnion.id == Attempt.union_id)
        .where(Attempt.round_id == round_.id, Attempt.submitted_at.is_not(None), Essay.is_written)
    )
    if only is not None:
        asked = asked.where(Essay.attempt_id.in_(only))
    has: dict[int, set[int]] = {}
    had: dict[int, set[int]] = {}
    for essay, seat, withdrawn_at, lapsed, turn in session.execute(_given(round_)):
        # A third judge is no judge of the first turn, but has the essay all the same.
        first = withdrawn_at is None and turn == Turn.FIRST.value
        if not lapsed:
            (has if first else had).setdefault(essay, set()).add(seat)
    own: dict[int, set[int]] = {}
    for seat, person in session.execute(select(JudgeSeat.id, JudgeSeat.person_id).where(_of(round_))):
        own.setdefault(person, set()).add(seat)
    return [
        EssayToGive(
            essay_id=essay,
            union_path=path,
            judges=frozenset(has.get(essay, ())),
            barred_seats=frozenset(had.get(essay, set()) | own.get(writer, set())),
        )
        for essay, path, writer in session.execute(asked)
    ]


def give(round_: Round, essays: Sequence[EssayToGive], *, judges: int, seed: str, now: datetime) -> Allocated:
    """Give each essay the judges that it lacks; the jury is held. Raises RubricMissing."""
    done = allocation.allocate(essays, seats_taking(round_), per_essay=judges, seed=seed)
    write(round_, done.pairs, Turn.FIRST, now=now)
    return done


def call_third(round_: Round, essay_id: int, *, seed: str, now: datetime) -> int | None:
    """Give an essay to one judge more, who is not told why; return the seat, or None when nobody may have it."""
    [essay] = essays_to_give(round_, only=[essay_id])
    seat = allocation.third_judge(essay, seats_taking(round_), (), seed)
    if seat is not None:
        write(round_, [(essay_id, seat)], Turn.THIRD, now=now)
    return seat


def call_for_appeal(round_: Round, essay_id: int, *, seed: str, now: datetime) -> int | None:
    """Give an essay to a judge who never had it in any turn; return the seat, or None when nobody may have it.

    The jury is held. The judge is not told that it is an appeal.
    """
    [essay] = essays_to_give(round_, only=[essay_id])
    had = select(Allocation.seat_id).where(Allocation.attempt_id == essay_id)
    seat = allocation.third_judge(essay, seats_taking(round_), session.scalars(had).all(), seed)
    if seat is not None:
        write(round_, [(essay_id, seat)], Turn.APPEAL, now=now)
    return seat


def rubric_of(round_: Round) -> Rubric | None:
    """Return the version that the essays of a round are marked by: the one of its first allocation, else the newest.

    None: one free mark. Raises RubricMissing when the rules name a rubric that is not there.
    """
    rule = round_.rules.essay
    if rule is None or rule.rubric is None:
        return None
    used = select(Rubric).join(Allocation).join(JudgeSeat).where(_of(round_)).limit(1)
    newest = select(Rubric).where(Rubric.code == rule.rubric).order_by(Rubric.version.desc()).limit(1)
    found = session.scalar(used) or session.scalar(newest)
    if found is None:
        raise RubricMissing(code=rule.rubric)
    return found


def write(
    round_: Round, pairs: Iterable[tuple[int, int]], turn: Turn, *, now: datetime, until: datetime | None = None
) -> None:
    """Write down who has which essay, behind what each judge has already; a lapsed one of the same judge lives again.

    until: the lease; None: it stays.
    """
    pairs = list(pairs)
    if not pairs:
        return
    rubric, new = rubric_of(round_), []
    if rubric and rubric.frozen_at is None:
        rubric.frozen_at = now
    seats = {seat for _, seat in pairs}
    last, lapsed = last_positions(seats), _lapsed(seats)
    for essay, seat in pairs:
        last[seat] = last.get(seat, 0) + 1
        facts = {"turn": turn.value, "position": last[seat], "allocated_at": now, "leased_until": until}
        again = lapsed.get((essay, seat))
        if again is None:
            new.append({"attempt_id": essay, "seat_id": seat, "rubric_id": rubric.id if rubric else None, **facts})
        else:
            for name, fact in (facts | {"withdrawn_at": None}).items():
                setattr(again, name, fact)
    if new:
        session.execute(insert(Allocation), new)  # at once: a session that adds each takes seconds for 10,000 essays
    session.flush()


def last_positions(seats: Collection[int]) -> dict[int, int]:
    """Return the last position in the queue of each seat that has one."""
    asked = select(Allocation.seat_id, func.max(Allocation.position)).where(Allocation.seat_id.in_(seats))
    return dict(session.execute(asked.group_by(Allocation.seat_id)).tuples().all())


def _lapsed(seats: Collection[int]) -> dict[tuple[int, int], Allocation]:
    asked = select(Allocation).where(Allocation.seat_id.in_(seats), LAPSED, Allocation.turn.in_(COUNTED_TURNS))
    return {(each.attempt_id, each.seat_id): each for each in session.scalars(asked)}


def _given(round_: Round) -> Select[Any]:
    lapsed = and_(LAPSED, Allocation.turn.in_(COUNTED_TURNS))
    asked = select(Allocation.attempt_id, Allocation.seat_id, Allocation.withdrawn_at, lapsed, Allocation.turn)
    return asked.join(JudgeSeat).where(_of(round_))


def _of(round_: Round) -> ColumnElement[bool]:
    return JudgeSeat.round_id == round_.id
