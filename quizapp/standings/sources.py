"""Reads what boards are made of: attempts as a stream, person by person, so that memory grows with people alone."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType
from typing import Any

from sqlalchemy import func, select

from quizapp.attempts.taking_part import takes_part_since
from quizapp.db import session
from quizapp.models import (
    Attempt,
    Contest,
    Entrant,
    LotSeed,
    Person,
    PrizeDecision,
    Round,
    TradeUnion,
)
from quizapp.rules.counting import Sat
from quizapp.rules.deadlines import seconds_used
from quizapp.rules.divisions import Standing
from quizapp.rules.predicting import distance, truth
from quizapp.rules.prizes import Decision
from quizapp.rules.round_rules import RoundRules
from quizapp.standings.queries import counts_on_boards
from quizapp.vocabulary import TieDecision

AT_A_TIME = 5000

Marks = Mapping[int, int]  # of questions, in hundredths, by the attempt's id
NO_MARKS: Marks = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Entry:
    """What one attempt brings to the boards."""

    round_key: str
    person_id: int
    union_id: int | None
    sat: Sat
    waits_for_essay: bool


@dataclass(frozen=True, slots=True)
class Named:
    """A name as it is written, and as search compares it."""

    name: str
    folded: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A union as boards write it, and its place in the tree: itself, then each above it."""

    id: int
    name: str
    folded: str
    code: str
    parent_id: int | None
    line: tuple[Standing, ...]


def entries(contest: Contest, truths: Mapping[str, int], supposed: Marks = NO_MARKS) -> Iterator[Entry]:
    """Give all attempts that count, a person's together and in order of handing in: the one list of every board.

    What counts of an attempt is the total of questions and essay, the essay nothing until it has a mark. One whose
    essay is open again stays as it was handed in last. truths: of predictions, by their round's key. supposed: marks
    of questions by attempt, to be taken for those that are stored.
    """
    handed_in_at = takes_part_since()
    rounds = {each.key: each for each in contest.rules.rounds}
    asked = (
        select(
            Round.key,
            *(Attempt.id, Attempt.person_id, Attempt.union_id, Attempt.mark, Attempt.essay_mark, Attempt.max_mark),
            *(Attempt.prediction, Attempt.started_at, handed_in_at, Attempt.number),
        )
        .join(Round)
        .where(Round.contest_id == contest.id, handed_in_at.is_not(None), counts_on_boards())
        .order_by(Attempt.person_id, handed_in_at, Attempt.id)
    )
    for key, attempt, person, union, stored, essay, most, guess, started, submitted, number in _streamed(asked):
        mark = supposed.get(attempt, stored)
        yield Entry(
            *(key, person, union),
            Sat(
                marks=(mark or 0) + (essay or 0),
                seconds=seconds_used(started, submitted),
                submitted_at=submitted,
                number=number,
                all_right=mark is not None and mark >= most - _essay_marks(rounds.get(key)),
                prediction=guess,
                distance=distance(guess, truths.get(key)),
            ),
            waits_for_essay=essay is None and _essay_marks(rounds.get(key)) > 0,
        )


def watched(given: Iterable[Entry], contest: Contest, told: Callable[[float], object]) -> Iterator[Entry]:
    """Give entries on, and tell now and then what share, 0 to 1, of the contest's attempts has been read."""
    everything = select(func.count()).select_from(Attempt).join(Round).where(Round.contest_id == contest.id)
    total = session.scalar(everything) or 1
    for number, entry in enumerate(given):
        if number % AT_A_TIME == 0:
            told(min(1.0, number / total))
        yield entry


def count_truth(round_: Round, supposed: Marks = NO_MARKS) -> int:
    """Return the number that the guesses of a round are measured by, as it stands now, or by supposed marks."""
    rules = round_.rules
    if rules.prediction is None:
        raise ValueError("nothing was to be guessed in this round")
    asked = (
        select(Attempt.person_id, Attempt.id, Attempt.mark, Attempt.max_mark - _essay_marks(rules))
        .join(Round)
        .where(Round.id == round_.id, takes_part_since().is_not(None), counts_on_boards())
        .order_by(Attempt.person_id)
    )
    everybody = groupby(_streamed(asked), key=itemgetter(0))
    return truth(rules.prediction.target, (_all_right(each, supposed) for _, each in everybody))


def _all_right(attempts: Iterable[tuple[int, int, int | None, int]], supposed: Marks) -> bool:
    """Return whether one of a person's attempts has all questions right."""
    marks = [(supposed.get(attempt, stored), most) for _, attempt, stored, most in attempts]
    return any(mark is not None and mark >= most for mark, most in marks)


def names_of_people(contest: Contest) -> dict[int, Named]:
    """Return the names of all who have an attempt in the contest, by id."""
    asked = select(Person.id, Person.full_name, Person.name_folded).where(
        Person.id.in_(select(Attempt.person_id).join(Round).where(Round.contest_id == contest.id))
    )
    return {person: Named(name, folded) for person, name, folded in _streamed(asked)}


def divisions_of_people(contest: Contest) -> dict[int, str]:
    """Return the key of each entrant's division, by the person's id."""
    asked = select(Entrant.person_id, Entrant.division).where(
        Entrant.contest_id == contest.id, Entrant.division.is_not(None)
    )
    return dict(_streamed(asked))


def units(unions: Iterable[TradeUnion]) -> dict[int, Unit]:
    """Return unions by id as plain values; unions above them are asked for, since divisions may name those."""
    asked = select(TradeUnion.id, TradeUnion.code, TradeUnion.kind, TradeUnion.workplace)
    tree = {key: Standing(code, kind, workplace) for key, code, kind, workplace in session.execute(asked)}
    return {
        union.id: Unit(
            *(union.id, union.name, union.name_folded, union.code, union.parent_id),
            line=tuple(tree[int(step)] for step in reversed(union.path.strip("/").split("/"))),
        )
        for union in unions
    }


def decisions(contest: Contest) -> dict[tuple[str, str], Decision]:
    """Return what organisers decided at the borders of prizes and did not take back."""
    asked = select(PrizeDecision).where(PrizeDecision.contest_id == contest.id, PrizeDecision.undone_at.is_(None))
    return {
        (each.prize_key, each.division): Decision(TieDecision(each.decision), each.contenders)
        for each in session.scalars(asked)
    }


def seed(contest: Contest) -> str | None:
    return session.scalar(select(LotSeed.seed).where(LotSeed.contest_id == contest.id))


def _essay_marks(rules: RoundRules | None) -> int:
    return rules.essay.max_mark if rules and rules.essay else 0


def _streamed(asked: Any) -> Iterator[Any]:
    return iter(session.execute(asked.execution_options(yield_per=AT_A_TIME)))
