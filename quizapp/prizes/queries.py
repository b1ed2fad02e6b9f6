"""Finds what a snapshot's boards give, division by division, and who contends where a tie is open."""

from collections import defaultdict
from collections.abc import Container, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from quizapp.contests.windows import latest_close
from quizapp.db import session
from quizapp.models import (
    Board,
    Contest,
    LotSeed,
    PrizeAward,
    PrizeDecision,
    PrizeTie,
    Round,
    Snapshot,
    StandingsRow,
)
from quizapp.rules.contest_rules import BoardRules, ContestRules, PrizeRules
from quizapp.rules.deadlines import GRACE
from quizapp.rules.lots import digest
from quizapp.rules.prize_slots import scope
from quizapp.rules.prizes import choices
from quizapp.vocabulary import OnTie, PrizeBy, Purpose, TieDecision

Place = tuple[str, str]  # a prize's key, or a board's, and a division's

MOST_SHOWN = 50  # contenders of a tie that a page names


@dataclass(frozen=True)
class OpenTie:
    """A tie with the first of those who contend, and what the rules leave to choose.

    decided: what stands for these contenders already, until boards are made anew.
    """

    tie: PrizeTie
    contenders: Sequence[StandingsRow]
    choices: tuple[TieDecision, ...]
    is_over: bool  # all rounds of the board had ended when it was made
    decided: PrizeDecision | None


@dataclass(frozen=True)
class Part:
    """A prize in one division. title: the division's, '' where the board is not by division."""

    division: str
    title: str
    count: int
    awards: Sequence[PrizeAward]
    tie: OpenTie | None
    waits: bool  # for an open tie above it, or of a higher prize


@dataclass(frozen=True)
class GivenPrize:
    rules: PrizeRules
    board: BoardRules
    parts: Sequence[Part]


def seed_of(contest: Contest) -> LotSeed | None:
    return session.get(LotSeed, contest.id)


def needs_seed(rules: ContestRules) -> bool:
    """Return whether lots may have to be drawn."""
    return any(choices(each, has_seed=False) for each in rules.prizes)


def draws_lots(rules: ContestRules) -> bool:
    """Return whether the rules themselves have lots drawn, so that nobody needs to ask for a seed."""
    return any(each.by is PrizeBy.LOT or each.on_tie is OnTie.LOT for each in rules.prizes)


def without_due_seed(now: datetime) -> list[Contest]:
    """Return public contests whose rules have lots drawn and that have no seed, before any of their rounds closes."""
    closed = select(Round.contest_id).where(Round.purpose == Purpose.REAL.value, Round.closes_at <= now)
    asked = select(Contest).where(
        Contest.published_at <= now, Contest.id.not_in(closed), Contest.id.not_in(select(LotSeed.contest_id))
    )
    return [each for each in session.scalars(asked.order_by(Contest.id)) if draws_lots(each.rules)]


def closes_at(contest: Contest) -> datetime:
    return max(each.closes_at for each in contest.rounds)


def given(contest: Contest, snapshot: Snapshot | None, *, seen: Sequence[Board] | None = None) -> list[GivenPrize]:
    """Return all prizes in the order of the rules, with what a snapshot gives of them.

    seen: the boards whose winners are told, without the ties; None: all, with the ties.
    """
    found = _Found(contest, snapshot, _awards(snapshot), _ties(snapshot), standing_decisions(contest))
    told = {(each.key, each.division) for each in seen} if seen is not None else None
    boards = {each.key: each for each in contest.rules.boards}
    return [
        GivenPrize(each, boards[each.board], list(_parts(found, each, boards[each.board], told)))
        for each in contest.rules.prizes
    ]


def open_tie(contest: Contest, snapshot: Snapshot | None, prize_key: str, division: str) -> OpenTie | None:
    """Return a tie of a snapshot that waits to be decided; None: there is none of that prize in that division."""
    tie = tie_of(snapshot, prize_key, division)
    prize = next((each for each in contest.rules.prizes if each.key == prize_key), None)
    if tie is None or prize is None:
        return None
    return _open_tie(contest, prize, tie, standing_decisions(contest))


def tie_of(snapshot: Snapshot | None, prize_key: str, division: str) -> PrizeTie | None:
    return session.get(PrizeTie, (snapshot.id, prize_key, division)) if snapshot else None


def is_over(contest: Contest, snapshot: Snapshot, board_key: str) -> bool:
    """Return whether every attempt on a board was over when it was made: also those with time of their own."""
    rules = next(each for each in contest.rules.boards if each.key == board_key)
    keys = {each.key for each in contest.rules.rounds_of(rules)}
    rounds = [each for each in contest.rounds if each.key in keys]
    return not rounds or latest_close(rounds) + GRACE <= snapshot.made_at


def keeps_from(rules: ContestRules, one: PrizeRules, division: str, other: PrizeRules, other_division: str) -> bool:
    """Return whether who has the one prize cannot get the other: it is of the same board, or one a person is all."""
    if (one.board, division, one.by, one.is_side) == (other.board, other_division, other.by, other.is_side):
        return True
    kept = _scope(rules, one)
    return kept is not None and kept == _scope(rules, other)


def standing_decisions(contest: Contest) -> dict[Place, PrizeDecision]:
    """Return the decisions that nobody took back, by the prize's key and the division."""
    return {(each.prize_key, each.division): each for each in decisions(contest) if each.undone_at is None}


def decisions(contest: Contest) -> Sequence[PrizeDecision]:
    """Return all decisions, the latest first, those that were taken back, too."""
    return session.scalars(
        select(PrizeDecision)
        .where(PrizeDecision.contest_id == contest.id)
        .options(joinedload(PrizeDecision.decided_by))
        .order_by(PrizeDecision.decided_at.desc(), PrizeDecision.id.desc())
    ).all()


@dataclass(frozen=True)
class _Found:
    contest: Contest
    snapshot: Snapshot | None
    awards: Mapping[Place, Sequence[PrizeAward]]
    ties: Mapping[Place, PrizeTie]
    decided: Mapping[Place, PrizeDecision]


def _parts(found: _Found, prize: PrizeRules, board: BoardRules, told: Container[Place] | None) -> Iterator[Part]:
    rules = found.contest.rules
    for division, title in _divisions(rules, board):
        count = prize.count_in(division)
        if not count:
            continue
        is_told = told is None or (prize.board, division) in told
        awards = found.awards.get((prize.key, division), []) if is_told else []
        tie = found.ties.get((prize.key, division))
        yield Part(
            division=division,
            title=title,
            count=count,
            awards=awards,
            tie=_open_tie(found.contest, prize, tie, found.decided) if tie and told is None else None,
            waits=is_told and len(awards) < count and _waits(rules, prize, found.ties, division),
        )


def _divisions(rules: ContestRules, board: BoardRules) -> Iterator[tuple[str, str]]:
    if board.by_division:
        yield from ((each.key, each.title) for each in rules.divisions)
    else:
        yield "", ""


def _awards(snapshot: Snapshot | None) -> dict[Place, list[PrizeAward]]:
    found: dict[Place, list[PrizeAward]] = defaultdict(list)
    if snapshot:
        asked = select(PrizeAward).where(PrizeAward.snapshot_id == snapshot.id).order_by(PrizeAward.number)
        for each in session.scalars(asked):
            found[each.prize_key, each.division].append(each)
    return found


def _ties(snapshot: Snapshot | None) -> dict[Place, PrizeTie]:
    if snapshot is None:
        return {}
    asked = select(PrizeTie).where(PrizeTie.snapshot_id == snapshot.id)
    return {(each.prize_key, each.division): each for each in session.scalars(asked)}


def _open_tie(contest: Contest, prize: PrizeRules, tie: PrizeTie, decided: Mapping[Place, PrizeDecision]) -> OpenTie:
    decision = decided.get((tie.prize_key, tie.division))
    return OpenTie(
        tie=tie,
        contenders=_contenders(contest.rules, prize, tie),
        choices=choices(prize, has_seed=seed_of(contest) is not None),
        is_over=is_over(contest, tie.snapshot, tie.board_key),
        decided=decision if decision and decision.contenders == tie.contenders else None,
    )


def _contenders(rules: ContestRules, prize: PrizeRules, tie: PrizeTie) -> Sequence[StandingsRow]:
    """Return those who contend; nobody where all on the board do, or where the rows do not match the tie."""
    if prize.by is PrizeBy.LOT:
        return []
    board = select(Board.id).where(
        Board.snapshot_id == tie.snapshot_id, Board.key == tie.board_key, Board.division == tie.division
    )
    asked = select(StandingsRow).where(StandingsRow.board_id.in_(board), StandingsRow.rank == tie.rank)
    rows = session.scalars(asked.order_by(StandingsRow.position)).all()
    of_people = rows and rows[0].person_id is not None
    gone = _served(rules, prize, tie)
    left = [each for each in rows if (each.person_id if of_people else each.union_id) not in gone]
    ids = [(each.person_id if of_people else each.union_id) or 0 for each in left]
    return left[:MOST_SHOWN] if digest(ids) == tie.contenders else []


def _served(rules: ContestRules, prize: PrizeRules, tie: PrizeTie) -> set[int | None]:
    """Return who has a prize already that keeps them from this one."""
    asked = select(PrizeAward).where(PrizeAward.snapshot_id == tie.snapshot_id)
    prizes = {each.key: each for each in rules.prizes}
    return {
        each.person_id or each.union_id
        for each in session.scalars(asked)
        if keeps_from(rules, prizes[each.prize_key], each.division, prize, tie.division)
    }


def _waits(rules: ContestRules, prize: PrizeRules, ties: Mapping[Place, PrizeTie], division: str) -> bool:
    """Return whether an open tie may hold a prize up that is not all given."""
    prizes = {each.key: each for each in rules.prizes}
    return any(keeps_from(rules, prizes[key], other, prize, division) for key, other in ties)


def _scope(rules: ContestRules, prize: PrizeRules) -> Hashable:
    return scope(rules, next(each for each in rules.boards if each.key == prize.board), prize)
