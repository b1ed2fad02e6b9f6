"""Puts a wrong key right in one contest, and takes that back, by marks that were reckoned before."""

from datetime import datetime

from quizapp.corrections import queries
from quizapp.corrections.reckoning import Reckoned, Told, reckon, write
from quizapp.corrections.wishes import Wish
from quizapp.db import session
from quizapp.errors import ChangedMeanwhile
from quizapp.models import AuditEvent, Contest, KeyCorrection, Person
from quizapp.vocabulary import KeyVerdict


def reckon_correction(contest: Contest, wish: Wish, *, now: datetime, told: Told = lambda _: None) -> Reckoned:
    """Return what marks would become. Raises ChangedMeanwhile when another correction of the question stands."""
    if wish.version_id in queries.standing_corrections(contest):
        raise ChangedMeanwhile()
    return reckon(contest, wish.version_id, wish.put_right, now=now, told=told)


def reckon_undoing(
    contest: Contest, correction: KeyCorrection, *, now: datetime, told: Told = lambda _: None
) -> Reckoned:
    """Return what marks become without a correction. Raises ChangedMeanwhile when it does not stand any more."""
    if correction.undone_at is not None:
        raise ChangedMeanwhile()
    return reckon(contest, correction.version_id, None, now=now, told=told)


def correct(contest: Contest, wish: Wish, reckoned: Reckoned, *, text: str, by: Person, now: datetime) -> KeyCorrection:
    """Put a key right and write the marks of all attempts that had the question. text: what entrants are told.

    Raises ChangedMeanwhile when another correction of the question stands, or one that was not reckoned with.
    """
    session.refresh(contest, with_for_update={"of": Contest})
    if wish.version_id in queries.standing_corrections(contest):
        raise ChangedMeanwhile()
    correction = KeyCorrection(
        contest_id=contest.id,
        version_id=wish.version_id,
        verdict=wish.verdict.value,
        options=sorted(wish.options) if wish.verdict is KeyVerdict.NEW_KEY else None,
        reason=wish.reason,
        notice=text,
        attempts=0,
        made_by_id=by.id,
        made_at=now,
    )
    session.add(correction)
    session.flush()
    correction.attempts = write(contest, reckoned)
    _note(contest, "correct_key", correction, by, now, reason=wish.reason, marks=correction.attempts)
    return correction


def undo(
    contest: Contest, correction: KeyCorrection, reckoned: Reckoned, *, reason: str, by: Person, now: datetime
) -> int:
    """Take a correction back; return how many marks changed. Raises ChangedMeanwhile."""
    session.refresh(contest, with_for_update={"of": Contest})
    session.refresh(correction, with_for_update={"of": KeyCorrection})
    if correction.undone_at is not None:
        raise ChangedMeanwhile()
    correction.undone_at, correction.undone_by_id = now, by.id
    session.flush()
    changed = write(contest, reckoned)
    _note(contest, "undo_key_correction", correction, by, now, reason=reason, marks=changed)
    return changed


def _note(
    contest: Contest, action: str, correction: KeyCorrection, by: Person, now: datetime, **details: object
) -> None:
    facts = {"correction": correction.id, "version": correction.version_id, "verdict": correction.verdict, **details}
    session.add(AuditEvent(at=now, actor_id=by.id, action=action, subject=f"contest:{contest.slug}", details=facts))
