"""Changes the hours of a contest, pauses it, takes a change back: of rounds and running attempts at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, insert, select, update

from quizapp.contests.windows import as_rule, concerns, move_again, pause_among, standing
from quizapp.db import session
from quizapp.models import Attempt, AuditEvent, Contest, GivenTime, Person, Round, TradeUnion, WindowChange
from quizapp.refusals import (
    ChangeGone,
    ClosedAllTheSame,
    NotPaused,
    PausedAlready,
    ShiftAfterStart,
    TakenOutAlready,
    UndoCutsSitters,
)
from quizapp.rules.windows import overlap
from quizapp.vocabulary import WindowChangeKind
from quizapp.windows.plans import Plan, plan
from quizapp.windows.queries import cut_off


@dataclass(frozen=True)
class Asked:
    """A change as an organiser asks for it. round None: every round; person and union None: everybody."""

    kind: WindowChangeKind
    reason: str
    round: Round | None = None
    person: Person | None = None
    union: TradeUnion | None = None
    minutes: int | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    moves_close: bool = True  # of an outage: the round's close, too; False: only those who sit get its time
    to_sitting: bool = False  # an extension is also for those whose own limit decides


def preview(contest: Contest, asked: Asked, *, by: Person, now: datetime) -> tuple[Plan, list[Attempt]]:
    """Return what a change would do, and whom an outage cut off. Raises what `change` raises."""
    made = _made(contest, asked, by, now)
    planned = _planned(contest, made, asked.to_sitting, now)
    return planned, cut_off(made, _rounds(contest)) if made.kind == WindowChangeKind.OUTAGE else []


def change(contest: Contest, asked: Asked, *, by: Person, now: datetime) -> WindowChange:
    """Move the hours of rounds, or of those whom the change is for, and the close of those who are sitting.

    Raises ShiftAfterStart, ClosedAllTheSame, TakenOutAlready.
    """
    _hold(contest)
    made = _made(contest, asked, by, now)
    planned = _planned(contest, made, asked.to_sitting, now)
    session.add(made)
    session.flush()
    _carry_out(contest, made, planned)
    _note(made, "change_window", by, now, to_sitting=asked.to_sitting, sitting=planned.sitting, helped=planned.helped)
    return made


def pause(contest: Contest, *, reason: str, by: Person, now: datetime) -> WindowChange:
    """Let nobody begin and nobody's time run out until `resume`. Raises PausedAlready."""
    _hold(contest)
    changes = standing(contest.id)
    if pause_among(changes):
        raise PausedAlready()
    made = _made(contest, Asked(WindowChangeKind.PAUSE, reason, starts_at=now.replace(microsecond=0)), by, now)
    planned = plan(_rounds(contest), made, changes, [*changes, made], now=now)
    session.add(made)
    session.flush()
    _carry_out(contest, made, planned)
    _note(made, "pause_contest", by, now, sitting=planned.sitting)
    return made


def resume(contest: Contest, *, by: Person, now: datetime) -> WindowChange:
    """Let a contest go on: all ends lie as much later as it rested. Raises NotPaused."""
    _hold(contest)
    changes = standing(contest.id)
    lasting = pause_among(changes)
    if lasting is None:
        raise NotPaused()
    # Up to the next whole second: whoever handed in this moment did so before the new close.
    lasting.ends_at = now.replace(microsecond=0) + timedelta(seconds=1 if now.microsecond else 0)
    session.flush()
    planned = plan(_rounds(contest), lasting, changes, changes, now=now, handed_in=True)
    asked = select(GivenTime.attempt_id, GivenTime.closed_at_before).where(GivenTime.change_id == lasting.id)
    began = dict(session.execute(asked).tuples().all())
    session.execute(delete(GivenTime).where(GivenTime.change_id == lasting.id))
    _carry_out(contest, lasting, planned, began)
    _note(lasting, "resume_contest", by, now, sitting=planned.sitting)
    return lasting


def undo(contest: Contest, change_id: int, *, by: Person, now: datetime) -> None:
    """Take a change back, as if it had never been for those who are sitting. Raises ChangeGone, UndoCutsSitters."""
    _hold(contest)
    changes = standing(contest.id)
    found = next((each for each in changes if each.id == change_id), None)
    if found is None or found is pause_among(changes):
        raise ChangeGone()
    left = [each for each in changes if each is not found]
    planned = plan(_rounds(contest), found, changes, left, now=now)
    if cut := sum(each.is_cut(now) for each in planned.moves):
        raise UndoCutsSitters(people=cut)
    found.undone_at, found.undone_by_id = now, by.id
    session.flush()
    move_again(contest)
    _move(planned)
    _tell_later_less(found, planned)
    _note(found, "undo_window", by, now, sitting=planned.sitting)


def _hold(contest: Contest) -> None:
    """Let others who change hours wait, and whoever begins an attempt."""
    session.execute(select(Contest.id).where(Contest.id == contest.id).with_for_update())
    session.execute(select(Round.id).where(Round.contest_id == contest.id).order_by(Round.id).with_for_update())


def _rounds(contest: Contest) -> Sequence[Round]:
    asked = select(Round).where(Round.contest_id == contest.id).order_by(Round.position, Round.id)
    return session.scalars(asked.execution_options(populate_existing=True)).all()


def _made(contest: Contest, asked: Asked, by: Person, now: datetime) -> WindowChange:
    """Return a change that is not stored yet."""
    return WindowChange(
        contest_id=contest.id,
        round_id=asked.round.id if asked.round else None,
        person_id=asked.person.id if asked.person else None,
        union_id=asked.union.id if asked.union else None,
        union=asked.union,
        kind=asked.kind.value,
        minutes=asked.minutes,
        starts_at=asked.starts_at,
        ends_at=asked.ends_at,
        moves_close=asked.moves_close,
        reason=asked.reason,
        made_by_id=by.id,
        made_at=now,
    )


def _planned(contest: Contest, made: WindowChange, to_sitting: bool, now: datetime) -> Plan:
    changes, rounds = standing(contest.id), _rounds(contest)
    zone = ZoneInfo(contest.rules.timezone)
    if made.kind == WindowChangeKind.SHIFT and (begun := _begun(rounds, made)):
        raise ShiftAfterStart(attempts=begun)
    for each in changes:
        if overlap(as_rule(each), as_rule(made)) and _meet(each, made):
            ends_at = (each.ends_at or now).astimezone(zone)
            raise TakenOutAlready(starts_at=(each.starts_at or now).astimezone(zone), ends_at=ends_at)
    planned = plan(rounds, made, changes, [*changes, made], now=now, to_sitting=to_sitting)
    latest = max(each.after.closes_at for each in planned.hours)
    if made.minutes is not None and latest <= now:
        raise ClosedAllTheSame(closes_at=latest.astimezone(zone))
    return planned


def _begun(rounds: Sequence[Round], made: WindowChange) -> int:
    """Return how many attempts those whom a change is for have begun in its rounds."""
    asked = (
        select(Attempt.round_id, Attempt.person_id, func.coalesce(TradeUnion.path, ""))
        .join(Person, Person.id == Attempt.person_id)
        .outerjoin(TradeUnion, TradeUnion.id == Person.union_id)
        .where(Attempt.round_id.in_([each.id for each in rounds]))
    )
    return sum(concerns(made, *row) for row in session.execute(asked).tuples())


def _meet(one: WindowChange, other: WindowChange) -> bool:
    """Return whether two changes may be of the same round and person."""
    rounds = one.round_id is None or other.round_id is None or one.round_id == other.round_id
    people = one.person_id is None or other.person_id is None or one.person_id == other.person_id
    return rounds and people


def _carry_out(
    contest: Contest,
    changed: WindowChange,
    planned: Plan,
    began: Mapping[int, datetime] = MappingProxyType({}),
) -> None:
    """Move rounds and attempts, and write down what each attempt got. began: what their close was, where known."""
    move_again(contest)
    _move(planned)
    rows = [
        {
            "change_id": changed.id,
            "attempt_id": each.attempt_id,
            "closed_at_before": began.get(each.attempt_id, each.before),
            "seconds": each.given,
        }
        for each in planned.moves
        if each.given or each.after != each.before
    ]
    if rows:
        session.execute(insert(GivenTime), rows)


def _move(planned: Plan) -> None:
    moved = [{"id": each.attempt_id, "closes_at": each.after} for each in planned.moves if each.after != each.before]
    if moved:
        session.execute(update(Attempt), moved)
    walks = [
        {"id": each.attempt_id, "at_slot": each.walk.slot, "at_slot_since": each.walk.since}
        for each in planned.moves
        if each.walk
    ]
    if walks:
        session.execute(update(Attempt), walks)


def _tell_later_less(undone: WindowChange, planned: Plan) -> None:
    """What later changes gave stays what it was, counted from a close that lies elsewhere now."""
    moved = {each.attempt_id: each.after - each.before for each in planned.moves}
    asked = (
        select(GivenTime)
        .join(WindowChange, WindowChange.id == GivenTime.change_id)
        .where(WindowChange.contest_id == undone.contest_id, WindowChange.id > undone.id)
    )
    for each in session.scalars(asked):
        each.closed_at_before += moved.get(each.attempt_id, timedelta(0))
    session.flush()


def _note(made: WindowChange, action: str, by: Person, now: datetime, **details: Any) -> None:
    whom = {"round": made.round_id, "person": made.person_id, "union": made.union_id}
    what = {"change": made.id, "kind": made.kind, "minutes": made.minutes, "reason": made.reason}
    if made.kind == WindowChangeKind.OUTAGE:
        what["moves_close"] = made.moves_close
    subject = f"contest:{made.contest.slug}"
    session.add(AuditEvent(at=now, actor_id=by.id, action=action, subject=subject, details=what | whom | details))
    session.flush()
