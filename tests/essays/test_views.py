"""The organisers' desk for judging: who sits, who leaves, what is given out, what is corrected, who may come in."""

import pytest
from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.errors import NothingToTake
from quizapp.judging import taking
from quizapp.models import JudgeSeat
from quizapp.vocabulary import Giving, Resolution, Role, UnionKind

CONTEST = "/organise/contests/cuoc-thi/essays"
DESK = f"{CONTEST}/bai-viet"


@pytest.fixture
def desk(jury):
    return jury.browser(jury.organiser)


def html(browser, url):
    return browser.get(url).get_data(as_text=True)


def judges(jury, code="PH2222"):
    people = {each.full_name: each for each in (jury.an, jury.binh, jury.chi)}
    return [people[name] for given, name in jury.given() if given == code]


def seat_id(person):
    with transaction(writes=False):
        return session.scalars(select(JudgeSeat.id).where(JudgeSeat.person_id == person.id)).one()


def test_whoever_has_the_role_of_a_judge_is_found_and_seated(jury, desk):
    dung = jury.cast.person("Hồ Dung", union=jury.cdcs, roles=[(Role.JUDGE, jury.cdcs)])
    assert "Hồ Dung" in html(desk, f"{DESK}/jury?q=ho+dung")
    answer = desk.submit(
        f"{DESK}/jury", {"person": str(dung.id), "capacity": "7", "is_chair": "1"}, page=f"{DESK}/jury"
    )
    assert answer.status_code == 302
    with transaction(writes=False):
        seat = session.get_one(JudgeSeat, seat_id(dung))
        assert (seat.capacity, seat.is_chair) == (7, True)
    assert jury.events()[-1] == "seat_judge"


@pytest.mark.parametrize("capacity", ["0", "-1", "nhiều", "1.5"])
def test_a_capacity_that_is_no_number_is_refused(jury, desk, capacity):
    answer = desk.submit(f"{DESK}/jury", {"person": str(jury.an.id), "capacity": capacity})
    assert answer.status_code == 422
    assert "số nguyên lớn hơn 0" in answer.get_data(as_text=True)


def test_who_is_no_judge_is_not_seated(jury, desk):
    stranger = jury.cast.person("Người Lạ", union=jury.cdcs)
    for person in (str(stranger.id), "999999", "abc", ""):
        assert desk.submit(f"{DESK}/jury", {"person": person, "capacity": ""}).status_code == 422


def test_giving_out_twice_gives_nothing_twice(jury, desk):
    assert desk.submit(f"{DESK}/allocate", page=CONTEST).status_code == 302
    given = jury.given()
    assert len(given) == 2
    desk.submit(f"{DESK}/allocate")
    assert jury.given() == given
    jury.write("PH3333", jury.cdcs)
    desk.submit(f"{DESK}/allocate")
    assert len(jury.given()) == 4


def test_an_open_round_waits_unless_the_organiser_insists(jury, desk):
    jury.clock.at(hours=-2)
    desk.submit(f"{DESK}/allocate")
    assert jury.given() == []
    assert "Đợt thi còn mở" in html(desk, CONTEST)
    desk.submit(f"{DESK}/allocate", {"early": "1"})
    assert len(jury.given()) == 2


def test_essays_that_lack_judges_are_told_with_the_reason(jury, desk):
    for judge in (jury.binh, jury.chi):
        desk.submit(f"{DESK}/jury/{seat_id(judge)}/leave")
    page = desk.submit(f"{DESK}/allocate").get_data(as_text=True)
    assert "Bài PH2222, thiếu 1" in page


def test_a_judge_who_leaves_and_returns_has_the_same_seat_and_what_was_finished(jury, desk):
    jury.write("PH3333", jury.cdcs)
    jury.allocate()
    leaving = max((jury.an, jury.binh, jury.chi), key=lambda each: len(jury.given(each)))
    [(first, _), *others] = jury.given(leaving)
    jury.finish(first, leaving, 200, 100)
    before = seat_id(leaving)
    assert desk.submit(f"{DESK}/jury/{before}/leave", page=f"{DESK}/jury").status_code == 302
    gone = jury.browser(leaving)
    assert gone.get(f"/judge/seats/{before}").status_code == 404
    desk.submit(f"{DESK}/jury", {"person": str(leaving.id), "capacity": ""})
    assert seat_id(leaving) == before
    queue = html(gone, f"/judge/seats/{before}")
    assert first in queue
    assert not any(code in queue for code, _ in others)
    jury.allocate()
    assert jury.given(leaving) == [(first, leaving.full_name)]


def test_leaving_twice_is_leaving_once(jury, desk):
    url = f"{DESK}/jury/{seat_id(jury.an)}/leave"
    desk.submit(url)
    events = jury.events()
    assert desk.submit(url).status_code == 302
    assert jury.events() == events
    assert desk.submit(f"{DESK}/jury/999/leave").status_code == 404


def test_a_correction_asks_for_a_reason_and_keeps_what_was_typed(jury, desk):
    jury.allocate()
    for judge in judges(jury):
        jury.finish("PH2222", judge, 200, 100)
    answer = desk.submit(f"{DESK}/PH2222", {"mark": "3,5", "reason": "", "seen": "1"})
    assert answer.status_code == 422
    assert 'value="3,5"' in answer.get_data(as_text=True)
    assert desk.submit(f"{DESK}/PH2222", {"mark": "9", "reason": "Chấm sót ý", "seen": "1"}).status_code == 422
    assert desk.submit(f"{DESK}/PH2222", {"mark": "3,5", "reason": "Chấm sót ý", "seen": "1"}).status_code == 302
    assert jury.essay_mark("PH2222") == 350


def test_a_correction_of_what_was_changed_meanwhile_is_refused(jury, desk):
    jury.allocate()
    for judge in judges(jury):
        jury.finish("PH2222", judge, 200, 100)
    for mark in ("3,5", "4"):
        desk.submit(f"{DESK}/PH2222", {"mark": mark, "reason": "Chấm sót ý", "seen": "1"})
    assert jury.essay_mark("PH2222") == 350
    assert "vừa được người khác thay đổi" in html(desk, f"{DESK}/PH2222")


def test_what_is_still_being_marked_is_not_the_organisers_to_decide(jury, desk):
    jury.allocate()
    assert "Ghi điểm này" not in html(desk, f"{DESK}/PH2222")
    desk.submit(f"{DESK}/PH2222", {"mark": "3,5", "reason": "Sốt ruột quá", "seen": "0"})
    assert jury.settlements() == []


def test_without_a_chair_the_organisers_decide_what_is_left_to_the_chair(new_jury):
    jury = new_jury(resolution=Resolution.CHAIR)
    union = jury.cast.union(parent=jury.province)
    first, second = (jury.judge(name, jury.cast.union(parent=jury.province)) for name in ("Lê An", "Vũ Bình"))
    jury.write("PH2222", union)
    jury.allocate()
    jury.finish("PH2222", first, 200, 300)
    jury.finish("PH2222", second, 0, 0)
    desk = jury.browser(jury.organiser)
    assert desk.submit(f"{DESK}/PH2222", {"mark": "3", "reason": "Đọc lại bài", "seen": "0"}).status_code == 302
    assert jury.settlements() == [("PH2222", 300, True)]


def test_organisers_of_others_find_nothing(jury):
    elsewhere = jury.cast.union("LĐLĐ tỉnh Khác", kind=UnionKind.PROVINCE)
    foreign = jury.browser(jury.cast.person("Khách", union=elsewhere, roles=[(Role.ORGANISER, elsewhere)]))
    for url in (CONTEST, DESK, f"{DESK}/jury", f"{DESK}/PH2222"):
        assert foreign.get(url).status_code == 404
    for url in (f"{DESK}/allocate", f"{DESK}/seeds", f"{DESK}/jury", f"{DESK}/PH2222"):
        assert foreign.submit(url).status_code == 404


def test_a_round_without_an_essay_has_no_desk(jury, cast):
    cast.bank()
    cast.contest("trac-nghiem", organiser=jury.province)
    desk, other = jury.browser(jury.organiser), "/organise/contests/trac-nghiem/essays"
    assert "không có bài tự luận" in html(desk, other)
    for page in ("tuan-1", "tuan-1/jury", "khong-co"):
        assert desk.get(f"{other}/{page}").status_code == 404
    assert desk.submit(f"{other}/tuan-1/seeds", {"count": "3"}).status_code == 404
    assert desk.get(f"{DESK}/KHONGCO").status_code == 404


def stick(jury, first, second):
    jury.finish("PH2222", first, 200, 300)
    jury.finish("PH2222", second, 0, 0)


def test_essays_without_a_third_judge_are_told_wherever_organisers_look(jury, desk):
    jury.unseat(jury.chi)
    jury.allocate()
    stick(jury, jury.an, jury.binh)
    for url in (CONTEST, f"{DESK}/jury", f"{DESK}?state=stuck"):
        assert "1 bài lệch điểm mà chưa có giám khảo thứ ba" in html(desk, url), url
        assert "Phân bài" in html(desk, url)
    assert "PH2222" in html(desk, f"{DESK}?state=stuck")
    jury.judge("Hồ Dung", jury.cast.union(parent=jury.province))
    desk.submit(f"{DESK}/allocate")
    assert len(jury.given()) == 3
    assert "chưa có giám khảo thứ ba" not in html(desk, CONTEST)


def test_where_judges_take_essays_one_is_stuck_only_when_nobody_could_be_the_third(new_jury):
    jury = new_jury(giving=Giving.PULL)
    union = jury.cast.union(parent=jury.province)
    jury.write("PH2222", union)
    first, second = (jury.judge(name, jury.cast.union(parent=jury.province)) for name in ("Lê An", "Vũ Bình"))
    jury.allocate()
    stick(jury, first, second)
    desk = jury.browser(jury.organiser)
    assert "1 bài lệch điểm mà chưa có giám khảo thứ ba" in html(desk, CONTEST)
    third = jury.judge("Hồ Dung", jury.cast.union(parent=jury.province))
    assert "chưa có giám khảo thứ ba" not in html(desk, CONTEST)
    with transaction(), pytest.raises(NothingToTake):
        taking.take(session.get_one(JudgeSeat, seat_id(first)), 5, by=first, now=jury.clock.instant)
    with transaction():
        taking.take(session.get_one(JudgeSeat, seat_id(third)), 5, by=third, now=jury.clock.instant)
    assert len(jury.given()) == 3
