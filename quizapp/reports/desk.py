"""The organisers' desk: the contests that a person organises or takes part in, each with what there is to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, false, func, literal, or_, select
from sqlalchemy.orm import joinedload, selectinload

from quizapp.db import session
from quizapp.late.queries import count as late_count
from quizapp.mark_appeals.queries import waiting as waiting_appeals
from quizapp.models import Contest, Person, Round, Snapshot, TradeUnion
from quizapp.models.contests import sat_for_real
from quizapp.reports.essay_work import EssayWork, essay_work, waiting_essays
from quizapp.reports.queries import ON_A_PAGE, Count, counts, held_by
from quizapp.rules import permissions
from quizapp.rules.deadlines import GRACE, phase
from quizapp.standings import queries as standings
from quizapp.vocabulary import Phase, Role


@dataclass(frozen=True)
class ListedContest:
    """A contest on the desk. shown: the snapshot that everybody sees now; ended: the latest round that is over.

    is_provisional: a board that is shown was made before all essays had a mark; waiting_essays: without one now.
    """

    contest: Contest
    phase: Phase
    count: Count
    shown: Snapshot | None
    ended: Round | None
    is_provisional: bool
    waiting_essays: int
    late: int  # attempts with something that came late and is not decided on
    mark_appeals: int  # about marks of questions, that nobody answered yet
    essay_work: Sequence[EssayWork]

    @property
    def waits_for_publishing(self) -> bool:
        """A round is over and nobody can see its results, though no rule says that they come by themselves."""
        return self.ended is not None and self.shown is None

    @property
    def shown_is_old(self) -> bool:
        """What is shown was made before the latest round was over; boards that follow the contest mend themselves."""
        return bool(self._by_hand and self.ended and self._by_hand.made_at < self.ended.closes_at + GRACE)

    @property
    def may_be_final_now(self) -> bool:
        """What is shown is provisional, and now every essay has its mark."""
        return bool(self._by_hand and self.is_provisional and not self.waiting_essays)

    @property
    def marks_changed(self) -> bool:
        """After what is shown was made a mark changed: a late answer, an appeal, a correction."""
        changed = self._by_hand is not None and self._by_hand.remarkings != self.contest.remarkings
        return changed and not self.waiting_essays

    @property
    def _by_hand(self) -> Snapshot | None:
        return self.shown if self.shown and self.shown.published_by_id is not None else None


def contests_of(person: Person, now: datetime, page: int) -> tuple[list[ListedContest], int]:
    """Return a page, from 1, of the contests that a person organises, the last to close first, and how many pages."""
    return _listed(held_by(TradeUnion.path, permissions.paths(person, Role.ORGANISER)), now, page)


def followed_by(person: Person, now: datetime) -> list[ListedContest]:
    """Return the newest contests that others organise and in which unions of the person's subtree take part."""
    held = permissions.paths(person, Role.ORGANISER)
    own = held_by(TradeUnion.path, held)
    touched = or_(
        false(), *(or_(TradeUnion.path.startswith(each), literal(each).like(TradeUnion.path + "%")) for each in held)
    )
    return _listed(and_(~own, Contest.published_at.is_not(None), Contest.audience.any(touched)), now, page=1)[0]


def _listed(condition: ColumnElement[bool], now: datetime, page: int) -> tuple[list[ListedContest], int]:
    closes = select(func.max(Round.closes_at)).where(sat_for_real(Contest.id)).scalar_subquery()
    asked = select(Contest).join(Contest.organiser).where(condition)
    total = session.scalar(asked.with_only_columns(func.count())) or 0
    found = session.scalars(
        asked.order_by(closes.desc(), Contest.id.desc())
        .offset((page - 1) * ON_A_PAGE)
        .limit(ON_A_PAGE)
        .options(joinedload(Contest.organiser), selectinload(Contest.rounds))
    ).all()
    found_counts = counts(Round.contest_id, now, Round.contest_id.in_([each.id for each in found]))
    return [_on_the_desk(each, found_counts.get(each.id, Count()), now) for each in found], -(-total // ON_A_PAGE)


def _on_the_desk(contest: Contest, count: Count, now: datetime) -> ListedContest:
    published = standings.published(contest)
    ended = [each for each in contest.rounds if each.closes_at + GRACE <= now]
    return ListedContest(
        contest=contest,
        phase=phase(contest.rules.opens_at, contest.rules.closes_at, now),
        count=count,
        shown=published[0] if published else None,
        ended=max(ended, key=lambda each: each.closes_at, default=None),
        is_provisional=bool(published and any(board.provisional for board in published[1])),
        waiting_essays=waiting_essays(contest),
        late=late_count(contest).waiting,
        mark_appeals=waiting_appeals(contest),
        essay_work=essay_work(contest, now),
    )
