"""Finds contests, what a person is sitting of them, and the names that a thể lệ prints."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Subquery, func, select, true
from sqlalchemy.orm import joinedload, selectinload

from quizapp.db import session
from quizapp.models import Attempt, Contest, Person, QuestionBank, Round, Rubric, ShownWork, TradeUnion
from quizapp.rules.articles import KnownNames
from quizapp.rules.contest_rules import ContestRules
from quizapp.rules.deadlines import attempt_state, phase
from quizapp.rules.sittings import phase_of
from quizapp.vocabulary import AttemptState, Phase, Purpose

FINISHED_ON_A_PAGE = 10


@dataclass(frozen=True)
class ListedContest:
    """A contest as the list shows it."""

    contest: Contest
    phase: Phase
    open_rounds: tuple[Round, ...]
    opens_at: datetime
    closes_at: datetime


def contest_of(slug: str) -> Contest | None:
    return session.scalar(
        select(Contest)
        .where(Contest.slug == slug)
        .options(joinedload(Contest.organiser), selectinload(Contest.rounds), selectinload(Contest.audience))
    )


def essay_rounds(contest: Contest) -> list[Round]:
    return [each for each in contest.rounds if each.rules.essay]


def essay_round(contest: Contest, key: str) -> Round | None:
    return next((each for each in essay_rounds(contest) if each.key == key), None)


def has_works(contest: Contest) -> bool:
    """Return whether essays of a contest are shown to everybody."""
    asked = select(ShownWork.attempt_id).join(Attempt, Attempt.id == ShownWork.attempt_id).join(Round)
    public = ShownWork.published_at.is_not(None), ShownWork.consented_at.is_not(None)
    return session.scalar(asked.where(Round.contest_id == contest.id, *public).limit(1)) is not None


def all_contests() -> Sequence[Contest]:
    """Return all contests, the latest to open first."""
    windows = _windows()
    return _contests(windows, windows.c.opens_at.is_not(None), windows.c.opens_at.desc())


def unfinished(now: datetime) -> list[ListedContest]:
    """Return contests that are open, the first to close first, then those to come, the first to open first."""
    windows = _windows(of_public=True)
    found = _contests(windows, windows.c.closes_at > now, windows.c.closes_at)
    listed = [listed_contest(contest, now) for contest in found]
    coming = sorted((each for each in listed if each.phase is Phase.UPCOMING), key=lambda each: each.opens_at)
    return [each for each in listed if each.phase is Phase.OPEN] + coming


def finished(now: datetime, page: int) -> tuple[list[ListedContest], int]:
    """Return a page, from 1, of the finished contests, the latest first, and the number of pages."""
    windows = _windows(of_public=True)
    count = session.scalar(select(func.count()).select_from(windows).where(windows.c.closes_at <= now)) or 0
    found = _contests(
        windows,
        windows.c.closes_at <= now,
        windows.c.closes_at.desc(),
        offset=(page - 1) * FINISHED_ON_A_PAGE,
        most=FINISHED_ON_A_PAGE,
    )
    return [listed_contest(contest, now) for contest in found], -(-count // FINISHED_ON_A_PAGE)


def listed_contest(contest: Contest, now: datetime) -> ListedContest:
    """Return a contest with its phase: between two of its rounds or sittings it is open, though none of them is.

    Its hours are those that its rounds have by now, whatever the rules planned.
    """
    zone = ZoneInfo(contest.rules.timezone)
    opens_at, closes_at = min(each.opens_at for each in contest.rounds), max(each.closes_at for each in contest.rounds)
    return ListedContest(
        contest=contest,
        phase=phase(opens_at, closes_at, now),
        open_rounds=tuple(
            each
            for each in contest.rounds
            if phase_of((each.opens_at, each.closes_at), each.rules.sittings, now, zone) is Phase.OPEN
        ),
        opens_at=opens_at,
        closes_at=closes_at,
    )


def running(person: Person, now: datetime) -> list[Attempt]:
    """Return the attempts that a person is sitting, of any contest, the first to close first."""
    found = session.scalars(
        select(Attempt)
        .where(Attempt.person_id == person.id, Attempt.submitted_at.is_(None), Attempt.closes_at > now)
        .options(joinedload(Attempt.round).joinedload(Round.contest))
        .order_by(Attempt.closes_at)
    )
    return [each for each in found if _is_open(each, now)]


def known_names(rules: ContestRules) -> KnownNames:
    """Return the names of the unions, banks and topics that the rules name by code."""
    named = {rules.organiser, *rules.audience, *(code for each in rules.divisions for code in each.units)}
    unions = select(TradeUnion.code, TradeUnion.name).where(TradeUnion.code.in_(named))
    codes = {code for each in rules.rounds for code in each.banks}
    banks = session.scalars(select(QuestionBank).where(QuestionBank.code.in_(codes))).all()
    marked_by = {each.essay.rubric for each in rules.rounds if each.essay}
    rubrics = select(Rubric.code, Rubric.title).where(Rubric.code.in_(marked_by)).order_by(Rubric.version)
    return KnownNames(
        unions=dict(session.execute(unions).tuples().all()),
        banks={bank.code: bank.title for bank in banks},
        topics={(bank.code, topic): name for bank in banks for topic, name in bank.topics.items()},
        rubrics=dict(session.execute(rubrics).tuples().all()),
    )


def _windows(*, of_public: bool = False) -> Subquery:
    """Return from when to when each contest runs, or only those that everybody may see."""
    public = Round.contest_id.in_(select(Contest.id).where(Contest.published_at.is_not(None)))
    return (
        select(
            Round.contest_id,
            func.min(Round.opens_at).label("opens_at"),
            func.max(Round.closes_at).label("closes_at"),
        )
        .where(Round.purpose == Purpose.REAL, public if of_public else true())
        .group_by(Round.contest_id)
        .subquery()
    )


def _contests(
    windows: Subquery,
    condition: ColumnElement[bool],
    order: ColumnElement[Any],
    *,
    offset: int = 0,
    most: int | None = None,
) -> Sequence[Contest]:
    return session.scalars(
        select(Contest)
        .join(windows, windows.c.contest_id == Contest.id)
        .where(condition)
        .order_by(order, Contest.id)
        .offset(offset)
        .limit(most)
        .options(joinedload(Contest.organiser), selectinload(Contest.rounds))
    ).all()


def _is_open(attempt: Attempt, now: datetime) -> bool:
    return attempt_state(attempt.closes_at, attempt.submitted_at, now) is AttemptState.OPEN
