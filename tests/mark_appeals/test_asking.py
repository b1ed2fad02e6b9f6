"""A contestant appeals about marks of questions: once an attempt, after the close of the round, in time."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from quizapp.db import session, transaction
from quizapp.models import Round
from quizapp.rules.round_rules import ShowRule
from quizapp.vocabulary import Purpose, ShownWhen
from tests.mark_appeals.conftest import CLOSES, REASON, UNTIL, html


def text(reply):
    return reply.get_data(as_text=True)


def test_the_result_page_leads_to_the_appeal_and_then_tells_its_state(sat):
    result = f"/attempts/{sat.attempt}/result"
    assert f'href="{sat.url}"' in html(sat.phone, result)
    assert sat.ask(slot=str(sat.slot())).status_code == 302
    assert (sat.appeal().slot, sat.appeal().reason, sat.appeal().mark_before) == (sat.slot(), REASON, 400)
    for page in (result, "/me/attempts"):
        assert "đã được ghi nhận và đang được xem xét" in html(sat.phone, page)
    assert REASON in html(sat.phone, sat.url)


def test_the_whole_paper_may_be_meant_but_no_question_that_it_has_not(sat):
    assert sat.ask(slot="6").status_code == 422
    assert sat.appeal() is None
    assert sat.ask().status_code == 302
    assert sat.appeal().slot is None


def test_an_appeal_is_asked_once_even_when_it_was_withdrawn(sat):
    sat.ask()
    again = sat.ask("Lần thứ hai, vẫn xin xem lại.")
    assert again.status_code == 409
    assert "thể lệ cho mỗi lượt thi một lần" in text(again)
    assert sat.phone.submit(f"{sat.url}/withdraw").status_code == 302
    assert sat.ask("Lần thứ ba, vẫn xin xem lại.").status_code == 409
    assert sat.appeal().reason == REASON


def test_it_opens_when_the_round_closes(sat):
    sat.clock.instant = CLOSES - timedelta(microseconds=1)
    early = sat.ask()
    assert early.status_code == 409
    assert "xin chờ đến khi đợt thi kết thúc lúc 12:00 ngày 08/12/2026" in text(early)
    assert "Đợt thi chưa kết thúc" in html(sat.phone, sat.url)
    sat.clock.instant = CLOSES
    assert sat.ask().status_code == 302


def test_at_the_end_itself_it_is_too_late_and_everybody_is_told_until_when_it_was(sat):
    sat.clock.instant = UNTIL
    late = sat.ask()
    assert late.status_code == 409
    assert "Thời hạn đề nghị phúc khảo đã hết 12:00 ngày 11/12/2026" in text(late)
    for page in (sat.url, f"/attempts/{sat.attempt}/result"):
        assert "Thời hạn đề nghị phúc khảo đã hết 12:00 ngày 11/12/2026" in html(sat.phone, page)
    sat.clock.instant = UNTIL - timedelta(microseconds=1)
    assert sat.ask().status_code == 302


def test_before_the_mark_is_shown_nobody_appeals_about_it(new_sat):
    sat = new_sat(show=ShowRule(result=ShownWhen.NEVER))
    assert "Phúc khảo điểm câu hỏi" not in html(sat.phone, f"/attempts/{sat.attempt}/result")
    assert "4 / 5" not in html(sat.phone, sat.url)
    assert sat.ask().status_code == 409
    assert sat.appeal() is None


def test_a_question_is_named_by_its_words_only_when_keys_are_shown(new_sat):
    sat = new_sat(show=ShowRule(answers=ShownWhen.NEVER))
    page = html(sat.phone, sat.url)
    assert "Câu 5" in page
    assert "Câu hỏi số 1 của luat?" not in page


def test_where_the_rules_have_no_appeals_there_is_no_page(new_sat):
    sat = new_sat(appeals_until=None)
    html(sat.phone, sat.url, 404)
    assert sat.ask().status_code == 404
    assert sat.url not in html(sat.phone, f"/attempts/{sat.attempt}/result")


def test_practice_is_in_no_total_and_so_nothing_to_appeal_about(sat):
    with transaction():
        session.execute(update(Round).values(purpose=Purpose.PRACTICE.value))
    html(sat.phone, sat.url, 404)


def test_an_attempt_of_somebody_else_is_not_there(sat):
    html(sat.phone, f"/attempts/{sat.first}/mark-appeal", 404)


@pytest.mark.parametrize("reason", ["", "Ngắn quá", "x" * 1001])
def test_a_reason_has_its_length_and_stays_in_the_form(sat, reason):
    reply = sat.ask(reason)
    assert reply.status_code == 422
    assert reason in text(reply)
    assert sat.appeal() is None


def test_what_is_answered_cannot_be_withdrawn(sat):
    sat.ask()
    sat.answer()
    reply = sat.phone.submit(f"{sat.url}/withdraw")
    assert reply.status_code == 409
    assert "đã trả lời đề nghị này nên không rút được nữa" in text(reply)
    assert sat.appeal().withdrawn_at is None
