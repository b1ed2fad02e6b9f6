"""From the one list of attempts to ranked rows: reads only, so that nothing waits while a large contest is ranked."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from quizapp.models import Contest, TradeUnion
from quizapp.rules.collective import ranked_unions, union_row
from quizapp.rules.contest_rules import BoardRules
from quizapp.rules.counting import Sat, counted
from quizapp.rules.ranking import PersonRow, ranked
from quizapp.rules.vietnamese import fold
from quizapp.standings import queries
from quizapp.standings.queries import Entry
from quizapp.vocabulary import StandingsOf


@dataclass(frozen=True)
class MadeBoard:
    rules: BoardRules
    rows: list[dict[str, Any]]  # columns of StandingsRow without the board's id


@dataclass(frozen=True)
class Made:
    """All boards of a contest at one instant."""

    contest_id: int
    made_at: datetime
    entrants: int
    attempts: int
    boards: list[MadeBoard]


@dataclass
class Ground:
    """What the boards of a contest share while they are made."""

    contest: Contest
    entries: list[Entry]
    names: dict[int, str]
    unions: list[TradeUnion]
    members: dict[int, int]
    unit_names: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.unit_names = {union.id: union.name for union in self.unions}


def make(contest: Contest, *, now: datetime) -> Made:
    """Return all boards of a contest as they stand now."""
    unions = queries.unions_of_audience(contest)
    day = min(now, contest.rules.closes_at).astimezone(ZoneInfo(contest.rules.timezone)).date()
    ground = Ground(
        contest=contest,
        entries=queries.entries(contest),
        names=queries.names_of_people(contest),
        unions=unions,
        members=queries.members_on(unions, day),
    )
    return Made(
        contest_id=contest.id,
        made_at=now,
        entrants=len({entry.person_id for entry in ground.entries}),
        attempts=len(ground.entries),
        boards=[MadeBoard(rules, list(_rows(ground, rules))) for rules in contest.rules.boards],
    )


def counted_by_person(contest: Contest, board: BoardRules, entries: Iterable[Entry]) -> dict[int, Sat]:
    """Return what counts for each person: of each round by the round's rule, rounds put together by the board's."""
    rounds = {each.key: each for each in contest.rules.rounds_of(board)}
    sat: dict[tuple[int, str], list[Sat]] = defaultdict(list)
    for entry in entries:
        if entry.round_key in rounds:
            sat[entry.person_id, entry.round_key].append(entry.sat)
    by_person: dict[int, list[Sat]] = defaultdict(list)
    for (person, key), attempts in sat.items():
        by_person[person].append(counted(attempts, rounds[key].attempts.counted))
    return {person: counted(parts, board.combine) for person, parts in by_person.items()}


def _rows(ground: Ground, board: BoardRules) -> Iterator[dict[str, Any]]:
    people = counted_by_person(ground.contest, board, ground.entries)
    unions = {entry.person_id: entry.union_id for entry in ground.entries}  # the latest: entries are in order of time
    if board.of is StandingsOf.PEOPLE:
        return _people(ground, board, people, unions)
    return _unions(ground, board, people, unions)


def _people(
    ground: Ground, board: BoardRules, people: dict[int, Sat], unions: dict[int, int | None]
) -> Iterator[dict[str, Any]]:
    rows = (PersonRow(who, sat.mark, sat.seconds, sat.submitted_at, sat.attempts) for who, sat in people.items())
    for position, (rank, row) in enumerate(ranked(rows, board.order), start=1):
        union = unions[row.person_id]
        unit = ground.unit_names.get(union) if union else None
        yield {
            "position": position,
            "rank": rank,
            "person_id": row.person_id,
            "union_id": union,
            "name": ground.names[row.person_id],
            "name_folded": fold(f"{ground.names[row.person_id]} {unit or ''}"),
            "unit_name": unit,
            "marks": row.marks,
            "seconds": row.seconds,
            "submitted_at": row.submitted_at,
            "attempts": row.attempts,
            "entrants": None,
            "members": None,
            "rate": None,
        }


def _unions(
    ground: Ground, board: BoardRules, people: dict[int, Sat], unions: dict[int, int | None]
) -> Iterator[dict[str, Any]]:
    home = queries.ranked_union(ground.unions, board.level)
    marks: dict[int, list[tuple[int, int]]] = {union.id: [] for union in home.values()}
    for person, sat in people.items():
        union = unions[person]
        if union is not None and union in home:
            marks[home[union].id].append((sat.mark, sat.attempts))
    by_id = {union.id: union for union in home.values()}
    rows = (union_row(union, pairs, ground.members.get(union)) for union, pairs in marks.items())
    for position, (rank, row) in enumerate(ranked_unions(rows, board.measure), start=1):
        union_ = by_id[row.union_id]
        yield {
            "position": position,
            "rank": rank,
            "person_id": None,
            "union_id": row.union_id,
            "name": union_.name,
            "name_folded": fold(f"{union_.name} {union_.code}"),
            "unit_name": ground.unit_names.get(union_.parent_id) if union_.parent_id else None,
            "marks": row.marks,
            "seconds": None,
            "submitted_at": None,
            "attempts": row.attempts,
            "entrants": row.entrants,
            "members": row.members,
            "rate": row.rate,
        }
