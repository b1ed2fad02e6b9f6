"""Counts who takes part, by aggregates of the one list of attempts from which the boards are made."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, literal, or_, select, true

from quizapp.attempts.taking_part import takes_part_since
from quizapp.db import session
from quizapp.models import Attempt, AuditEvent, Contest, Person, Round, Snapshot, TradeUnion
from quizapp.models.standings import UNFINISHED
from quizapp.rules.deadlines import GRACE
from quizapp.standings import queries as standings

ON_A_PAGE = 20


@dataclass(frozen=True)
class Count:
    """People with an attempt that was handed in, such attempts, others still running, others to be closed."""

    entrants: int = 0
    attempts: int = 0
    running: int = 0
    overdue: int = 0


@dataclass(frozen=True)
class Publication:
    """One act of publishing or withdrawing, as the audit holds it."""

    event: AuditEvent
    actor: str | None


def round_counts(contest: Contest, now: datetime, within: Sequence[str] | None = None) -> dict[int, Count]:
    """Return the counts of each round by its id. within: paths of the subtrees that are counted, None for all."""
    inside: ColumnElement[bool] = true()
    if within is not None:
        inside = Attempt.union_id.in_(select(TradeUnion.id).where(held_by(TradeUnion.path, within)))
    return counts(Attempt.round_id, now, Round.contest_id == contest.id, inside)


def contest_count(contest: Contest, now: datetime) -> Count:
    return counts(Round.contest_id, now, Round.contest_id == contest.id).get(contest.id, Count())


def handed_in_by_union(contest: Contest, round_id: int | None) -> list[tuple[int | None, int, int]]:
    """Return union, people and attempts handed in, of a round or of all; each person with the union of the latest.

    That is how the boards place a person who moved: by the union of the last attempt in the whole contest.
    """
    matters = case((Attempt.round_id == round_id, 1), else_=0) if round_id else literal(1)
    handed_in_at = takes_part_since()
    latest_first = (handed_in_at.desc(), Attempt.id.desc())
    placed = (
        select(
            Attempt.union_id,
            func.sum(matters).over(partition_by=Attempt.person_id).label("attempts"),
            func.row_number().over(partition_by=Attempt.person_id, order_by=latest_first).label("place"),
        )
        .join(Round)
        .where(Round.contest_id == contest.id, handed_in_at.is_not(None), standings.counts_on_boards())
        .subquery()
    )
    asked = (
        select(placed.c.union_id, func.count(), func.sum(placed.c.attempts))
        .where(placed.c.place == 1, placed.c.attempts > 0)
        .group_by(placed.c.union_id)
    )
    return [(union, int(people), int(attempts)) for union, people, attempts in session.execute(asked)]


def unfinished_by_union(contest: Contest, round_id: int | None) -> dict[int | None, int]:
    """Return how many attempts of each union were never handed in yet."""
    asked = (
        select(Attempt.union_id, func.count())
        .join(Round)
        .where(Round.contest_id == contest.id, takes_part_since().is_(None), standings.counts_on_boards())
        .group_by(Attempt.union_id)
    )
    if round_id:
        asked = asked.where(Attempt.round_id == round_id)
    return dict(session.execute(asked).tuples().all())


def publications(contest: Contest) -> list[Publication]:
    """Return who published and withdrew, the latest first."""
    asked = (
        select(AuditEvent, Person.full_name)
        .outerjoin(Person, Person.id == AuditEvent.actor_id)
        .where(AuditEvent.subject == f"contest:{contest.slug}", AuditEvent.action.in_(("publish", "withdraw")))
        .order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
    )
    return [Publication(event, name) for event, name in session.execute(asked)]


def snapshot_of(contest: Contest, snapshot_id: int | None) -> Snapshot | None:
    """Return a snapshot of the contest by its id, without one the newest."""
    if snapshot_id is None:
        return standings.newest_snapshot(contest)
    own = Snapshot.contest_id == contest.id, Snapshot.made_at > UNFINISHED
    return session.scalar(select(Snapshot).where(*own, Snapshot.id == snapshot_id))


def is_shown_by_rule(contest: Contest, now: datetime) -> bool:
    """Return whether the boards are shown by the contest's rules, so that nobody has to publish them."""
    return standings.follows_the_rules(contest, standings.newest_publication(contest), now)


def counts(by: Any, now: datetime, *conditions: ColumnElement[bool]) -> dict[int, Count]:
    handed_in = takes_part_since().is_not(None)
    over = Attempt.closes_at <= now - GRACE
    asked = (
        select(
            by,
            func.count(func.distinct(case((handed_in, Attempt.person_id)))),
            func.count(case((handed_in, 1))),
            func.count(case((and_(~handed_in, ~over), 1))),
            func.count(case((and_(~handed_in, over), 1))),
        )
        .select_from(Attempt)
        .join(Round)
        .where(standings.counts_on_boards(), *conditions)
        .group_by(by)
    )
    return {key: Count(*numbers) for key, *numbers in session.execute(asked)}


def held_by(path: Any, held: Iterable[str]) -> ColumnElement[bool]:
    return or_(false(), *(path.startswith(each) for each in held))
