"""Starts attempts, hands them in, closes what is overdue."""

import hmac
import secrets
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select

from quizapp.attempts import queries
from quizapp.attempts.hours import window_now
from quizapp.attempts.remarking import note_remarking
from quizapp.attempts.taking_part import handed_in_before
from quizapp.contests.citations import barred as barred_versions
from quizapp.db import session
from quizapp.errors import NoAttemptsLeft, NotInAudience, RoundClosed, RoundNotOpen, StillWriting, WrongEntryCode
from quizapp.models import Attempt, Entrant, Paper, PaperSlot, Person, Round
from quizapp.rules import drawing
from quizapp.rules.deadlines import attempt_state, closing_time, handed_in_at, phase
from quizapp.rules.permissions import covers
from quizapp.rules.windows import Window, time_allowed
from quizapp.vocabulary import AttemptState, LimitPer, Phase
from quizapp.web.codes import random_code

MOST_AT_ONCE = 500


def start(person: Person, round_: Round, *, entry_code: str, now: datetime) -> Attempt:
    """Begin an attempt, or return the one that is running: a double tap starts once.

    Raises RoundNotOpen, RoundClosed, NotInAudience, WrongEntryCode, NoAttemptsLeft, NotEnoughQuestions.
    """
    # Parallel starts of one person wait here, so that the limit holds however often the button is pressed.
    session.execute(select(Person.id).where(Person.id == person.id).with_for_update())
    running = queries.open_attempt(person, round_)
    if running and attempt_state(running.closes_at, None, now) is AttemptState.OPEN:
        return running
    if running:
        hand_in(running, now=now)
    window = window_now(person, round_)
    _check_window(window, round_, now)
    _check_entrant(person, round_, entry_code)
    _check_limit(person, round_)
    return _begin(person, round_, window, now)


def hand_in(attempt: Attempt, *, now: datetime) -> Attempt:
    """Mark the attempt by what has been saved; handing in twice is handing in once, and late is at the close."""
    session.refresh(attempt, with_for_update={"of": Attempt})  # PostgreSQL locks no outer-joined row
    if attempt.submitted_at is None:
        attempt.mark = queries.mark_now(attempt)
        attempt.submitted_at = handed_in_at(attempt.closes_at, now)
        essay = attempt.round.rules.essay
        if essay and not queries.has_essay(attempt):
            attempt.essay_mark = 0  # nothing was written: no judge has to say so
        session.flush()
        if essay and essay.hand_in_again and handed_in_before(attempt):
            note_remarking(attempt)  # boards have it already, as it was before
    return attempt


def set_essay_mark(attempt: Attempt, mark: int | None, *, now: datetime) -> None:
    """Give an attempt the mark that its essay was settled at, in hundredths; None: the settlement no longer stands.

    An attempt that is over and was not handed in yet is handed in first. Boards made before are old after this.
    Raises StillWriting while the essay may still be written, ValueError on a mark that the rules do not have.
    """
    rule = attempt.round.rules.essay
    if rule is None or not 0 <= (mark or 0) <= rule.max_mark:
        raise ValueError(mark)
    if attempt_state(attempt.closes_at, attempt.submitted_at, now) is AttemptState.OPEN:
        raise StillWriting()
    hand_in(attempt, now=now)
    if attempt.essay_mark != mark:
        attempt.essay_mark = mark
        note_remarking(attempt)


def new_receipt() -> str:
    """Return a code for the hand-in receipt, 49 random bits."""
    return random_code(10)


def close_overdue(*, now: datetime, most: int = MOST_AT_ONCE) -> int:
    """Hand in what nobody handed in, at most `most` attempts; return how many were closed."""
    found = queries.overdue(now, most)
    for attempt in found:
        hand_in(attempt, now=now)
    return len(found)


def _check_window(window: Window, round_: Round, now: datetime) -> None:
    zone = ZoneInfo(round_.contest.rules.timezone)
    hours = {"opens_at": window.opens_at.astimezone(zone), "closes_at": window.closes_at.astimezone(zone)}
    now_in = phase(window.opens_at, window.closes_at, now)
    if now_in is Phase.UPCOMING:
        raise RoundNotOpen(**hours)
    if now_in is Phase.CLOSED:
        raise RoundClosed(**hours)


def _check_entrant(person: Person, round_: Round, entry_code: str) -> None:
    audience = round_.contest.audience
    if not covers([union.path for union in audience], person.union):
        unit = person.union.name if person.union else "không đơn vị nào; xin nhờ Ban tổ chức bổ sung đơn vị"
        raise NotInAudience(audience=", ".join(union.name for union in audience), unit=unit)
    code = round_.contest.rules.entry.code
    if code is not None and not hmac.compare_digest(code.casefold().encode(), entry_code.casefold().encode()):
        raise WrongEntryCode()


def _check_limit(person: Person, round_: Round) -> None:
    rule = round_.rules.attempts
    if rule.limit is not None and queries.attempts_used(person, round_, rule.per) >= rule.limit:
        raise NoAttemptsLeft(limit=rule.limit, span=rule.per.label.replace("mỗi đợt", "đợt này"))


def _begin(person: Person, round_: Round, window: Window, now: datetime) -> Attempt:
    opening_day = round_.opens_at.astimezone(ZoneInfo(round_.contest.rules.timezone)).date()
    seed = secrets.token_hex(16)
    barred = barred_versions(round_.rules, opening_day, round_.contest_id)
    slots = drawing.draw(round_.rules, queries.candidates(round_.rules, opening_day, barred), seed)
    paper = Paper(round_id=round_.id, seed=seed, shape=drawing.shape(slots), made_at=now)
    session.add(paper)
    session.flush()
    if slots:  # a round may be only an essay
        session.execute(insert(PaperSlot), [_row(paper, number, slot) for number, slot in enumerate(slots, start=1)])
    attempt = Attempt(
        person_id=person.id,
        round_id=round_.id,
        paper_id=paper.id,
        union_id=person.union_id,
        number=1 + queries.attempts_used(person, round_, per=LimitPer.ROUND),
        started_at=now,
        closes_at=closing_time(now, time_allowed(round_.rules), window.closes_at),
        takeovers=0,
        max_mark=round_.rules.max_mark,
        receipt=new_receipt(),
    )
    session.add(attempt)
    if session.get(Entrant, (round_.contest_id, person.id)) is None:
        session.add(
            Entrant(contest_id=round_.contest_id, person_id=person.id, role=person.entrant_role, entered_at=now)
        )
    session.flush()
    return attempt


def _row(paper: Paper, number: int, slot: drawing.Slot) -> dict[str, Any]:
    order = ",".join(map(str, slot.option_order))
    return {"paper_id": paper.id, "number": number, "version_id": slot.version_id, "option_order": order}
