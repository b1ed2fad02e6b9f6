"""The demo that `make run` loads: what a newcomer is promised to find."""

from datetime import date

import pytest
from sqlalchemy import func, select

from quizapp.attempts.actions import start
from quizapp.cli.banks import SHIPPED, load_files
from quizapp.contests.queries import listed_contest
from quizapp.db import session, transaction
from quizapp.demo.building import build, is_empty
from quizapp.models import Attempt, Contest, MemberCount, Person, Round, TradeUnion
from quizapp.standings import queries as standings
from quizapp.vocabulary import Phase, Role, UnionKind


@pytest.fixture
def log_ins(app, clock):
    with app.app_context(), transaction():
        assert is_empty()
        load_files([SHIPPED], now=clock.instant)
        yield build(now=clock.instant)


def count(kind, *conditions):
    return session.scalar(select(func.count()).select_from(kind).where(*conditions))


def test_the_tree_has_124_grassroots_unions_each_with_dated_member_counts(log_ins):
    grassroots = TradeUnion.kind == UnionKind.GRASSROOTS.value
    assert count(TradeUnion, grassroots) == 124
    assert count(MemberCount) == 2 * 124
    assert session.scalar(select(func.min(MemberCount.members))) > 0
    assert count(TradeUnion, TradeUnion.parent_id.is_(None)) == 1


def test_there_are_2000_members_and_somebody_in_every_union(log_ins):
    members = select(Person.union_id, func.count()).join(TradeUnion, TradeUnion.id == Person.union_id)
    by_union = session.execute(
        members.where(TradeUnion.kind == UnionKind.GRASSROOTS.value).group_by(Person.union_id)
    ).all()
    assert sum(people for _, people in by_union) == 2000
    assert len(by_union) == 124


def test_no_union_has_more_people_than_members(log_ins):
    people = select(func.count()).where(Person.union_id == MemberCount.union_id).scalar_subquery()
    latest = select(func.max(MemberCount.counted_on)).scalar_subquery()
    assert count(MemberCount, MemberCount.counted_on == latest, people > MemberCount.members) == 0


def test_one_contest_is_open_one_finished_and_published_one_to_come(log_ins, clock):
    contests = session.scalars(select(Contest)).all()
    phases = {each.slug: listed_contest(each, clock.instant).phase for each in contests}
    shown = [Phase.CLOSED, Phase.CLOSED, Phase.OPEN, Phase.UPCOMING]  # one more is over and being judged
    assert sorted(phases.values()) == sorted(shown)
    finished = next(each for each in contests if phases[each.slug] is Phase.CLOSED)
    snapshot, boards = standings.published(finished)
    assert snapshot.entrants >= 1000
    assert len(boards) == len(finished.rules.boards)


def test_marks_of_the_demo_follow_from_its_answers(log_ins):
    marks = session.scalars(select(Attempt.mark)).all()
    assert len(marks) > 1500
    assert 2000 >= max(marks) > 1500
    assert len(set(marks)) > 10


def test_each_role_can_be_shown(log_ins):
    assert {each.role for each in log_ins} == set(Role)
    assert len({each.password for each in log_ins}) == len(log_ins)
    assert all(len(each.password) >= 15 for each in log_ins)


def test_nobody_takes_part_before_the_round_or_sits_on_after_it(log_ins, clock):
    for contest in session.scalars(select(Contest)):
        for each in contest.rounds:
            inside = Attempt.started_at.between(each.opens_at, each.closes_at) & (Attempt.submitted_at <= clock.instant)
            assert count(Attempt, Attempt.round_id == each.id) == count(Attempt, Attempt.round_id == each.id, inside)


def test_members_were_counted_before_the_contests(log_ins, clock):
    assert session.scalar(select(func.max(MemberCount.counted_on))) < date(2026, 11, 1)


def test_a_contestant_of_the_demo_can_start(log_ins, clock):
    person = session.scalar(select(Person).where(Person.phone == log_ins[0].name))
    open_round = session.scalar(select(Round).where(Round.opens_at <= clock.instant, Round.closes_at > clock.instant))
    assert len(start(person, open_round, entry_code="", now=clock.instant).paper.slots) == open_round.rules.questions
