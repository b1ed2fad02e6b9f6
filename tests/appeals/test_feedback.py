"""The page of comments: for the writer alone, when the rules say so, and without anything that tells a judge."""

from dataclasses import replace

import pytest

from quizapp.db import transaction
from quizapp.models import Contest
from quizapp.reports.refreshing import refresh
from quizapp.rules.feedback import Given, counted, in_an_order_of_its_own, in_words
from quizapp.rules.round_rules import ShowRule
from quizapp.standings import actions as standings
from quizapp.standings.queries import newest_snapshot
from quizapp.vocabulary import FeedbackWhen, ShownWhen
from tests.appeals.conftest import html


def page(jury):
    return html(jury.phone, f"/attempts/{jury.attempt}/feedback")


def test_the_writer_reads_mark_levels_and_comments(jury):
    text = page(jury)
    for part in ("3,5", "Hai giám khảo chấm độc lập. Điểm bài viết là trung bình cộng.", "Ý tưởng cần rõ hơn."):
        assert part in text
    for part in ("Có ý", "Ý mới", "Về ý: Viết tốt.", "họp ngắn mỗi tuần", "Giám khảo 2"):
        assert part in text


def test_names_notes_and_doubts_of_judges_are_not_told(jury):
    text = page(jury)
    for part in ("Lê An", "Vũ Bình", "Đỗ Chi", "Ghi chú kín", "hân vân", "May Hai", "PH2222"):
        assert part not in text


def test_nobody_else_has_the_page(jury):
    url = f"/attempts/{jury.attempt}/feedback"
    stranger = jury.cast.person("Người Lạ", union=jury.cdcs)
    for person in (stranger, jury.an, jury.organiser):
        html(jury.browser(person), url, 404)


def test_an_essay_without_a_mark_has_no_comments_yet(new_appealing):
    jury = new_appealing()
    jury.comment("PH2222", jury.an, idea=100, style=200, comment="Sớm quá.", notes="")
    html(jury.phone, f"/attempts/{jury.attempt}/feedback", 404)


def test_where_the_rules_say_never_there_is_no_page(new_appealing):
    jury = new_appealing(feedback=FeedbackWhen.NEVER)
    jury.settle()
    html(jury.phone, f"/attempts/{jury.attempt}/feedback", 404)
    assert "/feedback" not in html(jury.phone, "/me/attempts")


def test_with_the_publication_comments_come_and_go(new_appealing):
    jury = new_appealing(feedback=FeedbackWhen.PUBLISHED)
    jury.settle()
    url = f"/attempts/{jury.attempt}/feedback"
    html(jury.phone, url, 404)
    snapshot = refresh(jury.contest.id, jury.clock.instant)
    html(jury.phone, url, 404)  # reckoned, not published
    facts = {"by": jury.organiser, "now": jury.clock.instant}
    with transaction() as session:
        contest = session.get_one(Contest, jury.contest.id)
        assert newest_snapshot(contest).id == snapshot
        standings.publish(contest, newest_snapshot(contest), **facts)
    assert "Ý tưởng cần rõ hơn." in html(jury.phone, url)
    with transaction() as session:
        standings.withdraw(session.get_one(Contest, jury.contest.id), **facts)
    html(jury.phone, url, 404)


def test_marks_that_are_never_shown_hide_comments_and_appeals(jury):
    with transaction() as session:
        round_ = session.merge(jury.round())
        round_.rules = replace(round_.rules, show=ShowRule(result=ShownWhen.NEVER))
    html(jury.phone, f"/attempts/{jury.attempt}/feedback", 404)
    assert jury.ask().status_code == 409


def test_the_judge_of_an_appeal_is_read_after_the_answer(jury):
    jury.ask()
    jury.give()
    jury.comment("PH2222", jury.chi, idea=200, style=300, comment="Xứng đáng hơn.", notes="")
    assert "Xứng đáng hơn." not in page(jury)
    jury.answer("take")
    text = page(jury)
    assert "Xứng đáng hơn." in text
    assert "Giám khảo chấm phúc khảo" in text
    assert "Phúc khảo: lấy điểm chấm lại." in text
    assert "Đỗ Chi" not in text


def test_the_order_of_judges_is_by_totals_and_not_by_seats():
    given = [Given(1, 300), Given(2, 400), Given(3, 350, is_third=True)]
    assert [each.total for each in in_an_order_of_its_own(given, "X")] == [400, 300, 350]
    assert in_an_order_of_its_own(given[::-1], "X") == in_an_order_of_its_own(given, "X")
    orders = {in_an_order_of_its_own([Given(1, 300), Given(2, 300)], code)[0].key for code in "ABCDEFGH"}
    assert orders == {1, 2}


def test_of_equal_totals_as_many_count_as_were_used():
    assert counted([300, 300, 100], [300, 300]) == [True, True, False]
    assert counted([300, 300, 100], [100, 300]) == [True, False, True]


@pytest.mark.parametrize(
    ("rule", "facts", "part"),
    [
        ("trung bình cộng", {"judges": 1}, "Một giám khảo chấm"),
        ("tổng", {"judges": 3}, "Ba giám khảo chấm độc lập. Điểm bài viết là tổng."),
        ("điểm đứng giữa", {"judges": 2, "has_third": True}, "giám khảo thứ ba chấm độc lập"),
        ("Trưởng Ban Giám khảo quyết định", {"judges": 2, "is_decision": True}, "lệch nhau quá mức"),
        ("Ban tổ chức điều chỉnh", {"judges": 2, "is_decision": True}, "Ban tổ chức điều chỉnh."),
    ],
)
def test_how_a_mark_came_is_told_in_words(rule, facts, part):
    assert part in in_words(rule, **{"has_third": False, "is_decision": False, **facts})
