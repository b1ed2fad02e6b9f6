"""Finds the attempts of a contest for which something came late, and lays out one of them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, exists, func, select
from sqlalchemy.orm import joinedload

from quizapp.attempts import late
from quizapp.attempts.queries import keys_are_shown
from quizapp.attempts.shown_paper import ShownSlot, shown_slots
from quizapp.db import session
from quizapp.models import (
    Attempt,
    AuditEvent,
    Contest,
    LateChange,
    LateDecision,
    PaperSlot,
    Person,
    Question,
    QuestionVersion,
    Response,
    Round,
)
from quizapp.models.contests import sat_for_real
from quizapp.rules.deadlines import is_written_in_time

ON_A_PAGE = 50


@dataclass(frozen=True)
class Count:
    """Attempts for which something came late: all of them, and those that wait for a decision."""

    all: int
    waiting: int


@dataclass(frozen=True)
class Listed:
    """An attempt on the list; its changes are those that could count, or did. ended_at: hand-in or close."""

    attempt: Attempt
    ended_at: datetime
    slots: int
    in_time: int
    has_text: bool  # something of the essay came, too
    written_at: datetime | None  # the last, by the phone's clock
    received_at: datetime  # the last
    decision: LateDecision | None
    is_waiting: bool


@dataclass(frozen=True)
class Came:
    """A late change as the page shows it, beside what is stored in its slot."""

    change: LateChange
    written_at: datetime | None
    chosen: tuple[str, ...]
    in_time: bool
    is_newer: bool
    is_same: bool
    is_counted: bool

    @property
    def key(self) -> str:
        return f"{self.change.slot}-{self.change.number}"


@dataclass(frozen=True)
class LateSlot:
    """A slot for which something came late. stored: the texts that were chosen, before the decision if there is one."""

    shown: ShownSlot
    stored: tuple[str, ...]
    came: list[Came]


@dataclass(frozen=True)
class Row:
    """A late change for Excel. stored: the raw answer as it was before the decision."""

    change: LateChange
    attempt: Attempt
    person: Person
    round: Round
    ref: str
    written_at: datetime | None
    option_order: str
    stored: str | None
    decision: LateDecision | None
    is_counted: bool
    is_waiting: bool

    @property
    def state(self) -> str:
        if self.is_waiting:
            return "Chờ xem xét"
        return "Được tính" if self.is_counted else "Không tính" if self.decision else "Câu đã lưu mới hơn"


@dataclass(frozen=True)
class Act:
    """One act about an attempt's late answers, as the audit holds it."""

    event: AuditEvent
    actor: str | None


def count(contest: Contest) -> Count:
    """Return how many attempts of a contest had something come late, and how many wait for a decision."""
    asked = select(func.count(), func.count(case((_waits(), 1)))).select_from(Attempt).join(Round)
    row = session.execute(asked.where(sat_for_real(contest.id), _is_listed())).one()
    return Count(*row)


def listed(contest: Contest, page: int) -> list[Listed]:
    """Return a page of the list: what waits comes first, then what came last."""
    latest = select(func.max(LateChange.received_at)).where(LateChange.attempt_id == Attempt.id).scalar_subquery()
    asked = (
        select(Attempt, _waits())
        .join(Round)
        .where(sat_for_real(contest.id), _is_listed())
        .options(joinedload(Attempt.person), joinedload(Attempt.round), joinedload(Attempt.union))
        .order_by(case((_waits(), 0), else_=1), latest.desc(), Attempt.id)
        .offset((page - 1) * ON_A_PAGE)
        .limit(ON_A_PAGE)
    )
    found = [(attempt, bool(waits)) for attempt, waits in session.execute(asked)]
    changes, decisions = _changes([attempt.id for attempt, _ in found]), _standing([attempt.id for attempt, _ in found])
    return [_listed(attempt, waits, changes[attempt.id], decisions.get(attempt.id)) for attempt, waits in found]


def attempt_of(contest: Contest, attempt_id: int) -> Attempt | None:
    """Return an attempt of a contest for which something came late."""
    return session.scalar(
        select(Attempt)
        .join(Round)
        .where(
            Attempt.id == attempt_id,
            sat_for_real(contest.id),
            exists().where(LateChange.attempt_id == Attempt.id).correlate(Attempt),
        )
    )


def slots_of(attempt: Attempt, decision: LateDecision | None) -> list[LateSlot]:
    """Return the slots for which something came late, with what is stored and all that came."""
    responses, counted, ended = late.stored(attempt), late.counted(decision), ended_at(attempt)
    came: dict[int, list[LateChange]] = {}
    for change in late.changes_of(attempt):
        came.setdefault(change.slot, []).append(change)
    found = []
    for shown in shown_slots(attempt):
        answer = responses[shown.slot].answer if shown.slot in responses else None
        stored = shown.answered_by(_before(decision, shown.slot, answer))
        rows = [
            Came(
                change=change,
                written_at=late.written_at(change),
                chosen=answered.answer_texts,
                in_time=is_written_in_time(late.written_at(change), ended),
                is_newer=late.is_newer(change, responses),
                is_same=answered.raw == stored.raw,
                is_counted=(change.slot, change.number) in counted,
            )
            for change, answered in ((each, shown.answered_by(each.answer)) for each in came.get(shown.slot, ()))
        ]
        if rows:
            found.append(LateSlot(shown, stored.answer_texts, rows))
    return found


def in_time(slots: Collection[LateSlot]) -> set[late.Place]:
    """Return the changes that would have counted, had the network been there: what the page ticks at first."""
    rows = [each for slot in slots for each in slot.came]
    return {(each.change.slot, each.change.number) for each in rows if each.in_time and each.is_newer}


def came_after_keys(attempt: Attempt, slots: Collection[LateSlot]) -> bool:
    """Return whether something came when the contestant could already see the keys."""
    came = [each.change.received_at for slot in slots for each in slot.came]
    return bool(came) and keys_are_shown(attempt, max(came))


def ended_at(attempt: Attempt) -> datetime:
    return attempt.submitted_at or attempt.closes_at


def acts(attempt: Attempt) -> list[Act]:
    """Return what was decided about an attempt, the latest first."""
    asked = (
        select(AuditEvent, Person.full_name)
        .outerjoin(Person, Person.id == AuditEvent.actor_id)
        .where(
            AuditEvent.subject == f"attempt:{attempt.id}",
            AuditEvent.action.in_(("accept_late", "reject_late", "undo_late")),
        )
        .order_by(AuditEvent.id.desc())
    )
    return [Act(event, name) for event, name in session.execute(asked)]


def rows(contest: Contest) -> Iterator[Row]:
    """Give every late change of the attempts on the list, for Excel: by round, attempt, slot, number."""
    asked = (
        select(
            *(LateChange, Attempt, Person, Round, Question.ref),
            *(PaperSlot.option_order, Response.answer, late.is_undecided().label("waits")),
        )
        .join(Attempt, Attempt.id == LateChange.attempt_id)
        .join(Person, Person.id == Attempt.person_id)
        .join(Round, Round.id == Attempt.round_id)
        .join(PaperSlot, (PaperSlot.paper_id == Attempt.paper_id) & (PaperSlot.number == LateChange.slot))
        .join(QuestionVersion, QuestionVersion.id == PaperSlot.version_id)
        .join(Question, Question.id == QuestionVersion.question_id)
        .outerjoin(Response, (Response.attempt_id == Attempt.id) & (Response.slot == LateChange.slot))
        .where(sat_for_real(contest.id), _is_listed())
        .order_by(Round.position, Attempt.id, LateChange.slot, LateChange.number)
    )
    found = session.execute(asked).all()
    decisions = _standing({row.Attempt.id for row in found})
    for change, attempt, person, round_, ref, order, answer, waits in found:
        decision = decisions.get(attempt.id)
        yield Row(
            *(change, attempt, person, round_, ref, late.written_at(change)),
            option_order=order,
            stored=_before(decision, change.slot, answer),
            decision=decision,
            is_counted=(change.slot, change.number) in late.counted(decision),
            is_waiting=bool(waits),
        )


def _before(decision: LateDecision | None, slot: int, answer: str | None) -> str | None:
    """Return what stood in a slot before a decision; without one, what stands there."""
    was: Mapping[str, Any] = decision.event.details["before"].get("answers", {}) if decision else {}
    if str(slot) not in was:
        return answer
    return (was[str(slot)] or {}).get("answer")


def _listed(attempt: Attempt, waits: bool, changes: Sequence[LateChange], decision: LateDecision | None) -> Listed:
    ended = ended_at(attempt)
    answers = [each for each in changes if each.slot]
    written = [at for at in map(late.written_at, changes) if at]
    return Listed(
        attempt=attempt,
        ended_at=ended,
        slots=len({each.slot for each in answers}),
        in_time=len({each.slot for each in answers if is_written_in_time(late.written_at(each), ended)}),
        has_text=len(answers) < len(changes),
        written_at=max(written, default=None),
        received_at=max(each.received_at for each in changes),
        decision=decision,
        is_waiting=waits,
    )


def _changes(attempts: Collection[int]) -> dict[int, list[LateChange]]:
    found: dict[int, list[LateChange]] = {}
    for change in session.scalars(select(LateChange).where(LateChange.attempt_id.in_(attempts))):
        found.setdefault(change.attempt_id, []).append(change)
    return found


def _standing(attempts: Collection[int]) -> dict[int, LateDecision]:
    asked = select(LateDecision).where(LateDecision.attempt_id.in_(attempts), LateDecision.undone_at.is_(None))
    return {each.attempt_id: each for each in session.scalars(asked.options(joinedload(LateDecision.event)))}


def _waits() -> ColumnElement[bool]:
    return exists().where(LateChange.attempt_id == Attempt.id, late.is_undecided()).correlate(Attempt)


def _is_listed() -> ColumnElement[bool]:
    decided = exists().where(LateDecision.attempt_id == Attempt.id, LateDecision.undone_at.is_(None))
    return decided.correlate(Attempt) | _waits()
