"""Keeps what judges give: drafts, finished assessments, and the chair's decisions."""

from collections.abc import Collection, Iterable
from datetime import datetime

from quizapp.db import session
from quizapp.errors import (
    AllocationWithdrawn,
    AssessmentChanged,
    AssessmentIncomplete,
    AssessmentLocked,
    NothingToDecide,
    Refused,
    TrialUnfinished,
)
from quizapp.judging import drafts, giving, queries, settling, taking, trial
from quizapp.judging.drafts import Draft, criteria_of, max_mark
from quizapp.models import Allocation, Assessment, AuditEvent, Essay, JudgeSeat, Person, Settlement
from quizapp.rules.rubrics import assessment_total
from quizapp.vocabulary import EssayState

Seen = Collection[str] | None
"""The versions that the judge's page knows of (see `drafts.known`); None: no page is behind this."""


def keep(allocation: Allocation, draft: Draft, *, seen: Seen = None, now: datetime) -> Assessment:
    """Keep a draft; one that was finished and lost a mark is no longer finished.

    Raises AllocationWithdrawn, LeaseTaken, AssessmentLocked, AssessmentChanged, TrialUnfinished.
    """
    _hold(allocation, now)
    _is_known(allocation, draft, seen)
    return _write(allocation, draft, finish=False, now=now)


def keep_criterion(allocation: Allocation, key: str, draft: Draft, *, seen: Seen = None, now: datetime) -> Assessment:
    """Keep one criterion's mark and comment; all else stays as it is, and what was finished stays finished.

    Raises as `keep`.
    """
    _hold(allocation, now)
    _is_known(allocation, draft, seen, key)
    whole = drafts.merged(queries.assessment_of(allocation), draft, key)
    return _write(allocation, whole, finish=False, now=now)


def finish(allocation: Allocation, draft: Draft, *, by: Person, seen: Seen = None, now: datetime) -> Assessment:
    """Finish an assessment; with the last one that was missing the essay is settled, or goes to a third judge.

    Raises as `keep`, and AssessmentIncomplete; then nothing is stored.
    """
    giving.hold_jury(allocation.seat.round)  # a third judge may be called, and judges may leave
    essay = _hold(allocation, now)
    _is_known(allocation, draft, seen)
    if draft.problems:
        raise AssessmentIncomplete(what=" ".join(draft.problems.values()))
    missing = [each.title for each in criteria_of(allocation) if each.key not in draft.marks]
    if missing:
        raise AssessmentIncomplete(what=f"xin cho điểm “{'”, “'.join(missing)}”.")
    done = _write(allocation, draft, finish=True, now=now)
    details = {"code": essay.code, "total": done.total, "marks": done.marks}
    subject = f"allocation:{allocation.id}"
    session.add(AuditEvent(at=now, actor_id=by.id, action="finish_assessment", subject=subject, details=details))
    session.flush()
    if allocation.turn in queries.COUNTED_TURNS:
        settling.settle_by_rule(essay, allocation.seat.round, now=now)
    return done


def finish_drafts(allocations: Iterable[Allocation], *, by: Person, now: datetime) -> set[str]:
    """Finish essays as their drafts stand; return why any could not be finished, empty when all were."""
    refusals = set()
    for allocation in allocations:
        kept = queries.assessment_of(allocation)
        try:
            finish(allocation, drafts.as_kept(kept), by=by, now=now)
        except Refused as refused:
            refusals.add(str(refused))
    return refusals


def decide(
    seat: JudgeSeat, essay: Essay, mark: int, *, seen: int, reason: str, by: Person, now: datetime
) -> Settlement:
    """Settle an essay that waits for the chair. Raises NothingToDecide, ChangedMeanwhile."""
    held = settling.hold(essay.attempt_id)
    if settling.standing(essay.attempt_id) or not _is_for_the_chair(essay, seat):
        raise NothingToDecide()
    return settling.decide(
        held, mark, seen=seen, as_what="Trưởng Ban Giám khảo quyết định", reason=reason, by=by, now=now
    )


def _is_for_the_chair(essay: Essay, seat: JudgeSeat) -> bool:
    return settling.stands_at(essay.attempt_id, seat.round).state is EssayState.FOR_THE_CHAIR


def _hold(allocation: Allocation, now: datetime) -> Essay:
    """Hold the essay: of two judges who finish at the same moment, the second sees what the first has given."""
    taking.hold_if_leased(allocation)
    essay = settling.hold(allocation.attempt_id)
    session.refresh(allocation, with_for_update={"of": Allocation})
    session.refresh(allocation.seat)
    if allocation.seat.left_at:
        raise AllocationWithdrawn()
    taking.go_on(allocation, now=now)
    if queries.is_locked(allocation, queries.essay_rule(allocation.seat.round).judges):
        raise AssessmentLocked()
    if left := trial.left(allocation.seat):
        raise TrialUnfinished(left=left)
    return essay


def _is_known(allocation: Allocation, draft: Draft, seen: Seen, key: str | None = None) -> None:
    """Let an older page of the same judge not write over what a newer one has kept."""
    kept = drafts.version(queries.assessment_of(allocation), key)
    if seen is not None and kept not in (*seen, drafts.version(draft, key)):
        raise AssessmentChanged()


def _write(allocation: Allocation, draft: Draft, *, finish: bool, now: datetime) -> Assessment:
    kept = session.get(Assessment, allocation.id)
    if kept is None:
        kept = Assessment(allocation_id=allocation.id)
        session.add(kept)
    kept.marks, kept.comments, kept.comment = draft.marks, draft.comments, draft.comment
    kept.notes, kept.is_in_doubt, kept.saved_at = draft.notes, draft.is_in_doubt, now
    content = allocation.rubric.content if allocation.rubric else None
    total = assessment_total(content, draft.marks, max_mark(allocation))
    if finish or (kept.finished_at and total is not None):
        kept.total, kept.finished_at = total, now
    else:
        kept.total, kept.finished_at = None, None
    session.flush()
    return kept
