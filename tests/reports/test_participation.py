"""Who takes part while a contest runs: people and attempts apart, and the same numbers as the boards."""

import random
from datetime import timedelta

import pytest

from quizapp.contests.queries import contest_of
from quizapp.db import session, transaction
from quizapp.models import Contest
from quizapp.reports import queries
from quizapp.reports.participation import Sort, Wish, participation, total
from quizapp.reports.refreshing import refresh
from quizapp.standings import queries as standings
from quizapp.vocabulary import UnionKind
from tests.conftest import NOON
from tests.reports.ground import sit


def counted(contest, clock, **options):
    with transaction(writes=False):
        return participation(session.get(Contest, contest.id), clock.instant, **options)


def numbers(part):
    return {each.union.code: (each.row.entrants, each.row.attempts, each.running) for each in part.units}


def test_people_attempts_and_running_attempts_are_counted_apart(cast, place, clock):
    contest = cast.contest(organiser=place.province)
    an = cast.person(union=place.units[0])
    sit(an, contest, started=NOON)
    sit(an, contest, started=NOON + timedelta(minutes=2))
    sit(cast.person(union=place.units[0]), contest, started=NOON, seconds=None)
    sit(cast.person(union=place.units[2]), contest, started=NOON, seconds=None)
    clock.at(minutes=5)
    part = counted(contest, clock)
    assert numbers(part) == {"MAY": (1, 2, 1), "GIAY": (0, 0, 0), "BV": (0, 0, 1)}
    assert [each.union.code for each in part.units if each.is_idle] == ["GIAY"]
    whole = total(part.units)
    assert (whole.entrants, whole.attempts, whole.running, whole.members) == (1, 2, 2, 34)
    assert (whole.units, whole.idle, whole.rate) == (3, 1, 1 * 10_000 // 34)


def test_the_counts_of_a_round_tell_overdue_attempts_from_running_ones(cast, place, clock):
    contest = cast.contest(organiser=place.province)
    for minute in (0, 10):
        sit(cast.person(union=place.units[0]), contest, started=NOON + timedelta(minutes=minute), seconds=None)
    clock.at(minutes=20, seconds=1)  # within the grace
    with transaction(writes=False):
        [count] = queries.round_counts(contest, clock.instant).values()
        assert (count.running, count.overdue) == (2, 0)
        [count] = queries.round_counts(contest, clock.at(minutes=20, seconds=2)).values()
        assert (count.entrants, count.running, count.overdue) == (0, 1, 1)


@pytest.mark.parametrize("seed", range(3))
def test_the_sums_are_those_of_the_boards(cast, place, clock, seed):
    dice = random.Random(seed)
    contest = cast.contest(organiser=place.province, rounds=[cast.round_rules("tuan-1"), cast.round_rules("tuan-2")])
    section = cast.union("Tổ may", parent=place.units[0], kind=UnionKind.SECTION)
    people = [cast.person(union=dice.choice([*place.units, section])) for _ in range(12)]
    for _ in range(30):
        moved = dice.choice(place.units) if dice.random() < 0.2 else None
        started = NOON + timedelta(seconds=dice.randrange(600))
        sit(dice.choice(people), contest, started=started, key=dice.choice(["tuan-1", "tuan-2"]), union=moved)
    refresh(contest.id, clock.at(hours=1))
    part = counted(contest, clock)
    with transaction(writes=False):
        snapshot = standings.newest_snapshot(contest)
        board = next(each for each in snapshot.boards if each.key == "cdcs")
        rows = {row.union_id: row for row in standings.rows_of(board)}
    assert {
        each.union.id: (each.row.entrants, each.row.attempts, each.row.members, each.row.rate) for each in part.units
    } == {union: (row.entrants, row.attempts, row.members, row.rate) for union, row in rows.items()}
    whole = total(part.units)
    assert (whole.entrants, whole.attempts) == (snapshot.entrants, snapshot.attempts)


def test_one_round_is_counted_alone(cast, place, clock):
    rounds = [cast.round_rules("tuan-1"), cast.round_rules("tuan-2")]
    contest = cast.contest(organiser=place.province, rounds=rounds)
    an = cast.person(union=place.units[0])
    sit(an, contest, started=NOON, key="tuan-1")
    sit(an, contest, started=NOON, key="tuan-2")
    sit(cast.person(union=place.units[2]), contest, started=NOON, key="tuan-2")
    with transaction(writes=False):
        round_ = contest_of("cuoc-thi").rounds[0]
    assert numbers(counted(contest, clock, round_=round_)) == {"MAY": (1, 1, 0), "GIAY": (0, 0, 0), "BV": (0, 0, 0)}


def test_people_of_no_listed_unit_are_counted_elsewhere(cast, place, clock):
    contest = cast.contest(organiser=place.province)
    for union in (None, place.province):
        sit(cast.person(union=union), contest, started=NOON)
    sit(cast.person(), contest, started=NOON, seconds=None)
    part = counted(contest, clock)
    assert part.elsewhere == (2, 2, 1)
    assert total(part.units).entrants == 0
    assert counted(contest, clock, within=[place.communes[0].path]).elsewhere == (0, 0, 0)


def test_a_subtree_sees_only_its_own_units(cast, place, clock):
    contest = cast.contest(organiser=place.province)
    for unit in place.units:
        sit(cast.person(union=unit), contest, started=NOON)
    within = [place.communes[0].path]
    assert numbers(counted(contest, clock, within=within)) == {"MAY": (1, 1, 0), "GIAY": (1, 1, 0)}
    with transaction(writes=False):
        [count] = queries.round_counts(contest, clock.instant, within).values()
    assert count.entrants == 2


@pytest.mark.parametrize(
    ("wish", "codes"),
    [
        (Wish(), ["GIAY", "MAY", "BV", "X"]),
        (Wish(sort=Sort.ENTRANTS), ["MAY", "GIAY", "BV", "X"]),
        (Wish(sort=Sort.NAME), ["BV", "GIAY", "MAY", "X"]),
        (Wish(search="anh duong"), ["GIAY"]),
        (Wish(search="ĐẠI thanh"), ["MAY"]),
        (Wish(search="bv"), ["BV"]),
        (Wish(idle=True), ["BV", "X"]),
        (Wish(above="unknown"), []),
    ],
)
def test_the_list_is_sorted_and_narrowed(cast, place, clock, wish, codes):
    cast.union("CĐCS Xa", parent=place.communes[1], code="X")
    contest = cast.contest(organiser=place.province)
    for unit, people in zip(place.units[:2], (3, 2), strict=True):
        for _ in range(people):
            sit(cast.person(union=unit), contest, started=NOON)
    part = counted(contest, clock)
    assert [each.union.code for each in part.chosen(wish)] == codes
    upper = Wish(above=place.communes[1].code)
    assert {each.union.code for each in part.chosen(upper)} == {"BV", "X"}
    assert [union.name for union in part.uppers] == ["Công đoàn xã Bình Minh", "Công đoàn xã Tân Hòa"]


def test_a_unit_without_a_number_of_members_is_left_out_of_the_rate(cast, place, clock):
    unknown = cast.union(parent=place.communes[0])
    contest = cast.contest(organiser=place.province)
    for unit in (unknown, place.units[0]):
        sit(cast.person(union=unit), contest, started=NOON)
    whole = total(counted(contest, clock).units)
    assert (whole.entrants, whole.unknown, whole.rate) == (2, 1, 10_000 // 34)
