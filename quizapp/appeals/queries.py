"""Finds appeals: one writer's own and what may be done about it, and all of a round with what they changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from quizapp.attempts.queries import result_is_shown
from quizapp.db import session
from quizapp.judging import settling
from quizapp.judging.queries import essay_rule
from quizapp.models import Allocation, Appeal, Assessment, Attempt, Contest, Essay, Person, Round, Settlement
from quizapp.rules import appealing
from quizapp.rules.appealing import Effects
from quizapp.standings import queries as standings
from quizapp.vocabulary import AppealState

WITHDRAWABLE = (AppealState.NEW, AppealState.BEING_MARKED)


@dataclass(frozen=True)
class Own:
    """A writer's appeal, if there is one, and what the writer may do now."""

    appeal: Appeal | None
    state: AppealState | None
    has_mark: bool
    until: datetime | None
    may_ask: bool

    @property
    def may_withdraw(self) -> bool:
        return self.state in WITHDRAWABLE


@dataclass(frozen=True)
class Case:
    """An appeal as the organisers' list shows it. change: hundredths, None until it is answered."""

    appeal: Appeal
    code: str
    state: AppealState
    mark: int | None
    change: int | None


def appeal_of(attempt_id: int) -> Appeal | None:
    return session.get(Appeal, attempt_id)


def state_of(appeal: Appeal) -> AppealState:
    """Return where an appeal stands."""
    asked = select(Allocation.withdrawn_at, Assessment.finished_at).outerjoin(Assessment)
    row = session.execute(asked.where(Allocation.id == appeal.allocation_id)).first()
    withdrawn_at, finished_at = row or (None, None)
    return _state(appeal, row is not None and withdrawn_at is None, finished_at)


def own(attempt: Attempt, now: datetime) -> Own:
    """Return how the writer of an attempt stands with its appeal."""
    appeal, until = appeal_of(attempt.id), essay_rule(attempt.round).appeals_until
    has_mark = attempt.essay_mark is not None and result_is_shown(attempt, now)
    return Own(
        appeal=appeal,
        state=state_of(appeal) if appeal else None,
        has_mark=has_mark,
        until=until,
        may_ask=appeal is None and has_mark and appealing.is_in_time(until, now),
    )


def appeals_of(attempts: Iterable[int]) -> dict[int, Appeal]:
    """Return the appeals of these attempts, by attempt."""
    found = session.scalars(select(Appeal).where(Appeal.attempt_id.in_(list(attempts))))
    return {each.attempt_id: each for each in found}


def settled(attempts: Iterable[int]) -> set[int]:
    """Return those of these attempts whose essays judges have marked: one that nobody wrote has a mark without them."""
    stands = select(Settlement.attempt_id).where(Settlement.superseded_at.is_(None))
    return set(session.scalars(stands.where(Settlement.attempt_id.in_(list(attempts)))))


def cases(round_: Round) -> list[Case]:
    """Return all appeals of a round, the first to be asked first."""
    asked = (
        select(Appeal, Essay.code, Attempt.essay_mark, Settlement.mark, Allocation, Assessment.finished_at)
        .join(Essay, Essay.attempt_id == Appeal.attempt_id)
        .join(Attempt, Attempt.id == Appeal.attempt_id)
        .outerjoin(Settlement, Settlement.id == Appeal.settlement_id)
        .outerjoin(Allocation, Allocation.id == Appeal.allocation_id)
        .outerjoin(Assessment, Assessment.allocation_id == Allocation.id)
        .where(Attempt.round_id == round_.id)
        .order_by(Appeal.asked_at, Appeal.attempt_id)
    )
    found = []
    for appeal, code, mark, after, allocation, finished_at in session.execute(asked):
        state = _state(appeal, allocation is not None and allocation.withdrawn_at is None, finished_at)
        change = (appeal.mark_before if after is None else after) - appeal.mark_before
        found.append(Case(appeal, code, state, mark, change if state is AppealState.ANSWERED else None))
    return found


def effects(found: Sequence[Case]) -> Effects:
    """Return what the answered ones of these appeals changed."""
    return appealing.effects(each.change for each in found if each.change is not None)


def by_state(found: Sequence[Case]) -> dict[AppealState, list[Case]]:
    return {state: [each for each in found if each.state is state] for state in AppealState}


def judge_of(appeal: Appeal) -> tuple[Allocation, Person, Assessment | None] | None:
    """Return the judge who has, or had, an appealed essay, with what was given so far."""
    if appeal.allocation_id is None:
        return None
    allocation = session.get_one(Allocation, appeal.allocation_id)
    return allocation, allocation.seat.person, session.get(Assessment, allocation.id)


def new_mark(appeal: Appeal, round_: Round) -> int | None:
    """Return what the essay's mark would be by the appeal's judge alone, in hundredths; None until finished."""
    total, rule = settling.appeal_total(appeal.attempt_id), essay_rule(round_)
    return None if total is None else appealing.appeal_mark(total, judges=rule.judges, combine=rule.combine)


def is_published_old(contest: Contest, now: datetime) -> bool:
    """Return whether boards that organisers published no longer tell how the contest stands: they must publish anew."""
    last = standings.newest_publication(contest)
    if last is None or last.withdrawn_at or standings.follows_the_rules(contest, last, now):
        return False
    return standings.is_stale(contest, last, now)


def _state(appeal: Appeal, is_given: bool, finished_at: datetime | None) -> AppealState:
    return appealing.state(
        is_withdrawn=appeal.withdrawn_at is not None,
        is_decided=appeal.decided_at is not None,
        is_given=is_given,
        is_marked=finished_at is not None,
    )
