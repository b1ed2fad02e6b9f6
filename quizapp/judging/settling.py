"""Settles essays: by the contest's rule as soon as enough judges have finished, or by decision; layer upon layer."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from quizapp.attempts.actions import set_essay_mark
from quizapp.db import session
from quizapp.errors import ChangedMeanwhile
from quizapp.judging import giving
from quizapp.judging.queries import ACTIVE, essay_rule
from quizapp.models import Allocation, Assessment, AuditEvent, Essay, Person, Round, Settlement
from quizapp.rules.settling import Settled, settle
from quizapp.vocabulary import EssayState, Giving, Turn


def hold(essay_id: int) -> Essay:
    """Return an essay whose marks nobody else changes until the transaction ends."""
    # As weak as can be: an allocation that refers to the essay may be written meanwhile.
    asked = select(Essay).where(Essay.attempt_id == essay_id).with_for_update(key_share=True)
    return session.scalars(asked.execution_options(populate_existing=True)).one()


def totals_of(essay_id: int) -> tuple[list[int], int | None]:
    """Return the finished totals of the first turn, and that of the third judge."""
    asked = (
        select(Allocation.turn, Assessment.total)
        .join(Assessment)
        .where(Allocation.attempt_id == essay_id, ACTIVE, Assessment.finished_at.is_not(None))
        .order_by(Allocation.id)
    )
    found = session.execute(asked).tuples().all()
    third = next((total for turn, total in found if turn == Turn.THIRD.value), None)
    return [total for turn, total in found if turn == Turn.FIRST.value and total is not None], third


def appeal_total(essay_id: int) -> int | None:
    """Return the finished total of the judge who marked an essay for its appeal; it settles nothing by itself."""
    asked = select(Assessment.total).join(Allocation).where(Allocation.attempt_id == essay_id, ACTIVE)
    return session.scalar(asked.where(Allocation.turn == Turn.APPEAL.value, Assessment.finished_at.is_not(None)))


def standing(essay_id: int) -> Settlement | None:
    """Return the settlement that holds, if there is one."""
    return session.scalar(
        select(Settlement).where(Settlement.attempt_id == essay_id, Settlement.superseded_at.is_(None))
    )


def stands_at(essay_id: int, round_: Round) -> Settled:
    """Return what the rule says of the totals that there are."""
    return _by_rule(round_, *totals_of(essay_id))


def settle_by_rule(essay: Essay, round_: Round, *, now: datetime) -> None:
    """Settle an essay that is held if its totals suffice; call a third judge if they are too far apart.

    Where judges take essays themselves the next one who does is the third, and does not know it.
    """
    if standing(essay.attempt_id):
        return
    totals, third = totals_of(essay.attempt_id)
    settled = _by_rule(round_, totals, third)
    if settled.mark is not None:
        how = {"rule": settled.how, "totals": totals, "third": third, "used": list(settled.used)}
        _layer(essay, settled.mark, how, by=None, reason="", now=now)
    elif (
        settled.state is EssayState.FAR_APART
        and essay_rule(round_).giving is Giving.PUSH
        and not _has_third(essay.attempt_id)
    ):
        giving.call_third(round_, essay.attempt_id, seed=essay.code, now=now)


def decide(essay: Essay, mark: int, *, seen: int, as_what: str, reason: str, by: Person, now: datetime) -> Settlement:
    """Lay a decision over what was settled; nothing is overwritten.

    essay: held; seen: the settlement that was shown, 0: none; as_what: in what office it is decided, for the audit.
    Raises ChangedMeanwhile.
    """
    before = standing(essay.attempt_id)
    if (before.id if before else 0) != seen:
        raise ChangedMeanwhile()
    if before:
        before.superseded_at = now
        session.flush()
    totals, third = totals_of(essay.attempt_id)
    how = {"rule": as_what, "totals": totals, "third": third, "used": []}
    layer = _layer(essay, mark, how, by=by, reason=reason, now=now)
    details = {"code": essay.code, "mark": mark, "before": before.mark if before else None, "reason": reason}
    subject = f"attempt:{essay.attempt_id}"
    session.add(
        AuditEvent(at=now, actor_id=by.id, action="settle_essay", subject=subject, details=details | {"as": as_what})
    )
    session.flush()
    return layer


def _by_rule(round_: Round, totals: list[int], third: int | None) -> Settled:
    rule = essay_rule(round_)
    return settle(
        totals, judges=rule.judges, gap=rule.gap, combine=rule.combine, resolution=rule.resolution, third=third
    )


def _layer(
    essay: Essay, mark: int, how: dict[str, Any], *, by: Person | None, reason: str, now: datetime
) -> Settlement:
    made = Settlement(attempt_id=essay.attempt_id, mark=mark, how=how, reason=reason, settled_at=now)
    made.settled_by_id = by.id if by else None
    session.add(made)
    session.flush()
    set_essay_mark(essay.attempt, mark, now=now)
    return made


def _has_third(essay_id: int) -> bool:
    asked = select(Allocation.id).where(Allocation.attempt_id == essay_id, ACTIVE, Allocation.turn == Turn.THIRD.value)
    return session.scalar(asked.limit(1)) is not None
