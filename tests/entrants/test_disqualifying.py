"""Results that do not count: one attempt or a whole person, with a reason that the person reads, and back again."""

from quizapp.db import session, transaction
from quizapp.models import Disqualification, Person
from quizapp.vocabulary import Role
from tests.entrants.conftest import URL


def test_entrants_are_found_without_marks_by_name_unit_and_whole_phone_number(desk):
    anh, other = desk.worker("Nguyễn Thị Ánh"), desk.worker("Lê Văn Bình", union=desk.shoes)
    for search in ("thi anh", "may mau anh", anh.phone, f"+84 {anh.phone[1:]}"):
        page = desk.page(f"/entrants?q={search.replace('+', '%2B')}")
        assert "Nguyễn Thị Ánh" in page, search
        assert other.full_name not in page, search
    assert "Không có ai khớp" in desk.page("/entrants?q=khong+ai")
    assert "Không có ai khớp" in desk.page(f"/entrants?q={anh.phone[:6]}")


def test_only_who_sat_for_real_is_an_entrant(desk):
    person = desk.worker()
    desk.cast.person("Trần Chưa Thi", union=desk.sewing)
    assert "Trần Chưa Thi" not in desk.page("/entrants")
    desk.rehearse()
    assert "Chưa có ai dự thi" in desk.page("/entrants")
    desk.page(f"/entrants/{person.id}", 404)


def test_a_person_is_left_out_with_a_reason_and_taken_back_and_both_stay_readable(desk):
    person = desk.worker(attempts=2)
    before = desk.remarkings()
    assert desk.refuse(person).status_code == 302
    assert desk.remarkings() == before + 1
    page = desk.page(f"/entrants/{person.id}")
    assert page.count("Không công nhận</span>") == 2
    assert "Nhờ người khác thi hộ" in page
    assert desk.lift().status_code == 302
    assert desk.remarkings() == before + 2
    [made] = desk.stored(Disqualification)
    assert (made.reason, made.lifted_reason) == ("Nhờ người khác thi hộ", "Đã xác minh lại")
    listed = desk.page("/entrants/disqualified")
    assert "0 đang có hiệu lực, 1 đã khôi phục" in listed
    assert "Đã xác minh lại" in listed
    assert [action for action, _ in desk.events()] == ["disqualify", "lift_disqualification"]


def test_one_attempt_is_left_out_and_the_other_stays(desk):
    person = desk.worker(attempts=2)
    _first, second = desk.attempts(person)
    assert desk.refuse(person, attempt=second).status_code == 302
    [made] = desk.stored(Disqualification)
    assert made.attempt_id == second
    assert "Một phần không công nhận" in desk.page("/entrants")
    assert desk.events()[0][1]["attempt"] == second


def test_without_a_reason_nothing_happens_and_what_was_typed_stays(desk):
    person = desk.worker()
    reply = desk.refuse(person, reason="bậy")
    assert reply.status_code == 422
    assert 'value="bậy"' in reply.get_data(as_text=True)
    assert not desk.stored(Disqualification)
    assert not desk.events()
    desk.refuse(person)
    reply = desk.lift(reason="")
    assert reply.status_code == 422
    assert "Xin điền mục này." in reply.get_data(as_text=True)
    assert desk.stored(Disqualification)[0].lifted_at is None


def test_the_same_is_not_left_out_twice_and_not_taken_back_twice(desk):
    person = desk.worker()
    desk.refuse(person)
    assert desk.refuse(person).status_code == 409
    [made] = desk.stored(Disqualification)
    desk.lift()
    reply = desk.browser.submit(f"{URL}/entrants/disqualified/{made.id}/lift", {"reason": "Bấm lần nữa"})
    assert reply.status_code == 302
    assert desk.stored(Disqualification)[0].lifted_reason == "Đã xác minh lại"
    desk.refuse(person)
    assert len(desk.stored(Disqualification)) == 2


def test_an_attempt_of_somebody_else_cannot_be_left_out_here(desk):
    person, other = desk.worker(), desk.worker("Lê Văn Bình")
    assert desk.refuse(person, attempt=desk.attempts(other)[0]).status_code == 404


def test_the_person_reads_the_reason_at_the_own_attempts(desk):
    person = desk.worker(attempts=2)
    [first, second] = desk.attempts(person)
    own = desk.cast.log_in(desk.app.test_client(), person)
    desk.refuse(person, attempt=first)
    assert own.get("/me/attempts").get_data(as_text=True).count("không công nhận kết quả của lượt thi này") == 1
    desk.refuse(person, reason="Dùng hai tài khoản")
    page = own.get(f"/attempts/{second}/result").get_data(as_text=True)
    assert "không công nhận kết quả của bạn trong cuộc thi này. Lý do: Dùng hai tài khoản" in page
    desk.lift()
    desk.lift()
    assert "không công nhận" not in own.get("/me/attempts").get_data(as_text=True)


def test_phone_numbers_of_people_outside_the_own_subtree_are_covered(desk):
    far = desk.cast.union("CĐCS Tỉnh Khác")
    person = desk.worker()
    with transaction():
        session.get_one(Person, person.id).union_id = far.id  # moved there after the contest
    page = desk.page(f"/entrants/{person.id}")
    assert person.phone not in page
    assert f"{person.phone[:2]}******" in page


def test_the_organiser_of_one_union_only_does_not_see_the_contest_above(desk):
    person = desk.worker()
    below = desk.cast.person("Trần Thị Cơ Sở", union=desk.sewing, roles=[(Role.ORGANISER, desk.sewing)])
    browser = desk.cast.log_in(desk.app.test_client(), below)
    assert browser.get(f"{URL}/entrants/{person.id}").status_code == 404
    assert browser.submit(f"{URL}/entrants/{person.id}/disqualify", {"reason": "Không được"}).status_code == 404
