"""Publishes the seed of the lots, keeps what organisers decide where a tie is open, and takes it back."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from quizapp.attempts.remarking import make_boards_old
from quizapp.db import session
from quizapp.models import AuditEvent, Contest, LotSeed, Person, PrizeDecision
from quizapp.prizes import queries
from quizapp.refusals import ChoiceNotLeft, SeedTooLate, TieChanged, TieStillRunning
from quizapp.rules.prizes import choices
from quizapp.standings.queries import newest_snapshot
from quizapp.vocabulary import TieDecision


@dataclass(frozen=True)
class Choice:
    """What an organiser chose. contenders: the digest of those who were looked at."""

    contenders: str
    decision: TieDecision
    reason: str


def publish_seed(contest: Contest, *, by: Person | None, now: datetime) -> LotSeed:
    """Make the seed that all lots of a contest are drawn by, once, and show it to everybody. Raises SeedTooLate.

    by: None, nobody asked for it.
    """
    _hold(contest)
    made = queries.seed_of(contest)
    if made is not None:
        return made
    closed_at = queries.closes_at(contest)
    if now >= closed_at:
        raise SeedTooLate(closed_at=closed_at)
    made = LotSeed(
        contest_id=contest.id, seed=secrets.token_hex(32), published_at=now, published_by_id=by.id if by else None
    )
    session.add(made)
    _note("publish_seed", contest, by, now, seed=made.seed)
    return made


def publish_due_seeds(*, now: datetime) -> None:
    """Publish what the rules of public contests need to draw lots, before the first of their rounds closes."""
    for each in queries.without_due_seed(now):
        publish_seed(each, by=None, now=now)


def decide(
    contest: Contest, prize_key: str, division: str, choice: Choice, *, by: Person, now: datetime
) -> PrizeDecision:
    """Decide an open tie of the newest boards; one about other contenders that stands is taken back.

    Raises TieChanged, TieStillRunning, ChoiceNotLeft.
    """
    _hold(contest)
    snapshot = newest_snapshot(contest)
    tie = queries.tie_of(snapshot, prize_key, division)
    stands = queries.standing_decisions(contest).get((prize_key, division))
    if snapshot is None or tie is None or tie.contenders != choice.contenders:
        raise TieChanged()
    if stands is not None and stands.contenders == choice.contenders:
        raise TieChanged()
    if not queries.is_over(contest, snapshot, tie.board_key):
        raise TieStillRunning()
    prize = next(each for each in contest.rules.prizes if each.key == prize_key)
    if choice.decision not in choices(prize, has_seed=queries.seed_of(contest) is not None):
        raise ChoiceNotLeft()
    if stands is not None:
        _take_back(stands, by, now)
    made = PrizeDecision(
        contest_id=contest.id,
        prize_key=prize_key,
        division=division,
        decision=choice.decision.value,
        contenders=choice.contenders,
        reason=choice.reason,
        decided_by_id=by.id,
        decided_at=now,
    )
    session.add(made)
    where = {"prize": prize_key, "division": division, "contending": tie.contending, "remaining": tie.remaining}
    _note("decide_tie", contest, by, now, decision=choice.decision.value, reason=choice.reason, **where)
    return made


def undo(contest: Contest, decision_id: int, *, by: Person, now: datetime) -> None:
    """Take a decision back: the tie is open again in the next boards. Raises TieChanged."""
    _hold(contest)
    found = next((each for each in queries.decisions(contest) if each.id == decision_id), None)
    if found is None or found.undone_at is not None:
        raise TieChanged()
    _take_back(found, by, now)
    _note("undo_tie", contest, by, now, prize=found.prize_key, division=found.division, decision=found.decision)


def _take_back(decision: PrizeDecision, by: Person, now: datetime) -> None:
    decision.undone_at, decision.undone_by_id = now, by.id
    session.flush()


def _hold(contest: Contest) -> None:
    """Let one act about the prizes of a contest wait for the other."""
    session.execute(select(Contest.id).where(Contest.id == contest.id).with_for_update())


def _note(action: str, contest: Contest, by: Person | None, now: datetime, **details: Any) -> None:
    """Write an act down; boards that were made before it are old now, as after a mark that changed."""
    actor, subject = by.id if by else None, f"contest:{contest.slug}"
    session.add(AuditEvent(at=now, actor_id=actor, action=action, subject=subject, details=details))
    make_boards_old(contest.id)
    session.flush()
