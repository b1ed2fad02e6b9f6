"""Puts a wrong key right in one contest, shows first what that would change, and takes it back."""

from dataclasses import dataclass
from datetime import datetime

from quizapp.attempts.remarking import make_boards_old
from quizapp.corrections import queries
from quizapp.corrections.consequences import MOST_TOLD, Consequences, consequences
from quizapp.corrections.marking import marks_of
from quizapp.db import session, taken_back
from quizapp.errors import ChangedMeanwhile
from quizapp.models import AuditEvent, Contest, KeyCorrection, Person, QuestionVersion
from quizapp.rules.correcting import notice
from quizapp.standings.making import Made, make
from quizapp.vocabulary import KeyVerdict


@dataclass(frozen=True)
class Wish:
    """How a key shall be put right. options: positions of the right options in the bank, with a new key alone."""

    version: QuestionVersion
    verdict: KeyVerdict
    options: tuple[int, ...]
    reason: str


@dataclass(frozen=True)
class MarkChange:
    """What becomes of one attempt, in hundredths of a mark."""

    name: str
    unit: str
    round_title: str
    before: int
    after: int


@dataclass(frozen=True)
class Preview:
    """What a correction would change if it were applied now."""

    attempts: int  # that had the question
    changed: int
    rising: int
    marks: list[MarkChange]  # the largest
    boards: Consequences
    notice: str


def preview(contest: Contest, wish: Wish, *, by: Person, now: datetime) -> Preview:
    """Return what a correction would change: it is applied, looked at, and rolled back. Raises ChangedMeanwhile."""
    before = make(contest, now=now)
    with taken_back():
        made = _apply(contest, wish, by=by, now=now)
        return _told(contest, wish, made, before, make(contest, now=now))


def correct(contest: Contest, wish: Wish, *, text: str, by: Person, now: datetime) -> KeyCorrection:
    """Put a key right and mark anew all attempts that had the question. text: what entrants are told.

    Raises ChangedMeanwhile when another correction of the question stands.
    """
    correction, changes = _apply(contest, wish, by=by, now=now)
    correction.notice = text
    _note(contest, "correct_key", correction, by, now, reason=wish.reason, marks=len(changes))
    return correction


def undo(contest: Contest, correction: KeyCorrection, *, reason: str, by: Person, now: datetime) -> int:
    """Take a correction back and mark anew; return how many marks changed. Raises ChangedMeanwhile."""
    session.refresh(correction, with_for_update=True)
    if correction.undone_at is not None:
        raise ChangedMeanwhile()
    correction.undone_at, correction.undone_by_id = now, by.id
    session.flush()
    changed = len(_mark_anew(contest, correction.version_id))
    _note(contest, "undo_key_correction", correction, by, now, reason=reason, marks=changed)
    return changed


def _apply(contest: Contest, wish: Wish, *, by: Person, now: datetime) -> tuple[KeyCorrection, list[MarkChange]]:
    session.refresh(contest, with_for_update={"of": Contest})
    if wish.version.id in queries.standing_corrections(contest):
        raise ChangedMeanwhile()
    correction = KeyCorrection(
        contest_id=contest.id,
        version_id=wish.version.id,
        verdict=wish.verdict.value,
        options=sorted(wish.options) if wish.verdict is KeyVerdict.NEW_KEY else None,
        reason=wish.reason,
        notice="",
        attempts=0,
        made_by_id=by.id,
        made_at=now,
    )
    session.add(correction)
    session.flush()
    changes = _mark_anew(contest, wish.version.id)
    correction.attempts = len(changes)
    return correction, changes


def _mark_anew(contest: Contest, version_id: int) -> list[MarkChange]:
    changes = []
    for chunk in queries.attempts_with(contest, version_id):
        marks = marks_of(contest, chunk)
        for attempt in chunk:
            before, after = attempt.mark or 0, marks[attempt.id]
            if before != after:
                attempt.mark = after
                unit = attempt.union.name if attempt.union else ""
                changes.append(MarkChange(attempt.person.full_name, unit, attempt.round.title, before, after))
        session.flush()
    make_boards_old(contest.id)
    return changes


def _told(
    contest: Contest, wish: Wish, made: tuple[KeyCorrection, list[MarkChange]], before: Made, after: Made
) -> Preview:
    _, changes = made
    key = "; ".join(each.text for each in queries.options_of(wish.version) if each.position in wish.options)
    return Preview(
        attempts=queries.count_with(contest, wish.version.id),
        changed=len(changes),
        rising=sum(each.after > each.before for each in changes),
        marks=sorted(changes, key=lambda each: (-abs(each.after - each.before), each.name))[:MOST_TOLD],
        boards=consequences(before, after),
        notice=notice(contest.title, wish.version.prompt, wish.verdict, key, wish.reason, len(changes)),
    )


def _note(
    contest: Contest, action: str, correction: KeyCorrection, by: Person, now: datetime, **details: object
) -> None:
    facts = {"correction": correction.id, "version": correction.version_id, "verdict": correction.verdict, **details}
    session.add(AuditEvent(at=now, actor_id=by.id, action=action, subject=f"contest:{contest.slug}", details=facts))
