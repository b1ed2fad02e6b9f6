"""Late answers are counted or left by an organiser's decision, once, and it can be taken back."""

import re
import threading

import pytest
from sqlalchemy import select, update

from quizapp.cli.housekeep import keep_house
from quizapp.db import session, transaction
from quizapp.late.queries import Count
from quizapp.models import Attempt, Contest, LateDecision
from quizapp.reports.refreshing import refresh
from quizapp.standings import queries as standings
from tests.attempts.conftest import begin
from tests.conftest import NOON
from tests.late.conftest import Desk


def by_hand(phone):
    """The mark of what is stored, counted slot by slot without the grading of the paper."""
    answers = phone.stored()
    with transaction(writes=False):
        from_keys = phone.right_places()
    return 100 * sum(
        set((answers.get(slot) or "").split(",")) == set(key.split(",")) for slot, key in from_keys.items()
    )


def ticked(html):
    return re.findall(r'name="pick" value="([\d-]+)" checked', html)


def board(contest_id):
    with transaction(writes=False):
        contest = session.get_one(Contest, contest_id)
        snapshot = standings.newest_snapshot(contest)
        return snapshot.made_at, [row.marks for row in standings.rows_of(snapshot.boards[0])]


def test_what_was_written_in_time_is_ticked_and_its_mark_is_shown_without_a_write(desk, late):
    before = desk.rows()
    html = desk.page()
    assert ticked(html) == late[:2]
    assert "trước giờ đóng 12 giây" in html
    assert "sau giờ đóng 1 giây" in html
    assert "sau giờ đóng 30 giây" in html
    assert re.search(r"Nếu tính câu 1, 2, điểm từ 1 thành <strong>3</strong>", html)
    shown = desk.decide("preview", late[0], reason="Còn đang xem").get_data(as_text=True)
    assert re.search(r"Nếu tính câu 1, điểm từ 1 thành <strong>2</strong>", shown)
    assert ticked(shown) == late[:1]
    assert "Còn đang xem" in shown
    assert desk.rows() == before
    assert desk.events() == []


def test_counting_applies_the_ticked_changes_and_marks_as_by_hand(desk, phone, late, boss):
    mark, submitted_at, rows = desk.rows()
    assert mark == by_hand(phone) == 100
    assert desk.decide("accept", *late[:2]).status_code == 302
    assert desk.rows()[:2] == (300, submitted_at)
    assert by_hand(phone) == 300
    right = phone.right_places()
    assert phone.stored() == {1: right[1], 2: right[2], 3: right[3]}
    event = desk.events()[0]
    assert (event.action, event.actor_id) == ("accept_late", boss.id)
    assert event.details["before"]["mark"] == mark
    before = event.details["before"]["answers"]
    assert (1, before["1"]["number"], before["1"]["answer"]) in {each[:3] for each in rows}
    assert before["2"] is None
    assert desk.counted() == Count(all=1, waiting=0)


def test_an_organiser_may_count_what_was_written_after_the_close(desk, phone, late):
    desk.decide("accept", late[2])
    assert phone.stored()[3] is None
    assert desk.rows()[0] == 0 == by_hand(phone)


def test_not_counting_changes_nothing_and_is_kept_with_its_reason(desk, late):
    before = desk.rows()
    assert desk.decide("reject", *late, reason="Giờ máy không đáng tin").status_code == 302
    assert desk.rows() == before
    assert desk.events()[0].action == "reject_late"
    html = desk.page()
    assert "Giờ máy không đáng tin" in html
    assert 'value="accept"' not in html
    assert desk.counted().waiting == 0


@pytest.mark.parametrize("action", ["accept", "reject"])
def test_a_decision_wants_a_reason(desk, late, action):
    before = desk.rows()
    reply = desk.decide(action, late[1], reason=" ")
    assert reply.status_code == 422
    assert ticked(reply.get_data(as_text=True)) == [late[1]]
    assert desk.rows() == before
    assert desk.events() == []


def test_counting_nothing_is_refused_in_words(desk, late):
    reply = desk.decide("accept", reason="Mất mạng ở xưởng")
    assert reply.status_code == 409
    assert "Chưa chọn câu nào" in reply.get_data(as_text=True)
    assert "Mất mạng ở xưởng" in reply.get_data(as_text=True)
    assert desk.decide("accept", "9-9", "1-x", "").status_code == 409
    assert desk.events() == []


def test_a_decision_is_made_once(desk, late):
    desk.decide("accept", late[0])
    after = desk.rows()
    for action in ("accept", "reject"):
        reply = desk.decide(action, late[1])
        assert reply.status_code == 409
        assert "đã được quyết định" in reply.get_data(as_text=True)
    assert desk.rows() == after
    assert len(desk.events()) == 1


def test_a_change_older_than_what_is_stored_is_never_counted(desk, phone, clock, written):
    old, new = phone.change(1, "1", written_at=written(-60)), phone.change(1, "2")
    phone.put(new)
    clock.at(minutes=30)
    phone.put(old)
    assert desk.counted().all == 0
    assert "Câu đã lưu mới hơn" in desk.page()
    assert desk.decide("accept", f"1-{old['number']}").status_code == 409
    assert phone.stored() == {1: "2"}


def test_of_one_slot_the_newest_ticked_change_counts(desk, phone, clock, written):
    first, second, third = (phone.change(1, place, written_at=written(-9)) for place in "123")
    clock.at(minutes=30)
    phone.put(third, first, second)
    desk.decide("accept", f"1-{second['number']}", f"1-{first['number']}")
    assert phone.stored() == {1: "2"}


def test_changes_that_came_after_the_page_was_shown_are_not_decided_unseen(desk, phone, late, written):
    phone.put(phone.change(4, "1", written_at=written(-5)))
    assert desk.decide("reject", seen=len(late)).status_code == 409
    assert desk.events() == []
    assert desk.decide("reject").status_code == 302


def test_what_comes_after_a_decision_waits_until_it_is_undone(desk, phone, late, written, clock):
    desk.decide("reject")
    clock.at(minutes=70)
    phone.put(phone.change(4, phone.right_places()[4], written_at=written(-5)))
    assert desk.counted().waiting == 1
    assert "gửi đến thêm" in desk.page()
    desk.undo()
    assert len(ticked(desk.page())) == 3


def test_undoing_gives_back_answers_and_mark(desk, phone, late):
    before = desk.rows()
    desk.decide("accept", *late)
    assert desk.rows() != before
    assert desk.undo().status_code == 302
    assert desk.rows() == before
    assert [each.action for each in desk.events()] == ["accept_late", "undo_late"]
    assert desk.counted().waiting == 1
    desk.decide("accept", late[0])
    assert desk.rows()[0] == 200


def test_undoing_twice_or_from_an_old_page_does_nothing(desk, late):
    desk.decide("accept", *late)
    with transaction(writes=False):
        first = session.scalars(select(LateDecision.id)).one()
    desk.undo()
    desk.decide("accept", late[0])
    after = desk.rows()
    desk.undo(decision=first)
    assert "vừa được người khác thay đổi" in desk.page()
    assert desk.rows() == after
    assert len(desk.events()) == 3


def test_undoing_wants_a_reason(desk, late):
    desk.decide("reject")
    assert desk.undo(reason="").status_code == 422
    assert len(desk.events()) == 1


def test_nothing_is_decided_while_the_attempt_is_open(desk, phone, late, clock):
    clock.at(minutes=10)
    with transaction():
        opened = update(Attempt).where(Attempt.id == phone.attempt_id).values(submitted_at=None, mark=None)
        session.execute(opened)
    assert desk.decide("accept", late[0]).status_code == 409
    assert desk.rows()[0] is None


def test_an_overdue_attempt_is_handed_in_first(desk, phone, clock, written):
    phone.put(phone.change(1, phone.right_places()[1]))
    clock.at(minutes=30)
    phone.put(late := phone.change(2, phone.right_places()[2], written_at=written(-3)))
    assert desk.decide("accept", f"2-{late['number']}").status_code == 302
    mark, submitted_at, _ = desk.rows()
    assert (mark, submitted_at) == (200, phone.attempt().closes_at)
    assert desk.events()[0].details["before"]["mark"] == 100


def test_what_another_page_wrote_after_handing_in_is_not_ticked(desk, phone, clock):
    clock.at(minutes=5)
    phone.client.submit(f"/attempts/{phone.attempt_id}/submission")
    clock.at(minutes=8)
    phone.put(phone.change(1, "1", written_at=int((clock.instant).timestamp() * 1000)))
    html = desk.page()
    assert "sau lúc nộp bài 3 phút" in html
    assert ticked(html) == []


@pytest.mark.parametrize("year", [1970, 9999])
def test_a_phone_whose_clock_is_years_off_tells_nothing(desk, phone, clock, year):
    clock.at(minutes=30)
    phone.put(phone.change(1, "1", written_at={1970: 0, 9999: 253_402_300_798_999}[year]))
    html = desk.page()
    assert "Điện thoại không ghi giờ" in html
    assert ticked(html) == []
    assert "không rõ" in desk.client.get(desk.list).get_data(as_text=True)


def test_two_organisers_at_once_make_one_decision(app, cast, desk, boss, late):
    desks = [Desk(cast.log_in(app.test_client(), boss), desk.phone) for _ in range(4)]
    replies, ready = [], threading.Barrier(len(desks))

    def decide(each, action):
        ready.wait()
        replies.append(
            each.client.submit(each.url, {"action": action, "pick": late[0], "reason": "Mất mạng", "seen": 3})
        )

    threads = [
        threading.Thread(target=decide, args=(each, "accept" if number % 2 else "reject"))
        for number, each in enumerate(desks)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(each.status_code for each in replies) == [302, 409, 409, 409]
    event = desk.events()
    assert len(event) == 1
    assert desk.rows()[0] == (200 if event[0].action == "accept_late" else 100)


def test_boards_are_made_anew_when_a_mark_changed_and_again_when_it_is_back(desk, late, contest, clock):
    refresh(contest.id, clock.instant)
    first, marks = board(contest.id)
    assert marks == [100]
    keep_house(now=clock.at(minutes=61))
    assert board(contest.id) == (first, [100])
    desk.decide("accept", late[0])
    keep_house(now=clock.at(minutes=62))
    second, marks = board(contest.id)
    assert (second != first, marks) == (True, [200])
    desk.undo()
    keep_house(now=clock.at(minutes=63))
    assert board(contest.id)[1] == [100]
    third = board(contest.id)[0]
    desk.decide("reject")
    keep_house(now=clock.at(minutes=64))
    assert board(contest.id)[0] == third


def test_other_attempts_and_contests_stay_as_they_are(desk, cast, phone, late, cdcs, contest):
    other = begin(cast.person("Lê Thị Khác", union=cdcs), now=NOON)
    desk.decide("accept", *late)
    with transaction(writes=False):
        kept = session.scalars(select(LateDecision)).one()
    assert kept.attempt_id == phone.attempt_id != other
