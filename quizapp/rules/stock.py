"""Whether banks hold enough questions for every paper that a round's draws can make."""

from collections.abc import Iterator, Mapping, Sequence

from quizapp.rules.round_rules import Draw
from quizapp.vocabulary import Level

Stock = Mapping[tuple[str, str, Level], int]  # questions that may be drawn, by bank, topic and level


def shortages(draws: Sequence[Draw], stock: Stock) -> Iterator[tuple[int, int]]:
    """Give the place in `draws`, from 0, and the questions left for it, of each draw that can run dry.

    Draws choose in the order of `rules.drawing`, narrow ones first. What an earlier draw may take out of the
    questions of a later one is counted as taken, so that no paper at all can fail.
    """
    order = sorted(range(len(draws)), key=lambda place: (draws[place].topic is None) + (draws[place].level is None))
    for turn, place in enumerate(order):
        pool = _fitting(draws[place], stock)
        earlier = (draws[before] for before in order[:turn])
        taken = sum(min(each.count, _size(_fitting(each, stock) & pool, stock)) for each in earlier)
        left = max(0, _size(pool, stock) - taken)
        if left < draws[place].count:
            yield place, left


def _size(kinds: set[tuple[str, str, Level]], stock: Stock) -> int:
    return sum(stock[kind] for kind in kinds)


def _fitting(draw: Draw, stock: Stock) -> set[tuple[str, str, Level]]:
    return {
        (bank, topic, level)
        for bank, topic, level in stock
        if bank == draw.bank and draw.topic in (None, topic) and draw.level in (None, level)
    }
