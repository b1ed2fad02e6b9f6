"""Takes results in and back; nothing is ever deleted, and each act leaves its audit event."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from quizapp.attempt_imports import queries
from quizapp.attempt_imports.papers import Sheet
from quizapp.attempt_imports.planning import Plan, PlannedAttempt
from quizapp.attempts.actions import new_receipt
from quizapp.attempts.remarking import make_boards_old
from quizapp.db import session
from quizapp.errors import ChangedMeanwhile
from quizapp.models import (
    Attempt,
    AttemptImport,
    AuditEvent,
    Contest,
    Disqualification,
    Entrant,
    Paper,
    PaperSlot,
    Person,
    PredictionTruth,
    Response,
    Round,
)
from quizapp.refusals import AlreadyTakenBack, SameFileAgain
from quizapp.rules.vietnamese import fold, name_key
from quizapp.vocabulary import Source


def check_new_file(contest: Contest, digest: str) -> None:
    """Raise SameFileAgain when the file was imported before and not taken back. digest: SHA-256 of the file."""
    earlier = queries.standing_import(contest, digest)
    if earlier:
        raise SameFileAgain(
            at=earlier.imported_at.astimezone(ZoneInfo(contest.rules.timezone)), attempts=earlier.attempts
        )


def import_attempts(
    plan: Plan, contest: Contest, *, by: Person | None, now: datetime, file_name: str, file_digest: str
) -> AttemptImport:
    """Do what was planned: all in one transaction. Raises ChangedMeanwhile when somebody sat or came in just now."""
    kept = AttemptImport(
        contest_id=contest.id,
        file_name=file_name,
        digest=file_digest,
        attempts=len(plan.attempts),
        imported_by_id=by.id if by else None,
        imported_at=now,
    )
    session.add(kept)
    try:
        session.flush()
        ids = _make_people(plan, now)
        _make_entrants(plan, contest, ids)
        _make_attempts(plan, kept, ids, _make_papers(plan, kept))
    except IntegrityError as error:
        raise ChangedMeanwhile() from error
    make_boards_old(contest.id)
    details = {"import": kept.id, "file": file_name, "digest": file_digest, "truths": _forget_truths(kept)}
    counts = {"attempts": len(plan.attempts), "new_people": len(plan.new)}
    _note("import_attempts", contest, details | counts, by, now)
    return kept


def undo(kept: AttemptImport, contest: Contest, *, by: Person | None, now: datetime) -> int:
    """Take an import back: its attempts count no more; return how many. Raises AlreadyTakenBack."""
    if kept.undone_at is not None:
        raise AlreadyTakenBack()
    day = kept.imported_at.astimezone(ZoneInfo(contest.rules.timezone))
    barred = select(Disqualification.attempt_id).where(
        Disqualification.contest_id == contest.id,
        Disqualification.attempt_id.is_not(None),
        Disqualification.lifted_at.is_(None),
    )
    asked = select(Attempt.id, Attempt.person_id).where(Attempt.import_id == kept.id, Attempt.id.not_in(barred))
    facts = {
        "contest_id": contest.id,
        "reason": f"Rút lại lần nhập “{kept.file_name}” lúc {day:%H:%M ngày %d/%m/%Y}.",
        "made_by_id": by.id if by else None,
        "made_at": now,
    }
    rows = [{"attempt_id": attempt, "person_id": person, **facts} for attempt, person in session.execute(asked)]
    if rows:
        session.execute(insert(Disqualification), rows)
    kept.undone_at, kept.undone_by_id = now, by.id if by else None
    make_boards_old(contest.id)
    details = {"import": kept.id, "attempts": len(rows), "truths": _forget_truths(kept)}
    _note("undo_attempt_import", contest, details, by, now)
    return len(rows)


def _make_people(plan: Plan, now: datetime) -> dict[int, int]:
    """Return the ids that new people got, by those that they had in the plan."""
    rows = [
        {
            "full_name": each.full_name,
            "name_folded": fold(each.full_name),
            "name_key": name_key(each.full_name),
            "birth_date": each.birth_date,
            "phone": each.phone,
            "member_number": each.member_number,
            "entrant_role": each.entrant_role,
            "union_id": each.union.id if each.union else None,
            "created_at": now,
        }
        for each in plan.new
    ]
    if not rows:
        return {}
    made = session.scalars(insert(Person).returning(Person.id, sort_by_parameter_order=True), rows)
    return {each.id: person_id for each, person_id in zip(plan.new, made, strict=True)}


def _make_entrants(plan: Plan, contest: Contest, ids: dict[int, int]) -> None:
    first: dict[int, PlannedAttempt] = {}
    for each in sorted(plan.attempts, key=lambda one: one.started_at):
        first.setdefault(each.person.id, each)
    rows = [
        {
            "contest_id": contest.id,
            "person_id": ids.get(person_id, person_id),
            "role": each.role,
            "division": each.division,
            "entered_at": each.started_at,
        }
        for person_id, each in first.items()
        if person_id not in plan.entrants
    ]
    if rows:
        session.execute(insert(Entrant), rows)


def _make_papers(plan: Plan, kept: AttemptImport) -> dict[tuple[int, str | None], Paper]:
    """Return one paper for each round and fixed paper; where only marks came in, an empty one for the round."""
    made: dict[tuple[int, str | None], Paper] = {}
    for each in plan.attempts:
        key = each.round.id, each.sheet.key if each.sheet else None
        if key not in made:
            made[key] = _make_paper(each, kept)
    return made


def _make_paper(first: PlannedAttempt, kept: AttemptImport) -> Paper:
    sheet = first.sheet
    paper = Paper(
        round_id=first.round.id,
        seed=f"import-{kept.id}",  # nothing of it was drawn
        shape=sheet.shape if sheet else "",
        made_at=kept.imported_at,
        fixed_key=sheet.key if sheet else None,
    )
    session.add(paper)
    session.flush()
    if sheet:
        session.execute(insert(PaperSlot), list(_slots(paper, sheet)))
    return paper


def _slots(paper: Paper, sheet: Sheet) -> Iterable[dict[str, Any]]:
    for number, slot in enumerate(sheet.slots, start=1):
        order = ",".join(map(str, slot.option_order))
        yield {"paper_id": paper.id, "number": number, "version_id": slot.version_id, "option_order": order}


def _make_attempts(
    plan: Plan, kept: AttemptImport, ids: dict[int, int], papers: dict[tuple[int, str | None], Paper]
) -> None:
    paper_ids = [papers[each.round.id, each.sheet.key if each.sheet else None].id for each in plan.attempts]
    rows = [
        {
            "person_id": ids.get(each.person.id, each.person.id),
            "round_id": each.round.id,
            "paper_id": paper_id,
            "union_id": each.unit.id if each.unit else None,
            "number": each.number,
            "started_at": each.started_at,
            "closes_at": each.closes_at,
            "submitted_at": each.submitted_at,
            "mark": each.mark,
            "max_mark": each.round.rules.max_mark,
            "essay_mark": each.essay_mark,
            "prediction": each.prediction,
            "receipt": new_receipt(),
            "source": Source.IMPORTED.value,
            "import_id": kept.id,
        }
        for each, paper_id in zip(plan.attempts, paper_ids, strict=True)
    ]
    made = session.scalars(insert(Attempt).returning(Attempt.id, sort_by_parameter_order=True), rows).all()
    answers = [
        {"attempt_id": attempt_id, "slot": slot, "paper_id": paper_id, "number": 1, "answer": answer}
        | {"flagged": False, "saved_at": each.submitted_at}
        for each, attempt_id, paper_id in zip(plan.attempts, made, paper_ids, strict=True)
        for slot, answer in enumerate(each.responses, start=1)
        if answer
    ]
    if answers:
        session.execute(insert(Response), answers)


def _forget_truths(kept: AttemptImport) -> dict[str, int]:
    """Let predictions of the rounds of an import be counted again; return what was written down, by the round's key.

    A truth stands once it is counted, but not without the people who sat on paper.
    """
    rounds = select(Attempt.round_id).where(Attempt.import_id == kept.id)
    asked = select(PredictionTruth).join(Round).where(PredictionTruth.round_id.in_(rounds))
    stood = session.scalars(asked.options(joinedload(PredictionTruth.round))).all()
    for each in stood:
        session.delete(each)
    return {each.round.key: each.people for each in stood}


def _note(action: str, contest: Contest, details: dict[str, Any], by: Person | None, now: datetime) -> None:
    actor = by.id if by else None
    event = AuditEvent(at=now, actor_id=actor, action=action, subject=f"contest:{contest.slug}", details=details)
    session.add(event)
    session.flush()
