"""What a contest is, as frozen values: the contest file, the form, the thể lệ and every other rule read these."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from quizapp.rules.round_rules import RoundRules
from quizapp.vocabulary import (
    BoardWhen,
    Counting,
    EntrantRole,
    Excluded,
    IdentityField,
    Measure,
    Names,
    OnePrize,
    OnTie,
    PrizeBy,
    StandingsOf,
    TieBreak,
    UnionKind,
    Workplace,
)


@dataclass(frozen=True)
class DivisionRules:
    """Entrants who are ranked apart: those to whom all that is given applies; the first that fits is theirs.

    units: codes, each for its subtree; kinds: of the own union or of one above it; workplaces: of the own union or,
    where it has none, of the nearest above it that has; chosen: entrants say themselves that they belong to it.
    """

    key: str
    title: str
    units: tuple[str, ...] = ()
    kinds: tuple[UnionKind, ...] = ()
    workplaces: tuple[Workplace, ...] = ()
    roles: tuple[EntrantRole, ...] = ()
    chosen: bool = False


@dataclass(frozen=True)
class OnlyIf:
    """Who is on a board. people: everything right, a least mark; unions: rate and mean above a threshold.

    Marks in hundredths, the rate in hundredths of a per cent; 'over' is exclusive.
    """

    all_right: bool = False
    least_mark: int | None = None
    rate_over: int | None = None
    mean_over: int | None = None


@dataclass(frozen=True)
class Weight:
    """A measure's part of a union's score: its value (people, marks, rate 0 to 1) times hundredths."""

    measure: Measure
    hundredths: int


@dataclass(frozen=True)
class BoardRules:
    """One board of the standings. `rounds` None: all of the contest."""

    key: str
    title: str
    of: StandingsOf
    rounds: tuple[str, ...] | None = None
    combine: Counting = Counting.SUM  # people: how the counted marks of several rounds become one
    order: tuple[TieBreak, ...] = (TieBreak.MARKS, TieBreak.SECONDS, TieBreak.SUBMITTED_AT)
    level: UnionKind = UnionKind.GRASSROOTS
    measure: Measure = Measure.RATE
    by_division: bool = False  # one list for each division
    only_if: OnlyIf = OnlyIf()
    top_k: int | None = None  # with `TOP_K_MEAN`: of how many; a union with fewer is divided by k all the same
    weights: tuple[Weight, ...] = ()  # in place of `measure`
    union_order: tuple[Measure, ...] = ()  # breaks ties of unions after the measure; none: equals share the rank


@dataclass(frozen=True)
class PrizeRules:
    """A prize: so many of one title for those at the top of a board. Earlier prizes of the list are higher.

    count: of the board, or of each of its divisions; counts: by division, in place of `count`. value_vnd: for one.
    is_side: beside the others, it does not count as the one prize of a person.
    """

    key: str
    title: str
    board: str
    count: int = 1
    counts: tuple[tuple[str, ...], ...] = ()  # pairs of a division's key and the count in digits
    value_vnd: int | None = None
    by: PrizeBy = PrizeBy.RANK
    on_tie: OnTie = OnTie.ASK
    is_side: bool = False

    def count_in(self, division: str) -> int:
        """Return how many there are of it in a division; '': of a board that is not by division."""
        if not self.counts:
            return self.count
        return next((int(count) for key, count in self.counts if key == division), 0)


@dataclass(frozen=True)
class EntrantsRule:
    """Who of the audience's unions may enter; empty: everybody. Ages in full years on the day the contest opens."""

    roles: tuple[EntrantRole, ...] = ()
    least_age: int | None = None
    most_age: int | None = None
    without_unit: bool = False  # may people enter who belong to no union
    excluded: tuple[Excluded, ...] = ()


@dataclass(frozen=True)
class EntryRule:
    code: str | None = None  # the shared contest code, None: none is asked
    registration: bool = True  # may a person who is not yet known make an account


@dataclass(frozen=True)
class PublishRule:
    board: BoardWhen = BoardWhen.AFTER_PUBLISH
    names: Names = Names.MASKED
    freeze_at: datetime | None = None  # from then on public boards stand still until an organiser publishes


@dataclass(frozen=True)
class ContestRules:
    slug: str
    title: str
    organiser: str  # a union's code
    timezone: str
    audience: tuple[str, ...]  # unions' codes; each stands for its subtree
    entry: EntryRule
    rounds: tuple[RoundRules, ...]
    boards: tuple[BoardRules, ...]
    publish: PublishRule = PublishRule()
    entrants: EntrantsRule = EntrantsRule()
    identity: tuple[IdentityField, ...] = tuple(IdentityField)
    divisions: tuple[DivisionRules, ...] = ()
    prizes: tuple[PrizeRules, ...] = ()
    one_prize: OnePrize = OnePrize.CONTEST
    target_rate: int | None = None  # hundredths of a per cent of members that units are asked to reach
    appeals_until: datetime | None = None  # of marks of questions; exclusive; None: no appeals

    def round(self, key: str) -> RoundRules:
        return next(each for each in self.rounds if each.key == key)

    def rounds_of(self, board: BoardRules) -> tuple[RoundRules, ...]:
        return tuple(each for each in self.rounds if board.rounds is None or each.key in board.rounds)

    @property
    def opens_at(self) -> datetime:
        return min(each.opens_at for each in self.rounds)

    @property
    def closes_at(self) -> datetime:
        return max(each.closes_at for each in self.rounds)


def usual_boards(rounds: Sequence[RoundRules]) -> tuple[BoardRules, ...]:
    """Return the boards of a contest that names none: people and unions, of the whole and of each round."""
    spans: list[tuple[str, list[RoundRules]]] = [(each.key, [each]) for each in rounds]
    if len(rounds) > 1:
        spans.insert(0, ("chung-cuoc", []))
    return tuple(
        BoardRules(
            key=f"{name}-{'ca-nhan' if of is StandingsOf.PEOPLE else 'don-vi'}",
            title=board_title(of, Measure.RATE, [each.title for each in span]),
            of=of,
            rounds=tuple(each.key for each in span) or None,
        )
        for name, span in spans
        for of in StandingsOf
    )


def board_title(of: StandingsOf, measure: Measure, rounds: Sequence[str]) -> str:
    """Return the title of a board that has none. rounds: the titles of its rounds, empty for the whole contest."""
    who = "Cá nhân" if of is StandingsOf.PEOPLE else f"Đơn vị theo {measure.label}"
    return f"{who} – {', '.join(rounds) or 'Chung cuộc'}"
