"""Writes boards and drops old ones, part by part: nobody who saves an answer waits for a million rows of a board."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Table, delete, func, insert, or_, select

from quizapp.db import session
from quizapp.models import Board, Contest, PredictionTruth, PrizeAward, PrizeTie, Snapshot, StandingsRow
from quizapp.models.standings import UNFINISHED
from quizapp.rules.prizes import Award
from quizapp.standings import queries
from quizapp.standings.making import Made
from quizapp.standings.naming import MadeBoard, Names
from quizapp.vocabulary import StandingsOf

AT_A_TIME = 5000  # rows of a board: some tenths of a second on a slow disk
_ROWS: Table = StandingsRow.__table__  # type: ignore[assignment]


def begin(contest: Contest, made: Made) -> tuple[Snapshot, list[tuple[int, MadeBoard]]]:
    """Store a snapshot that nobody is shown before it is finished; return it, and its boards, without rows, by id."""
    snapshot = Snapshot(
        contest_id=contest.id,
        made_at=UNFINISHED,
        entrants=made.entrants,
        attempts=made.attempts,
        remarkings=made.remarkings,
        provisional=made.provisional,
    )
    session.add(snapshot)
    session.flush()
    return snapshot, [_board(snapshot, position, board) for position, board in enumerate(made.boards)]


def parts(board: MadeBoard) -> Iterator[Sequence[dict[str, Any]]]:
    """Give the rows of a board some at a time."""
    waiting = board.rows()
    while part := list(islice(waiting, AT_A_TIME)):
        yield part


def keep_rows(board_id: int, rows: Iterable[dict[str, Any]]) -> None:
    # To the table, not to the class: the ORM's way to many rows takes twice as long.
    session.execute(insert(_ROWS), [{"board_id": board_id, **row} for row in rows])


def finish(contest: Contest, snapshot: Snapshot, made: Made) -> Sequence[int]:
    """Add prizes and truths and let the snapshot be found; return the ids of those that nobody can be shown any more.

    Where the rules publish live it is published, unless an organiser withdrew the last.
    """
    last = queries.newest_publication(contest)
    live = queries.follows_the_rules(contest, last, made.made_at)
    of_nobody = [Snapshot.contest_id == contest.id, Snapshot.id != snapshot.id, Snapshot.published_by_id.is_(None)]
    if last and not live:
        # What is published now, or was withdrawn, will not be replaced by this snapshot: it stays.
        of_nobody.append(or_(Snapshot.published_at.is_(None), Snapshot.id != last.id))
    snapshot.made_at, snapshot.published_at = made.made_at, made.made_at if live else None
    _keep_prizes(snapshot, contest, made)
    _keep_truths(made)
    return session.scalars(select(Snapshot.id).where(*of_nobody)).all()


def forget_some(snapshot_id: int) -> bool:
    """Delete some rows of a snapshot, at last itself; return whether there was something left to delete."""
    of_it = select(Board.id).where(Board.snapshot_id == snapshot_id)
    first = session.execute(
        select(_ROWS.c.board_id, func.min(_ROWS.c.position))
        .where(_ROWS.c.board_id.in_(of_it))
        .group_by(_ROWS.c.board_id)
        .limit(1)
    ).first()
    if first is None:
        session.execute(delete(Snapshot).where(Snapshot.id == snapshot_id))
        return False
    board_id, position = first
    session.execute(delete(_ROWS).where(_ROWS.c.board_id == board_id, _ROWS.c.position < position + AT_A_TIME))
    return True


def _board(snapshot: Snapshot, position: int, board: MadeBoard) -> tuple[int, MadeBoard]:
    stored = Board(
        snapshot_id=snapshot.id,
        position=position,
        key=board.rules.key,
        division=board.division,
        title=board.title,
        of=board.rules.of.value,
        size=len(board.placed),
        provisional=board.provisional,
    )
    session.add(stored)
    session.flush()
    return stored.id, board


def _keep_prizes(snapshot: Snapshot, contest: Contest, made: Made) -> None:
    order = {each.key: place for place, each in enumerate(contest.rules.prizes)}
    of_people = {each.key for each in contest.rules.boards if each.of is StandingsOf.PEOPLE}
    awards = sorted(made.awards, key=lambda each: order.get(each.prize_key, len(order)))
    rows = [
        {"snapshot_id": snapshot.id, "number": number, **_award(each, made.names, each.board_key in of_people)}
        for number, each in enumerate(awards, start=1)
    ]
    if rows:
        session.execute(insert(PrizeAward), rows)
    session.add_all(
        PrizeTie(
            snapshot_id=snapshot.id,
            prize_key=each.prize_key,
            division=each.division,
            board_key=each.board_key,
            rank=each.rank,
            remaining=each.remaining,
            contending=len(each.contenders),
            contenders=each.digest,
        )
        for each in made.ties
    )
    session.flush()


def _award(award: Award, names: Names, is_person: bool) -> dict[str, Any]:
    person, union = (award.id, None) if is_person else (None, award.id)
    name, unit_name = names.of(person=person, union=union)
    return {
        "prize_key": award.prize_key,
        "board_key": award.board_key,
        "division": award.division,
        "rank": award.rank,
        "by_lot": award.by_lot,
        "person_id": person,
        "union_id": union,
        "name": name,
        "unit_name": unit_name,
    }


def _keep_truths(made: Made) -> None:
    """Write down what was counted for the first time; what another snapshot wrote meanwhile stands."""
    for each in made.truths:
        if session.get(PredictionTruth, each.round_id) is None:
            session.add(
                PredictionTruth(
                    round_id=each.round_id, target=each.target, people=each.people, frozen_at=made.made_at, reason=""
                )
            )
    session.flush()
