"""Counts who takes part, by aggregates of the one list of attempts from which the boards are made."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, literal, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from quizapp.attempts.taking_part import takes_part_since
from quizapp.db import session
from quizapp.late.queries import count as late_count
from quizapp.models import Attempt, AuditEvent, Contest, Person, Round, Snapshot, TradeUnion
from quizapp.reports.essay_work import EssayWork, essay_work, waiting_essays
from quizapp.rules import permissions
from quizapp.rules.deadlines import GRACE, phase
from quizapp.standings import queries as standings
from quizapp.vocabulary import Phase, Role

ON_A_PAGE = 20


@dataclass(frozen=True)
class Count:
    """People with an attempt that was handed in, such attempts, others still running, others to be closed."""

    entrants: int = 0
    attempts: int = 0
    running: int = 0
    overdue: int = 0


@dataclass(frozen=True)
class ListedContest:
    """A contest on the desk. shown: the snapshot that everybody sees now; ended: the latest round that is over.

    is_provisional: a board that is shown was made before all essays had a mark; waiting_essays: without one now.
    """

    contest: Contest
    phase: Phase
    count: Count
    shown: Snapshot | None
    ended: Round | None
    is_provisional: bool
    waiting_essays: int
    late: int  # attempts with something that came late and is not decided on
    essay_work: Sequence[EssayWork]

    @property
    def waits_for_publishing(self) -> bool:
        """A round is over and nobody can see its results, though no rule says that they come by themselves."""
        return self.ended is not None and self.shown is None

    @property
    def shown_is_old(self) -> bool:
        """What is shown was made before the latest round was over; boards that follow the contest mend themselves."""
        return bool(self._by_hand and self.ended and self._by_hand.made_at < self.ended.closes_at + GRACE)

    @property
    def may_be_final_now(self) -> bool:
        """What is shown is provisional, and now every essay has its mark."""
        return bool(self._by_hand and self.is_provisional and not self.waiting_essays)

    @property
    def marks_changed(self) -> bool:
        """After what is shown was made a mark changed: a late answer, an appeal, a correction."""
        changed = self._by_hand is not None and self._by_hand.remarkings != self.contest.remarkings
        return changed and not self.waiting_essays

    @property
    def _by_hand(self) -> Snapshot | None:
        return self.shown if self.shown and self.shown.published_by_id is not None else None


@dataclass(frozen=True)
class Publication:
    """One act of publishing or withdrawing, as the audit holds it."""

    event: AuditEvent
    actor: str | None


def contests_of(person: Person, now: datetime, page: int) -> tuple[list[ListedContest], int]:
    """Return a page, from 1, of the contests that a person organises, the last to close first, and how many pages."""
    return _listed(_held(TradeUnion.path, permissions.paths(person, Role.ORGANISER)), now, page)


def followed_by(person: Person, now: datetime) -> list[ListedContest]:
    """Return the newest contests that others organise and in which unions of the person's subtree take part."""
    held = permissions.paths(person, Role.ORGANISER)
    own = _held(TradeUnion.path, held)
    touched = or_(
        false(), *(or_(TradeUnion.path.startswith(each), literal(each).like(TradeUnion.path + "%")) for each in held)
    )
    return _listed(and_(~own, Contest.audience.any(touched)), now, page=1)[0]


def round_counts(contest: Contest, now: datetime, within: Sequence[str] | None = None) -> dict[int, Count]:
    """Return the counts of each round by its id. within: paths of the subtrees that are counted, None for all."""
    inside: ColumnElement[bool] = true()
    if within is not None:
        inside = Attempt.union_id.in_(select(TradeUnion.id).where(_held(TradeUnion.path, within)))
    return _counts(Attempt.round_id, now, Round.contest_id == contest.id, inside)


def contest_count(contest: Contest, now: datetime) -> Count:
    return _counts(Round.contest_id, now, Round.contest_id == contest.id).get(contest.id, Count())


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
        .where(Round.contest_id == contest.id, handed_in_at.is_not(None))
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
        .where(Round.contest_id == contest.id, takes_part_since().is_(None))
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
    return session.scalar(select(Snapshot).where(Snapshot.contest_id == contest.id, Snapshot.id == snapshot_id))


def is_shown_by_rule(contest: Contest) -> bool:
    """Return whether the boards are shown by the contest's rules, so that nobody has to publish them."""
    return standings.follows_the_rules(contest, standings.newest_publication(contest))


def _listed(condition: ColumnElement[bool], now: datetime, page: int) -> tuple[list[ListedContest], int]:
    closes = select(func.max(Round.closes_at)).where(Round.contest_id == Contest.id).scalar_subquery()
    asked = select(Contest).join(Contest.organiser).where(condition)
    total = session.scalar(asked.with_only_columns(func.count())) or 0
    found = session.scalars(
        asked.order_by(closes.desc(), Contest.id.desc())
        .offset((page - 1) * ON_A_PAGE)
        .limit(ON_A_PAGE)
        .options(joinedload(Contest.organiser), selectinload(Contest.rounds))
    ).all()
    counts = _counts(Round.contest_id, now, Round.contest_id.in_([each.id for each in found]))
    return [_on_the_desk(each, counts.get(each.id, Count()), now) for each in found], -(-total // ON_A_PAGE)


def _on_the_desk(contest: Contest, count: Count, now: datetime) -> ListedContest:
    published = standings.published(contest)
    ended = [each for each in contest.rounds if each.closes_at + GRACE <= now]
    return ListedContest(
        contest=contest,
        phase=phase(contest.rules.opens_at, contest.rules.closes_at, now),
        count=count,
        shown=published[0] if published else None,
        ended=max(ended, key=lambda each: each.closes_at, default=None),
        is_provisional=bool(published and any(board.provisional for board in published[1])),
        waiting_essays=waiting_essays(contest),
        late=late_count(contest).waiting,
        essay_work=essay_work(contest, now),
    )


def _counts(by: Any, now: datetime, *conditions: ColumnElement[bool]) -> dict[int, Count]:
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
        .where(*conditions)
        .group_by(by)
    )
    return {key: Count(*numbers) for key, *numbers in session.execute(asked)}


def _held(path: Any, held: Iterable[str]) -> ColumnElement[bool]:
    return or_(false(), *(path.startswith(each) for each in held))
