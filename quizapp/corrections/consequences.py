"""What of boards and prizes changes when something of a contest is put right."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from quizapp.rules.correcting import RankChange, rank_changes
from quizapp.standings.making import Made
from quizapp.standings.naming import MadeBoard
from quizapp.vocabulary import StandingsOf

MOST_TOLD = 30


@dataclass(frozen=True)
class BoardChanges:
    title: str
    changed: int
    ranks: list[RankChange]  # the first of them


@dataclass(frozen=True)
class Consequences:
    """Boards whose ranks change, and prizes that somebody no longer gets, or now gets, in words."""

    boards: list[BoardChanges]
    prizes_lost: list[str]
    prizes_won: list[str]


def consequences(before: Made, after: Made) -> Consequences:
    """Return what differs between the boards of a contest as they were made before and after."""
    had, has = _prizes(before), _prizes(after)
    return Consequences(
        boards=list(_boards(before, after)),
        prizes_lost=[each for each in had if each not in has],
        prizes_won=[each for each in has if each not in had],
    )


def all_ranks(before: Made, after: Made) -> Iterator[tuple[str, str, str | None, int | None, int | None]]:
    """Give every rank that changes: board, name, unit, rank before and after, board by board and best first."""
    was = {(each.rules.key, each.division): each for each in before.boards}
    for board in after.boards:
        old = was.get((board.rules.key, board.division))
        had = {who: rank for rank, who in old.places()} if old else {}
        for rank, who in board.places():
            before_now = had.pop(who, None)
            if before_now != rank:
                yield board.title, *_named(board, who), before_now, rank
        for who, rank in had.items():
            yield board.title, *_named(board, who), rank, None


def _boards(before: Made, after: Made) -> Iterator[BoardChanges]:
    was = {(each.rules.key, each.division): each for each in before.boards}
    for board in after.boards:
        old = was.get((board.rules.key, board.division))
        changes = list(rank_changes(_ranks(old) if old else {}, _ranks(board)))
        if changes:
            yield BoardChanges(board.title, len(changes), list(islice(changes, MOST_TOLD)))


def _ranks(board: MadeBoard) -> dict[int, tuple[int, str]]:
    """Return rank and name by the id of a person or a union."""
    return {who: (rank, _named(board, who)[0]) for rank, who in board.places()}


def _named(board: MadeBoard, who: int) -> tuple[str, str | None]:
    """Return the name of a person or a union, and of the union above."""
    if board.rules.of is StandingsOf.PEOPLE:
        return board.names.of(person=who)
    return board.names.of(union=who)


def _prizes(made: Made) -> list[str]:
    """Return who gets what, in words: a prize and a name."""
    return [
        f"{titles} – {board.title}: {_named(board, who)[0]}"
        for board in made.boards
        for who, titles in board.prizes.items()
    ]
