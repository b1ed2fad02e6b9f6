"""Leaves attempts out of a contest's results and takes them back in, writes down whether two accounts are one person.

Nothing is deleted: what was lifted or undone stays readable, with both reasons.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from quizapp.attempts.remarking import make_boards_old
from quizapp.db import session
from quizapp.entrants import queries
from quizapp.entrants.pairs import standing_decision
from quizapp.errors import ChangedMeanwhile
from quizapp.members.actions import change_member
from quizapp.members.queries import facts_of, held_person
from quizapp.models import Attempt, AuditEvent, Contest, Disqualification, DuplicateDecision, Person, TradeUnion
from quizapp.refusals import AlreadyDisqualified, PairDecided
from quizapp.vocabulary import DuplicateVerdict


def disqualify(
    contest: Contest, person: Person, attempt: Attempt | None, *, reason: str, by: Person, now: datetime
) -> Disqualification:
    """Leave one attempt of a person, or all of them (None), out of a contest's results.

    reason: the person reads it. Raises AlreadyDisqualified.
    """
    _hold(contest)
    if queries.standing(contest, person.id, attempt.id if attempt else None):
        raise AlreadyDisqualified()
    made = Disqualification(
        contest_id=contest.id,
        person_id=person.id,
        attempt_id=attempt.id if attempt else None,
        reason=reason,
        made_by_id=by.id,
        made_at=now,
    )
    session.add(made)
    make_boards_old(contest.id)
    _note(contest, "disqualify", by, now, person=person.id, attempt=made.attempt_id, reason=reason)
    return made


def lift(contest: Contest, standing: Disqualification, *, reason: str, by: Person, now: datetime) -> None:
    """Let count again what did not. Raises ChangedMeanwhile when somebody else did already."""
    _hold(contest)
    session.refresh(standing)
    if standing.lifted_at is not None:
        raise ChangedMeanwhile()
    standing.lifted_at, standing.lifted_reason, standing.lifted_by_id = now, reason, by.id
    make_boards_old(contest.id)
    details = {"person": standing.person_id, "attempt": standing.attempt_id, "reason": reason}
    _note(contest, "lift_disqualification", by, now, **details)


def place(contest: Contest, person: Person, union: TradeUnion, *, reason: str, by: Person, now: datetime) -> None:
    """Write down the union of one who takes part without any; what was sat before counts for none all the same.

    Raises ChangedMeanwhile when there is one by now.
    """
    held = held_person(person.id)
    if held is None or held.union is not None:
        raise ChangedMeanwhile()
    change_member(held, facts_of(held) | {"unit": union.code}, union, by=by, now=now, reason=reason)
    _note(contest, "place_entrant", by, now, person=person.id, unit=union.code, reason=reason)


def decide_pair(
    contest: Contest,
    pair: tuple[Person, Person],
    verdict: DuplicateVerdict,
    *,
    out: Person | None,
    reason: str,
    by: Person,
    now: datetime,
) -> DuplicateDecision:
    """Write down whether two accounts are one person's. Raises PairDecided.

    out: whose results of this contest do not count from now on; None: nobody's. The accounts stay as they are.
    """
    _hold(contest)
    first, second = sorted(pair, key=lambda each: each.id)
    # Organisers of two contests may look at the same pair at once.
    session.execute(select(Person.id).where(Person.id == first.id).with_for_update())
    if standing_decision(first.id, second.id):
        raise PairDecided()
    ids, written = {"first_id": first.id, "second_id": second.id}, {"reason": reason, "decided_at": now}
    made = DuplicateDecision(verdict=verdict.value, decided_by_id=by.id, **ids, **written)
    session.add(made)
    people = [first.id, second.id]
    _note(contest, "decide_duplicate", by, now, people=people, verdict=verdict.value, reason=reason)
    if out and not queries.standing(contest, out.id, None):
        disqualify(contest, out, None, reason=reason, by=by, now=now)
    return made


def undo_pair(contest: Contest, decision: DuplicateDecision, *, reason: str, by: Person, now: datetime) -> bool:
    """Take a decision about a pair back, with what it left out of this contest; return whether it had left out any.

    Raises ChangedMeanwhile.
    """
    _hold(contest)
    session.refresh(decision, with_for_update={"of": DuplicateDecision})
    if decision.undone_at is not None:
        raise ChangedMeanwhile()
    decision.undone_at, decision.undone_by_id = now, by.id
    people = [decision.first_id, decision.second_id]
    _note(contest, "undo_duplicate", by, now, people=people, verdict=decision.verdict, reason=reason)
    made = queries.made_with(contest, decision)
    if made:
        lift(contest, made, reason=reason, by=by, now=now)
    return made is not None


def _hold(contest: Contest) -> None:
    """Of two who decide about one contest at once, the second sees what the first did."""
    session.execute(select(Contest.id).where(Contest.id == contest.id).with_for_update())


def _note(contest: Contest, action: str, by: Person, now: datetime, **details: Any) -> None:
    subject = f"contest:{contest.slug}"
    session.add(AuditEvent(at=now, actor_id=by.id, action=action, subject=subject, details=details))
    session.flush()
