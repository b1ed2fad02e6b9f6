"""Counts the truth of a prediction again when an organiser says why, and shows first what that would change."""

from dataclasses import dataclass
from datetime import datetime

from quizapp.attempts.remarking import make_boards_old
from quizapp.corrections.consequences import Consequences, consequences
from quizapp.db import session, taken_back
from quizapp.errors import ChangedMeanwhile
from quizapp.models import AuditEvent, Contest, Person, PredictionTruth
from quizapp.refusals import SameTruth
from quizapp.standings.making import make
from quizapp.standings.sources import count_truth


@dataclass(frozen=True)
class Recounted:
    """People as they are written down and as they are counted now, and what of boards and prizes would change."""

    before: int
    after: int
    boards: Consequences


def preview(contest: Contest, truth: PredictionTruth, *, now: datetime) -> Recounted:
    """Return what counting again would change: it is done, looked at, and rolled back."""
    before, people = make(contest, now=now), truth.people
    counted = count_truth(truth.round)
    with taken_back():
        truth.people = counted
        session.flush()
        return Recounted(people, counted, consequences(before, make(contest, now=now)))


def recount(
    contest: Contest, truth: PredictionTruth, *, seen: int | None, reason: str, by: Person, now: datetime
) -> int:
    """Write down the truth of a prediction as it is counted now; return it. seen: the number that was looked at.

    Raises ChangedMeanwhile, SameTruth.
    """
    session.refresh(contest, with_for_update={"of": Contest})
    session.refresh(truth, with_for_update={"of": PredictionTruth})
    before, people = truth.people, count_truth(truth.round)
    if people == before:
        raise SameTruth(people=people)
    if people != seen:
        raise ChangedMeanwhile()
    truth.people, truth.frozen_at, truth.frozen_by_id, truth.reason = people, now, by.id, reason
    make_boards_old(contest.id)
    details = {"round": truth.round.key, "before": before, "after": people, "reason": reason}
    subject = f"contest:{contest.slug}"
    session.add(AuditEvent(at=now, actor_id=by.id, action="recount_prediction", subject=subject, details=details))
    session.flush()
    return people
