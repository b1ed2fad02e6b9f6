"""Who gets which prize by the boards: one prize a person, ties at the border of a prize, lots that can be replayed."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from quizapp.rules.contest_rules import ContestRules, PrizeRules
from quizapp.rules.lots import digest, drawn
from quizapp.rules.prize_slots import Groups, Slot, all_slots, in_turn
from quizapp.vocabulary import OnTie, PrizeBy, TieDecision

BoardOf = tuple[str, str]  # a board's key and a division's, '': the board is not by division


@dataclass(frozen=True, slots=True)
class Placed:
    """Who stands where on a board: the id of a person or a union, as the board says."""

    id: int
    rank: int


@dataclass(frozen=True)
class Decision:
    """What organisers chose for a tie; it holds for these contenders only."""

    decision: TieDecision
    digest: str


@dataclass(frozen=True)
class Award:
    prize_key: str
    board_key: str
    division: str
    rank: int
    id: int
    by_lot: bool = False


@dataclass(frozen=True)
class Tie:
    """More contend for the last of a prize than there are left, and neither the rules nor anybody has decided yet."""

    prize_key: str
    board_key: str
    division: str
    rank: int
    remaining: int
    contenders: tuple[int, ...]  # ascending
    digest: str


@dataclass(frozen=True)
class Waiting:
    """A prize that can be given only when an open tie above it, or of a higher prize, is decided."""

    prize_key: str
    board_key: str
    division: str


@dataclass(frozen=True)
class Drawn:
    """A lot that was drawn: who were in it and how many of them won; `lots.drawn` tells who."""

    prize_key: str
    board_key: str
    division: str
    count: int
    contenders: tuple[int, ...]  # ascending


@dataclass(frozen=True)
class Awarded:
    """All in the order of the rules: by prize, then division, then rank."""

    awards: list[Award]
    ties: list[Tie]
    waiting: list[Waiting]
    lots: list[Drawn] = field(default_factory=list)


def awards(
    rules: ContestRules,
    boards: Mapping[BoardOf, Iterable[Placed]],
    decisions: Mapping[BoardOf, Decision],
    seed: str | None,
) -> Awarded:
    """Return who gets what by these boards; a prize of a board that is not among them is passed over.

    boards: best first, walked through more than once. decisions: by a prize's key and the division. seed: of the lots;
    None: none is public.
    Prizes are given by worth (value, then the order of the rules), so that a person who may have one gets the
    highest; along one board they follow the order of the rules, so that a better rank never gets the lower prize.
    """
    giving = _Giving(decisions, seed)
    slots = all_slots(rules, boards)
    for slot in in_turn(slots):
        giving.give(slot)
    return giving.result({(slot.prize.key, slot.division): slot.place for slot in slots})


def choices(prize: PrizeRules, *, has_seed: bool) -> tuple[TieDecision, ...]:
    """Return what the rules leave to the organisers where a tie is open."""
    if prize.by is PrizeBy.LOT:
        return () if has_seed else (TieDecision.NOBODY,)
    if prize.on_tie is OnTie.ASK and has_seed:
        return tuple(TieDecision)
    return () if prize.on_tie is OnTie.ALL or has_seed else (TieDecision.ALL, TieDecision.NOBODY)


@dataclass
class _Giving:
    decisions: Mapping[BoardOf, Decision]
    seed: str | None
    awards: list[Award] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    lots: list[Drawn] = field(default_factory=list)
    holders: dict[Hashable, set[int]] = field(default_factory=dict)  # scope → who have their one prize
    unsure: dict[Hashable, set[int]] = field(default_factory=dict)  # scope → who may yet get one that is held up

    def give(self, slot: Slot) -> None:
        slot.line.later.pop(0)
        if slot.count and (slot.line.is_blocked or not self._gave_all(slot)):
            self.waiting.append(Waiting(slot.prize.key, slot.prize.board, slot.division))

    def result(self, places: Mapping[BoardOf, tuple[int, int]]) -> Awarded:
        def place(each: Award | Tie | Waiting | Drawn) -> tuple[int, int]:
            return places[each.prize_key, each.division]

        ties = sorted(self.ties, key=place)
        tied = {(each.prize_key, each.division) for each in ties}
        waiting = [each for each in sorted(self.waiting, key=place) if (each.prize_key, each.division) not in tied]
        given = sorted(self.awards, key=lambda each: (*place(each), each.rank))
        return Awarded(given, ties, waiting, sorted(self.lots, key=place))

    def _gave_all(self, slot: Slot) -> bool:
        """Give the prize from the head of its line; False: it, and with it the line, has to wait."""
        if slot.prize.by is PrizeBy.LOT:
            return self._gave_by_lot(slot)
        left = slot.count
        while left > 0 and slot.line.groups:
            rank, group = slot.line.groups.first
            group = self._may_get(slot, group)
            if not self.unsure.get(slot.scope, set()).isdisjoint(group):
                return self._block(slot, left)
            if len(group) <= left:
                self._award(slot, rank, group)
                left -= len(group)
                slot.line.groups.give_up_first()
                continue
            return self._settled(slot, rank, group, left)
        return True

    def _settled(self, slot: Slot, rank: int, group: list[int], left: int) -> bool:
        """End a prize at a rank that more share than there are left; who got none stands first for the next prize."""
        verdict = self._verdict(slot, group)
        if verdict is None or (verdict is TieDecision.LOT and self.seed is None):
            self._tie(slot, rank, group, left)
            return self._block(slot, left)
        if verdict is TieDecision.ALL:
            self._award(slot, rank, group)
            slot.line.groups.give_up_first()
        elif verdict is TieDecision.LOT:
            won = self._draw(slot, group, left)
            self._award(slot, rank, won, by_lot=True)
            slot.line.groups.put_in_place_of_first((rank, [each for each in group if each not in set(won)]))
        return True

    def _gave_by_lot(self, slot: Slot) -> bool:
        ranks = {each: rank for rank, group in slot.line.groups for each in group}
        candidates = self._may_get(slot, list(ranks))
        if len(candidates) <= slot.count:
            won, is_lot = candidates, False
        elif self.seed is None:
            verdict = self._verdict(slot, candidates)
            if verdict is None or verdict is TieDecision.LOT:
                self._tie(slot, min(ranks.values()), candidates, slot.count)
                return self._block(slot, slot.count)
            won, is_lot = candidates if verdict is TieDecision.ALL else [], False
        else:
            won, is_lot = drawn(self.seed, slot.prize.key, slot.division, candidates)[: slot.count], True
        if not self.unsure.get(slot.scope, set()).isdisjoint(won):
            return self._block(slot, slot.count)
        if is_lot:
            self._draw(slot, candidates, slot.count)
        for each in won:
            self._award(slot, ranks[each], [each], by_lot=is_lot)
        gone = set(won)
        slot.line.groups = Groups(
            [(rank, [each for each in ids if each not in gone]) for rank, ids in slot.line.groups]
        )
        return True

    def _may_get(self, slot: Slot, group: Iterable[int]) -> list[int]:
        holders = self.holders.get(slot.scope, set())
        return [each for each in group if each not in holders]

    def _verdict(self, slot: Slot, group: Sequence[int]) -> TieDecision | None:
        """Return what is to be done: by the rules; where they ask, or have no seed to draw by, as was decided."""
        by_rules = OnTie.LOT if slot.prize.by is PrizeBy.LOT else slot.prize.on_tie
        if by_rules is OnTie.ALL:
            return TieDecision.ALL
        if by_rules is OnTie.LOT and self.seed is not None:
            return TieDecision.LOT
        decided = self.decisions.get((slot.prize.key, slot.division))
        return decided.decision if decided is not None and decided.digest == digest(group) else None

    def _draw(self, slot: Slot, contenders: Sequence[int], count: int) -> list[int]:
        prize = slot.prize
        self.lots.append(Drawn(prize.key, prize.board, slot.division, count, tuple(sorted(contenders))))
        return drawn(self.seed or "", prize.key, slot.division, contenders)[:count]

    def _award(self, slot: Slot, rank: int, winners: Iterable[int], *, by_lot: bool = False) -> None:
        for each in winners:
            self.awards.append(Award(slot.prize.key, slot.prize.board, slot.division, rank, each, by_lot))
            if slot.scope is not None:
                self.holders.setdefault(slot.scope, set()).add(each)

    def _tie(self, slot: Slot, rank: int, group: Sequence[int], left: int) -> None:
        contenders = tuple(sorted(group))
        prize = slot.prize
        self.ties.append(Tie(prize.key, prize.board, slot.division, rank, left, contenders, digest(contenders)))

    def _block(self, slot: Slot, left: int) -> bool:
        """Hold the line up, and remember who may yet get one of its prizes: their lower prizes are unsure as well."""
        slot.line.is_blocked = True
        if slot.scope is not None:
            unsure = self.unsure.setdefault(slot.scope, set())
            unsure |= self._reach(slot, unsure, [left, *slot.line.later])
        return False

    def _reach(self, slot: Slot, unsure: set[int], counts: Iterable[int]) -> set[int]:
        groups = iter(slot.line.groups)
        if slot.prize.by is PrizeBy.LOT:
            return {each for _, group in groups for each in group}
        reached: set[int] = set()
        for count in counts:
            taken = 0
            while taken < count and (group := next(groups, None)) is not None:
                own = self._may_get(slot, group[1])
                taken += sum(1 for each in own if each not in unsure)
                reached.update(own)
        return reached
