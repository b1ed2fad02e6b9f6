"""Whatever organisers, judges and writers do, in whatever order: marks, states and layers go on agreeing."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import select

from quizapp.appeals import actions as appeals
from quizapp.appeals import queries as appealed
from quizapp.attempts import late as late_changes
from quizapp.attempts import reopening
from quizapp.attempts.actions import hand_in
from quizapp.db import session, transaction
from quizapp.errors import Refused
from quizapp.essays import actions as desk
from quizapp.judging import actions, drafts, returning, seeds, states, taking
from quizapp.judging.queries import essay_rule
from quizapp.late import actions as late
from quizapp.models import Allocation, Appeal, Assessment, Attempt, Essay, JudgeSeat, LateChange, Settlement
from quizapp.rules.settling import settle
from quizapp.vocabulary import AppealAnswer, AppealState, Giving, Resolution, Turn
from tests.conftest import NOON

STEPS, ESSAYS, JUDGES = 70, 3, 5
COUNTED = (Turn.FIRST.value, Turn.THIRD.value)


class Doings:
    """A jury at which somebody does something at random; what is refused changes nothing."""

    def __init__(self, jury, seed):
        self.jury, self.rng = jury, Random(seed)
        self.done, self.refused = Counter(), Counter()
        homes = [jury.cast.union(f"CĐCS {number}", parent=jury.province) for number in range(JUDGES)]
        self.judges = [jury.judge(f"Giám Khảo {number}", home) for number, home in enumerate(homes)]
        self.essays = [jury.write(f"PH22{number}2", homes[number % JUDGES]) for number in range(ESSAYS)]
        with transaction():
            for each in self.essays:
                session.add(
                    LateChange(attempt_id=each, slot=0, number=9, answer="Bài đến muộn", received_at=jury.clock.instant)
                )

    @property
    def acts(self):
        takes = 6 if essay_rule(self.jury.round()).giving is Giving.PULL else 0
        return {
            self.allocate: 2, self.take: takes, self.finish: 14, self.keep: 5, self.give_back: 2, self.wait: 2,
            self.unseat: 1, self.seat: 3, self.plant: 1, self.ask: 2, self.give_appeal: 2, self.answer: 2,
            self.withdraw: 1, self.decide: 1, self.accept: 1, self.undo: 1, self.reopen: 1,
        }  # fmt: skip

    def step(self):
        with transaction(writes=False):
            acts = self.acts
        self.jury.clock.instant += timedelta(seconds=self.rng.randint(1, 600))
        [act] = self.rng.choices(list(acts), list(acts.values()))
        try:
            with transaction():
                self.round, self.now = self.jury.round(), self.jury.clock.instant
                act()
        except Refused as refused:
            self.refused[f"{act.__name__} {type(refused).__name__}"] += 1
        else:
            self.done[act.__name__] += 1

    def allocate(self):
        desk.allocate(self.round, early=False, by=self.jury.organiser, now=self.now)

    def take(self):
        if seated := [each for each in self.seats() if each.left_at is None]:
            seat = self.rng.choice(seated)
            taking.take(seat, self.rng.randint(1, 4), by=seat.person, now=self.now)

    def finish(self):
        if allocation := self.some_allocation():
            marks = {"y-tuong": self.rng.choice((0, 100, 200)), "cach-viet": self.rng.choice((0, 100, 200, 300))}
            draft = drafts.Draft(marks, {}, "", "", is_in_doubt=False)
            actions.finish(allocation, draft, by=allocation.seat.person, now=self.now)

    def keep(self):
        if allocation := self.some_allocation():
            marks = self.rng.choice(({}, {"y-tuong": 100}, {"y-tuong": 200, "cach-viet": 100}))
            actions.keep(allocation, drafts.Draft(marks, {}, "", "", is_in_doubt=False), now=self.now)

    def give_back(self):
        if allocation := self.some_allocation():
            returning.give_back(allocation, reason="Tôi biết người viết", by=allocation.seat.person, now=self.now)

    def wait(self):
        self.jury.clock.instant += timedelta(hours=1)

    def unseat(self):
        seat = self.rng.choice(self.seats())
        if seat.left_at is None:
            desk.unseat(self.round, seat, by=self.jury.organiser, now=self.now)

    def seat(self):
        seat = self.rng.choice(self.seats())
        facts = {"capacity": self.rng.choice((None, 3, 9)), "is_chair": self.rng.random() < 0.3}
        desk.seat(self.round, seat.person, **facts, by=self.jury.organiser, now=self.now)

    def plant(self):
        seeds.plant(self.round, 1, by=self.jury.organiser, now=self.now)

    def ask(self):
        appeals.ask(self.some_attempt(), "Xin chấm lại bài này", now=self.now)

    def give_appeal(self):
        if appeal := self.some_appeal():
            appeals.give(self.round, appeal, by=self.jury.organiser, now=self.now)

    def answer(self):
        if appeal := self.some_appeal():
            stands = session.scalars(standing(appeal.attempt_id)).one()
            choice, new = self.rng.choice(list(AppealAnswer)), appealed.new_mark(appeal, self.round)
            decision = appeals.Decision(choice, self.rng.randint(0, 500), "Đã xem xét", stands.id, new or -1)
            appeals.answer(self.round, appeal, decision, by=self.jury.organiser, now=self.now)

    def withdraw(self):
        if appeal := self.some_appeal():
            appeals.withdraw(appeal, now=self.now)

    def decide(self):
        essay = session.get_one(Essay, self.rng.choice(self.essays))
        before = session.scalar(standing(essay.attempt_id))
        facts = {"seen": before.id if before else 0, "reason": "Đã xem", "now": self.now}
        chair = next((each for each in self.seats() if each.is_chair and each.left_at is None), None)
        if chair and before is None:
            actions.decide(chair, essay, self.rng.randint(0, 500), by=chair.person, **facts)
        else:
            desk.decide(self.round, essay, self.rng.randint(0, 500), by=self.jury.organiser, **facts)

    def accept(self):
        facts = {"seen": 1, "reason": "Mất mạng", "by": self.jury.organiser, "now": self.now}
        late.accept(self.some_attempt(), {(0, 9)}, **facts)

    def undo(self):
        attempt = self.some_attempt()
        if decision := late_changes.standing(attempt):
            late.undo(attempt, decision.id, reason="Nhầm", by=self.jury.organiser, now=self.now)

    def reopen(self):
        """Within the round's time, as far as this writer's clock goes; and hand in again."""
        attempt = self.some_attempt()
        reopening.reopen(attempt, now=attempt.closes_at - timedelta(minutes=1))
        hand_in(attempt, now=self.now)

    def seats(self):
        return session.scalars(select(JudgeSeat).order_by(JudgeSeat.id)).all()

    def some_attempt(self):
        return session.get_one(Attempt, self.rng.choice(self.essays))

    def some_appeal(self):
        return session.get(Appeal, self.rng.choice(self.essays))

    def some_allocation(self):
        """Mostly one that its judge has and has not finished, else any, withdrawn or locked."""
        found = session.execute(select(Allocation, Assessment.finished_at).outerjoin(Assessment)).tuples().all()
        waiting = [each for each, finished_at in found if each.withdrawn_at is None and finished_at is None]
        every = [each for each, _ in found]
        chosen = waiting if waiting and self.rng.random() < 0.8 else every
        return self.rng.choice(chosen) if chosen else None


def standing(attempt_id):
    return select(Settlement).where(Settlement.attempt_id == attempt_id, Settlement.superseded_at.is_(None))


def check(round_):
    """Compare all that is stored with what the rule says of it."""
    seats = {each.id: each for each in session.scalars(select(JudgeSeat))}
    codes = Counter()
    for essay in session.scalars(select(Essay).join(Attempt).where(Attempt.round_id == round_.id)):
        found = session.execute(
            select(Allocation, Assessment)
            .outerjoin(Assessment)
            .where(Allocation.attempt_id == essay.attempt_id, Allocation.withdrawn_at.is_(None))
        )
        check_essay(round_, essay, found.tuples().all(), seats)
    for each in session.scalars(select(Allocation)):
        codes[each.seat_id, each.code, each.turn in (*COUNTED, Turn.APPEAL.value) and each.turn] += 1
    assert max(codes.values(), default=1) == 1


def check_essay(round_, essay, given, seats):
    rule = essay_rule(round_)
    by_turn = {turn.value: [each for each in given if each[0].turn == turn.value] for turn in Turn}
    first, [third, *more] = by_turn["first"], [*by_turn["third"], None]
    assert len(first) <= rule.judges
    assert more in ([], [None])
    assert len(by_turn["appeal"]) <= 1
    counted = [each.seat_id for each, _ in given if each.turn != Turn.SEED.value]
    assert len(counted) == len(set(counted)), "a judge has an essay twice, and both count"
    for each, kept in given:
        finished = kept is not None and kept.finished_at is not None
        assert finished or seats[each.seat_id].left_at is None, "with a judge who has left"
        assert seats[each.seat_id].person.union_id != essay.attempt.union_id
    check_mark(round_, rule, essay, first, third)
    check_appeal(essay, by_turn["appeal"])


def check_mark(round_, rule, essay, first, third):
    totals = [kept.total for _, kept in first if kept and kept.total is not None]
    extra = third[1].total if third and third[1] else None
    facts = {"gap": rule.gap, "combine": rule.combine, "resolution": rule.resolution}
    said = settle(totals, judges=rule.judges, third=extra, **facts)
    layers = session.scalars(select(Settlement).where(Settlement.attempt_id == essay.attempt_id)).all()
    [stands, *others] = [*(each for each in layers if each.superseded_at is None), None]
    assert others in ([], [None])
    assert essay.attempt.essay_mark == (stands.mark if stands else None)
    state = states.of_essay(round_, essay.code).state
    if stands is None:
        assert said.mark is None, "the rule has a mark, but nobody settled the essay"
        given = len(first) >= rule.judges
        assert state.value == (said.state.value if given else "unallocated")
    else:
        assert state.value == "settled"
        if stands.settled_by_id is None:
            assert said.mark == stands.mark, "marks were changed after they had settled the essay"


def check_appeal(essay, given):
    appeal = session.get(Appeal, essay.attempt_id)
    if not given:
        return
    [(allocation, _)] = given
    assert appeal is not None
    assert appeal.allocation_id == allocation.id
    assert appealed.state_of(appeal) is not AppealState.WITHDRAWN


@pytest.mark.parametrize(
    ("giving", "resolution", "seed"),
    [(Giving.PUSH, Resolution.NEAREST, 1), (Giving.PULL, Resolution.NEAREST, 2), (Giving.PULL, Resolution.CHAIR, 3)],
)
def test_marks_states_and_layers_agree_whatever_is_done_in_whatever_order(new_jury, giving, resolution, seed):
    until = NOON + timedelta(days=9)
    jury = new_jury(giving=giving, resolution=resolution, hand_in_again=True, appeals_until=until)
    doings = Doings(jury, seed)
    for _ in range(STEPS):
        doings.step()
        with transaction(writes=False):
            check(jury.round())
    assert doings.done["finish"], doings.refused
