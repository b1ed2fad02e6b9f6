"""A text of the essay that came late is evidence until organisers decide; then it is the essay, and can be undone."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select

from quizapp.attempts.actions import close_overdue
from quizapp.db import session, transaction
from quizapp.essays import actions as organisers
from quizapp.models import Contest, Essay, EssayRevision, Round
from quizapp.rules.round_rules import EssayRule
from quizapp.vocabulary import Role
from tests.attempts.conftest import Phone, begin
from tests.late.conftest import Desk


def test_a_text_that_came_late_is_read_and_not_counted_by_itself(
    cast, client, cdcs, province, worker, app, boss, clock
):
    cast.bank()
    rules = cast.round_rules(essay=EssayRule(prompt="Bạn đề xuất điều gì?", max_mark=500))
    cast.contest(organiser=province, rounds=[rules])
    phone = Phone(cast.log_in(client, worker), begin(worker, now=clock.instant))
    url = f"/attempts/{phone.attempt_id}/essay"
    client.put(url, json={"opening": 0, "changes": [{"slot": 0, "number": 5, "answer": "kịp giờ"}]})
    clock.at(minutes=30)
    for number, text in ((4, "cũ hơn"), (6, "<b>muộn</b> rồi")):
        client.put(url, json={"opening": 0, "changes": [{"slot": 0, "number": number, "answer": text}]})
    desk = Desk(cast.log_in(app.test_client(), boss), phone)
    assert (desk.counted().all, desk.counted().waiting) == (1, 1)
    assert "0 và bài viết" in desk.client.get(desk.list).get_data(as_text=True)
    shown = " ".join(desk.page().split())
    assert "0 / 5</dd>" in shown  # of the questions; the five marks of the essay are not at stake here
    assert "/ 10</dd>" not in shown
    assert "&lt;b&gt;muộn&lt;/b&gt; rồi" in desk.page()
    assert "Bài viết đã lưu mới hơn bản này" in desk.page()
    result = client.get(f"/attempts/{phone.attempt_id}/result").get_data(as_text=True)
    assert "Bản này được giữ để Ban tổ chức xem xét" in result
    assert desk.decide("accept", "0-4").status_code == 409  # the stored one is newer
    assert desk.decide("reject").status_code == 302
    assert (desk.counted().all, desk.counted().waiting) == (1, 0)
    with transaction(writes=False):
        assert session.get_one(Essay, phone.attempt_id).text == "kịp giờ"


@dataclass
class Late:
    """An attempt with a text that came in time, if any, and one that came late, before its organiser's desk."""

    phone: Phone
    desk: Desk

    def essay(self):
        with transaction(writes=False):
            essay = session.get_one(Essay, self.phone.attempt_id)
            return essay.number, essay.text, essay.words

    def revisions(self):
        with transaction(writes=False):
            return list(session.scalars(select(EssayRevision.text).order_by(EssayRevision.number)))

    def state(self):
        attempt = self.phone.attempt()
        with transaction(writes=False):
            remarkings = session.scalars(select(Contest.remarkings)).one()
        return attempt.mark, attempt.essay_mark, attempt.submitted_at, remarkings

    def send(self, number, text):
        changes = [{"slot": 0, "number": number, "answer": text}]
        return self.phone.client.put(
            f"/attempts/{self.phone.attempt_id}/essay", json={"opening": 0, "changes": changes}
        )

    def result(self):
        return " ".join(
            self.phone.client.get(f"/attempts/{self.phone.attempt_id}/result").get_data(as_text=True).split()
        )


@pytest.fixture
def case(cast, client, province, worker, app, boss, clock):
    cast.bank()
    rules = cast.round_rules(essay=EssayRule(prompt="Bạn đề xuất điều gì?", max_mark=500, judges=1))
    cast.contest(organiser=province, rounds=[rules])
    phone = Phone(cast.log_in(client, worker), begin(worker, now=clock.instant))
    return Late(phone, Desk(cast.log_in(app.test_client(), boss), phone))


def test_a_counted_text_is_the_essay_and_what_stood_there_is_kept(case, clock, boss):
    case.send(5, "kịp giờ")
    clock.at(minutes=30)
    case.send(6, "bản muộn")
    case.send(7, "bản muộn sau cùng")
    before, page = case.state(), case.desk.page()
    assert 'value="0-6"' in page
    assert 'value="0-7"' in page
    assert case.desk.decide("accept", "0-6").status_code == 302
    assert case.essay() == (6, "bản muộn", 2)
    assert case.revisions() == ["kịp giờ"]
    mark, essay_mark, _, remarkings = case.state()
    assert (mark, essay_mark, remarkings > before[3]) == (0, None, True)
    assert (case.desk.counted().waiting, case.desk.events()[0].actor_id) == (0, boss.id)
    assert "bản này là bài dự thi" in case.result()
    assert "câu 0" not in case.result()
    assert "Được tính" in case.desk.page()


def test_the_decision_can_be_taken_back_and_another_text_be_counted(case, clock):
    case.send(5, "kịp giờ")
    clock.at(minutes=30)
    case.send(6, "bản muộn")
    case.send(7, "bản muộn sau cùng")
    case.desk.decide("accept", "0-6")
    assert case.desk.undo().status_code == 302
    assert case.essay() == (5, "kịp giờ", 2)
    assert case.desk.counted().waiting == 1
    case.desk.decide("accept", "0-7")
    assert case.essay() == (7, "bản muộn sau cùng", 4)
    assert case.revisions() == ["kịp giờ", "bản muộn"]


def test_an_attempt_without_a_text_waits_for_its_mark_again(case, clock):
    clock.at(minutes=30)
    with transaction():
        close_overdue(now=clock.instant)
    assert case.state()[1] == 0
    case.send(6, "bản muộn")
    case.desk.decide("accept", "0-6")
    assert (case.essay()[1], case.state()[1]) == ("bản muộn", None)
    case.desk.undo()
    assert (case.essay()[1], case.state()[1]) == ("", 0)
    assert case.desk.counted().waiting == 1


def test_answers_and_the_text_are_decided_together(case, clock):
    right = case.phone.right_places()
    clock.at(minutes=30)
    case.send(6, "bản muộn")
    case.phone.put(case.phone.change(1, right[1]))
    case.desk.decide("accept", "0-6", "1-1", "")
    assert (case.essay()[1], case.state()[:2]) == ("bản muộn", (100, None))
    case.desk.undo()
    assert (case.essay()[1], case.state()[:2]) == ("", (0, 0))


def test_an_empty_text_is_nothing_to_count(case, clock):
    case.send(5, "kịp giờ")
    clock.at(minutes=30)
    case.send(6, "  \n")
    assert case.desk.decide("accept", "0-6").status_code == 409
    assert case.essay()[1] == "kịp giờ"


def test_the_text_that_a_decision_replaced_is_never_thinned_out(case, clock):
    case.send(5, "kịp giờ")
    with transaction():  # one text right before, and many that an older page went on sending
        for number, second in ((1, -0.001), *((number, number) for number in range(10, 80))):
            saved_at = clock.instant + timedelta(seconds=second)
            kept = {"number": number, "text": f"bản {number}", "saved_at": saved_at}
            session.add(EssayRevision(attempt_id=case.phone.attempt_id, **kept))
    clock.at(minutes=30)
    case.send(100, "bản muộn")
    assert case.desk.decide("accept", "0-100").status_code == 302
    assert case.desk.undo().status_code == 302
    assert case.essay() == (5, "kịp giờ", 2)


@pytest.fixture
def judge(cast, province):
    other = cast.union("CĐCS Gỗ", parent=province)
    return cast.person("Lê Giám Khảo", union=other, roles=[(Role.JUDGE, other)])


def give(judge, clock):
    with transaction():
        round_ = session.scalars(select(Round)).one()
        organisers.seat(round_, judge, capacity=None, is_chair=False, by=judge, now=clock.instant)
        assert len(organisers.allocate(round_, early=True, by=judge, now=clock.instant).pairs) == 1


def test_what_a_judge_has_is_not_replaced_but_answers_still_count(case, judge, clock):
    right = case.phone.right_places()
    case.send(5, "kịp giờ")
    clock.at(minutes=30)
    with transaction():
        close_overdue(now=clock.instant)
    case.send(6, "bản muộn")
    case.phone.put(case.phone.change(1, right[1]))
    give(judge, clock)
    assert "đã giao cho giám khảo" in case.desk.page()
    assert 'value="0-6"' not in case.desk.page()
    assert case.desk.decide("accept", "0-6", "1-1").status_code == 409
    assert (case.essay()[1], case.state()[0]) == ("kịp giờ", 0)
    assert case.desk.decide("accept", "1-1").status_code == 302
    assert (case.essay()[1], case.state()[0]) == ("kịp giờ", 100)


def test_a_counted_text_goes_to_judges_and_then_stays(case, judge, clock):
    clock.at(minutes=30)
    case.send(6, "bản muộn")
    case.desk.decide("accept", "0-6")
    give(judge, clock)
    case.desk.undo()
    assert case.essay()[1] == "bản muộn"
    assert case.desk.counted().waiting == 0
