"""Boards against an independent count, publishing, and the reasons for a rank."""

import random
from datetime import timedelta

import pytest
from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.models import Attempt, Contest, Paper, Round, Snapshot
from quizapp.reports.refreshing import refresh
from quizapp.rules.contest_rules import BoardRules, PublishRule
from quizapp.rules.round_rules import AttemptsRule
from quizapp.standings import actions, queries
from quizapp.vocabulary import BoardWhen, Counting, Measure, Names, Role, StandingsOf, TieBreak, UnionKind


@pytest.fixture
def tree(cast):
    province = cast.union("LĐLĐ tỉnh Mẫu", kind=UnionKind.PROVINCE)
    commune = cast.union("Công đoàn xã Mẫu", parent=province, kind=UnionKind.COMMUNE)
    return province, [cast.union(f"CĐCS {n}", parent=commune, members=4 + n) for n in range(3)]


def sit(person, round_key, mark, seconds, after, clock):
    """An attempt as the hand-in leaves it: `seconds` long, handed in `after` the test's noon."""
    with transaction():
        found = session.scalar(select(Round).where(Round.key == round_key))
        paper = Paper(round_id=found.id, seed="s", shape="s4", made_at=clock.instant)
        session.add(paper)
        session.flush()
        number = 1 + len(session.scalars(select(Attempt.id).where(Attempt.person_id == person.id)).all())
        submitted = clock.instant + after
        session.add(
            Attempt(
                person_id=person.id,
                round_id=found.id,
                paper_id=paper.id,
                union_id=person.union_id,
                number=number,
                started_at=submitted - timedelta(seconds=seconds),
                closes_at=submitted + timedelta(hours=1),
                submitted_at=submitted,
                mark=mark,
                max_mark=2000,
                takeovers=0,
                receipt=f"{person.id}-{number}",
            )
        )


def board(contest, key):
    """Rows of the newest snapshot."""
    with transaction(writes=False):
        snapshot = queries.newest_snapshot(contest)
        return queries.rows_of(next(each for each in snapshot.boards if each.key == key), most=10_000)


def made(contest, clock):
    refresh(contest.id, clock.instant)
    return contest


def test_the_boards_equal_an_independent_count(cast, tree, clock):
    province, units = tree
    cast.bank()
    contest = cast.contest(organiser=province)
    dice = random.Random(7)
    people = [cast.person(f"Nguyễn Văn A{n}", union=dice.choice(units)) for n in range(12)]
    attempts = []
    for _ in range(30):
        who = dice.choice(people)
        if sum(each[0] is who for each in attempts) < 2:
            attempts.append(
                (who, dice.choice([1800, 1900]), dice.choice([60, 61]), timedelta(seconds=dice.randrange(9)))
            )
            sit(who, "tuan-1", *attempts[-1][1:], clock)
    made(contest, clock)

    best = {}
    for who, mark, seconds, after in attempts:
        best[who.id] = min(best.get(who.id, (0, 0, timedelta())), (-mark, seconds, after))
    expected = {person: 1 + sum(other < mine for other in best.values()) for person, mine in best.items()}
    assert {row.person_id: row.rank for row in board(contest, "ca-nhan")} == expected

    for row in board(contest, "cdcs"):
        marks = [-best[who.id][0] for who in people if who.union_id == row.union_id and who.id in best]
        members = next(4 + n for n, unit in enumerate(units) if unit.id == row.union_id)
        assert row.entrants == len(marks)
        assert row.attempts == sum(who.union_id == row.union_id for who, *_ in attempts)
        assert row.rate == min(10_000, len(marks) * 10_000 // members)
        assert row.marks == (round(sum(marks) / len(marks)) if marks else None)


def test_rounds_add_up_to_the_whole_contest_and_a_missed_one_is_nothing(cast, tree, clock):
    province, units = tree
    cast.bank()
    last = AttemptsRule(limit=None, counted=Counting.LAST)
    rounds = [cast.round_rules("tuan-1"), cast.round_rules("tuan-2", attempts=last)]
    contest = cast.contest(organiser=province, rounds=rounds)
    an, binh = cast.person("Lê An", union=units[0]), cast.person("Lê Bình", union=units[0])
    sit(an, "tuan-1", 1000, 60, timedelta(seconds=1), clock)
    sit(an, "tuan-2", 2000, 60, timedelta(seconds=2), clock)
    sit(an, "tuan-2", 500, 60, timedelta(seconds=3), clock)
    sit(binh, "tuan-1", 1600, 60, timedelta(seconds=1), clock)
    rows = board(made(contest, clock), "ca-nhan")
    assert [(row.name, row.rank, row.marks, row.attempts) for row in rows] == [
        ("Lê Bình", 1, 1600, 1),
        ("Lê An", 2, 1500, 3),
    ]


def test_units_that_have_not_started_are_on_the_board(cast, tree, clock):
    province, units = tree
    cast.bank()
    contest = made(cast.contest(organiser=province), clock)
    assert [(row.rank, row.entrants, row.marks) for row in board(contest, "cdcs")] == [(1, 0, None)] * len(units)


def test_people_of_a_section_count_for_their_grassroots_union(cast, tree, clock):
    province, units = tree
    section = cast.union("Tổ may 1", parent=units[0], kind=UnionKind.SECTION)
    cast.bank()
    contest = cast.contest(organiser=province)
    sit(cast.person(union=section), "tuan-1", 1000, 60, timedelta(), clock)
    rows = {row.union_id: row.entrants for row in board(made(contest, clock), "cdcs")}
    assert rows[units[0].id] == 1
    assert section.id not in rows


def test_an_upper_board_adds_up_what_is_below_it(cast, tree, clock):
    province, units = tree
    cast.bank()
    upper = BoardRules(key="xa", title="Xã", of=StandingsOf.UNIONS, level=UnionKind.COMMUNE, measure=Measure.ENTRANTS)
    contest = cast.contest(organiser=province, boards=[upper])
    for unit in units[:2]:
        sit(cast.person(union=unit), "tuan-1", 1000, 60, timedelta(), clock)
    row = board(made(contest, clock), "xa")[0]
    assert (row.entrants, row.members, row.rate) == (2, 4 + 5 + 6, 2 * 10_000 // 15)


def test_nothing_is_seen_before_an_organiser_publishes_nor_after_withdrawing(cast, tree, clock, client):
    province, units = tree
    cast.bank()
    boss = cast.person("Trần Ban Tổ", union=province, roles=[(Role.ORGANISER, province)])
    contest = cast.contest(organiser=province)
    sit(cast.person("Phạm Thị Hạnh Phúc", union=units[0]), "tuan-1", 1900, 60, timedelta(), clock)
    made(contest, clock)

    def page():
        return client.get("/contests/cuoc-thi/standings").get_data(as_text=True)

    assert "chưa được công bố" in page()
    with transaction():
        actions.publish(contest, queries.newest_snapshot(contest), by=boss, now=clock.instant)
    assert "Phạm T. H. P***" in page()
    assert "Hạnh Phúc" not in page()
    with transaction():
        actions.withdraw(contest, by=boss, now=clock.instant)
    assert "chưa được công bố" in page()


def test_a_live_board_follows_the_contest_until_it_is_withdrawn(cast, tree, clock):
    province, units = tree
    cast.bank()
    boss = cast.person(union=province)
    live = PublishRule(board=BoardWhen.LIVE, names=Names.FULL)
    contest = cast.contest(organiser=province, publish=live)

    def shown():
        with transaction(writes=False):
            found = queries.published(session.get(Contest, contest.id))
            return found and found[0].attempts

    made(contest, clock)
    sit(cast.person(union=units[0]), "tuan-1", 1900, 60, timedelta(), clock)
    clock.at(minutes=1)
    made(contest, clock)
    assert shown() == 1
    with transaction():
        actions.withdraw(contest, by=boss, now=clock.instant)
    clock.at(minutes=2)
    made(contest, clock)
    assert shown() is None


def test_a_board_that_waits_for_its_round_is_shown_after_it_only(cast, tree, clock):
    province, _ = tree
    cast.bank()
    later = PublishRule(board=BoardWhen.AFTER_ROUND)
    contest = cast.contest(organiser=province, publish=later)

    def shown():
        with transaction(writes=False):
            return queries.published(session.get(Contest, contest.id)) is not None

    clock.at(days=7)
    made(contest, clock)
    assert not shown()
    clock.at(days=7, seconds=2)
    made(contest, clock)
    assert shown()


def test_refreshing_does_not_pile_up_snapshots(cast, tree, clock):
    province, _ = tree
    cast.bank()
    contest = cast.contest(organiser=province)
    for minute in range(3):
        clock.at(minutes=minute)
        made(contest, clock)
    with transaction(writes=False):
        assert len(session.scalars(select(Snapshot)).all()) == 1


def test_only_what_changed_is_ranked_again(cast, tree, clock):
    province, units = tree
    cast.bank()
    contest = cast.contest(organiser=province)

    def stale():
        with transaction(writes=False):
            return [each.slug for each in queries.stale_contests(clock.instant)]

    assert stale() == ["cuoc-thi"]
    made(contest, clock)
    assert stale() == []
    sit(cast.person(union=units[0]), "tuan-1", 1900, 60, timedelta(), clock)
    assert stale() == ["cuoc-thi"]
    made(contest, clock)
    clock.at(days=7, seconds=2)
    assert stale() == ["cuoc-thi"]


def test_a_person_is_told_why_the_rank_is_what_it_is(cast, tree, clock, client):
    province, units = tree
    cast.bank()
    contest = cast.contest(organiser=province, publish=PublishRule(board=BoardWhen.LIVE))
    me, faster = cast.person("Lê Thị Em", union=units[0]), cast.person("Lê Thị Chị Hai", union=units[1])
    sit(me, "tuan-1", 1900, 75, timedelta(), clock)
    sit(me, "tuan-1", 1800, 10, timedelta(), clock)
    sit(faster, "tuan-1", 1900, 60, timedelta(), clock)
    made(contest, clock)
    page = cast.log_in(client, me).get("/contests/cuoc-thi/standings/ca-nhan/me").get_data(as_text=True)
    assert "Hạng 2 trong 2 người" in page
    assert "cùng điểm nhưng làm bài nhanh hơn" in page
    assert "19 điểm, 1 phút 15 giây" in page
    assert "Lê T. C. H***" in page
    assert TieBreak.SECONDS.label in page


def test_search_finds_without_marks(cast, tree, clock, client):
    province, units = tree
    cast.bank()
    contest = cast.contest(organiser=province, publish=PublishRule(board=BoardWhen.LIVE, names=Names.FULL))
    for name in ("Đặng Thị Ớt", "Đặng Văn Ổi"):
        sit(cast.person(name, union=units[0]), "tuan-1", 1900, 60, timedelta(), clock)
    made(contest, clock)
    page = client.get("/contests/cuoc-thi/standings?q=dang+oi").get_data(as_text=True)
    assert "Đặng Văn Ổi" in page
    assert "Đặng Thị Ớt" not in page


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("tuyet", False),
        ("Nguyễn Thị Ánh", False),
        ("Nguyễn T", False),
        ("an tuy", False),
        ("nguyen thi anh tuyet", True),
        ("Nguyễn Thị Ánh Tuyết", True),
        ("cdcs 1", True),
        ("cdcs tuyet", False),
        ("", True),
    ],
)
def test_search_does_not_tell_part_by_part_what_a_masked_name_hides(cast, tree, clock, client, search, found):
    province, units = tree
    cast.bank()
    contest = cast.contest(organiser=province, publish=PublishRule(board=BoardWhen.LIVE))
    sit(cast.person("Nguyễn Thị Ánh Tuyết", union=units[1]), "tuan-1", 1900, 60, timedelta(), clock)
    made(contest, clock)
    page = client.get("/contests/cuoc-thi/standings", query_string={"q": search}).get_data(as_text=True)
    assert ("Nguyễn T. Á. T***" in page) is found
