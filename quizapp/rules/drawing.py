"""A paper from banks by quotas, or of named questions: the same seed and candidates give the same paper."""

from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from random import Random
from typing import Protocol

from quizapp.errors import NotEnoughQuestions
from quizapp.refusals import QuestionGone
from quizapp.rules.grading import shape_of
from quizapp.rules.round_rules import Draw, FixedPaper, RoundRules
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
    tags: frozenset[str] = frozenset()
    ref: str = ""  # its name in its bank


class Sorted(Protocol):
    """A question by what draws ask for."""

    @property
    def topic(self) -> str: ...
    @property
    def level(self) -> Level: ...
    @property
    def tags(self) -> Collection[str]: ...


@dataclass(frozen=True)
class Slot:
    """One place of a drawn paper: `option_order[0]` is the position, in the bank, of the option shown first.

    Where the answer is typed there is none. right_mark: hundredths, None: the round's; section: its heading.
    """

    version_id: int
    kind: QuestionKind
    option_order: tuple[int, ...]
    right_mark: int | None = None
    section: str | None = None


@dataclass(frozen=True)
class _Taken:
    candidate: Candidate
    right_mark: int | None = None
    section: str | None = None


def draw(
    rules: RoundRules,
    candidates: Mapping[str, Sequence[Candidate]],
    seed: str,
    *,
    seen: Set[int] = frozenset(),
    fixed: FixedPaper | None = None,
) -> tuple[Slot, ...]:
    """Return the slots of a paper in the order in which they are shown.

    candidates: by bank code, in a fixed order (by version id); seed: stored on the paper, so that the drawing can be
    replayed before a jury; seen: versions that are drawn only where the others do not reach; fixed: the paper whose
    questions are taken, in their order. Questions are shuffled inside their section only, sections keep the order of
    the draws. No question comes twice. Raises NotEnoughQuestions, QuestionGone.
    """
    # Not for secrets: the seed itself is random and stays on the server.
    rng = Random(seed)  # noqa: S311
    taken = _named(fixed, candidates) if fixed else _drawn(rules, candidates, rng, seen)
    return tuple(
        Slot(
            each.candidate.version_id,
            each.candidate.kind,
            _order(each.candidate, rules.option_order, rng),
            each.right_mark,
            each.section,
        )
        for each in taken
    )


def by_chance(papers: Sequence[FixedPaper], seed: str) -> FixedPaper | None:
    """Return one of a round's fixed papers, the same for the same seed; None when it has none."""
    return Random(f"{seed} paper").choice(papers) if papers else None  # noqa: S311


def shape(slots: Sequence[Slot]) -> str:
    """Return what an answer to each slot may be: 's4' one of four options, 'm5' any of five, 't200' what is typed."""
    return " ".join(shape_of(len(each.option_order), several=each.kind is QuestionKind.MULTIPLE) for each in slots)


def fits(each: Draw, candidate: Sorted) -> bool:
    """Return whether a question is of the draw's topic and level, and has its tag."""
    if each.tag is not None and each.tag not in candidate.tags:
        return False
    return each.topic in (None, candidate.topic) and each.level in (None, candidate.level)


def width(each: Draw) -> int:
    """Return by how little a draw narrows what it takes, 0 to 3: narrow draws choose first."""
    return (each.topic is None) + (each.level is None) + (each.tag is None)


def _drawn(
    rules: RoundRules, candidates: Mapping[str, Sequence[Candidate]], rng: Random, seen: Set[int]
) -> list[_Taken]:
    taken: list[_Taken] = []
    # A wide quota must not use up the few questions that a narrow one needs.
    for each in sorted(rules.draws, key=width):
        gone = {drawn.candidate.version_id for drawn in taken}
        picked = _pick(each, candidates.get(each.bank, ()), gone, seen, rng)
        taken += [_Taken(candidate, each.right_mark, each.section) for candidate in picked]
    written = [each.version_id for bank in candidates.values() for each in bank]
    shown: list[_Taken] = []
    for section in dict.fromkeys(each.section for each in rules.draws):
        part = [each for each in taken if each.section == section]
        if rules.question_order is Order.SHUFFLED:
            rng.shuffle(part)
        else:
            part.sort(key=lambda drawn: written.index(drawn.candidate.version_id))
        shown += part
    return shown


def _named(fixed: FixedPaper, candidates: Mapping[str, Sequence[Candidate]]) -> list[_Taken]:
    known = {(bank, each.ref): each for bank, found in candidates.items() for each in found}
    gone = next((each for each in fixed.questions if (each.bank, each.ref) not in known), None)
    if gone:
        raise QuestionGone(paper=fixed.title, ref=gone.ref, bank=gone.bank)
    return [_Taken(known[each.bank, each.ref]) for each in fixed.questions]


def _pick(each: Draw, bank: Sequence[Candidate], taken: Set[int], seen: Set[int], rng: Random) -> list[Candidate]:
    pool = [candidate for candidate in bank if fits(each, candidate) and candidate.version_id not in taken]
    if len(pool) < each.count:
        raise NotEnoughQuestions(bank=each.bank, found=len(pool), wanted=each.count)
    fresh = [candidate for candidate in pool if candidate.version_id not in seen]
    if len(fresh) >= each.count:
        return rng.sample(fresh, each.count)
    again = [candidate for candidate in pool if candidate.version_id in seen]
    return fresh + rng.sample(again, each.count - len(fresh))


def _order(candidate: Candidate, order: Order, rng: Random) -> tuple[int, ...]:
    positions = list(range(candidate.options))
    if order is Order.FIXED:
        return tuple(positions)
    free = [position for position in positions if position not in candidate.pinned]
    shuffled = iter(rng.sample(free, len(free)))
    return tuple(position if position in candidate.pinned else next(shuffled) for position in positions)
