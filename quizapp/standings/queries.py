"""Finds what boards are made of, and reads published boards."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from quizapp.attempts import truths
from quizapp.attempts.taking_part import takes_part_since
from quizapp.contests.windows import latest_close
from quizapp.db import session
from quizapp.models import (
    Attempt,
    Board,
    Contest,
    Disqualification,
    MemberCount,
    Person,
    Round,
    Snapshot,
    StandingsRow,
    TradeUnion,
)
from quizapp.models.standings import UNFINISHED
from quizapp.rules.deadlines import GRACE
from quizapp.rules.permissions import covers
from quizapp.rules.publishing import is_published_by_rule, is_shown
from quizapp.rules.vietnamese import fold
from quizapp.vocabulary import Purpose, UnionKind

FEW = 50  # units whose people are looked up one by one
ROW = aliased(StandingsRow)


def counts_on_boards() -> ColumnElement[bool]:
    """Return the condition that an attempt counts: in a real round, and neither it nor its person is disqualified."""
    barred = (
        select(Disqualification.id)
        .where(
            Disqualification.contest_id == Round.contest_id,
            Disqualification.person_id == Attempt.person_id,
            Disqualification.lifted_at.is_(None),
            or_(Disqualification.attempt_id.is_(None), Disqualification.attempt_id == Attempt.id),
        )
        .correlate(Round, Attempt)
    )
    return (Round.purpose == Purpose.REAL.value) & ~barred.exists()


def unions_of_audience(contest: Contest) -> list[TradeUnion]:
    """Return every union of the contest's audience, whole subtrees, by code."""
    paths = [union.path for union in contest.audience]
    return [union for union in session.scalars(select(TradeUnion).order_by(TradeUnion.code)) if covers(paths, union)]


def members_on(unions: Iterable[TradeUnion], on: date) -> dict[int, int]:
    """Return the members of each union by id, from the latest count not after a day, else from the first after it.

    A union without a count of its own has the sum of those directly below it that have one; without any it is left out.
    """
    not_after = case((MemberCount.counted_on <= on, MemberCount.counted_on))
    latest = (
        select(
            MemberCount.union_id,
            func.coalesce(func.max(not_after), func.min(MemberCount.counted_on)).label("counted_on"),
        )
        .group_by(MemberCount.union_id)
        .subquery()
    )
    asked = select(MemberCount.union_id, MemberCount.members).join(
        latest,
        (MemberCount.union_id == latest.c.union_id) & (MemberCount.counted_on == latest.c.counted_on),
    )
    own = dict(session.execute(asked).tuples().all())
    known: dict[int, int] = {}
    below: dict[int, int] = {}
    for union in sorted(unions, key=lambda each: each.path.count("/"), reverse=True):
        members = own.get(union.id, below.get(union.id))
        if members is not None:
            known[union.id] = members
            if union.parent_id is not None:
                below[union.parent_id] = below.get(union.parent_id, 0) + members
    return known


def ranked_union(unions: Sequence[TradeUnion], level: UnionKind) -> Mapping[int, TradeUnion]:
    """Return, for each union's id, the union of a level to which its people count: itself or the nearest above it."""
    by_id = {union.id: union for union in unions}
    found = {}
    for union in unions:
        for above in reversed([int(step) for step in union.path.strip("/").split("/")]):
            if above in by_id and by_id[above].kind == level.value:
                found[union.id] = by_id[above]
                break
    return found


def newest_snapshot(contest: Contest) -> Snapshot | None:
    """Return the latest snapshot, published or not: for organisers."""
    return session.scalar(
        select(Snapshot)
        .where(Snapshot.contest_id == contest.id, Snapshot.made_at > UNFINISHED)
        .order_by(Snapshot.made_at.desc(), Snapshot.id.desc())
    )


def newest_publication(contest: Contest) -> Snapshot | None:
    """Return the snapshot that was published last, even if it was withdrawn since."""
    return session.scalar(
        select(Snapshot)
        .where(Snapshot.contest_id == contest.id, Snapshot.published_at.is_not(None))
        .order_by(Snapshot.published_at.desc(), Snapshot.id.desc())
    )


def follows_the_rules(contest: Contest, last: Snapshot | None, at: datetime) -> bool:
    """Return whether a snapshot made `at` an instant is published by itself.

    So it is by the rules, as long as boards are not frozen and the last publication was not withdrawn.
    """
    publish = contest.rules.publish
    by_rule = is_published_by_rule(publish.board, freeze_at=publish.freeze_at, at=at)
    return by_rule and not (last and last.withdrawn_at)


def prepared(contest: Contest, by: Person) -> Snapshot | None:
    """Return the snapshot that a person has had made to look at before publishing it."""
    return session.scalar(
        select(Snapshot)
        .where(Snapshot.contest_id == contest.id, Snapshot.published_by_id == by.id, Snapshot.published_at.is_(None))
        .order_by(Snapshot.made_at.desc(), Snapshot.id.desc())
    )


def published(contest: Contest) -> tuple[Snapshot, list[Board]] | None:
    """Return the published snapshot and those of its boards that may be seen: the one gate for every public output."""
    snapshot = newest_publication(contest)
    if snapshot is None or snapshot.withdrawn_at is not None:
        return None
    boards = [board for board in snapshot.boards if _may_be_seen(contest, board, snapshot.made_at)]
    return (snapshot, boards) if boards else None


def chosen(boards: Sequence[Board], key: str | None, division: str | None = None) -> Board | None:
    """Return the board of a key, without one the first; of one by division that of the division, or its first."""
    key = key or next((each.key for each in boards), None)
    return next((each for each in boards if each.key == key and division in (None, each.division)), None)


def is_over(contest: Contest, board: Board, made_at: datetime) -> bool:
    """Return whether nobody could sit a round of a board when it was made: before that no prize is anybody's."""
    return made_at >= latest_close(_rounds_of(contest, board)) + GRACE


def rows_of(board: Board, *, after: int = 0, most: int = 100, search: str = "") -> Sequence[StandingsRow]:
    """Return rows of a board in order, from the place after `after`; `search` asks for part of a name or unit."""
    asked = select(StandingsRow).where(StandingsRow.board_id == board.id, StandingsRow.position > after)
    for word in fold(search).split():
        asked = asked.where(StandingsRow.name_folded.contains(word, autoescape=True))
    return session.scalars(asked.order_by(StandingsRow.position).limit(most)).all()


def union_codes(board: Board) -> dict[int, str]:
    """Return the codes of the unions of a board's rows, by their ids: names may be alike."""
    asked = select(StandingsRow.union_id).where(StandingsRow.board_id == board.id)
    return dict(session.execute(select(TradeUnion.id, TradeUnion.code).where(TradeUnion.id.in_(asked))).tuples().all())


def masked_rows_of(board: Board, *, after: int, most: int, search: str) -> Sequence[StandingsRow]:
    """Return rows as `rows_of`; `search` asks for a whole name or for part of a unit.

    Found by its parts, a name that the board masks would be told word by word.
    """
    asked = select(StandingsRow).where(StandingsRow.board_id == board.id, StandingsRow.position > after)
    if words := fold(search).split():
        people = select(Person.id).where(Person.name_folded == " ".join(words))
        named = select(TradeUnion.id).where(*(TradeUnion.name_folded.contains(word, autoescape=True) for word in words))
        units = session.scalars(named.limit(FEW + 1)).all()
        # Of many units rows are met all along the board; those of few, and of a name, are found by their indexes.
        if len(units) > FEW:
            asked = asked.where(or_(StandingsRow.person_id.in_(people), StandingsRow.union_id.in_(named)))
        else:
            places = _places(board, ROW.person_id.in_(people)).union(_places(board, ROW.union_id.in_(units)))
            asked = asked.where(StandingsRow.position.in_(places))
    return session.scalars(asked.order_by(StandingsRow.position).limit(most)).all()


def row_of(board: Board, *, person_id: int | None = None, union_id: int | None = None) -> StandingsRow | None:
    """Return the row of a person or of a union on a board."""
    whose = ROW.person_id == person_id if person_id else ROW.union_id == union_id
    places = _places(board, whose)
    asked = select(StandingsRow).where(StandingsRow.board_id == board.id, StandingsRow.position.in_(places))
    return session.scalar(asked.limit(1))


def neighbours(row: StandingsRow) -> tuple[StandingsRow | None, StandingsRow | None]:
    """Return the rows just above and just below a row."""
    found = {
        each.position: each
        for each in session.scalars(
            select(StandingsRow).where(
                StandingsRow.board_id == row.board_id, StandingsRow.position.in_([row.position - 1, row.position + 1])
            )
        )
    }
    return found.get(row.position - 1), found.get(row.position + 1)


def attempts_behind(contest: Contest, person: Person, rounds: Iterable[str], until: datetime) -> Sequence[Attempt]:
    """Return a person's attempts in the rounds that a snapshot made at `until` knew, in order of handing in."""
    return session.scalars(
        select(Attempt)
        .join(Round)
        .where(
            Round.contest_id == contest.id,
            Round.key.in_(list(rounds)),
            Attempt.person_id == person.id,
            takes_part_since() <= until,
            counts_on_boards(),
        )
        .options(joinedload(Attempt.round))
        .order_by(takes_part_since())
    ).all()


def stale_contests(now: datetime) -> list[Contest]:
    """Return contests whose newest snapshot no longer tells how they stand: something was marked, or a round ended."""
    begun = select(Round.contest_id).where(Round.opens_at <= now)
    asked = select(Contest).where(Contest.id.in_(begun)).options(joinedload(Contest.rounds))
    contests = session.scalars(asked).unique().all()
    return [contest for contest in contests if is_stale(contest, newest_snapshot(contest), now)]


def is_stale(contest: Contest, snapshot: Snapshot | None, now: datetime) -> bool:
    """Return whether a contest has no snapshot, or one that no longer tells how it stands."""
    marked = (
        select(func.count())
        .select_from(Attempt)
        .join(Round)
        .where(Round.contest_id == contest.id, takes_part_since().is_not(None), counts_on_boards())
    )
    if snapshot is None or session.scalar(marked) != snapshot.attempts or contest.remarkings != snapshot.remarkings:
        return True
    ended = any(snapshot.made_at < each.closes_at + GRACE <= now for each in contest.rounds)
    return ended or bool(truths.countable(contest, now))


def _places(board: Board, whose: ColumnElement[bool]) -> Select[tuple[int]]:
    """Return the places of some rows, for the index alone: asked for whole rows SQLite walks through all the board."""
    return select(ROW.position).where(ROW.board_id == board.id, whose)


def _may_be_seen(contest: Contest, board: Board, made_at: datetime) -> bool:
    if all(each.key != board.key for each in contest.rules.boards):
        return False
    return is_shown(contest.rules.publish.board, closes_at=_closes_at(contest, board), made_at=made_at)


def _closes_at(contest: Contest, board: Board) -> datetime:
    return max(each.closes_at for each in _rounds_of(contest, board))


def _rounds_of(contest: Contest, board: Board) -> list[Round]:
    rules = next(each for each in contest.rules.boards if each.key == board.key)
    return [each for each in contest.rounds if rules.rounds is None or each.key in rules.rounds]
