"""Finds attempts, papers and what was answered; keys are read only by `mark_now` and `answers_with_keys`."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from quizapp.contests.practice import practised
from quizapp.contests.windows import latest_close
from quizapp.db import session
from quizapp.models import (
    Attempt,
    Contest,
    Essay,
    LogInSession,
    Paper,
    PaperSlot,
    Person,
    Response,
    Round,
)
from quizapp.questions.keys import judged, keys_of, put_right_in
from quizapp.rules.deadlines import GRACE, is_shown
from quizapp.rules.grading import GradedSlot, blanks, order_of, paper_mark, scheme_of
from quizapp.vocabulary import Purpose, ShownWhen


def round_of(slug: str, key: str) -> Round | None:
    return session.scalar(
        select(Round)
        .join(Contest)
        .where(Contest.slug == slug, Round.key == key)
        .options(joinedload(Round.contest).selectinload(Contest.audience))
    )


def open_attempt(person: Person, round_: Round) -> Attempt | None:
    """Return the attempt that the person has not handed in, be it overdue or not."""
    return session.scalar(
        select(Attempt).where(
            Attempt.person_id == person.id, Attempt.round_id == round_.id, Attempt.submitted_at.is_(None)
        )
    )


def attempts_begun(person: Person, round_: Round) -> int:
    """Return how many attempts the person has begun in the round."""
    asked = select(func.count()).select_from(Attempt)
    return session.scalar(asked.where(Attempt.person_id == person.id, Attempt.round_id == round_.id)) or 0


def attempts_of(person: Person) -> Sequence[Attempt]:
    """Return all attempts of a person, the newest first."""
    return session.scalars(
        select(Attempt)
        .where(Attempt.person_id == person.id)
        .options(joinedload(Attempt.round).joinedload(Round.contest))
        .order_by(Attempt.started_at.desc())
    ).all()


def result_is_shown(attempt: Attempt, now: datetime) -> bool:
    """Return whether the owner of an attempt that has ended may see its marks."""
    return is_shown_to_owner(attempt, attempt.round.rules.show.result, now)


def is_shown_to_owner(attempt: Attempt, when: ShownWhen, now: datetime) -> bool:
    """Return whether it is time for what the rules show at `when`."""
    contest: Contest = attempt.round.contest
    closes = max(each.closes_at for each in contest.rounds)
    return is_shown(when, now=now, round_closes=attempt.round.closes_at, contest_closes=closes)


def keys_are_shown(attempt: Attempt, now: datetime) -> bool:
    """Return whether the owner of an attempt that has ended may see keys: not while anybody else can still sit."""
    when = attempt.round.rules.show.answers
    if not is_shown_to_owner(attempt, when, now):
        return False
    return when is ShownWhen.AT_ONCE or now >= sat_until(attempt) + GRACE


def sat_until(attempt: Attempt) -> datetime:
    """Return until when somebody can sit what the keys of an attempt wait for, the rounds of its contest or its own.

    Practice that closes with its round waits for that one.
    """
    own, rounds = attempt.round, attempt.round.contest.rounds
    if own.rules.show.answers is ShownWhen.AFTER_CONTEST:
        return latest_close([own, *rounds])
    of = practised(own) if own.purpose == Purpose.PRACTICE else None
    return latest_close([own, *(each for each in rounds if each.key == of and each.closes_at <= own.closes_at)])


def responses_of(attempt: Attempt) -> list[dict[str, Any]]:
    """Return what is stored of the attempt, as the phone takes it over."""
    stored = session.execute(
        select(Response.slot, Response.answer, Response.flagged, Response.number)
        .where(Response.attempt_id == attempt.id)
        .order_by(Response.slot)
    )
    return [{"slot": s, "answer": a, "flagged": f, "number": n} for s, a, f, n in stored]


def mark_now(attempt: Attempt) -> int:
    """Return the mark, in hundredths, of what has been saved of an attempt."""
    asked = select(Response.slot, Response.answer).where(Response.attempt_id == attempt.id)
    return mark_of(attempt, dict(session.execute(asked).tuples().all()))


def mark_of(attempt: Attempt, answers: Mapping[int, str | None]) -> int:
    """Return the mark, in hundredths, that an attempt has with raw answers by slot."""
    return mark_by(attempt, graded_slots(attempt.paper_id), answers)


def mark_by(attempt: Attempt, slots: Sequence[GradedSlot], answers: Mapping[int, str | None]) -> int:
    """Return the same by the slots of its paper as they are graded.

    Where everything must be answered, an attempt with something left blank has none.
    """
    rules = attempt.round.rules
    if rules.must_answer_all and (blanks(slots, answers) or lacks_prediction(attempt)):
        return 0
    return paper_mark(slots, answers, scheme_of(rules))


def lacks_prediction(attempt: Attempt) -> bool:
    """Return whether the round asks for a prediction and the attempt has none."""
    return attempt.round.rules.prediction is not None and attempt.prediction is None


def has_essay(attempt: Attempt) -> bool:
    """Return whether anything was written that a judge could read."""
    return bool(session.scalar(select(Essay.is_written).where(Essay.attempt_id == attempt.id)))


def graded_slots(paper_id: int) -> list[GradedSlot]:
    """Return the slots of a paper with their keys, as far as they were put right in its contest with what stands now.

    Only for grading, and for showing keys when the rules allow it.
    """
    asked = select(PaperSlot.number, PaperSlot.option_order, PaperSlot.version_id, PaperSlot.right_mark)
    slots = session.execute(asked.where(PaperSlot.paper_id == paper_id).order_by(PaperSlot.number)).all()
    keys = keys_of(select(PaperSlot.version_id).where(PaperSlot.paper_id == paper_id))
    contest = select(Round.contest_id).join(Paper, Paper.round_id == Round.id).where(Paper.id == paper_id)
    put_right = put_right_in(contest.scalar_subquery())
    return [
        judged(GradedSlot(number, order_of(order), keys[version], right_mark), put_right.get(version))
        for number, order, version, right_mark in slots
    ]


def log_in_of(token_hash: str, now: datetime) -> Select[tuple[int]]:
    """Return the statement that finds whose log-in this is."""
    valid = LogInSession.token_hash == token_hash, LogInSession.expires_at > now, Person.disabled_at.is_(None)
    return select(Person.id).join(LogInSession, LogInSession.person_id == Person.id).where(*valid)


def overdue(now: datetime, most: int) -> Sequence[Attempt]:
    """Return attempts whose time and grace are over and which nobody handed in."""
    return session.scalars(
        select(Attempt)
        .where(Attempt.submitted_at.is_(None), Attempt.closes_at <= now - GRACE)
        .options(joinedload(Attempt.round))
        .order_by(Attempt.closes_at)
        .limit(most)
    ).all()
