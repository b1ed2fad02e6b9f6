"""Attempts that the demo's people have sat: drawn, answered and marked by the rules of real ones, written in bulk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from quizapp.attempts.actions import new_receipt
from quizapp.attempts.drawing_papers import candidates
from quizapp.db import session
from quizapp.models import Attempt, Base, Paper, PaperSlot, Person, Response, Round
from quizapp.questions.keys import keys_of
from quizapp.rules import drawing
from quizapp.rules.deadlines import closing_time
from quizapp.rules.drawing import Candidate, Slot
from quizapp.rules.grading import GradedSlot, Key, paper_mark, scheme_of


@dataclass(frozen=True)
class Sitter:
    """Who sits, how often, how well (the chance to know an answer), when for the first time."""

    person: Person
    times: int
    skill: float
    begins_at: datetime


def sit(rng: Random, round_: Round, sitters: Sequence[Sitter], *, now: datetime) -> int:
    """Write the attempts of a round that were handed in before `now`; return how many."""
    opening_day = round_.opens_at.astimezone(ZoneInfo(round_.contest.rules.timezone)).date()
    bank = candidates(round_.rules, opening_day)
    keys = keys_of([candidate.version_id for each in bank.values() for candidate in each])
    rows: dict[type[Base], list[dict[str, Any]]] = {Paper: [], PaperSlot: [], Attempt: [], Response: []}
    for sitter in sitters:
        began = sitter.begins_at
        for number in range(1, sitter.times + 1):
            span = timedelta(seconds=round(rng.triangular(150, 1190, 560)))
            if began + span >= min(now, round_.closes_at):
                break
            made = _Sat(len(rows[Attempt]), began, began + span)
            _write(rng, rows, made, round_, sitter, number, bank, keys)
            began += span + timedelta(minutes=rng.randrange(5, 2000))
    _insert(rows)
    return len(rows[Attempt])


def _insert(rows: Mapping[type[Base], list[dict[str, Any]]]) -> None:
    """Write the rows; the database gives the ids, or PostgreSQL would give them again to the next attempt."""
    for kind, key, below in ((Paper, "paper_id", (PaperSlot, Attempt, Response)), (Attempt, "attempt_id", (Response,))):
        given = insert(kind).returning(kind.id, sort_by_parameter_order=True)
        ids = session.scalars(given, rows[kind]).all() if rows[kind] else ()
        for row in (row for table in below for row in rows[table]):
            row[key] = ids[row[key]]
    for table in (PaperSlot, Response):
        if rows[table]:
            session.execute(insert(table), rows[table])


@dataclass(frozen=True)
class _Sat:
    place: int  # of attempt and paper among the rows, until they have ids
    started_at: datetime
    submitted_at: datetime


def _write(
    rng: Random,
    rows: dict[type[Base], list[dict[str, Any]]],
    sat: _Sat,
    round_: Round,
    sitter: Sitter,
    number: int,
    bank: Mapping[str, Sequence[Candidate]],
    keys: Mapping[int, Key],
) -> None:
    seed = f"{rng.getrandbits(128):032x}"
    slots = list(enumerate(drawing.draw(round_.rules, bank, seed), start=1))
    answers = {place: _answer(rng, slot, keys[slot.version_id], sitter.skill) for place, slot in slots}
    graded = [GradedSlot(place, slot.option_order, keys[slot.version_id], slot.right_mark) for place, slot in slots]
    paper, attempt = {"paper_id": sat.place}, {"attempt_id": sat.place}
    shape = drawing.shape([slot for _, slot in slots])
    rows[Paper].append({"round_id": round_.id, "seed": seed, "shape": shape, "made_at": sat.started_at})
    rows[PaperSlot] += [
        {**paper, "number": place, "version_id": slot.version_id, "option_order": ",".join(map(str, slot.option_order))}
        | {"right_mark": slot.right_mark, "section": slot.section}
        for place, slot in slots
    ]
    rows[Response] += [
        {**paper, **attempt, "slot": place, "number": place, "answer": answer, "saved_at": sat.submitted_at}
        | {"flagged": False}
        for place, answer in answers.items()
    ]
    rows[Attempt].append(
        {**paper, "person_id": sitter.person.id, "union_id": sitter.person.union_id}
        | {"round_id": round_.id, "number": number, "started_at": sat.started_at, "submitted_at": sat.submitted_at}
        | {"closes_at": closing_time(sat.started_at, round_.rules.time_limit, round_.closes_at), "takeovers": 1}
        | {"mark": paper_mark(graded, answers, scheme_of(round_.rules)), "max_mark": round_.rules.max_mark}
        | {"receipt": new_receipt()}
    )


def _answer(rng: Random, slot: Slot, key: Key, skill: float) -> str:
    """Return a raw answer: right as often as the skill says, otherwise one option at random, or a number."""
    knows = rng.random() < skill
    if key.typed:
        return key.typed.accepted[0] if knows else str(rng.randint(1, 100))
    right = sorted(1 + slot.option_order.index(position) for position in key.options)
    return ",".join(map(str, right)) if knows else str(rng.randint(1, len(slot.option_order)))
