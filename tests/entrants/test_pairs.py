"""Accounts that may be one person's: shown, decided by a human, taken back; nothing happens by itself."""

from datetime import date

from quizapp.models import Disqualification, DuplicateDecision, Person


def test_nobody_alike_is_said_so(desk):
    desk.worker("Nguyễn Thị Ánh", birth_date=date(1990, 1, 1))
    desk.worker("Nguyễn Thị Ánh", birth_date=date(1970, 1, 1), union=desk.shoes)
    assert "Không có cặp tài khoản nào chờ kết luận" in desk.page("/duplicates")


def test_pairs_of_this_contest_are_shown_the_sure_ones_apart_from_the_weak(desk):
    desk.twins()
    desk.worker("Lý Gần Năm", birth_date=date(1990, 1, 1))
    desk.worker("Lý Gần Năm", birth_date=date(1991, 9, 9))
    desk.worker("Vũ Mã Số", member_number="DV-0001", birth_date=date(1980, 1, 1))
    desk.worker("Vũ Thị Mã", member_number="DV0001", birth_date=date(1981, 1, 1))
    page = desk.page("/duplicates")
    assert "3 cặp chưa kết luận, trong đó 1 cặp chỉ giống họ tên và đơn vị" in page
    assert page.index("Vũ Mã Số") < page.index("Dấu hiệu yếu") < page.index("Lý Gần Năm")
    assert len(desk.stored(DuplicateDecision)) == len(desk.stored(Disqualification)) == 0


def test_who_did_not_sit_is_in_no_pair(desk):
    one, other = desk.twins()
    desk.cast.person("Trần Văn Đôi", union=desk.sewing)
    assert "1 cặp chưa kết luận." in desk.page("/duplicates")
    assert desk.page(f"/duplicates/{other.id}/{one.id}", 404)
    desk.rehearse()
    desk.page(desk.address((one, other)), 404)


def test_one_person_leaves_out_the_account_that_was_picked_and_merges_nothing(desk):
    one, other = pair = desk.twins()
    assert desk.decide(pair, "same", out=other).status_code == 302
    [made] = desk.stored(Disqualification)
    assert (made.person_id, made.attempt_id, made.reason) == (other.id, None, "Công đoàn cơ sở xác nhận")
    assert {one.id, other.id} <= {each.id for each in desk.stored(Person)}
    page = desk.page("/duplicates")
    assert "Không có cặp tài khoản nào chờ" in page
    assert "Đã kết luận (1)" in page
    assert [action for action, _ in desk.events()] == ["decide_duplicate", "disqualify"]


def test_one_person_needs_a_choice_of_whose_results_count(desk):
    pair = desk.twins()
    reply = desk.submit(desk.address(pair), verdict="same", reason="Công đoàn cơ sở xác nhận")
    assert reply.status_code == 422
    assert "Xin chọn tài khoản có kết quả không được công nhận" in reply.get_data(as_text=True)
    assert 'value="Công đoàn cơ sở xác nhận"' in reply.get_data(as_text=True)
    assert not desk.stored(DuplicateDecision)
    assert desk.decide(pair, "same").status_code == 302
    assert not desk.stored(Disqualification)


def test_two_people_leave_nobody_out_whatever_else_was_ticked(desk):
    pair = desk.twins()
    reason = "Hai người, hai căn cước"
    assert desk.submit(desk.address(pair), verdict="different", out=str(pair[0].id), reason=reason).status_code == 302
    assert not desk.stored(Disqualification)
    assert "Hai người khác nhau" in desk.page("/duplicates")


def test_a_decision_taken_back_restores_what_it_left_out_and_the_pair_waits_again(desk):
    pair = desk.twins()
    desk.decide(pair, "same", out=pair[0])
    assert desk.decide(pair, "different").status_code == 409
    desk.clock.at(minutes=30)
    assert desk.submit(f"{desk.address(pair)}/undo", reason="").status_code == 422
    assert desk.submit(f"{desk.address(pair)}/undo", reason="Nhầm hai chị em").status_code == 302
    [made] = desk.stored(Disqualification)
    assert made.lifted_reason == "Nhầm hai chị em"
    assert "1 cặp chưa kết luận." in desk.page("/duplicates")
    assert desk.submit(f"{desk.address(pair)}/undo", reason="Nhầm hai chị em").status_code == 404
    assert desk.decide(pair, "different").status_code == 302
    assert len(desk.stored(DuplicateDecision)) == 2


def test_what_was_left_out_for_another_reason_stays_when_a_decision_is_taken_back(desk):
    pair = desk.twins()
    desk.refuse(pair[0])
    desk.clock.at(minutes=30)
    desk.decide(pair, "same", out=pair[0])
    desk.submit(f"{desk.address(pair)}/undo", reason="Nhầm hai chị em")
    [made] = desk.stored(Disqualification)
    assert made.lifted_at is None
