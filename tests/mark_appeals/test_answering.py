"""Organisers count the mark again and answer: it stays, or a wrong key is put right for everybody first."""

import pytest
from sqlalchemy import delete, select, update

from quizapp.db import session, transaction
from quizapp.models import Attempt, AuditEvent, Paper, Response
from quizapp.reports.refreshing import refresh
from tests.mark_appeals.conftest import ANSWER, REASON, UNTIL, html


def text(reply):
    return reply.get_data(as_text=True)


def test_the_desk_tells_how_many_wait_and_leads_there(sat):
    assert "đề nghị phúc khảo điểm câu hỏi" not in html(sat.desk, "/organise")
    sat.ask()
    assert "1 đề nghị phúc khảo điểm câu hỏi chờ trả lời" in html(sat.desk, "/organise")
    assert "Phúc khảo (1 chờ trả lời)" in html(sat.desk, "/organise/contests/cuoc-thi")
    sat.answer()
    assert "đề nghị phúc khảo điểm câu hỏi" not in html(sat.desk, "/organise")


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ({"q": "tran binh"}, True),
        ({"q": "nguyen"}, False),
        ({"state": "new"}, True),
        ({"state": "answered"}, False),
        ({"state": "new", "q": "khong co"}, False),
    ],
)
def test_the_list_is_searched_by_name_and_state(sat, query, is_found):
    sat.ask()
    shown = text(sat.desk.get(sat.desk_url, query_string=query))
    assert (f"{sat.desk_url}/{sat.attempt}" in shown) is is_found


def test_the_list_is_searched_by_the_code_of_the_receipt(sat):
    sat.ask()
    with transaction(writes=False):
        receipt = session.get_one(Attempt, sat.attempt).receipt
    for code in (receipt, f"{receipt[:5]}-{receipt[5:]}", receipt.lower()):
        assert f"{sat.desk_url}/{sat.attempt}" in text(sat.desk.get(sat.desk_url, query_string={"q": code}))


def test_the_page_counts_again_question_by_question(sat):
    sat.ask(slot=str(sat.slot()))
    page = html(sat.desk, f"{sat.desk_url}/{sat.attempt}")
    assert REASON in page
    assert "Khớp" in page
    assert page.count("1 / 1 điểm") == 4
    assert page.count("0 / 1 điểm") == 2  # above, as what is asked about, and in the list
    assert "Câu được đề nghị xem lại" in page


def test_keeping_the_mark_is_told_with_the_answer(sat):
    sat.ask()
    before = sat.remarkings()
    assert sat.answer().status_code == 302
    assert (sat.mark(), sat.remarkings()) == (400, before)
    page = html(sat.phone, sat.url)
    assert ANSWER in page
    assert "Điểm câu hỏi giữ nguyên" in page
    assert "Có trả lời phúc khảo điểm câu hỏi: điểm giữ nguyên." in html(sat.phone, f"/attempts/{sat.attempt}/result")
    with transaction(writes=False):
        event = session.scalars(select(AuditEvent).where(AuditEvent.action == "answer_mark_appeal")).one()
        assert event.actor_id == sat.boss.id
        assert event.details == {"slot": None, "asked": 400, "before": 400, "mark": 400}


def test_a_wrong_key_is_put_right_for_all_and_the_answer_tells_the_new_mark(sat):
    sat.ask(slot=str(sat.slot()))
    page = html(sat.desk, f"{sat.desk_url}/{sat.attempt}")
    assert "/organise/contests/cuoc-thi/corrections/questions/" in page
    sat.put_right()
    assert sat.mark() == 500
    page = html(sat.desk, f"{sat.desk_url}/{sat.attempt}")
    assert "Đã sửa: đáp án mới." in page
    assert "Khớp" in page
    assert sat.answer().status_code == 302
    assert "điểm từ 4 thành 5" in html(sat.phone, "/me/attempts")
    assert sat.appeal().mark_before == 400


def test_a_mark_that_was_stored_wrong_may_be_replaced_by_the_one_counted_again(sat):
    with transaction():
        session.execute(update(Attempt).where(Attempt.id == sat.attempt).values(mark=300))
    sat.ask()
    page = html(sat.desk, f"{sat.desk_url}/{sat.attempt}")
    assert "Lấy điểm chấm lại: 4" in page.replace("</span>", "")
    before = sat.remarkings()
    assert sat.answer(choice="take", seen=300, seen_again=400).status_code == 302
    assert sat.mark() == 400
    assert sat.remarkings() == before + 1


@pytest.mark.parametrize("choice", ["take", "other", ""])
def test_no_mark_can_be_given_by_hand(sat, choice):
    sat.ask()
    assert sat.answer(choice=choice, mark="5").status_code == 422
    assert sat.mark() == 400
    assert sat.appeal().answer is None


def test_a_mark_that_changed_since_it_was_looked_at_is_looked_at_again(sat):
    sat.ask()
    sat.put_right()
    reply = sat.answer(seen=400, seen_again=400)
    assert reply.status_code == 409
    assert ANSWER in text(reply)
    assert sat.appeal().answer is None


def test_an_appeal_is_answered_once_and_not_when_it_was_withdrawn(sat):
    sat.ask()
    sat.phone.submit(f"{sat.url}/withdraw")
    assert sat.answer().status_code == 409
    assert sat.appeal().answer is None
    assert "Bạn đã rút đề nghị phúc khảo" in html(sat.phone, sat.url)


def test_it_may_be_answered_after_the_end_and_answering_twice_changes_nothing(sat):
    sat.ask()
    sat.clock.instant = UNTIL
    sat.desk = sat.cast.log_in(sat.app.test_client(), sat.boss)
    assert sat.answer().status_code == 302
    assert sat.answer("Một câu trả lời khác hẳn.").status_code == 409
    assert sat.appeal().answer == ANSWER


def test_where_only_a_mark_came_in_there_is_nothing_to_count_again(sat):
    with transaction():
        paper = Paper(round_id=session.get_one(Attempt, sat.attempt).round_id, seed="", shape="", made_at=UNTIL)
        session.add(paper)
        session.flush()
        session.execute(delete(Response).where(Response.attempt_id == sat.attempt))
        session.execute(update(Attempt).where(Attempt.id == sat.attempt).values(paper_id=paper.id))
    assert "chỉ có điểm" in html(sat.phone, sat.url)
    assert sat.ask().status_code == 302
    assert "Không có câu trả lời để chấm lại" in html(sat.desk, f"{sat.desk_url}/{sat.attempt}")
    assert sat.answer(seen_again="").status_code == 302
    assert sat.mark() == 400


def test_boards_tell_the_corrected_mark_after_an_answered_appeal(sat):
    sat.ask()
    sat.put_right()
    sat.answer()
    refresh(sat.contest.id, sat.clock.instant)
    board = html(sat.desk, "/organise/contests/cuoc-thi/standings")
    assert board.index("Trần Thị Bình") < board.index("Nguyễn Văn An")


def test_an_appeal_of_another_contest_is_not_there(sat):
    sat.ask()
    sat.cast.contest("khac", organiser=sat.province)
    other = "/organise/contests/khac/mark-appeals"
    assert "Chưa có đề nghị phúc khảo nào" in html(sat.desk, other)
    assert sat.desk.get(f"{other}/{sat.attempt}").status_code == 404
