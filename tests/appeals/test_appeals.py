"""Appeals: once, in time, to a judge who never had the essay, answered once, laid over the old mark."""

from datetime import timedelta

import pytest

from quizapp.db import transaction
from quizapp.models import Contest
from quizapp.reports.refreshing import refresh
from quizapp.standings import actions as standings
from quizapp.standings.queries import newest_snapshot
from quizapp.vocabulary import Combine, Role
from tests.appeals.conftest import UNTIL, html


def text(reply):
    return reply.get_data(as_text=True)


def test_an_appeal_is_asked_once(jury):
    assert "Đề nghị phúc khảo" in html(jury.phone, f"/attempts/{jury.attempt}/result")
    assert jury.ask().status_code == 302
    assert (jury.appeal().mark_before, jury.appeal().reason) == (350, "Bài của tôi có nêu kinh phí ở cuối.")
    again = jury.ask("Lần thứ hai, vẫn muốn chấm lại.")
    assert again.status_code == 409
    assert "thể lệ cho mỗi bài một lần" in text(again)
    assert jury.appeal().reason == "Bài của tôi có nêu kinh phí ở cuối."


def test_at_the_closing_instant_an_appeal_is_refused(jury):
    jury.clock.instant = UNTIL
    late = jury.ask()
    assert late.status_code == 409
    assert "Thời hạn đề nghị phúc khảo đã hết 12:00 ngày 11/12/2026" in text(late)
    assert jury.appeal() is None
    jury.clock.instant = UNTIL - timedelta(microseconds=1)
    assert jury.ask().status_code == 302


def test_before_there_is_a_mark_nobody_appeals(new_appealing):
    jury = new_appealing()
    assert "chưa có điểm chính thức" in html(jury.phone, jury.appeal_url)
    assert jury.ask().status_code == 409
    assert jury.appeal() is None


def test_where_the_rules_have_no_appeals_there_is_no_page(new_appealing):
    jury = new_appealing(appeals_until=None)
    jury.settle()
    html(jury.phone, jury.appeal_url, 404)
    assert jury.ask().status_code == 404


@pytest.mark.parametrize("reason", ["", "Ngắn quá", "x" * 1001])
def test_a_reason_has_its_length_and_stays_in_the_form(jury, reason):
    reply = jury.ask(reason)
    assert reply.status_code == 422
    assert reason in text(reply)
    assert jury.appeal() is None


def test_the_judge_never_had_the_essay_and_is_not_told(jury):
    jury.ask()
    assert jury.give().status_code == 302
    assert jury.who_has_it() == [jury.chi.id]
    page = html(jury.browser(jury.chi), f"/judge/essays/{jury.allocation('PH2222', jury.chi)}")
    assert "họp ngắn mỗi tuần" in page
    for part in ("phúc khảo", "Phúc khảo", "appeal", "Nhung", "kinh phí ở cuối", "3,5"):
        assert part not in page


def test_when_nobody_is_left_the_organiser_is_told_what_to_do(jury):
    jury.unseat(jury.chi)
    jury.ask()
    reply = jury.give()
    assert reply.status_code == 409
    assert "Xin thêm một giám khảo" in text(reply)
    assert "/jury" in text(reply)
    jury.seat(jury.chi)
    assert jury.give().status_code == 302


def test_an_appeal_whose_judge_left_is_given_again(jury):
    jury.ask()
    jury.give()
    jury.unseat(jury.chi)
    assert "Giao cho giám khảo chấm lại" in html(jury.desk, f"{jury.desk_url}/PH2222")
    dan = jury.judge("Ngô Dần", jury.cast.union("CĐCS Năm", parent=jury.province))
    assert jury.give().status_code == 302
    assert jury.who_has_it() == [dan.id]


def test_giving_twice_gives_once(jury):
    jury.ask()
    jury.give()
    assert jury.give().status_code == 409
    assert len(jury.who_has_it()) == 1


def test_the_new_mark_settles_nothing_by_itself(jury):
    jury.ask()
    jury.give()
    jury.mark_again()
    assert jury.essay_mark("PH2222") == 350
    page = html(jury.desk, f"{jury.desk_url}/PH2222")
    assert "chênh lệch" in page
    assert "Đỗ Chi" in page


def test_the_new_mark_taken_is_a_layer_over_the_old_one(jury):
    jury.ask()
    jury.give()
    jury.mark_again()
    assert jury.answer("take", answer="Giám khảo thứ ba cho rằng ý tưởng mới.").status_code == 302
    assert jury.settlements() == [("PH2222", 350, False), ("PH2222", 500, True)]
    assert jury.essay_mark("PH2222") == 500
    own = html(jury.phone, jury.appeal_url)
    assert "Giám khảo thứ ba cho rằng ý tưởng mới." in own
    assert "Có trả lời phúc khảo." in html(jury.phone, "/me/attempts")
    listed = html(jury.desk, jury.desk_url)
    assert "+1,5" in listed
    assert jury.events()[-2:] == ["settle_essay", "answer_appeal"]


def test_kept_marks_have_no_new_layer(jury):
    jury.ask()
    jury.give()
    jury.mark_again()
    assert jury.answer("keep").status_code == 302
    assert jury.settlements() == [("PH2222", 350, True)]
    assert "giữ nguyên" in html(jury.phone, jury.appeal_url)


def test_another_mark_must_be_one_of_the_rules(jury):
    jury.ask()
    jury.give()
    jury.mark_again()
    assert jury.answer("other", mark="5,5").status_code == 422
    assert jury.answer("other", mark="").status_code == 422
    assert jury.answer("other", mark="4,25").status_code == 302
    assert jury.essay_mark("PH2222") == 425


def test_an_answer_is_given_once_and_needs_words(jury):
    jury.ask()
    jury.give()
    jury.mark_again()
    assert jury.answer("take", answer="Được").status_code == 422
    assert jury.answer("take").status_code == 302
    again = jury.answer("keep")
    assert again.status_code == 409
    assert jury.essay_mark("PH2222") == 500


def test_before_the_judge_has_finished_nothing_is_decided(jury):
    jury.ask()
    jury.give()
    assert jury.answer("keep").status_code == 409
    assert jury.appeal().decided_at is None


def test_a_page_that_is_old_decides_nothing(jury):
    jury.ask()
    jury.give()
    jury.mark_again()
    seen = jury.seen()
    jury.mark_again(idea=100)
    assert jury.answer("take", **seen).status_code == 409
    assert jury.answer("take", seen=0).status_code == 409
    assert jury.essay_mark("PH2222") == 350


def test_of_a_sum_the_new_mark_is_that_of_all_judges(new_appealing):
    jury = new_appealing(combine=Combine.SUM)
    jury.settle()
    before = jury.essay_mark("PH2222")
    jury.ask()
    jury.give()
    jury.mark_again(idea=200, style=300)
    [total] = [each for each in jury.totals("PH2222") if each == 250]
    assert jury.answer("take", seen_mark=total).status_code == 409
    assert jury.answer("take", seen_mark=2 * total).status_code == 302
    assert (before, jury.essay_mark("PH2222")) == (350, 500)


def test_a_writer_withdraws_until_the_judge_has_finished(jury):
    jury.ask()
    jury.give()
    assert jury.phone.submit(f"{jury.appeal_url}/withdraw").status_code == 302
    assert jury.who_has_it() == []
    assert jury.ask().status_code == 409
    assert jury.give().status_code == 409
    assert "rút đề nghị phúc khảo" in html(jury.phone, jury.appeal_url)


def test_what_the_judge_has_finished_is_not_withdrawn(jury):
    jury.ask()
    jury.give()
    jury.mark_again()
    reply = jury.phone.submit(f"{jury.appeal_url}/withdraw")
    assert reply.status_code == 409
    assert "không rút được nữa" in text(reply)
    assert jury.appeal().withdrawn_at is None


def test_boards_published_before_are_old_after_a_changed_mark(jury):
    refresh(jury.contest.id, jury.clock.instant)
    with transaction() as session:
        contest = session.get_one(Contest, jury.contest.id)
        standings.publish(contest, newest_snapshot(contest), by=jury.organiser, now=jury.clock.instant)
    jury.ask()
    jury.give()
    jury.mark_again()
    assert "công bố lại" not in html(jury.desk, jury.desk_url)
    jury.answer("take")
    assert "công bố lại" in html(jury.desk, jury.desk_url)


def test_others_neither_see_nor_touch_an_appeal(jury):
    jury.ask()
    foreign = jury.cast.union("LĐLĐ tỉnh Khác")
    other = jury.cast.person("Ngô Xa", union=foreign, roles=[(Role.ORGANISER, foreign), (Role.ADMIN, foreign)])
    for person in (other, jury.an, jury.cast.person("Người Lạ", union=jury.cdcs)):
        browser = jury.browser(person)
        html(browser, jury.appeal_url, 404)
        html(browser, f"{jury.desk_url}/PH2222", 404)
        assert browser.submit(f"{jury.desk_url}/PH2222/judge").status_code == 404
        assert browser.submit(f"{jury.appeal_url}/withdraw").status_code == 404
    assert jury.appeal().withdrawn_at is None


def test_what_people_write_is_shown_harmless(jury):
    jury.ask("<script>alert(1)</script> xin chấm lại")
    for page in (html(jury.phone, jury.appeal_url), html(jury.desk, f"{jury.desk_url}/PH2222")):
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page
