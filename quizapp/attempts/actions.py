"""Starts attempts, hands them in, closes what is overdue."""

from datetime import datetime

from sqlalchemy import select

from quizapp.attempts import entering, queries
from quizapp.attempts.drawing_papers import paper_for
from quizapp.attempts.hours import window_now
from quizapp.attempts.remarking import note_remarking
from quizapp.attempts.taking_part import handed_in_before
from quizapp.db import session
from quizapp.errors import NotFound, StillWriting
from quizapp.models import Attempt, Person, Round
from quizapp.rules.deadlines import attempt_state, closing_time, handed_in_at
from quizapp.rules.windows import Window, time_allowed
from quizapp.vocabulary import AttemptState
from quizapp.web.codes import random_code

MOST_AT_ONCE = 500


def start(
    person: Person, round_: Round, *, entry_code: str, division: str = "", paper: str = "", now: datetime
) -> Attempt:
    """Begin an attempt, or return the one that is running: a double tap starts once.

    division, paper: the keys of what the person chose, where a contest or a round lets choose.
    Raises whatever `entering.check` refuses, NotFound, NotEnoughQuestions, QuestionGone, PaperNotChosen.
    """
    # Parallel starts of one person wait here, so that the limit holds however often the button is pressed.
    session.execute(select(Person.id).where(Person.id == person.id).with_for_update())
    _hold(round_)
    running = queries.open_attempt(person, round_)
    if running and attempt_state(running.closes_at, None, now) is AttemptState.OPEN:
        return running
    if running:
        hand_in(running, now=now)
    window = window_now(person, round_)
    entering.check(person, round_, window, entry_code=entry_code, division=division, now=now)
    entering.note_entrant(person, round_, division, now=now)
    return _begin(person, round_, window, paper, now)


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


def _hold(round_: Round) -> None:
    """Read a round anew as it stands: whoever changes its contest or its hours waits, or is seen. Raises NotFound."""
    held = {"read": True, "key_share": True, "of": Round}
    if session.get(Round, round_.id, populate_existing=True, with_for_update=held) is None:
        raise NotFound()
    session.refresh(round_.contest)


def _begin(person: Person, round_: Round, window: Window, chosen: str, now: datetime) -> Attempt:
    paper = paper_for(person, round_, chosen=chosen, now=now)
    one_way = round_.rules.seconds_per_question is not None
    attempt = Attempt(
        person_id=person.id,
        round_id=round_.id,
        paper_id=paper.id,
        union_id=person.union_id,
        number=1 + queries.attempts_begun(person, round_),
        started_at=now,
        closes_at=closing_time(now, time_allowed(round_.rules), window.closes_at),
        at_slot=1 if one_way else None,
        at_slot_since=now if one_way else None,
        takeovers=0,
        max_mark=round_.rules.max_mark,
        receipt=new_receipt(),
    )
    session.add(attempt)
    session.flush()
    return attempt
