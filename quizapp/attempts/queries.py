"""Finds attempts, papers and what was answered; keys are read only by `mark_now` and `answers_with_keys`."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from quizapp.db import session
from quizapp.models import (
    AnswerOption,
    Attempt,
    Contest,
    Essay,
    LogInSession,
    PaperSlot,
    Person,
    Question,
    QuestionBank,
    QuestionVersion,
    Response,
    Round,
)
from quizapp.questions.keys import keys_of
from quizapp.rules.deadlines import GRACE, is_shown, phase
from quizapp.rules.drawing import Candidate
from quizapp.rules.grading import GradedSlot, order_of, paper_mark
from quizapp.rules.question_content import DRAWN
from quizapp.rules.round_rules import RoundRules
from quizapp.vocabulary import Level, LimitPer, Phase, QuestionKind, ShownWhen


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


def attempts_used(person: Person, round_: Round, per: LimitPer) -> int:
    """Return how many attempts the person has begun in the round, or in the whole contest."""
    asked = select(func.count()).select_from(Attempt).where(Attempt.person_id == person.id)
    if per is LimitPer.ROUND:
        asked = asked.where(Attempt.round_id == round_.id)
    else:
        asked = asked.join(Round).where(Round.contest_id == round_.contest_id)
    return session.scalar(asked) or 0


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


def candidates(rules: RoundRules, on: date, barred: frozenset[int] = frozenset()) -> dict[str, list[Candidate]]:
    """Return, by bank code and in the banks' order, the questions that a round may draw: current and valid on a day.

    barred: versions that must not be drawn, since what they cite is out of force and nobody signed for them.
    """
    options = func.count(AnswerOption.position)
    asked = (
        select(
            QuestionBank.code,
            QuestionVersion.id,
            QuestionVersion.kind,
            QuestionVersion.topic,
            QuestionVersion.level,
            options,
        )
        .join(Question, Question.bank_id == QuestionBank.id)
        .join(QuestionVersion, QuestionVersion.id == Question.current_id)
        .outerjoin(AnswerOption, AnswerOption.version_id == QuestionVersion.id)
        .where(
            QuestionVersion.kind.in_([kind.value for kind in DRAWN]),
            QuestionBank.code.in_({draw.bank for draw in rules.draws}),
            QuestionVersion.valid_from.is_(None) | (QuestionVersion.valid_from <= on),
            QuestionVersion.valid_to.is_(None) | (QuestionVersion.valid_to >= on),
        )
        .group_by(QuestionBank.code, Question.id, QuestionVersion.id)
        .order_by(Question.id)
    )
    found: dict[str, list[Candidate]] = {}
    pinned = _pinned(rules)
    for code, version, kind, topic, level, count in session.execute(asked):
        if version in barred:
            continue
        held = frozenset(pinned.get(version, ()))
        found.setdefault(code, []).append(Candidate(version, QuestionKind(kind), topic, Level(level), count, held))
    return found


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
    responses = dict(
        session.execute(select(Response.slot, Response.answer).where(Response.attempt_id == attempt.id)).tuples().all()
    )
    return paper_mark(graded_slots(attempt.paper_id), responses, attempt.round.rules.right_mark)


def has_essay(attempt: Attempt) -> bool:
    """Return whether anything was written that a judge could read."""
    return bool(session.scalar(select(Essay.is_written).where(Essay.attempt_id == attempt.id)))


def graded_slots(paper_id: int) -> list[GradedSlot]:
    """Return the slots of a paper with their keys: only for grading, and for showing keys when the rules allow it."""
    asked = select(PaperSlot.number, PaperSlot.option_order, PaperSlot.version_id)
    slots = session.execute(asked.where(PaperSlot.paper_id == paper_id).order_by(PaperSlot.number)).all()
    keys = keys_of(select(PaperSlot.version_id).where(PaperSlot.paper_id == paper_id))
    return [GradedSlot(number, order_of(order), keys[version]) for number, order, version in slots]


def attempts_left(person: Person, round_: Round, now: datetime) -> int | None:
    """Return how many more attempts the person may begin now; None: as many as one likes."""
    if phase(round_.opens_at, round_.closes_at, now) is not Phase.OPEN:
        return 0
    rule = round_.rules.attempts
    return None if rule.limit is None else max(0, rule.limit - attempts_used(person, round_, rule.per))


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


def _pinned(rules: RoundRules) -> Mapping[int, list[int]]:
    """Return the options that keep their place, by version, of what the round's banks have in use."""
    pinned: dict[int, list[int]] = {}
    asked = (
        select(AnswerOption.version_id, AnswerOption.position)
        .join(Question, Question.current_id == AnswerOption.version_id)
        .join(QuestionBank, QuestionBank.id == Question.bank_id)
        .where(AnswerOption.pinned, QuestionBank.code.in_({draw.bank for draw in rules.draws}))
    )
    for version, position in session.execute(asked):
        pinned.setdefault(version, []).append(position)
    return pinned
