"""Boards of a large contest: made by a job, one at a time, part by part, and held for those who waited."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from quizapp.cli.housekeep import keep_house
from quizapp.cli.jobs import HANDLERS, work_one
from quizapp.db import session, transaction
from quizapp.jobs import working
from quizapp.models import Board, Job, Snapshot, StandingsRow
from quizapp.models.standings import UNFINISHED
from quizapp.reports import refreshing
from quizapp.rules.contest_rules import PublishRule
from quizapp.standings import actions, queries, sources, storing
from quizapp.standings.making import make
from quizapp.vocabulary import BoardWhen, Role
from tests.conftest import NOON
from tests.reports.ground import sit

PAGE = "/organise/contests/cuoc-thi/publish"
PEOPLE = 7


@pytest.fixture
def contest(cast, place, clock, monkeypatch):
    """A large one, as things are counted here, with seven people who sat it and one who never handed in."""
    monkeypatch.setattr(refreshing, "AT_ONCE", PEOPLE - 1)
    monkeypatch.setattr(storing, "AT_A_TIME", 3)
    return filled(cast, place, clock)


def filled(cast, place, clock, **rules):
    rounds = [cast.round_rules(closes_at=NOON + timedelta(hours=1))]
    made = cast.contest(organiser=place.province, rounds=rounds, **rules)
    for number in range(PEOPLE):
        sit(cast.person(f"Phạm Thị {number}", union=place.units[0]), made, started=NOON, mark=100 + number)
    sit(cast.person("Lê Văn Muộn", union=place.units[2]), made, started=NOON, seconds=None)
    clock.at(hours=2)
    return made


@pytest.fixture
def boss(client, cast, place):
    return cast.log_in(client, place.boss)


def text(client):
    return " ".join(client.get(PAGE).get_data(as_text=True).split())


def all_of(table):
    with transaction(writes=False):
        return session.scalars(select(table).order_by(table.id)).all()


def rows():
    """The rows of the newest snapshot's boards, as they stand."""
    with transaction(writes=False):
        (contest_id,) = session.scalars(select(Snapshot.contest_id).distinct())
        newest = session.scalars(select(Snapshot).where(Snapshot.made_at > UNFINISHED).order_by(Snapshot.id)).all()[-1]
        assert newest.contest_id == contest_id
        return [
            (board.key, row.position, row.rank, row.name, row.marks, row.entrants)
            for board in newest.boards
            for row in queries.rows_of(board, most=100)
        ]


def count_rows():
    with transaction(writes=False):
        return session.scalar(select(func.count()).select_from(StandingsRow))


def test_an_organiser_asks_leaves_and_finds_what_was_made_held(boss, contest):
    assert boss.submit(f"{PAGE}/prepare").status_code == 302
    page = text(boss)
    assert "Đang chờ đến lượt" in page
    assert 'name="snapshot"' not in page
    (job,) = all_of(Job)
    assert boss.get(f"/jobs/{job.id}").get_json() == {"progress": 0, "is_finished": False, "problem": ""}
    assert work_one(HANDLERS)
    (job,) = all_of(Job)
    assert (job.progress, job.problem) == (10_000, "")
    page = text(boss)
    assert "Công bố kết quả của 8 người" in page  # what was overdue was handed in first
    assert "data-job" not in page
    (snapshot,) = all_of(Snapshot)
    assert snapshot.published_at is None
    assert "Đã công bố" in boss.submit(PAGE, {"snapshot": snapshot.id}, follow_redirects=True).get_data(as_text=True)


def test_what_two_wait_for_is_made_once_and_held_for_each(app, boss, cast, place, contest):
    other = cast.log_in(app.test_client(), cast.person("Hai", roles=[(Role.ORGANISER, place.province)]))
    boss.submit(f"{PAGE}/prepare")
    other.submit(f"{PAGE}/prepare")
    boss.submit(f"{PAGE}/prepare")
    (job,) = all_of(Job)
    assert len(job.details[refreshing.WAITING]) == 2
    work_one(HANDLERS)
    assert not work_one(HANDLERS)
    assert 'name="snapshot"' in text(other)
    assert 'name="snapshot"' in text(boss)
    mine, yours = all_of(Snapshot)
    assert mine.made_at == yours.made_at
    assert {mine.published_by_id, yours.published_by_id} == set(job.details[refreshing.WAITING])


def test_boards_that_nobody_waits_for_show_no_progress_and_are_held_for_nobody(boss, contest, clock):
    keep_house(now=clock.instant)
    assert [each.details for each in all_of(Job)] == [{refreshing.WAITING: []}]
    assert "data-job" not in text(boss)
    work_one(HANDLERS)
    (snapshot,) = all_of(Snapshot)
    assert (snapshot.published_by_id, snapshot.published_at) == (None, None)
    assert 'name="snapshot"' not in text(boss)


def test_housekeeping_never_asks_twice_and_rests_as_long_as_the_work_took(cast, place, contest, clock):
    keep_house(now=clock.instant)
    keep_house(now=clock.at(hours=2, seconds=15))
    (job,) = all_of(Job)
    work = working.claim(now=clock.instant)
    clock.at(hours=2, seconds=45)
    refreshing.make_boards(work, lambda _: clock.instant)
    working.finish(work, now=clock.instant)  # after 30 seconds
    sit(cast.person("Sau", union=place.units[0]), contest, started=NOON)
    keep_house(now=clock.at(hours=2, seconds=74))
    assert [each.id for each in all_of(Job)] == [job.id]
    keep_house(now=clock.at(hours=2, seconds=75))
    assert len(all_of(Job)) == 2


def test_the_boards_of_a_job_are_those_that_are_made_at_once(contest, clock, monkeypatch):
    refreshing.close_all(clock.instant)
    refreshing.refresh(contest.id, clock.instant)
    in_parts = rows()
    with transaction():
        actions.keep(contest, make(session.merge(contest, load=False), now=clock.instant))
    assert rows() == in_parts
    assert len(in_parts) > PEOPLE
    assert count_rows() == len(in_parts)  # those of the first are gone


def test_progress_is_told_from_the_first_attempt_on_and_never_falls(contest, clock, monkeypatch):
    monkeypatch.setattr(sources, "AT_A_TIME", 2)
    told = []
    refreshing.refresh(contest.id, clock.instant, told.append)
    assert told == sorted(told)
    assert told[0] == 0
    assert [each for each in told if 0 < each < 4_000]
    assert [each for each in told if 5_000 < each < 9_500]


def test_boards_that_are_being_stored_are_found_by_nobody(boss, contest, clock):
    """The worker is killed in the midst; the next one begins anew and clears what it left."""
    boss.submit(f"{PAGE}/prepare")
    work = working.claim(now=clock.instant)

    def die_half_way(progress):
        if progress > 7_000:
            raise KeyboardInterrupt
        return clock.instant

    with pytest.raises(KeyboardInterrupt):
        refreshing.make_boards(work, die_half_way)
    (left,) = all_of(Snapshot)
    assert (left.made_at, left.published_at) == (UNFINISHED, None)
    assert count_rows()
    assert 'name="snapshot"' not in text(boss)
    for path in ("", f"?snapshot={left.id}"):
        assert "Phạm Thị" not in boss.get(f"/organise/contests/cuoc-thi/standings{path}").get_data(as_text=True)
    clock.at(hours=2, minutes=2)
    assert work_one(HANDLERS)
    assert left.id not in [each.id for each in all_of(Snapshot)]
    assert len(all_of(Board)) == 2
    assert 'name="snapshot"' in text(boss)


def test_live_boards_that_were_withdrawn_while_they_were_made_stay_away(boss, cast, place, clock, monkeypatch):
    monkeypatch.setattr(refreshing, "AT_ONCE", 1)
    contest = filled(cast, place, clock, publish=PublishRule(board=BoardWhen.LIVE))
    refreshing.refresh(contest.id, clock.instant)
    clock.at(hours=3)

    def withdraw(progress):
        if progress == 5_000:
            with transaction():
                actions.withdraw(contest, by=place.boss, now=clock.instant, reason="Sai đáp án")

    refreshing.refresh(contest.id, clock.instant, withdraw)
    with transaction(writes=False):
        assert queries.published(session.merge(contest, load=False)) is None
        assert [each.withdrawn_at is None for each in all_of(Snapshot)] == [False, True]
        assert [each.published_at is None for each in all_of(Snapshot)] == [False, True]
