"""Finds appeals about marks of questions: a person's own and what may be done about it, and all of a contest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import joinedload

from quizapp.attempts.queries import result_is_shown
from quizapp.db import session
from quizapp.models import Attempt, Contest, MarkAppeal, Person, Round
from quizapp.models.contests import sat_for_real
from quizapp.rules import appealing
from quizapp.rules.paging import page_count, page_within
from quizapp.rules.vietnamese import fold
from quizapp.vocabulary import AppealState, Phase, Purpose

ON_A_PAGE = 50
STATES = {  # with what pages and the workbook call them here, where no judge comes between
    AppealState.NEW: "Chờ trả lời",
    AppealState.ANSWERED: "Đã trả lời",
    AppealState.WITHDRAWN: "Đã rút",
}


@dataclass(frozen=True)
class Own:
    """A person's appeal about an attempt, if there is one, and what the person may do now.

    mark: of the questions, hundredths, None while it is not shown; window: None where the rules have no appeals.
    """

    appeal: MarkAppeal | None
    state: AppealState | None
    mark: int | None
    until: datetime | None
    window: Phase | None

    @property
    def may_ask(self) -> bool:
        return self.appeal is None and self.mark is not None and self.window is Phase.OPEN

    @property
    def may_withdraw(self) -> bool:
        return self.state is AppealState.NEW


@dataclass(frozen=True)
class Page:
    """A page of a contest's appeals, from 1, and how large the whole list is."""

    appeals: Sequence[MarkAppeal]
    count: int
    number: int

    @property
    def pages(self) -> int:
        return page_count(self.count, ON_A_PAGE)


def appeal_of(attempt_id: int) -> MarkAppeal | None:
    """Return the appeal about the marks of an attempt; there is at most one."""
    return session.get(MarkAppeal, attempt_id)


def appeals_of(attempts: Iterable[int]) -> dict[int, MarkAppeal]:
    """Return the appeals about these attempts, by attempt."""
    found = session.scalars(select(MarkAppeal).where(MarkAppeal.attempt_id.in_(list(attempts))))
    return {each.attempt_id: each for each in found}


def state_of(appeal: MarkAppeal) -> AppealState:
    """Return where an appeal stands: new, answered or withdrawn."""
    return appealing.state(is_withdrawn=appeal.withdrawn_at is not None, is_decided=appeal.decided_at is not None)


def is_open_to_appeals(attempt: Attempt) -> bool:
    """Return whether the rules let the marks of an attempt be appealed about at all, at whatever time."""
    round_ = attempt.round
    is_real = round_.purpose == Purpose.REAL.value
    return is_real and round_.rules.asks_questions and round_.contest.rules.appeals_until is not None


def own(attempt: Attempt, now: datetime) -> Own:
    """Return how a person stands with the appeal about an attempt."""
    appeal, until = appeal_of(attempt.id), attempt.round.contest.rules.appeals_until
    return Own(
        appeal=appeal,
        state=state_of(appeal) if appeal else None,
        mark=attempt.mark if result_is_shown(attempt, now) else None,
        until=until,
        window=appealing.window(until, attempt.round.closes_at, now),
    )


def waiting(contest: Contest) -> int:
    """Return how many appeals of a contest wait for an answer."""
    return count_by_state(contest)[AppealState.NEW]


def count_by_state(contest: Contest) -> dict[AppealState, int]:
    """Return how many appeals of a contest are in each of `STATES`."""
    counts = (func.count(case((_is(state), 1))) for state in STATES)
    asked = select(*counts).select_from(MarkAppeal).join(Attempt).join(Round)
    return dict(zip(STATES, session.execute(asked.where(sat_for_real(contest.id))).one(), strict=True))


def listed(contest: Contest, *, state: AppealState | None = None, search: str = "", page: int = 1) -> Page:
    """Return a page of a contest's appeals: what waits first, the longest first; then the latest answers.

    search: a receipt's code with or without its hyphen, or parts of a name with or without marks.
    """
    asked = _all(contest)
    if state is not None:
        asked = asked.where(_is(state))
    if search:
        code = "".join(each for each in search.upper() if each.isalnum())
        named = (Person.name_folded.contains(word, autoescape=True) for word in fold(search).split())
        asked = asked.where((Attempt.receipt == code) | and_(*named))
    count = session.scalar(asked.with_only_columns(func.count())) or 0
    number = page_within(page, count, ON_A_PAGE)
    is_over = case((_is(AppealState.NEW), 0), else_=1)
    ordered = asked.order_by(
        is_over, MarkAppeal.decided_at.desc().nulls_last(), MarkAppeal.asked_at, MarkAppeal.attempt_id
    )
    found = session.scalars(_whole(ordered).offset((number - 1) * ON_A_PAGE).limit(ON_A_PAGE)).all()
    return Page(found, count, number)


def all_of(contest: Contest) -> Sequence[MarkAppeal]:
    """Return all appeals of a contest in the order in which they were asked."""
    return session.scalars(_whole(_all(contest)).order_by(MarkAppeal.asked_at, MarkAppeal.attempt_id)).all()


def appeal_in(contest: Contest, attempt_id: int) -> MarkAppeal | None:
    """Return the appeal about an attempt of this contest."""
    return session.scalar(_whole(_all(contest)).where(MarkAppeal.attempt_id == attempt_id))


def _all(contest: Contest) -> Select[tuple[MarkAppeal]]:
    asked = select(MarkAppeal).join(MarkAppeal.attempt).join(Attempt.round).join(Attempt.person)
    return asked.where(sat_for_real(contest.id))


def _whole(asked: Select[tuple[MarkAppeal]]) -> Select[tuple[MarkAppeal]]:
    attempt = joinedload(MarkAppeal.attempt)
    loaded = attempt.joinedload(Attempt.person), attempt.joinedload(Attempt.round), attempt.joinedload(Attempt.union)
    return asked.options(*loaded, joinedload(MarkAppeal.decided_by))


def _is(state: AppealState) -> ColumnElement[bool]:
    if state is AppealState.ANSWERED:
        return MarkAppeal.decided_at.is_not(None)
    if state is AppealState.WITHDRAWN:
        return MarkAppeal.withdrawn_at.is_not(None)
    return MarkAppeal.decided_at.is_(None) & MarkAppeal.withdrawn_at.is_(None)
