"""Keeps works: chosen, arranged, published and taken down by organisers; agreed to, or not, by their writers."""

from datetime import datetime
from typing import Any

from quizapp.db import session
from quizapp.judging import settling
from quizapp.models import AuditEvent, Essay, Person, Round, ShownWork
from quizapp.refusals import AlreadyChosen, MarkNotSettled, WorkIsCopied, WorkWithoutConsent
from quizapp.works import queries


def choose(round_: Round, essay: Essay, title: str, *, by: Person, now: datetime) -> ShownWork:
    """Choose a settled essay and so ask its writer; nothing is public yet.

    Raises AlreadyChosen, MarkNotSettled, WorkIsCopied.
    """
    settling.hold(essay.attempt_id)
    if queries.work_of(essay.attempt_id):
        raise AlreadyChosen(code=essay.code)
    if settling.standing(essay.attempt_id) is None:
        raise MarkNotSettled()
    if queries.copies([essay.attempt_id]):
        raise WorkIsCopied(code=essay.code)
    last = max((each.position for each in queries.ordered(round_)), default=0)
    work = ShownWork(attempt_id=essay.attempt_id, position=last + 1, title=title, chosen_by_id=by.id, chosen_at=now)
    session.add(work)
    _note("choose_work", work, by, now, code=essay.code, title=title)
    return work


def publish(work: ShownWork, *, by: Person, now: datetime) -> None:
    """Show a work to everybody. Raises WorkWithoutConsent, WorkIsCopied."""
    _hold(work)
    if work.consented_at is None:
        raise WorkWithoutConsent(code=work.essay.code)
    if queries.copies([work.attempt_id]):
        raise WorkIsCopied(code=work.essay.code)
    work.published_at = work.published_at or now
    _note("publish_work", work, by, now, code=work.essay.code)


def take_down(work: ShownWork, *, by: Person, now: datetime) -> None:
    """Show a work no longer; the writer's consent stays."""
    _hold(work)
    work.published_at = None
    _note("take_down_work", work, by, now, code=work.essay.code)


def drop(work: ShownWork, *, by: Person, now: datetime) -> None:
    """Choose a work no longer; the writer's answer is forgotten."""
    _hold(work)
    _note("drop_work", work, by, now, code=work.essay.code)
    session.delete(work)
    session.flush()


def move(round_: Round, work: ShownWork, places: int, *, by: Person, now: datetime) -> None:
    """Move a work by so many places in the round's order, -1: towards the front."""
    order = list(queries.ordered(round_))
    at = order.index(work)
    order.insert(max(0, min(at + places, len(order) - 1)), order.pop(at))
    for position, each in enumerate(order, start=1):
        each.position = position
    _note("move_work", work, by, now, code=work.essay.code, position=order.index(work) + 1)


def agree(work: ShownWork, *, with_name: bool, by: Person, now: datetime) -> None:
    """Keep that the writer agrees, named or not; of what is public already the name comes or goes at once."""
    _hold(work)
    work.consented_at, work.declined_at, work.with_name = now, None, with_name
    _note("agree_to_show", work, by, now, with_name=with_name)


def decline(work: ShownWork, *, by: Person, now: datetime) -> None:
    """Keep that the writer does not agree, or no longer: what is public is so no longer."""
    _hold(work)
    work.published_at, work.consented_at, work.declined_at, work.with_name = None, None, now, False
    _note("decline_to_show", work, by, now)


def _hold(work: ShownWork) -> None:
    session.refresh(work, with_for_update=True)


def _note(action: str, work: ShownWork, by: Person, now: datetime, **details: Any) -> None:
    session.flush()
    subject = f"attempt:{work.attempt_id}"
    session.add(AuditEvent(at=now, actor_id=by.id, action=action, subject=subject, details=details))
    session.flush()
