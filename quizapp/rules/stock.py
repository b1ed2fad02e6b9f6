"""Whether banks hold enough questions for every paper that a round's draws can make."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from quizapp.rules.drawing import fits, width
from quizapp.rules.round_rules import Draw
from quizapp.vocabulary import Level


@dataclass(frozen=True)
class Sort:
    """What draws ask for of a question."""

    bank: str
    topic: str
    level: Level
    tags: frozenset[str] = frozenset()


Stock = Mapping[Sort, int]  # how many questions of a sort may be drawn


def shortages(draws: Sequence[Draw], stock: Stock) -> Iterator[tuple[int, int]]:
    """Give the place in `draws`, from 0, and the questions left for it, of each draw that can run dry.

    Draws choose in the order of `rules.drawing`, narrow ones first. What an earlier draw may take out of the
    questions of a later one is counted as taken, so that no paper at all can fail.
    """
    order = sorted(range(len(draws)), key=lambda place: width(draws[place]))
    for turn, place in enumerate(order):
        pool = _fitting(draws[place], stock)
        earlier = (draws[before] for before in order[:turn])
        taken = sum(min(each.count, _size(_fitting(each, stock) & pool, stock)) for each in earlier)
        left = max(0, _size(pool, stock) - taken)
        if left < draws[place].count:
            yield place, left


def _size(sorts: set[Sort], stock: Stock) -> int:
    return sum(stock[each] for each in sorts)


def _fitting(draw: Draw, stock: Stock) -> set[Sort]:
    return {each for each in stock if each.bank == draw.bank and fits(draw, each)}
