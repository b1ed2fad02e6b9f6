"""Where the essays of a round stand, all at once: derived from allocations, assessments and settlements."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Subquery, and_, case, false, func, literal, select

from quizapp.db import session
from quizapp.judging.queries import COUNTED
from quizapp.models import Allocation, Assessment, Attempt, Essay, Round, Settlement
from quizapp.vocabulary import EssayState, Resolution, Turn

ON_A_PAGE = 50


@dataclass(frozen=True)
class Standing:
    """One essay as the organisers' list shows it; totals and mark in hundredths, totals lowest first."""

    attempt_id: int
    code: str
    words: int
    state: EssayState
    judges: int
    finished: int
    in_doubt: int
    totals: tuple[int, ...]
    mark: int | None


def counts(round_: Round) -> dict[EssayState, int]:
    """Return how many of the essays that were handed in with a word at least are in each state."""
    each = _states(round_)
    asked = select(each.c.state, func.count()).group_by(each.c.state)
    found = dict(session.execute(asked).tuples().all())
    return {state: found.get(state.value, 0) for state in EssayState}


def listed(
    round_: Round, state: EssayState | None = None, page: int | None = None, *, only: Collection[int] | None = None
) -> list[Standing]:
    """Return the essays of a round by code, of one state if asked; a page from 1, or all; only: of these attempts."""
    each = _states(round_)
    asked = select(each).order_by(each.c.code)
    if state:
        asked = asked.where(each.c.state == state.value)
    if only is not None:
        asked = asked.where(each.c.attempt_id.in_(only))
    if page:
        asked = asked.offset((page - 1) * ON_A_PAGE).limit(ON_A_PAGE)
    rows = session.execute(asked).all()
    totals = _totals([row.attempt_id for row in rows])
    return [_standing(row, totals) for row in rows]


def without_third(round_: Round, *, only: int | None = None) -> set[int]:
    """Return the essays whose judges are too far apart and that no third judge has; only: of this attempt."""
    each = _states(round_)
    asked = select(each.c.attempt_id).where(
        each.c.state == EssayState.FAR_APART.value, each.c.judges == each.c.finished
    )
    if only is not None:
        asked = asked.where(each.c.attempt_id == only)
    return set(session.scalars(asked))


def of_essay(round_: Round, code: str) -> Standing | None:
    """Return how one essay of a round stands."""
    each = _states(round_)
    row = session.execute(select(each).where(each.c.code == code)).first()
    return _standing(row, _totals([row.attempt_id])) if row else None


def empty(round_: Round) -> int:
    """Return how many attempts were handed in without a word: no judge gets them, their essay has no marks."""
    asked = select(func.count()).select_from(Attempt).outerjoin(Essay)
    handed_in = Attempt.round_id == round_.id, Attempt.submitted_at.is_not(None)
    return session.scalar(asked.where(*handed_in, func.coalesce(Essay.is_written, false()).is_(False))) or 0


def _standing(row: Row[Any], totals: dict[int, tuple[int, ...]]) -> Standing:
    return Standing(
        attempt_id=row.attempt_id,
        code=row.code,
        words=row.words,
        state=EssayState(row.state),
        judges=row.judges,
        finished=row.finished,
        in_doubt=row.in_doubt,
        totals=totals.get(row.attempt_id, ()),
        mark=row.mark,
    )


def _states(round_: Round) -> Subquery:
    each = _aggregates(round_).subquery()
    rule = round_.rules.essay
    needed = rule.judges if rule else 1
    # All judges of the first turn have finished and nothing is settled: so they are too far apart.
    apart = EssayState.FOR_THE_CHAIR if rule and rule.resolution is Resolution.CHAIR else EssayState.FAR_APART
    state: ColumnElement[str] = case(
        (each.c.mark.is_not(None), literal(EssayState.SETTLED.value)),
        (each.c.given < needed, literal(EssayState.UNALLOCATED.value)),
        (each.c.done < needed, literal(EssayState.BEING_MARKED.value)),
        else_=literal(apart.value),
    )
    return select(each, state.label("state")).subquery()


def _aggregates(round_: Round) -> Select[Any]:
    first = Allocation.turn == Turn.FIRST.value
    done = Assessment.finished_at.is_not(None)
    return (
        select(
            Essay.attempt_id,
            Essay.code,
            Essay.words,
            func.count(Allocation.id).label("judges"),
            func.count(case((done, 1))).label("finished"),
            func.count(case((Assessment.is_in_doubt, 1))).label("in_doubt"),
            func.count(case((first, 1))).label("given"),
            func.count(case((and_(first, done), 1))).label("done"),
            func.max(Settlement.mark).label("mark"),
        )
        .join(Attempt, Attempt.id == Essay.attempt_id)
        .outerjoin(Allocation, and_(Allocation.attempt_id == Essay.attempt_id, COUNTED))
        .outerjoin(Assessment, Assessment.allocation_id == Allocation.id)
        .outerjoin(Settlement, and_(Settlement.attempt_id == Essay.attempt_id, Settlement.superseded_at.is_(None)))
        .where(Attempt.round_id == round_.id, Attempt.submitted_at.is_not(None), Essay.is_written)
        .group_by(Essay.attempt_id, Essay.code, Essay.words)
    )


def _totals(essays: Sequence[int]) -> dict[int, tuple[int, ...]]:
    asked = (
        select(Allocation.attempt_id, Assessment.total)
        .join(Assessment)
        .where(Allocation.attempt_id.in_(essays), COUNTED, Assessment.total.is_not(None))
        .order_by(Assessment.total)
    )
    found: dict[int, tuple[int, ...]] = {}
    for essay, total in session.execute(asked):
        found[essay] = (*found.get(essay, ()), total or 0)
    return found
