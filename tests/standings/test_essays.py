"""Boards where essays count: the total by hand, and provisional until every essay has its mark."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from quizapp.attempts.actions import set_essay_mark
from quizapp.db import session, transaction
from quizapp.models import Attempt, Contest, Round
from quizapp.rules.contest_rules import BoardRules, PublishRule
from quizapp.rules.round_rules import AttemptsRule, EssayRule
from quizapp.standings import queries
from quizapp.vocabulary import BoardWhen, Counting, Names, StandingsOf, UnionKind
from tests.standings.test_standings import board, made, sit

ESSAY = EssayRule("Đề xuất một ý tưởng", 1000)


@pytest.fixture
def unit(cast):
    province = cast.union("LĐLĐ tỉnh Mẫu", kind=UnionKind.PROVINCE)
    cast.bank()
    return cast.union("CĐCS Mẫu", parent=province, members=10), province


def contest_of(cast, unit, counted=Counting.BEST):
    rounds = [
        cast.round_rules(attempts=AttemptsRule(limit=2, counted=counted), essay=ESSAY),
        cast.round_rules("tuan-2"),
    ]
    live = PublishRule(board=BoardWhen.LIVE, names=Names.FULL)
    return cast.contest(organiser=unit[1], rounds=rounds, publish=live)


def settle(person, number, mark, now):
    with transaction():
        attempt = session.scalars(select(Attempt).where(Attempt.person_id == person.id, Attempt.number == number)).one()
        set_essay_mark(attempt, mark, now=now)


@pytest.fixture
def three(cast, unit, clock):
    """An 5 + 3, then 4 + 7; Bình 4,5 + 5; Cúc 4,8 and an essay that waits."""
    an, binh, cuc = (cast.person(name, union=unit[0]) for name in ("An", "Bình", "Cúc"))

    def sat():
        sit(an, "tuan-1", 500, 60, timedelta(), clock)
        sit(binh, "tuan-1", 450, 60, timedelta(minutes=1), clock)
        sit(an, "tuan-1", 400, 60, timedelta(minutes=5), clock)
        sit(cuc, "tuan-1", 480, 60, timedelta(), clock)
        for person, number, mark in ((an, 1, 300), (an, 2, 700), (binh, 1, 500)):
            settle(person, number, mark, clock.instant)
        clock.at(minutes=10)
        return an, binh, cuc

    return sat


@pytest.mark.parametrize(
    ("counted", "expected"),
    [
        (Counting.BEST, [("An", 1, 1100), ("Bình", 2, 950), ("Cúc", 3, 480)]),
        (Counting.FIRST, [("Bình", 1, 950), ("An", 2, 800), ("Cúc", 3, 480)]),
        (Counting.LAST, [("An", 1, 1100), ("Bình", 2, 950), ("Cúc", 3, 480)]),
        (Counting.SUM, [("An", 1, 1900), ("Bình", 2, 950), ("Cúc", 3, 480)]),
        (Counting.MEAN, [("Bình", 1, 950), ("An", 2, 950), ("Cúc", 3, 480)]),  # alike, but Bình handed in earlier
    ],
)
def test_the_total_of_questions_and_essay_counts(cast, unit, three, clock, counted, expected):
    contest = contest_of(cast, unit, counted)
    three()
    made(contest, clock)
    assert [(row.name, row.rank, row.marks) for row in board(contest, "ca-nhan")] == expected
    (union,) = board(contest, "cdcs")
    assert union.marks == round(sum(mark for _, _, mark in expected) / 3)


def test_boards_are_provisional_until_every_essay_has_its_mark(cast, unit, three, clock, client):
    contest = contest_of(cast, unit)
    _, _, cuc = three()
    sit(cuc, "tuan-2", 100, 60, timedelta(), clock)  # of a round without an essay: waits for nothing

    def stands():
        with transaction(writes=False):
            own = session.get_one(Contest, contest.id)
            snapshot = queries.newest_snapshot(own)
            return snapshot.provisional, queries.is_stale(own, snapshot, clock.instant)

    def pages():
        cast.log_in(client, cuc)
        paths = ("", "/ca-nhan", "/cdcs", "/ca-nhan/me")
        found = [client.get(f"/contests/cuoc-thi/standings{path}").get_data(as_text=True) for path in paths]
        return ["Kết quả tạm tính: còn <strong>1</strong> bài viết chưa có điểm" in page for page in found]

    made(contest, clock)
    assert stands() == (1, False)
    assert pages() == [True] * 4
    settle(cuc, 1, 650, clock.instant)
    assert stands() == (1, True)
    clock.at(minutes=11)
    made(contest, clock)
    assert stands() == (0, False)
    assert pages() == [False] * 4
    assert [(row.name, row.marks) for row in board(contest, "ca-nhan")] == [("Cúc", 1230), ("An", 1100), ("Bình", 950)]


def test_the_own_place_shows_totals_and_which_wait(cast, unit, three, clock, client):
    contest = contest_of(cast, unit)
    an, _, cuc = three()
    made(contest, clock)
    path = "/contests/cuoc-thi/standings/ca-nhan/me"
    own = cast.log_in(client, an).get(path).get_data(as_text=True)
    assert [mark in own for mark in ("<span>8</span>", "<span>11</span>")] == [True, True]
    assert "chưa có điểm bài viết" not in own
    assert "<span>4,8 <small>chưa có điểm bài viết</small></span>" in cast.log_in(client, cuc).get(path).get_data(
        as_text=True
    )


def test_a_board_is_provisional_only_while_an_essay_of_its_own_rounds_waits(cast, unit, clock, client):
    rounds = [cast.round_rules(essay=ESSAY), cast.round_rules("tuan-2", essay=ESSAY), cast.round_rules("tuan-3")]
    boards = [
        BoardRules(key=key, title=key, of=StandingsOf.PEOPLE, rounds=keys)
        for key, keys in (("mot", ("tuan-1",)), ("hai", ("tuan-2",)), ("ba", ("tuan-3",)), ("ca", None))
    ]
    live = PublishRule(board=BoardWhen.LIVE, names=Names.FULL)
    contest = cast.contest(organiser=unit[1], rounds=rounds, boards=boards, publish=live)
    an = cast.person("An", union=unit[0])
    for key in ("tuan-1", "tuan-2", "tuan-3"):
        sit(an, key, 500, 60, timedelta(), clock)
    with transaction():
        for attempt in session.scalars(select(Attempt).join(Round).where(Round.key == "tuan-2")):
            set_essay_mark(attempt, 700, now=clock.instant)
    made(contest, clock)
    with transaction(writes=False):
        snapshot = queries.newest_snapshot(session.get_one(Contest, contest.id))
        assert {each.key: each.provisional for each in snapshot.boards} == {"mot": 1, "hai": 0, "ba": 0, "ca": 1}
        assert snapshot.provisional == 1
    pages = {key: client.get(f"/contests/cuoc-thi/standings/{key}").get_data(as_text=True) for key in ("mot", "hai")}
    assert "Kết quả tạm tính" in pages["mot"]
    assert "ạm tính" not in pages["hai"]
