"""A paper from banks by quotas of topic and level: the same seed and the same candidates give the same paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Protocol

from quizapp.errors import NotEnoughQuestions
from quizapp.rules.grading import shape_of
from quizapp.rules.round_rules import Draw, RoundRules
from quizapp.vocabulary import Level, Order, QuestionKind


@dataclass(frozen=True)
class Candidate:
    """A question that may be drawn. `pinned`: positions of options that keep their place."""

    version_id: int
    kind: QuestionKind
    topic: str
    level: Level
    options: int
    pinned: frozenset[int] = frozenset()


class Sorted(Protocol):
    """A question by what draws ask for."""

    @property
    def topic(self) -> str: ...
    @property
    def level(self) -> Level: ...


@dataclass(frozen=True)
class Slot:
    """One place of a drawn paper: `option_order[0]` is the position, in the bank, of the option shown first.

    Where the answer is typed there is none.
    """

    version_id: int
    kind: QuestionKind
    option_order: tuple[int, ...]


def draw(rules: RoundRules, candidates: Mapping[str, Sequence[Candidate]], seed: str) -> tuple[Slot, ...]:
    """Return the slots of a paper in the order in which they are shown.

    candidates: by bank code, in a fixed order (by version id); seed: stored on the paper, so that the drawing can be
    replayed before a jury. No question comes twice. Raises NotEnoughQuestions.
    """
    # Not for secrets: the seed itself is random and stays on the server.
    rng = Random(seed)  # noqa: S311
    taken: list[Candidate] = []
    # Narrow quotas choose first: a wide one must not use up the few questions that they need.
    for each in sorted(rules.draws, key=lambda d: (d.topic is None) + (d.level is None)):
        taken += _pick(each, candidates.get(each.bank, ()), {drawn.version_id for drawn in taken}, rng)
    if rules.question_order is Order.SHUFFLED:
        rng.shuffle(taken)
    else:
        written = [each.version_id for bank in candidates.values() for each in bank]
        taken.sort(key=lambda drawn: written.index(drawn.version_id))
    return tuple(Slot(each.version_id, each.kind, _order(each, rules.option_order, rng)) for each in taken)


def shape(slots: Sequence[Slot]) -> str:
    """Return what an answer to each slot may be: 's4' one of four options, 'm5' any of five, 't200' what is typed."""
    return " ".join(shape_of(len(each.option_order), several=each.kind is QuestionKind.MULTIPLE) for each in slots)


def fits(each: Draw, candidate: Sorted) -> bool:
    """Return whether a question is of the draw's topic and level."""
    return each.topic in (None, candidate.topic) and each.level in (None, candidate.level)


def _pick(each: Draw, bank: Sequence[Candidate], taken: set[int], rng: Random) -> list[Candidate]:
    pool = [candidate for candidate in bank if fits(each, candidate) and candidate.version_id not in taken]
    if len(pool) < each.count:
        raise NotEnoughQuestions(bank=each.bank, found=len(pool), wanted=each.count)
    return rng.sample(pool, each.count)


def _order(candidate: Candidate, order: Order, rng: Random) -> tuple[int, ...]:
    positions = list(range(candidate.options))
    if order is Order.FIXED:
        return tuple(positions)
    free = [position for position in positions if position not in candidate.pinned]
    shuffled = iter(rng.sample(free, len(free)))
    return tuple(position if position in candidate.pinned else next(shuffled) for position in positions)
