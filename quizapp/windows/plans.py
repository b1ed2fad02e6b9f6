"""Reckons what a change of hours does to rounds and to those who are sitting; nothing is written here."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, func, select

from quizapp.contests.windows import as_rule, concerns, is_for_all, planned, window_of_all
from quizapp.db import session
from quizapp.models import Attempt, GivenTime, Person, Round, TradeUnion, WindowChange
from quizapp.rules.one_way import Walk, walk_of
from quizapp.rules.windows import Window, attempt_closes, effective, lost, time_allowed
from quizapp.vocabulary import WindowChangeKind


@dataclass(frozen=True)
class Move:
    """A running attempt whose close moves. given: seconds beside its own limit that the change brings.

    walk: where it stands then, if its questions come one after the other and the one shown now gets time.
    """

    attempt_id: int
    before: datetime
    after: datetime
    given: int
    walk: Walk | None = None

    def is_cut(self, now: datetime) -> bool:
        """Whether the attempt, or the question that is shown, would be over at once."""
        return (self.after <= now and self.after != self.before) or (self.walk is not None and self.walk.ends_at <= now)

    @property
    def gained(self) -> timedelta:
        return self.after - self.before


@dataclass(frozen=True)
class Hours:
    """A round's window as it is and as it becomes, for those whom the change is for."""

    round: Round
    before: Window
    after: Window


@dataclass(frozen=True)
class Plan:
    """What a change does. sitting: how many of those whom it is for are sitting now."""

    hours: list[Hours]
    sitting: int
    moves: list[Move]

    @property
    def helped(self) -> int:
        return sum(each.after != each.before for each in self.moves)

    @property
    def gains(self) -> list[tuple[timedelta, int]]:
        """What those whose close moves get, each with the number of attempts, the most first."""
        return sorted(Counter(each.gained for each in self.moves if each.gained).items(), reverse=True)


def plan(
    rounds: Sequence[Round],
    changed: WindowChange,
    before: Sequence[WindowChange],
    after: Sequence[WindowChange],
    *,
    now: datetime,
    to_sitting: bool = False,
    handed_in: bool = False,
) -> Plan:
    """Return what becomes of rounds and attempts when the changes `after` stand in place of those `before`.

    changed: the one that differs. to_sitting: an extension is also for those whose own limit decides. handed_in: also
    attempts to which it gave time and that were handed in since.
    """
    rounds = [each for each in rounds if changed.round_id in (None, each.id)]
    moves, known = [], {each.id: each for each in rounds}
    found = [each for each in _attempts(known, changed, now, handed_in) if concerns(changed, *each[1:4])]
    given, had = _given([each.id for each in found], changed.id), _had(changed)
    windows: dict[Any, Window] = {}
    for attempt_id, round_id, person_id, path, started_at, closes_at, *at_slot in found:
        mine = tuple(each for each in after if concerns(each, round_id, person_id, path))
        key = round_id, tuple(map(id, mine))
        if key not in windows:
            windows[key] = effective(planned(known[round_id]), map(as_rule, mine))
        own = own_seconds(changed, started_at, to_sitting=to_sitting) if changed in after else 0
        more, beyond = given.get(attempt_id, (0, 0))
        spans = timedelta(seconds=more + own), timedelta(seconds=beyond + (0 if changed.moves_close else own))
        limit, walk = time_allowed(known[round_id].rules), walk_of(known[round_id].rules, *at_slot)
        closes = attempt_closes(started_at, limit, windows[key].closes_at, *spans)
        if walk:
            more = own - had.get(attempt_id, 0)
            walk = walk.given(timedelta(seconds=more), now)
            closes = min(walk.over_at, windows[key].closes_at + spans[1])
            walk = walk if more else None  # what nobody moves stays as it is: the question before may be in its grace
        moves.append(Move(attempt_id, closes_at, closes, own, walk))
    hours = [Hours(each, _hours(each, changed, before), _hours(each, changed, after)) for each in rounds]
    return Plan(hours, sitting=len(found), moves=moves)


def own_seconds(changed: WindowChange, started_at: datetime, *, to_sitting: bool = False) -> int:
    """Return the seconds that a change brings an attempt beside its own limit."""
    if changed.kind == WindowChangeKind.EXTENSION:
        return (changed.minutes or 0) * 60 if to_sitting else 0
    return int(lost(as_rule(changed), started_at).total_seconds())


def _hours(round_: Round, changed: WindowChange, changes: Sequence[WindowChange]) -> Window:
    """Return the hours of a round for everybody; for those whom alone a change is for, theirs."""
    if is_for_all(changed):
        return window_of_all(round_, changes)
    theirs = [each for each in changes if each.round_id in (None, round_.id) and _reaches(each, changed)]
    return effective(planned(round_), map(as_rule, theirs))


def _reaches(each: WindowChange, changed: WindowChange) -> bool:
    return is_for_all(each) or (each.person_id, each.union_id) == (changed.person_id, changed.union_id)


def _attempts(rounds: Mapping[int, Round], changed: WindowChange, now: datetime, handed_in: bool) -> Sequence[Any]:
    """Return and hold the attempts that run; where asked for, those to which the change gave time, too."""
    runs = Attempt.submitted_at.is_(None) & (Attempt.closes_at > now)
    if handed_in:
        runs = runs | Attempt.id.in_(select(GivenTime.attempt_id).where(GivenTime.change_id == changed.id))
    asked = (
        select(
            *(Attempt.id, Attempt.round_id, Attempt.person_id, func.coalesce(TradeUnion.path, "").label("path")),
            *(Attempt.started_at, Attempt.closes_at, Attempt.at_slot, Attempt.at_slot_since),
        )
        .join(Person, Person.id == Attempt.person_id)
        .outerjoin(TradeUnion, TradeUnion.id == Person.union_id)
        .where(Attempt.round_id.in_(rounds), runs)
        .order_by(Attempt.id)
    )
    return session.execute(asked.with_for_update(of=Attempt)).all()


def _had(changed: WindowChange) -> dict[int, int]:
    """Return the seconds that a change has given attempts so far."""
    asked = select(GivenTime.attempt_id, GivenTime.seconds).where(GivenTime.change_id == changed.id)
    return dict(session.execute(asked).tuples().all()) if changed.id else {}


def _given(attempts: Sequence[int], but_by: int | None) -> dict[int, tuple[int, int]]:
    """Return the seconds that standing changes gave attempts, one change left out, and how many past the close."""
    if not attempts:
        return {}
    beyond = case((WindowChange.moves_close, 0), else_=GivenTime.seconds)
    asked = (
        select(GivenTime.attempt_id, func.sum(GivenTime.seconds), func.sum(beyond))
        .join(WindowChange, WindowChange.id == GivenTime.change_id)
        .join(Attempt, Attempt.id == GivenTime.attempt_id)
        .where(WindowChange.undone_at.is_(None), WindowChange.id != (but_by or 0))
        .where(Attempt.id.between(attempts[0], attempts[-1]))
        .group_by(GivenTime.attempt_id)
    )
    return {attempt: (int(seconds), int(past)) for attempt, seconds, past in session.execute(asked)}
