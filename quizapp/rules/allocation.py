"""Which judge gets which essay: even loads, nobody's own union, the same seed gives the same result."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import lcm
from random import Random

BARRED = "Không đủ giám khảo ngoài công đoàn của người viết; hãy mời thêm giám khảo của công đoàn khác."
FULL = "Các giám khảo được chấm bài này đã nhận đủ số bài; hãy tăng số bài tối đa hoặc mời thêm giám khảo."

Move = tuple[int, int, int]  # an essay, from a seat, to another


@dataclass(frozen=True)
class EssayToGive:
    """An essay. `judges`: seats that have it and stay; `barred_seats`: may not have it (gave it back, wrote it)."""

    essay_id: int
    union_path: str | None
    judges: frozenset[int] = frozenset()
    barred_seats: frozenset[int] = frozenset()


@dataclass(frozen=True)
class SeatLoad:
    """A judge who takes essays. `load`: how many already; `capacity`: at most so many in all, None: as many as come.

    `barred_paths`: subtrees of unions whose essays this judge may not have.
    """

    seat_id: int
    capacity: int | None = None
    load: int = 0
    barred_paths: tuple[str, ...] = ()


@dataclass(frozen=True)
class Short:
    """An essay that lacks judges, with the reason in Vietnamese."""

    essay_id: int
    lacking: int
    reason: str


@dataclass(frozen=True)
class Allocated:
    """New pairs of essay and seat, shuffled: taken in this order, each judge has an order of his own."""

    pairs: tuple[tuple[int, int], ...]
    short: tuple[Short, ...]


def barred_paths(judge_union_path: str, organiser_path: str) -> tuple[str, ...]:
    """Return the subtrees whose essays a judge may not have: his own union's, with all below it.

    None when the judge's union organises the contest or is above the organiser: all entrants are below it, then.
    """
    return () if organiser_path.startswith(judge_union_path) else (judge_union_path,)


def may_have(essay: EssayToGive, seat: SeatLoad) -> bool:
    """Return whether nothing bars the judge from the essay; loads are not looked at."""
    if seat.seat_id in essay.barred_seats:
        return False
    return essay.union_path is None or not essay.union_path.startswith(seat.barred_paths)


def allocate(essays: Sequence[EssayToGive], seats: Sequence[SeatLoad], *, per_essay: int, seed: str) -> Allocated:
    """Return who gets what, so that each essay has `per_essay` judges, those that it has already included.

    Loads are even in proportion to capacities; a seat without one weighs as the largest. The order of the arguments
    does not matter; `seed` is kept to replay the allocation before a jury.
    """
    return _Giving(essays, seats, per_essay, seed).done()


def third_judge(essay: EssayToGive, seats: Sequence[SeatLoad], taken: Collection[int], seed: str) -> int | None:
    """Return the seat that marks an essay once more: the least loaded that may and has room; None when there is none.

    taken: seats that have or had the essay. Equal loads are decided by `seed`.
    """
    barred = essay.barred_seats | essay.judges | set(taken)
    again = EssayToGive(essay.essay_id, essay.union_path, barred_seats=frozenset(barred))
    pairs = allocate([again], seats, per_essay=1, seed=f"{seed}/{essay.essay_id}").pairs
    return pairs[0][1] if pairs else None


def next_essays(
    essays: Sequence[EssayToGive],
    seat: SeatLoad,
    *,
    per_essay: int,
    thirds: Collection[int] = (),
    count: int,
    seed: str,
) -> tuple[int, ...]:
    """Return at most `count` essays that a judge takes by himself, in the order in which he reads them.

    Those in most need go first: `thirds`, whose judges are too far apart, then those that lack the most judges;
    equal ones by `seed`, whatever the order of the arguments. The order of reading tells nothing of the need.
    """
    needs = {each.essay_id: per_essay - len(each.judges) for each in essays} | dict.fromkeys(thirds, per_essay + 1)
    able = [each for each in essays if seat.seat_id not in each.judges and may_have(each, seat)]
    ids = sorted(each.essay_id for each in able if needs[each.essay_id] > 0)
    # Not for secrets: whoever knows the seed may replay.
    rng = Random(seed)  # noqa: S311
    rng.shuffle(ids)
    ids.sort(key=lambda each: -needs[each])
    room = count if seat.capacity is None else min(count, seat.capacity - seat.load)
    chosen = ids[: max(room, 0)]
    rng.shuffle(chosen)
    return tuple(chosen)


class _Giving:
    """The loads while essays are given; seats by their place in the order of ids.

    `held`: new essays by seat, then by the seats that may have them, so that a move is found without a search.
    """

    def __init__(self, essays: Sequence[EssayToGive], seats: Sequence[SeatLoad], per_essay: int, seed: str) -> None:
        self.seats = sorted(seats, key=lambda seat: seat.seat_id)
        self.essays = sorted(essays, key=lambda essay: essay.essay_id)
        self.per_essay = per_essay
        # Not for secrets: whoever knows the seed may replay.
        self.rng = Random(seed)  # noqa: S311
        self.load = [seat.load for seat in self.seats]
        largest = max((seat.capacity for seat in self.seats if seat.capacity), default=1)
        weights = [seat.capacity or largest for seat in self.seats]
        self.step = [lcm(*weights) // weight for weight in weights]
        self.on: dict[int, set[int]] = {each.essay_id: set() for each in self.essays}
        self.choices = {each.essay_id: self._choices(each) for each in self.essays}
        self.held: list[dict[tuple[int, ...], dict[int, None]]] = [{} for _ in self.seats]
        self.dead: set[int] = set()  # full, and nothing they hold can move to a seat with room

    def done(self) -> Allocated:
        order = self.rng.sample(self.essays, len(self.essays))
        # Those with the fewest possible judges choose first: the others make the loads even again.
        order.sort(key=lambda essay: len(self.choices[essay.essay_id]))
        lacking = {essay.essay_id: self._give(essay) for essay in order}
        self._level()
        pairs = sorted(
            (essay_id, self.seats[place].seat_id)
            for place, held in enumerate(self.held)
            for group in held.values()
            for essay_id in group
        )
        self.rng.shuffle(pairs)
        short = (self._short(essay, lacking[essay.essay_id]) for essay in self.essays if lacking[essay.essay_id])
        return Allocated(tuple(pairs), tuple(short))

    def _choices(self, essay: EssayToGive) -> tuple[int, ...]:
        return tuple(
            place for place, seat in enumerate(self.seats) if seat.seat_id not in essay.judges and may_have(essay, seat)
        )

    def _give(self, essay: EssayToGive) -> int:
        """Give an essay to the least loaded; returns how many judges it still lacks."""
        lacking = max(self.per_essay - len(essay.judges), 0)
        key, choices = essay.essay_id, self.choices[essay.essay_id]
        tie = self.rng.sample(choices, len(choices)) if lacking else []
        while lacking:
            free = [place for place in tie if self._has_room(place) and place not in self.on[key]]
            if free:
                self._take(key, min(free, key=self._next_share))
            elif not self._make_room(key):
                break
            lacking -= 1
        return lacking

    def _has_room(self, place: int) -> bool:
        capacity = self.seats[place].capacity
        return capacity is None or self.load[place] < capacity

    def _next_share(self, place: int) -> int:
        """Return the share of its capacity that a seat would have with one essay more, all in one measure."""
        return (self.load[place] + 1) * self.step[place]

    def _take(self, key: int, place: int) -> None:
        self.held[place].setdefault(self.choices[key], {})[key] = None
        self.on[key].add(place)
        self.load[place] += 1

    def _make(self, moves: Sequence[Move]) -> None:
        for key, place, other in reversed(moves):
            del self.held[place][self.choices[key]][key]
            self.on[key].discard(place)
            self.load[place] -= 1
            self._take(key, other)
        self.dead.clear()

    def _make_room(self, key: int) -> bool:
        """Give an essay to a full seat that passes another one on, and so forth to a seat with room."""
        starts = [place for place in self.choices[key] if place not in self.on[key] and place not in self.dead]
        goals = {place for place in range(len(self.seats)) if self._has_room(place)}
        moves, seen = self._path(starts, goals) if goals else ([], set())
        self.dead |= seen
        if moves:
            self._make(moves)
            self._take(key, moves[0][1])
        return bool(moves)

    def _path(self, starts: Sequence[int], goals: Collection[int]) -> tuple[list[Move], set[int]]:
        """Return the shortest row of moves from a start to a goal; when there is none, the seats that were reached."""
        came: dict[int, Move | None] = dict.fromkeys(starts)
        queue = list(starts)
        for place in queue:
            for other in range(len(self.seats)):
                moved = self._movable(place, other) if other not in came and other not in self.dead else None
                if moved is None:
                    continue
                came[other] = (moved, place, other)
                queue.append(other)
                if other in goals:
                    return _back(came, other), set()
        return [], set(came)

    def _movable(self, place: int, other: int) -> int | None:
        groups = (group for choices, group in self.held[place].items() if other in choices)
        return next((key for group in groups for key in group if other not in self.on[key]), None)

    def _level(self) -> None:
        """Move new essays from the fullest to emptier seats while that makes the loads more even."""
        places = range(len(self.seats))
        stuck: set[int] = set()
        self.dead.clear()
        while len(stuck) < len(self.seats):
            share, fullest = max((self.load[each] * self.step[each], each) for each in places if each not in stuck)
            goals = {each for each in places if self._has_room(each) and self._next_share(each) < share}
            moves = self._path([fullest], goals)[0] if goals else []
            self._make(moves)
            if not moves:
                stuck.add(fullest)

    def _short(self, essay: EssayToGive, lacking: int) -> Short:
        if len(self.choices[essay.essay_id]) + len(essay.judges) < self.per_essay:
            return Short(essay.essay_id, lacking, BARRED)
        return Short(essay.essay_id, lacking, FULL)


def _back(came: Mapping[int, Move | None], place: int) -> list[Move]:
    """Return the moves from the start to `place`, the first one first."""
    moves: list[Move] = []
    while (step := came[place]) is not None:
        moves.insert(0, step)
        place = step[1]
    return moves
