"""Where essays stand, told by one query for all, is what the rule of settling says of each alone."""

from dataclasses import dataclass, replace
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.judging import states
from quizapp.models import Allocation, Assessment, Essay, JudgeSeat, Settlement
from quizapp.rules.settling import settle
from quizapp.vocabulary import Combine, EssayState, Resolution, Turn
from tests.conftest import NOON

ESSAYS, SEATS = 4, 7
TOTAL = st.integers(0, 500)
MARKED = st.none() | TOTAL  # None: not finished


@dataclass(frozen=True)
class Judged:
    """What judges gave to one essay; the lists hold totals, None: not finished."""

    firsts: list[int | None]
    third: list[int | None]
    left: bool  # one judge more had it and left
    lapsed: bool
    seed: list[int | None]
    appeal: list[int | None]

    def allocations(self):
        """Seat, turn, total, and whether it was withdrawn and leased."""
        yield from ((seat, Turn.FIRST, total, False, False) for seat, total in enumerate(self.firsts))
        yield from ((3, Turn.THIRD, total, False, False) for total in self.third)
        yield from ((0, Turn.SEED, total, False, False) for total in self.seed)
        yield from ((6, Turn.APPEAL, total, False, False) for total in self.appeal)
        if self.left:
            yield 4, Turn.FIRST, None, True, False
        if self.lapsed:
            yield 5, Turn.FIRST, None, True, True


ONE = st.lists(MARKED, max_size=1)
JUDGED = st.builds(
    Judged, st.lists(MARKED, max_size=3), ONE, left=st.booleans(), lapsed=st.booleans(), seed=ONE, appeal=ONE
)


@pytest.fixture
def round_of_essays(new_jury):
    jury = new_jury()
    union = jury.cast.union("CĐCS Dệt", parent=jury.province)
    for number in range(SEATS):
        jury.judge(f"Giám Khảo {number}", jury.province)
    for number in range(ESSAYS):
        jury.write(f"PH222{number}", union)
    return jury


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    essays=st.lists(JUDGED, min_size=ESSAYS, max_size=ESSAYS),
    judges=st.integers(1, 3),
    gap=st.none() | st.sampled_from((0, 100, 250)),
    combine=st.sampled_from(Combine),
    resolution=st.sampled_from(Resolution),
)
def test_one_query_says_of_all_what_the_rule_says_of_each(round_of_essays, essays, judges, gap, combine, resolution):
    rule = {"judges": judges, "gap": gap, "combine": combine, "resolution": resolution}
    with transaction(writes=False):  # nothing of an example is kept
        round_ = round_of_essays.round()
        round_.rules = replace(round_.rules, essay=replace(round_.rules.essay, **rule))
        seats = session.scalars(select(JudgeSeat.id).order_by(JudgeSeat.id)).all()
        ids = session.scalars(select(Essay.attempt_id).order_by(Essay.code)).all()
        expected = [store(essay, judged, seats, rule) for essay, judged in zip(ids, essays, strict=True)]
        session.flush()
        found = [(each.state, each.mark) for each in states.listed(round_)]
        counted = states.counts(round_)
        assert found == expected
        assert counted == {state: sum(each == state for each, _ in expected) for state in EssayState}
        apart = [each for each, state in zip(ids, expected, strict=True) if state[0] is EssayState.FAR_APART]
        third = {essay for essay, judged in zip(ids, essays, strict=True) if judged.third}
        assert states.without_third(round_) == set(apart) - third


def store(essay, judged, seats, rule):
    """Write down what was given to an essay; return the state and the mark that the rule makes of it."""
    firsts = judged.firsts[: rule["judges"]]
    judged = replace(judged, firsts=firsts)
    for seat, turn, total, withdrawn, leased in judged.allocations():
        made = Allocation(attempt_id=essay, seat_id=seats[seat], turn=turn.value, position=1, allocated_at=NOON)
        made.withdrawn_at, made.leased_until = NOON if withdrawn else None, NOON if leased else None
        session.add(made)
        session.flush()
        if total is not None:
            kept = {"total": total, "saved_at": NOON, "finished_at": NOON}
            session.add(Assessment(allocation_id=made.id, marks={}, comments={}, **kept))
    totals = [each for each in firsts if each is not None]
    settled = settle(totals, third=next(iter(judged.third), None), **rule)
    if settled.mark is not None:
        session.add(Settlement(attempt_id=essay, mark=settled.mark, how={}, settled_at=NOON))
        return EssayState.SETTLED, settled.mark
    return (settled.state if len(firsts) == rule["judges"] else EssayState.UNALLOCATED), None


@pytest.mark.parametrize("combine", Combine, ids=str)
def test_whoever_marks_first_the_mark_is_the_same(new_jury, combine):
    jury = new_jury(judges=3, gap=None, combine=combine)
    union = jury.cast.union("CĐCS Dệt", parent=jury.province)
    judges = [jury.judge(f"Giám Khảo {number}", jury.province) for number in range(3)]
    orders = {f"PH222{number}": order for number, order in enumerate(permutations(range(3)))}
    for code in orders:
        jury.write(code, union)
    jury.allocate()
    marks = ((0, 25), (100, 150), (200, 300))
    for code, order in orders.items():
        for each in order:
            jury.finish(code, judges[each], *marks[each])
    assert len({mark for _, mark, _ in jury.settlements()}) == 1
    assert len(jury.settlements()) == 6


@pytest.mark.parametrize("resolution", [Resolution.NEAREST, Resolution.MEDIAN], ids=str)
def test_whichever_of_two_marks_first_the_third_decides_the_same(new_jury, resolution):
    jury = new_jury(resolution=resolution)
    union = jury.cast.union("CĐCS Dệt", parent=jury.province)
    for code in ("PH2222", "PH2223"):
        jury.write(code, union)
    first, second = (jury.judge(f"Giám Khảo {number}", jury.province) for number in range(2))
    jury.allocate()
    third = jury.judge("Giám Khảo 3", jury.province)
    for code, order in (("PH2222", ((first, 0), (second, 200))), ("PH2223", ((second, 200), (first, 0)))):
        for judge, mark in order:
            jury.finish(code, judge, mark, mark)
        jury.finish(code, third, 100, 150)
    assert [mark for _, mark, _ in jury.settlements()] == [325, 325] if resolution is Resolution.NEAREST else [250, 250]
