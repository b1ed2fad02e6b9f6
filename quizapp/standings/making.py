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
from quizapp.rules.round_rules import RoundRules
from quizapp.rules.vietnamese import fold
from quizapp.standings import queries
from quizapp.standings.queries import Entry, Named
from quizapp.vocabulary import Counting, StandingsOf


@dataclass(frozen=True)
class MadeBoard:
    rules: BoardRules
    rows: list[dict[str, Any]]  # columns of StandingsRow without the board's id
    provisional: int  # attempts of its rounds whose essay has no mark yet


@dataclass(frozen=True)
class Made:
    """All boards of a contest at one instant."""

    contest_id: int
    made_at: datetime
    entrants: int
    attempts: int
    remarkings: int
    provisional: int  # attempts on any board whose essay has no mark yet
    boards: list[MadeBoard]


@dataclass
class Ground:
    """What the boards of a contest share while they are made."""

    contest: Contest
    entries: list[Entry]
    people: dict[int, Named]
    unions: list[TradeUnion]
    members: dict[int, int]
    units: dict[int, Named] = field(default_factory=dict)
    homes: dict[int, int | None] = field(default_factory=dict)  # the union of each person, by id
    counted: dict[tuple[tuple[str, ...], Counting], dict[int, Sat]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.units = {union.id: Named(union.name, union.name_folded) for union in self.unions}
        self.homes = {entry.person_id: entry.union_id for entry in self.entries}  # the latest: in order of time

    def counted_for(self, board: BoardRules) -> dict[int, Sat]:
        """Return what counts for each person on a board; boards of the same rounds share the work."""
        rounds = self.contest.rules.rounds_of(board)
        kind = tuple(each.key for each in rounds), board.combine
        if kind not in self.counted:
            self.counted[kind] = counted_by_person(rounds, board.combine, self.entries)
        return self.counted[kind]

    def waiting(self, boards: Iterable[BoardRules]) -> int:
        """Return how many attempts in the rounds of these boards wait for the mark of their essay."""
        rounds = {each.key for board in boards for each in self.contest.rules.rounds_of(board)}
        return sum(entry.waits_for_essay for entry in self.entries if entry.round_key in rounds)


def make(contest: Contest, *, now: datetime) -> Made:
    """Return all boards of a contest as they stand now."""
    remarkings = contest.remarkings  # before the marks are read: one that changes meanwhile makes the boards old
    unions = queries.unions_of_audience(contest)
    day = min(now, contest.rules.closes_at).astimezone(ZoneInfo(contest.rules.timezone)).date()
    ground = Ground(
        contest=contest,
        entries=queries.entries(contest),
        people=queries.names_of_people(contest),
        unions=unions,
        members=queries.members_on(unions, day),
    )
    return Made(
        contest_id=contest.id,
        made_at=now,
        entrants=len({entry.person_id for entry in ground.entries}),
        attempts=len(ground.entries),
        remarkings=remarkings,
        provisional=ground.waiting(contest.rules.boards),
        boards=[MadeBoard(each, list(_rows(ground, each)), ground.waiting([each])) for each in contest.rules.boards],
    )


def counted_by_person(rounds: Iterable[RoundRules], combine: Counting, entries: Iterable[Entry]) -> dict[int, Sat]:
    """Return what counts for each person: of each round by the round's rule, rounds put together by `combine`."""
    counting = {each.key: each.attempts.counted for each in rounds}
    sat: dict[tuple[int, str], list[Sat]] = defaultdict(list)
    for entry in entries:
        if entry.round_key in counting:
            sat[entry.person_id, entry.round_key].append(entry.sat)
    by_person: dict[int, list[Sat]] = defaultdict(list)
    for (person, key), attempts in sat.items():
        by_person[person].append(counted(attempts, counting[key]))
    return {person: counted(parts, combine) for person, parts in by_person.items()}


def _rows(ground: Ground, board: BoardRules) -> Iterator[dict[str, Any]]:
    people = ground.counted_for(board)
    if board.of is StandingsOf.PEOPLE:
        return _people(ground, board, people)
    return _unions(ground, board, people)


def _people(ground: Ground, board: BoardRules, people: dict[int, Sat]) -> Iterator[dict[str, Any]]:
    rows = (PersonRow(who, sat.mark, sat.seconds, sat.submitted_at, sat.attempts) for who, sat in people.items())
    for position, (rank, row) in enumerate(ranked(rows, board.order), start=1):
        union = ground.homes[row.person_id]
        person, unit = ground.people[row.person_id], ground.units.get(union or 0)
        yield {
            "position": position,
            "rank": rank,
            "person_id": row.person_id,
            "union_id": union,
            "name": person.name,
            "name_folded": f"{person.folded} {unit.folded if unit else ''}",
            "unit_name": unit.name if unit else None,
            "marks": row.marks,
            "seconds": row.seconds,
            "submitted_at": row.submitted_at,
            "attempts": row.attempts,
            "entrants": None,
            "members": None,
            "rate": None,
        }


def _unions(ground: Ground, board: BoardRules, people: dict[int, Sat]) -> Iterator[dict[str, Any]]:
    home = queries.ranked_union(ground.unions, board.level)
    marks: dict[int, list[tuple[int, int]]] = {union.id: [] for union in home.values()}
    for person, sat in people.items():
        union = ground.homes[person]
        if union is not None and union in home:
            marks[home[union].id].append((sat.mark, sat.attempts))
    by_id = {union.id: union for union in home.values()}
    rows = (union_row(union, pairs, ground.members.get(union)) for union, pairs in marks.items())
    for position, (rank, row) in enumerate(ranked_unions(rows, board.measure), start=1):
        union_ = by_id[row.union_id]
        upper = ground.units.get(union_.parent_id or 0)
        yield {
            "position": position,
            "rank": rank,
            "person_id": None,
            "union_id": row.union_id,
            "name": union_.name,
            "name_folded": f"{union_.name_folded} {fold(union_.code)}",
            "unit_name": upper.name if upper else None,
            "marks": row.marks,
            "seconds": None,
            "submitted_at": None,
            "attempts": row.attempts,
            "entrants": row.entrants,
            "members": row.members,
            "rate": row.rate,
        }
