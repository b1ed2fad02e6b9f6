"""Keeps snapshots, publishes them, withdraws them."""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import delete, insert, or_, update

from quizapp.db import session
from quizapp.models import (
    AuditEvent,
    Board,
    Contest,
    Person,
    PredictionTruth,
    PrizeAward,
    PrizeTie,
    Snapshot,
    StandingsRow,
)
from quizapp.rules.prizes import Award
from quizapp.standings import queries
from quizapp.standings.making import Made
from quizapp.standings.naming import MadeBoard, Names
from quizapp.vocabulary import StandingsOf

CHUNK = 1000


def keep(contest: Contest, made: Made) -> Snapshot:
    """Store boards as a snapshot; where the rules publish live it is published, unless an organiser withdrew the last.

    Older snapshots that no organiser published or prepared are dropped: nobody can be shown them any more.
    """
    last = queries.newest_publication(contest)
    live = queries.follows_the_rules(contest, last, made.made_at)
    forgotten = [Snapshot.contest_id == contest.id, Snapshot.published_by_id.is_(None)]
    if last and not live:
        # What is published now, or was withdrawn, will not be replaced by this snapshot: it stays.
        forgotten.append(or_(Snapshot.published_at.is_(None), Snapshot.id != last.id))
    session.execute(delete(Snapshot).where(*forgotten))
    snapshot = Snapshot(
        contest_id=contest.id,
        made_at=made.made_at,
        published_at=made.made_at if live else None,
        entrants=made.entrants,
        attempts=made.attempts,
        remarkings=made.remarkings,
        provisional=made.provisional,
    )
    session.add(snapshot)
    session.flush()
    for position, board in enumerate(made.boards):
        _keep_board(snapshot, position, board)
    _keep_prizes(snapshot, contest, made)
    _keep_truths(made)
    return snapshot


def prepare(contest: Contest, snapshot: Snapshot, *, by: Person, now: datetime) -> None:
    """Hold a snapshot for the one who will look at it and then publish it; what the same person held before goes."""
    session.execute(
        delete(Snapshot).where(
            Snapshot.contest_id == contest.id,
            Snapshot.id != snapshot.id,
            Snapshot.published_by_id == by.id,
            Snapshot.published_at.is_(None),
        )
    )
    snapshot.published_by_id = by.id
    _note(by, "prepare_publication", contest, now, snapshot)


def publish(contest: Contest, snapshot: Snapshot, *, by: Person, now: datetime) -> None:
    """Show a snapshot to everybody, in the place of any earlier one."""
    snapshot.published_at, snapshot.published_by_id, snapshot.withdrawn_at = now, by.id, None
    _note(by, "publish", contest, now, snapshot)


def withdraw(contest: Contest, *, by: Person, now: datetime, reason: str = "") -> None:
    """Take all published boards of a contest back, at once; live ones stay away until an organiser publishes again."""
    session.execute(
        update(Snapshot)
        .where(Snapshot.contest_id == contest.id, Snapshot.published_at.is_not(None), Snapshot.withdrawn_at.is_(None))
        .values(withdrawn_at=now)
    )
    _note(by, "withdraw", contest, now, reason=reason)


def _keep_board(snapshot: Snapshot, position: int, board: MadeBoard) -> None:
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
    _insert(StandingsRow, ({"board_id": stored.id, **row} for row in board.rows()))


def _keep_prizes(snapshot: Snapshot, contest: Contest, made: Made) -> None:
    order = {each.key: place for place, each in enumerate(contest.rules.prizes)}
    of_people = {each.key for each in contest.rules.boards if each.of is StandingsOf.PEOPLE}
    awards = sorted(made.awards, key=lambda each: order.get(each.prize_key, len(order)))
    _insert(
        PrizeAward,
        (
            {"snapshot_id": snapshot.id, "number": number, **_award(each, made.names, each.board_key in of_people)}
            for number, each in enumerate(awards, start=1)
        ),
    )
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


def _note(
    by: Person, action: str, contest: Contest, now: datetime, snapshot: Snapshot | None = None, **details: Any
) -> None:
    if snapshot:
        details |= {"snapshot": snapshot.id, "made_at": snapshot.made_at.isoformat()}
    session.add(AuditEvent(at=now, actor_id=by.id, action=action, subject=f"contest:{contest.slug}", details=details))


def _insert(table: type[StandingsRow | PrizeAward], rows: Iterable[dict[str, Any]]) -> None:
    waiting = iter(rows)
    while chunk := list(islice(waiting, CHUNK)):
        session.execute(insert(table), chunk)
