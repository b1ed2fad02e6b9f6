"""From the one list of attempts to ranked boards and prizes: reads only, so that nothing waits while it ranks."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from quizapp.attempts import truths
from quizapp.models import Contest, TradeUnion
from quizapp.rules import prizes
from quizapp.rules.collective import UnionRow, ranked_unions, union_row
from quizapp.rules.contest_rules import BoardRules, ContestRules, DivisionRules
from quizapp.rules.counting import Sat
from quizapp.rules.prizes import Award, Decision, Tie
from quizapp.rules.thresholds import divisions_of, lets_union
from quizapp.standings import queries, sources
from quizapp.standings.naming import Contending, MadeBoard, Names
from quizapp.standings.placing import placed_people
from quizapp.standings.tallying import Tally, span_of, tally
from quizapp.vocabulary import StandingsOf

BoardOf = tuple[str, str]  # a board's key and its division's, '' where it is not by division


@dataclass(frozen=True)
class Truth:
    """A prediction's truth that was counted now, for the first time."""

    round_id: int
    target: str
    people: int


@dataclass(frozen=True)
class Made:
    """All boards of a contest at one instant, and who gets which prize by them."""

    contest_id: int
    made_at: datetime
    entrants: int
    attempts: int
    remarkings: int
    provisional: int  # attempts on any board whose essay has no mark yet
    boards: list[MadeBoard]
    names: Names
    awards: list[Award]
    ties: list[Tie]
    truths: list[Truth]


@dataclass
class Ground:
    """What the boards of a contest share while they are made."""

    rules: ContestRules
    tally: Tally
    names: Names
    unions: Sequence[TradeUnion]
    members: Mapping[int, int]
    divisions: Mapping[int, str]  # of people
    decisions: Mapping[BoardOf, Decision]
    seed: str | None
    awards: list[Award] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)

    def waiting(self, boards: Iterable[BoardRules]) -> int:
        """Return how many attempts in the rounds of these boards wait for the mark of their essay."""
        rounds = {each.key for board in boards for each in self.rules.rounds_of(board)}
        return sum(count for key, count in self.tally.waiting.items() if key in rounds)

    def people_of(self, board: BoardRules, division: str) -> dict[int, Sat]:
        """Return what counts for each person, all of them or those of a division."""
        people = self.tally.spans[span_of(self.rules, board)]
        if not division:
            return people
        return {person: sat for person, sat in people.items() if self.divisions.get(person) == division}

    def homes_of(self, board: BoardRules) -> Mapping[int, int | None]:
        """Return the union of each person: of the rounds of this board, the one that they sat last tells it."""
        return self.tally.homes_of(span_of(self.rules, board))

    def give(self, boards: Mapping[BoardOf, MadeBoard]) -> None:
        """Give the prizes of these boards and write them into their rows."""
        named = {each.board for each in self.rules.prizes}
        contending = {key: Contending(board) for key, board in boards.items() if key[0] in named}
        awarded = prizes.awards(self.rules, contending, self.decisions, self.seed)
        self.awards += awarded.awards
        self.ties += awarded.ties
        titles = {each.key: each.title for each in self.rules.prizes}
        for each in awarded.awards:
            board = boards[each.board_key, each.division]
            board.prizes[each.id] = ", ".join(filter(None, (board.prizes.get(each.id), titles[each.prize_key])))


def make(
    contest: Contest,
    *,
    now: datetime,
    told: Callable[[float], object] = lambda _: None,
    supposed: sources.Marks = sources.NO_MARKS,
) -> Made:
    """Return all boards of a contest as they stand now. told: the share of attempts that were read, now and then.

    supposed: marks of questions by attempt, to be taken for those that are stored.
    """
    remarkings = contest.remarkings  # before the marks are read: one that changes meanwhile makes the boards old
    rules = contest.rules
    new, known = _truths(contest, now, supposed)
    ground = _ground(contest, sources.watched(sources.entries(contest, known, supposed), contest, told), now)
    boards: dict[BoardOf, MadeBoard] = {}
    for of in (StandingsOf.PEOPLE, StandingsOf.UNIONS):  # prizes of people are given before unions are ranked by them
        ranked_now = {(each.rules.key, each.division): each for each in _boards(ground, of)}
        ground.give(ranked_now)
        boards |= ranked_now
    order = {each.key: place for place, each in enumerate(rules.boards)}
    return Made(
        contest_id=contest.id,
        made_at=now,
        entrants=len(ground.tally.homes),
        attempts=ground.tally.attempts,
        remarkings=remarkings,
        provisional=ground.waiting(rules.boards),
        boards=sorted(boards.values(), key=lambda board: order[board.rules.key]),
        names=ground.names,
        awards=ground.awards,
        ties=ground.ties,
        truths=new,
    )


def _truths(contest: Contest, now: datetime, supposed: sources.Marks) -> tuple[list[Truth], dict[str, int]]:
    """Return the truths that can be counted now, and all that are known, by their round's key."""
    known = {each: found.people for each, found in truths.known_truths(contest).items()}
    new = [
        Truth(each.id, each.rules.prediction.target.value, sources.count_truth(each, supposed))
        for each in truths.countable(contest, now)
        if each.rules.prediction
    ]
    known |= {each.round_id: each.people for each in new}
    return new, {each.key: known[each.id] for each in contest.rounds if each.id in known}


def _ground(contest: Contest, entries: Iterable[sources.Entry], now: datetime) -> Ground:
    unions = queries.unions_of_audience(contest)
    day = min(now, contest.rules.closes_at).astimezone(ZoneInfo(contest.rules.timezone)).date()
    counted = tally(contest.rules, entries)
    return Ground(
        rules=contest.rules,
        tally=counted,
        names=Names(sources.names_of_people(contest), sources.units(unions), counted.homes),
        unions=unions,
        members=queries.members_on(unions, day),
        divisions=sources.divisions_of_people(contest) if contest.rules.divisions else {},
        decisions=sources.decisions(contest),
        seed=sources.seed(contest),
    )


def _boards(ground: Ground, of: StandingsOf) -> Iterator[MadeBoard]:
    for board in ground.rules.boards:
        if board.of is of:
            for division in ground.rules.divisions if board.by_division else (None,):
                yield _board(ground, board, division)


def _board(ground: Ground, board: BoardRules, division: DivisionRules | None) -> MadeBoard:
    key = division.key if division else ""
    of_people = board.of is StandingsOf.PEOPLE
    people = ground.people_of(board, key)
    return MadeBoard(
        rules=board,
        division=key,
        title=f"{board.title} – {division.title}" if division else board.title,
        placed=placed_people(board, people) if of_people else list(_unions(ground, board, key)),
        provisional=ground.waiting([board]),
        names=replace(ground.names, homes=ground.homes_of(board)),
    )


def _unions(ground: Ground, board: BoardRules, division: str) -> Iterator[tuple[int, UnionRow]]:
    home, own = queries.ranked_union(ground.unions, board.level), ground.homes_of(board)
    people = ground.people_of(board, division)
    marks: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for union in {union.id for union in home.values()}:
        if not division or division in divisions_of(ground.names.units[union].line, ground.rules.divisions):
            marks[union] = []
    for person, sat in people.items():
        unit = home.get(own[person] or 0)
        if unit is not None:
            marks[unit.id].append((sat.marks, sat.attempts))
    winners = _winners(ground, board, people, home)
    rows = (
        union_row(union, pairs, ground.members.get(union), top_k=board.top_k, winners=winners[union])
        for union, pairs in marks.items()
    )
    shown = (row for row in rows if lets_union(board.only_if, row))
    return ranked_unions(shown, board.measure, weights=board.weights, order=board.union_order)


def _winners(
    ground: Ground, board: BoardRules, people: Mapping[int, Sat], home: Mapping[int, TradeUnion]
) -> Counter[int]:
    """Return how many prizes the people of each union got on boards of no other rounds than this one's."""
    own, homes = set(span_of(ground.rules, board).rounds), ground.homes_of(board)
    found: Counter[int] = Counter()
    boards = {each.key: each for each in ground.rules.boards}
    for award in ground.awards:
        given_on = boards[award.board_key]
        inside = own.issuperset(span_of(ground.rules, given_on).rounds)
        if given_on.of is StandingsOf.PEOPLE and inside and award.id in people:
            unit = home.get(homes[award.id] or 0)
            if unit is not None:
                found[unit.id] += 1
    return found
