"""A handed-in essay is opened again until the close or until a judge has it, and nothing that was handed in is lost."""

import threading

import pytest
from sqlalchemy import select

from quizapp.attempts.actions import close_overdue
from quizapp.db import session, transaction
from quizapp.essays import actions as desk
from quizapp.models import Allocation, Attempt, Contest, EssayRevision, Round
from quizapp.reports import participation
from quizapp.reports import queries as reports
from quizapp.rules.contest_rules import BoardRules, PublishRule
from quizapp.rules.round_rules import AttemptsRule, EssayRule
from quizapp.standings import queries as standings
from quizapp.standings.actions import keep
from quizapp.standings.making import make
from quizapp.vocabulary import BoardWhen, Names, Role, StandingsOf
from tests.attempts.conftest import begin
from tests.attempts.test_essay_saving import Pen

RULE = EssayRule(prompt="Bạn đề xuất đổi mới điều gì?", max_mark=500, judges=1, hand_in_again=True)


@pytest.fixture
def contest(cast, province):
    rules = {"draws": (), "time_limit": None}
    rounds = [
        cast.round_rules(essay=RULE, attempts=AttemptsRule(limit=2), **rules),
        cast.round_rules("mot-lan", essay=EssayRule(prompt="Một lần", max_mark=500), **rules),
    ]
    boards = [BoardRules(key=of.value, title=of.label, of=of) for of in StandingsOf]
    live = PublishRule(board=BoardWhen.LIVE, names=Names.FULL)
    return cast.contest(organiser=province, rounds=rounds, boards=boards, publish=live)


@pytest.fixture
def pen(cast, client, worker, contest, clock):
    return Pen(cast.log_in(client, worker), begin(worker, now=clock.instant))


@pytest.fixture
def judge(cast, province, cdcs, contest, clock):
    """A judge of another union, seated."""
    other = cast.union("CĐCS Gỗ", parent=province)
    person = cast.person("Lê Giám Khảo", union=other, roles=[(Role.JUDGE, other)])
    with transaction():
        desk.seat(round_of(), person, capacity=None, is_chair=False, by=person, now=clock.instant)
    return person


def round_of(key="tuan-1"):
    return session.scalars(select(Round).where(Round.key == key)).one()


def allocate(judge, clock):
    with transaction():
        return desk.allocate(round_of(), early=True, by=judge, now=clock.instant).pairs


def hand_in(pen):
    return pen.client.submit(f"/attempts/{pen.attempt_id}/submission")


def reopen(pen):
    return pen.client.submit(f"/attempts/{pen.attempt_id}/reopening")


def result(pen):
    return pen.client.get(f"/attempts/{pen.attempt_id}/result", follow_redirects=True).get_data(as_text=True)


def handed_in(pen):
    """Text and instant of each state that was handed in and opened again."""
    with transaction(writes=False):
        asked = select(EssayRevision.text, EssayRevision.handed_in_at).order_by(EssayRevision.number)
        return [(text, at) for text, at in session.execute(asked) if at]


def test_what_was_handed_in_is_kept_and_what_is_handed_in_again_counts(pen, clock):
    pen.write("bản một")
    first = clock.at(minutes=5)
    hand_in(pen)
    receipt = pen.attempt().receipt
    assert "Sửa và nộp lại" in result(pen)
    clock.at(minutes=9)
    assert reopen(pen).location.endswith(f"/attempts/{pen.attempt_id}")
    attempt = pen.attempt()
    assert (attempt.submitted_at, attempt.mark, attempt.essay_mark) == (None, None, None)
    assert handed_in(pen) == [("bản một", first)]
    page = pen.client.get(f"/attempts/{pen.attempt_id}").get_data(as_text=True)
    assert "Bạn đã nộp bài này lúc" in page
    assert "hệ thống tự nộp bản đang lưu" in page
    pen.take_over()
    assert pen.write("bản hai").status_code == 200
    second = clock.at(minutes=20)
    hand_in(pen)
    attempt = pen.attempt()
    assert (attempt.submitted_at, attempt.mark, attempt.receipt, pen.essay().text) == (second, 0, receipt, "bản hai")
    revisions = pen.client.get(f"{pen.url}/revisions").get_data(as_text=True)
    assert "Bản đã nộp lúc" in revisions
    assert pen.write("sau khi nộp lại").status_code == 409


def test_ones_own_list_tells_what_may_still_be_changed_and_what_is_open_again(pen, judge, clock):
    def mine():
        return pen.client.get("/me/attempts").get_data(as_text=True)

    pen.write("bản một")
    assert "Đã nộp lúc" not in mine()
    hand_in(pen)
    assert "Còn sửa và nộp lại được cho đến" in mine()
    reopen(pen)
    assert "đang mở ra sửa. Sửa xong, xin nộp lại." in mine()
    hand_in(pen)
    assert "đang mở ra sửa" not in mine()
    allocate(judge, clock)
    assert "Còn sửa" not in mine()
    assert "Xem kết quả" in mine()


def test_what_was_handed_in_can_be_used_again(pen):
    pen.write("bản một")
    hand_in(pen)
    reopen(pen)
    pen.take_over()
    pen.write("viết lại hết")
    [(_, at)] = handed_in(pen)
    with transaction(writes=False):
        number = session.scalars(select(EssayRevision.number).where(EssayRevision.handed_in_at == at)).one()
    pen.client.submit(f"{pen.url}/revisions/{number}")
    assert pen.essay().text == "bản một"


def test_nobody_has_to_hand_in_again(pen, clock):
    pen.write("bản một")
    hand_in(pen)
    reopen(pen)
    pen.take_over()
    pen.write("bản hai")
    clock.at(days=8)
    with transaction():
        assert close_overdue(now=clock.instant) == 1
    attempt = pen.attempt()
    assert (attempt.submitted_at, pen.essay().text) == (attempt.closes_at, "bản hai")


def test_a_double_tap_opens_once(pen):
    pen.write("bản một")
    hand_in(pen)
    reopen(pen)
    takeovers = pen.attempt().takeovers
    assert reopen(pen).location.endswith(f"/attempts/{pen.attempt_id}")
    assert pen.attempt().takeovers == takeovers
    assert len(handed_in(pen)) == 1


def test_the_page_that_was_open_learns_that_it_was_taken_over(pen):
    pen.write("bản một")
    hand_in(pen)
    reopen(pen)
    assert pen.write("ở trang cũ").json["taken_over"]


def test_the_limit_of_attempts_is_not_touched_and_only_one_attempt_is_open(pen, worker, clock):
    hand_in(pen)
    reopen(pen)
    assert begin(worker, now=clock.instant) == pen.attempt_id  # it is the one that runs
    hand_in(pen)
    second = begin(worker, now=clock.instant)
    assert second != pen.attempt_id
    assert "Bạn đang làm lượt thi thứ 2" in result(pen)
    assert reopen(pen).location.endswith("/result")
    assert pen.attempt().submitted_at is not None


def test_an_essay_without_a_word_can_be_opened_again_and_then_has_no_mark(pen):
    hand_in(pen)
    assert pen.attempt().essay_mark == 0
    reopen(pen)
    assert pen.attempt().essay_mark is None
    hand_in(pen)
    assert pen.attempt().essay_mark == 0
    reopen(pen)
    pen.take_over()
    pen.write("nay có chữ")
    hand_in(pen)
    assert pen.attempt().essay_mark is None


def test_at_the_closing_instant_it_is_too_late(pen, clock):
    hand_in(pen)
    clock.at(days=7, microseconds=-1)
    assert "Sửa và nộp lại" in result(pen)
    clock.at(days=7)
    assert "Đã hết giờ sửa bài viết" in result(pen)
    reopen(pen)
    assert pen.attempt().submitted_at is not None


def test_rules_that_do_not_say_so_let_nobody(pen, worker, clock):
    other = Pen(pen.client, begin(worker, "mot-lan", now=clock.instant))
    hand_in(other)
    assert "Sửa và nộp lại" not in result(other)
    assert reopen(other).status_code == 404
    assert other.attempt().submitted_at is not None


def test_what_a_judge_has_stays_as_it_is(pen, judge, clock):
    pen.write("bản một")
    hand_in(pen)
    assert len(allocate(judge, clock)) == 1
    assert "đã giao cho giám khảo" in result(pen)
    reopen(pen)
    assert pen.attempt().submitted_at is not None


def test_what_is_open_again_goes_to_no_judge(pen, judge, clock):
    pen.write("bản một")
    hand_in(pen)
    reopen(pen)
    assert not allocate(judge, clock)
    hand_in(pen)
    assert len(allocate(judge, clock)) == 1


def test_giving_out_and_opening_at_once_never_leave_an_open_essay_with_a_judge(pen, judge, app, clock):
    pen.write("bản một")
    hand_in(pen)
    ready, token = threading.Barrier(2), pen.client.token()

    def open_again():
        ready.wait()
        pen.client.post(f"/attempts/{pen.attempt_id}/reopening", data={"csrf_token": token})

    def give():
        with app.app_context():
            ready.wait()
            allocate(judge, clock)

    threads = [threading.Thread(target=each) for each in (open_again, give)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    with transaction(writes=False):
        attempt = session.get_one(Attempt, pen.attempt_id)
        given = session.scalars(select(Allocation)).all()
        assert (attempt.submitted_at is None) != bool(given)


def test_who_opens_an_essay_again_has_taken_part_all_the_same(pen, contest, worker, clock):
    pen.write("bản một")
    first = clock.at(minutes=5)
    hand_in(pen)

    def figures():
        with transaction():
            own = session.get_one(Contest, contest.id)
            stale = standings.is_stale(own, standings.newest_snapshot(own), clock.instant)
            snapshot = keep(own, make(own, now=clock.instant))
            row = standings.row_of(snapshot.boards[0], person_id=worker.id)
            counted = reports.contest_count(own, clock.instant)
            total = participation.total(participation.participation(own, clock.instant).units)
            counts = (counted.entrants, counted.attempts, counted.running), (total.entrants, total.running)
            return stale, row.submitted_at, snapshot.provisional, *counts

    here = ((1, 1, 0), (1, 0))
    assert figures() == (True, first, 1, *here)
    clock.at(minutes=6)
    reopen(pen)
    assert figures() == (True, first, 1, *here)
    mine = pen.client.get("/contests/cuoc-thi/standings/people/me").get_data(as_text=True)
    assert "đã nộp, đang mở ra sửa" in mine
    second = clock.at(minutes=9)
    hand_in(pen)
    assert figures() == (True, second, 1, *here)
    assert figures()[0] is False
