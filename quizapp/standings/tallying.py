"""One pass over the attempts: what counts for each person in each span of rounds that a board asks for."""

from collections import ChainMap, Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from quizapp.rules.contest_rules import BoardRules, ContestRules
from quizapp.rules.counting import USUAL, Sat, of_attempts, of_rounds
from quizapp.standings.sources import Entry
from quizapp.vocabulary import Counting, StandingsOf, TieBreak


@dataclass(frozen=True, slots=True)
class Span:
    """Rounds, how they become one, and the chain by which the best of several is chosen."""

    rounds: tuple[str, ...]
    combine: Counting
    order: tuple[TieBreak, ...]


@dataclass
class Tally:
    """What counts, by span and person; the union of each person; attempts, and those that wait for their essay."""

    spans: dict[Span, dict[int, Sat]]
    homes: dict[int, int | None] = field(default_factory=dict)
    attempts: int = 0
    waiting: Counter[str] = field(default_factory=Counter)  # by the round's key
    moved: dict[Span, dict[int, int | None]] = field(default_factory=dict)  # whose union was another in these rounds

    def homes_of(self, span: Span) -> Mapping[int, int | None]:
        """Return the union of each person as it was when they last sat a round of a span."""
        return ChainMap(self.moved.get(span, {}), self.homes)


def span_of(rules: ContestRules, board: BoardRules) -> Span:
    """Return the span of a board; boards of one span share the work."""
    rounds = rules.rounds_of(board)
    chooses = Counting.BEST in (board.combine, *(each.attempts.counted for each in rounds))
    chain = board.order if board.of is StandingsOf.PEOPLE and chooses else USUAL
    return Span(
        rounds=tuple(each.key for each in rounds),
        combine=board.combine,
        order=tuple(link for link in chain if link is not TieBreak.PREDICTION),
    )


def tally(rules: ContestRules, entries: Iterable[Entry]) -> Tally:
    """Return what counts. entries: a person's together, in order of handing in; the latest tells the union."""
    found = Tally({span_of(rules, board): {} for board in rules.boards})
    counting = {each.key: each.attempts.counted for each in rules.rounds}
    for person, group in groupby(entries, key=attrgetter("person_id")):
        sat: dict[str, list[Sat]] = {}
        units: dict[str, int | None] = {}  # by round, the one that was sat last at the end
        for entry in group:
            units.pop(entry.round_key, None)
            units[entry.round_key] = entry.union_id
            sat.setdefault(entry.round_key, []).append(entry.sat)
            found.homes[person] = entry.union_id
            found.attempts += 1
            found.waiting[entry.round_key] += entry.waits_for_essay
        if len(set(units.values())) > 1:
            _note_move(found, person, units)
        for span, people in found.spans.items():
            if result := _result(span, sat, counting):
                people[person] = result
    return found


def _note_move(found: Tally, person: int, units: Mapping[str, int | None]) -> None:
    for span in found.spans:
        own = [union for key, union in units.items() if key in span.rounds]
        if own and own[-1] != found.homes[person]:
            found.moved.setdefault(span, {})[person] = own[-1]


def _result(span: Span, sat: dict[str, list[Sat]], counting: dict[str, Counting]) -> Sat | None:
    parts: Sequence[Sat] = [of_attempts(sat[key], counting[key], span.order) for key in span.rounds if key in sat]
    return of_rounds(parts, span.combine, span.order, rounds=len(span.rounds)) if parts else None
