"""Makes samples with known marks, takes them back, lets a judge off, and keeps what judges gave to samples."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from quizapp.db import session
from quizapp.errors import AlreadyTried, AssessmentIncomplete, ChangedMeanwhile, NotFound, SampleInUse
from quizapp.judging import giving, trial
from quizapp.judging.drafts import Draft
from quizapp.models import AuditEvent, JudgeSeat, Person, Round, TrialAssessment, TrialEssay
from quizapp.trials import queries


def add(round_: Round, text: str, known: Draft, total: int, *, reasons: str, by: Person, now: datetime) -> TrialEssay:
    """Add a sample with its known marks; the rubric is frozen, for marks were given by it. Raises RubricMissing."""
    rubric = giving.rubric_of(round_)
    if rubric and rubric.frozen_at is None:
        rubric.frozen_at = now
    last = session.scalar(select(func.max(TrialEssay.position)).where(TrialEssay.round_id == round_.id)) or 0
    made = TrialEssay(
        round_id=round_.id, rubric_id=rubric.id if rubric else None, position=last + 1, made_by_id=by.id, made_at=now
    )
    made.text, made.marks, made.total, made.reasons = text, known.marks, total, reasons
    session.add(made)
    session.flush()
    _note(round_, "add_trial_essay", by, now, trial=made.id, total=total)
    return made


def change(sample: TrialEssay, text: str, known: Draft, total: int, *, reasons: str, by: Person, now: datetime) -> None:
    """Change a sample that nobody has marked. Raises SampleInUse, NotFound."""
    held = _hold(sample)
    if queries.is_in_use(held):
        raise SampleInUse()
    before = {"marks_before": held.marks, "total_before": held.total}
    held.text, held.marks, held.total, held.reasons, held.made_at = text, known.marks, total, reasons, now
    _note(held.round, "change_trial_essay", by, now, trial=held.id, total=total, **before)


def withdraw(sample: TrialEssay, *, by: Person, now: datetime) -> None:
    """Take a sample back: no judge is asked for it any more, and what was given to it counts no more."""
    if sample.withdrawn_at:
        return
    held = _hold(sample)
    held.withdrawn_at = now
    _note(held.round, "withdraw_trial_essay", by, now, trial=held.id)


def waive(seat: JudgeSeat, *, by: Person, now: datetime) -> None:
    """Let a judge begin the real work without the trial, for good."""
    if seat.trial_waived_at is None:
        seat.trial_waived_at = now
        _note(seat.round, "waive_trial", by, now, person=seat.person_id)


def give(sample: TrialEssay, seat: JudgeSeat, draft: Draft, *, seen: str, by: Person, now: datetime) -> TrialAssessment:
    """Keep what a judge gives to a sample, once and for all.

    seen: the instant of the sample that was shown.
    Raises NotFound, AlreadyTried, ChangedMeanwhile, AssessmentIncomplete.
    """
    held = _hold(sample)
    sheet = trial.sheet_of(held)
    if queries.assessment(held, seat):
        raise AlreadyTried()
    if held.made_at.isoformat() != seen:
        raise ChangedMeanwhile()
    if draft.problems:
        raise AssessmentIncomplete(what=" ".join(draft.problems.values()))
    total = sheet.total(draft.marks)
    if total is None:
        missing = [each.title for each in sheet.criteria if each.key not in draft.marks]
        raise AssessmentIncomplete(what=f"xin cho điểm “{'”, “'.join(missing)}”.")
    made = TrialAssessment(trial_id=held.id, seat_id=seat.id, marks=draft.marks, total=total, finished_at=now)
    session.add(made)
    session.flush()
    _note(held.round, "finish_trial", by, now, trial=held.id, total=total)
    return made


def _hold(sample: TrialEssay) -> TrialEssay:
    """Hold a sample: nobody changes it while a judge's marks come in, nor the other way round."""
    asked = select(TrialEssay).where(TrialEssay.id == sample.id).with_for_update()
    held = session.scalars(asked.execution_options(populate_existing=True)).one()
    if held.withdrawn_at is not None:
        raise NotFound()
    return held


def _note(round_: Round, action: str, by: Person, now: datetime, **details: Any) -> None:
    subject = f"contest:{round_.contest.slug}"
    event = AuditEvent(at=now, actor_id=by.id, action=action, subject=subject, details={"round": round_.key, **details})
    session.add(event)
    session.flush()
