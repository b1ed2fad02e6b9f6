"""Judges take essays themselves: what they get, for how long, and what becomes of what they leave lying."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from quizapp.cli.housekeep import keep_house
from quizapp.db import session, transaction
from quizapp.errors import (
    AllocationWithdrawn,
    FinishedAlready,
    GivenOut,
    HoldsEnough,
    LeaseTaken,
    NothingToTake,
    RoundNotOver,
)
from quizapp.judging import actions, drafts, returning, states, taking
from quizapp.models import Allocation, Assessment, AuditEvent, JudgeSeat
from quizapp.vocabulary import EssayState, Giving
from tests.conftest import NOON


@pytest.fixture
def pool(new_jury):
    """Three judges of three unions and four essays of a fourth, which the judges take themselves."""
    made = new_jury(giving=Giving.PULL)
    made.cdcs = made.cast.union("Công đoàn cơ sở Dệt Bình Minh", parent=made.province)
    made.homes = [made.cast.union(f"CĐCS {name}", parent=made.province) for name in ("May Hai", "Gỗ Ba", "Thép Bốn")]
    made.an, made.binh, made.chi = (
        made.judge(name, union) for name, union in zip(("Lê An", "Vũ Bình", "Đỗ Chi"), made.homes, strict=True)
    )
    for number in range(4):
        made.write(f"PH222{number}", made.cdcs)
    return made


def take(jury, judge, count=5):
    with transaction():
        taken = taking.take(seat_of(jury, judge), count, by=judge, now=jury.clock.instant)
        return [each.code for each in taken]


def seat_of(jury, judge):
    asked = select(JudgeSeat).where(JudgeSeat.person_id == judge.id, JudgeSeat.round_id == jury.round().id)
    return session.scalars(asked).one()


def keep(jury, code, judge, **fields):
    allocation_id = jury.allocation(code, judge)
    with transaction():
        allocation = session.get_one(Allocation, allocation_id)
        actions.keep(allocation, drafts.read(fields, allocation), now=jury.clock.instant)


def give_back(jury, code, judge, reason="Tôi biết người viết"):
    allocation_id = jury.allocation(code, judge)
    with transaction():
        allocation = session.get_one(Allocation, allocation_id)
        returning.give_back(allocation, reason=reason, by=judge, now=jury.clock.instant)


def codes(jury, judge):
    return [code for code, _ in jury.given(judge)]


def test_an_essay_has_the_judges_of_the_rules_and_no_more(pool):
    assert len(take(pool, pool.an)) == len(take(pool, pool.binh)) == 4
    with pytest.raises(NothingToTake):
        take(pool, pool.chi)


def test_what_lacks_most_judges_is_taken_first(pool):
    first = take(pool, pool.an, 2)
    assert set(first).isdisjoint(take(pool, pool.binh, 2))


def test_nobody_takes_from_the_own_union_nor_the_own_essay(pool):
    for code, union in zip(("PH3331", "PH3332", "PH3333"), pool.homes, strict=True):
        pool.write(code, union)
    pool.write("PH3334", pool.cdcs, person=pool.an)
    assert set(take(pool, pool.an, 10)) == {"PH2220", "PH2221", "PH2222", "PH2223", "PH3332", "PH3333"}


def test_a_judge_takes_up_to_the_capacity(pool):
    pool.seat(pool.an, capacity=3)
    assert len(take(pool, pool.an, 10)) == 3
    with pytest.raises(NothingToTake):
        take(pool, pool.an)


def test_at_most_ten_are_reserved_at_once(pool):
    for number in range(8):
        pool.write(f"PH444{number}", pool.cdcs)
    assert len(take(pool, pool.an, 99)) == 10
    with pytest.raises(HoldsEnough):
        take(pool, pool.an)


def test_essays_are_taken_after_the_close(pool):
    pool.clock.at(hours=-2)
    with pytest.raises(RoundNotOver):
        take(pool, pool.an)


def test_essays_are_taken_only_where_the_rules_say_so(jury):
    with pytest.raises(GivenOut):
        take(jury, jury.an)
    assert "Nhận bài" not in jury.browser(jury.an).get("/judge").get_data(as_text=True)


def test_what_lapsed_goes_to_the_next_who_takes(pool):
    mine = take(pool, pool.an, 2)
    take(pool, pool.binh, 4)
    pool.clock.at(minutes=45)
    assert set(take(pool, pool.chi, 4)).isdisjoint(mine)
    pool.clock.at(minutes=45, seconds=1)
    assert set(take(pool, pool.chi, 4)) == set(mine)
    assert codes(pool, pool.an) == []


def test_every_saving_prolongs_all_that_a_judge_has_reserved(pool):
    first, second = take(pool, pool.an, 2)
    take(pool, pool.binh, 4)
    for minutes in (40, 80, 120):
        pool.clock.at(minutes=minutes)
        keep(pool, first, pool.an, notes="Xem lại")
    take(pool, pool.chi, 4)
    assert codes(pool, pool.an) == sorted((first, second))


def test_what_is_finished_never_lapses(pool):
    [code] = take(pool, pool.an, 1)
    pool.finish(code, pool.an, 200, 100)
    pool.clock.at(hours=2)
    keep_house(now=pool.clock.instant)
    assert codes(pool, pool.an) == [code]


def test_keeping_house_returns_what_lapsed(pool):
    take(pool, pool.an, 2)
    keep_house(now=NOON + timedelta(minutes=45))
    assert len(codes(pool, pool.an)) == 2
    keep_house(now=NOON + timedelta(minutes=46))
    assert codes(pool, pool.an) == []


def test_who_comes_back_to_a_lapsed_essay_goes_on_with_the_draft(pool):
    [code] = take(pool, pool.an, 1)
    keep(pool, code, pool.an, **{"mark-y-tuong": "2", "notes": "Ý hay"})
    pool.clock.at(hours=2)
    keep_house(now=pool.clock.instant)
    browser, url = pool.browser(pool.an), f"/judge/essays/{pool.allocation(code, pool.an)}"
    assert f"Bài {code}" in browser.get("/judge/seats/1").get_data(as_text=True)
    html = browser.get(url).get_data(as_text=True)
    assert "chưa ai khác nhận" in html
    assert "Ý hay" in html
    pool.finish(code, pool.an, 200, 100)
    assert codes(pool, pool.an) == [code]


def test_what_others_took_meanwhile_stays_readable_and_is_refused(pool):
    [code] = take(pool, pool.an, 1)
    keep(pool, code, pool.an, notes="Ý hay")
    pool.clock.at(hours=2)
    take(pool, pool.binh, 4)
    take(pool, pool.chi, 4)
    browser, url = pool.browser(pool.an), f"/judge/essays/{pool.allocation(code, pool.an)}"
    html = browser.get(url).get_data(as_text=True)
    assert "giám khảo khác đã nhận" in html
    assert "Ý hay" in html
    with pytest.raises(LeaseTaken):
        keep(pool, code, pool.an, notes="Ý dở")
    assert browser.put(f"{url}/draft", json={"notes": "Ý dở"}).status_code == 409
    assert len([each for each, _ in pool.given() if each == code]) == 2


def test_a_lapsed_essay_is_taken_again_in_the_same_row(pool):
    [code] = take(pool, pool.an, 1)
    before = pool.allocation(code, pool.an)
    keep(pool, code, pool.an, notes="Ý hay")
    keep_house(now=pool.clock.at(hours=2))
    take(pool, pool.an, 4)
    assert pool.allocation(code, pool.an) == before
    with transaction(writes=False):
        assert session.get_one(Assessment, before).notes == "Ý hay"


def test_two_who_press_at_the_same_moment_get_no_more_than_the_rules_say(pool):
    four = pool.judge("Hồ Dung", pool.cast.union(parent=pool.province))
    judges = (pool.an, pool.binh, pool.chi, four)
    ready, unexpected = threading.Barrier(len(judges)), []

    def press(judge):
        with pool.app.app_context():
            ready.wait()
            try:
                take(pool, judge, 3)
            except NothingToTake:
                pass
            except Exception as error:
                unexpected.append(error)

    threads = [threading.Thread(target=press, args=[judge]) for judge in judges]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert unexpected == []
    given = pool.given()
    assert len(given) == len(set(given)) == 8
    assert {sum(code == each for each, _ in given) for code, _ in given} == {2}


def test_the_third_judge_takes_among_others_and_is_not_told(pool):
    for judge in (pool.an, pool.binh):
        take(pool, judge, 4)
    pool.finish("PH2220", pool.an, 200, 300)
    pool.finish("PH2220", pool.binh, 0, 0)
    assert len([code for code, _ in pool.given() if code == "PH2220"]) == 2
    assert take(pool, pool.chi) == ["PH2220"]
    html = pool.browser(pool.chi).get(f"/judge/essays/{pool.allocation('PH2220', pool.chi)}").get_data(as_text=True)
    assert "lần ba" not in html
    pool.finish("PH2220", pool.chi, 200, 200)
    assert pool.settlements() == [("PH2220", 450, True)]


def test_organisers_may_give_out_what_nobody_takes(pool):
    take(pool, pool.an, 1)
    pool.allocate()
    given = pool.given()
    assert {sum(code == each for each, _ in given) for code, _ in given} == {2}


def test_what_is_given_back_goes_to_others_and_never_returns(pool):
    [code] = take(pool, pool.an, 1)
    give_back(pool, code, pool.an)
    assert code not in take(pool, pool.an, 10)
    assert code in take(pool, pool.binh, 10)
    with pytest.raises(AllocationWithdrawn):
        keep(pool, code, pool.an)
    assert pool.browser(pool.an).get(f"/judge/essays/{pool.allocation(code, pool.an)}").status_code == 404
    with transaction(writes=False):
        noted = session.scalars(select(AuditEvent).where(AuditEvent.action == "give_back_essay")).one()
    assert (noted.details["code"], noted.details["reason"]) == (code, "Tôi biết người viết")


def test_what_organisers_gave_and_a_judge_gives_back_goes_to_another_at_once(jury):
    jury.allocate()
    code, name = jury.given()[0]
    judge = next(each for each in (jury.an, jury.binh, jury.chi) if each.full_name == name)
    url = f"/judge/essays/{jury.allocation(code, judge)}/return"
    browser = jury.browser(judge)
    reply = browser.submit(url, {"reason": "mờ"}, page=url)
    assert (reply.status_code, 'value="mờ"' in reply.get_data(as_text=True)) == (422, True)
    assert browser.submit(url, {"reason": "Ảnh mờ không đọc được"}).status_code == 302
    assert jury.given(judge) == []
    assert len(jury.given()) == 2
    page = jury.browser(jury.organiser).get(f"/organise/contests/cuoc-thi/essays/bai-viet/{code}")
    assert "Ảnh mờ không đọc được" in page.get_data(as_text=True)


def test_what_is_finished_is_not_given_back(jury):
    jury.allocate()
    code, name = jury.given()[0]
    judge = next(each for each in (jury.an, jury.binh, jury.chi) if each.full_name == name)
    jury.finish(code, judge, 200, 100)
    with pytest.raises(FinishedAlready):
        give_back(jury, code, judge)


def test_a_judge_takes_with_a_button_and_reads_until_when(pool):
    browser = pool.browser(pool.an)
    assert "Nhận bài" in browser.get("/judge").get_data(as_text=True)
    assert browser.submit("/judge/seats/1/take", {"count": "2"}, page="/judge").status_code == 302
    assert "Giữ cho bạn đến 12:45" in browser.get("/judge/seats/1").get_data(as_text=True)
    assert len(codes(pool, pool.an)) == 2
    browser.submit("/judge/seats/1/take", {"count": "rất nhiều"})
    assert len(codes(pool, pool.an)) == 4
    jury_page = pool.browser(pool.organiser).get("/organise/contests/cuoc-thi/essays/bai-viet/jury")
    assert "4 lượt chấm chưa ai nhận; 4 bài đang được giữ" in jury_page.get_data(as_text=True)


def test_a_judge_who_leaves_returns_what_was_reserved(pool):
    take(pool, pool.an, 4)
    pool.unseat(pool.an)
    assert pool.given() == []
    with transaction(writes=False):
        assert states.counts(pool.round())[EssayState.UNALLOCATED] == 4
    pool.seat(pool.an)
    with pytest.raises(NothingToTake):
        take(pool, pool.an)
