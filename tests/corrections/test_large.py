"""A key of a large contest is put right by jobs: looked at with all that changes in a workbook, applied, taken back."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from quizapp.cli.jobs import HANDLERS, work_one
from quizapp.corrections import applying, correcting, queries
from quizapp.corrections.wishes import Wish
from quizapp.db import session, transaction
from quizapp.errors import ChangedMeanwhile
from quizapp.jobs.actions import forget_finished
from quizapp.jobs.working import claim
from quizapp.models import Attempt, Contest, KeyCorrection, Person, QuestionVersion
from quizapp.vocabulary import KeyVerdict
from tests.corrections.test_corrections import (
    REASON,
    URL,
    answer,
    boss,
    first_version,
    marks,
    page,
    sat,
)

__all__ = ["boss", "sat"]
NEW_KEY = {"verdict": "new_key", "options": ["1"], "reason": REASON}


@pytest.fixture
def large(monkeypatch):
    monkeypatch.setattr(queries, "AT_ONCE", 1)


def shown(boss, url):
    return boss.get(url).get_data(as_text=True)


def corrections():
    with transaction(writes=False):
        return session.scalars(select(KeyCorrection)).all()


def the_wish():
    return Wish(first_version(), KeyVerdict.NEW_KEY, (1,), REASON)


def sheets(answered):
    book = load_workbook(BytesIO(answered.get_data()))
    answered.close()
    return {each.title: [list(row) for row in each.iter_rows(min_row=2, values_only=True)] for each in book}


def test_a_preview_is_made_by_a_job_and_lists_every_change(boss, sat, large):
    url = page(boss)
    assert boss.submit(url, {**NEW_KEY, "action": "preview"}).status_code == 302
    assert "Đang tính mọi điểm, hạng và giải" in shown(boss, url)
    assert work_one(HANDLERS)
    told = shown(boss, url)
    assert "<strong>2</strong> trong 2 lượt thi đổi điểm: 1 lượt tăng, 1 lượt giảm" in told
    assert "Trần Thị Bình: hạng 2 → <strong>hạng 1</strong>" in told
    assert f'value="{REASON}"' in told
    found = sheets(boss.get(f"{url}/changes.xlsx"))
    with transaction(writes=False):
        receipts = list(session.scalars(select(Attempt.receipt).order_by(Attempt.person_id)))
    unit = "Liên đoàn Lao động tỉnh Mẫu"
    assert [[*each[:3], *each[4:]] for each in found["Điểm"]] == [
        [receipts[0], "Nguyễn Văn An", unit, 5, 4],
        [receipts[1], "Trần Thị Bình", unit, 4, 5],
    ]
    assert [each[1:] for each in found["Hạng"]] == [["Trần Thị Bình", unit, 2, 1], ["Nguyễn Văn An", unit, 1, 2]]
    assert marks() == [500, 400]
    assert corrections() == []


def test_of_a_small_contest_too_every_change_is_listed_when_it_is_wanted(boss, sat):
    url = page(boss)
    assert "Lập danh sách mọi thay đổi (Excel)" in boss.submit(url, NEW_KEY).get_data(as_text=True)
    boss.submit(url, {**NEW_KEY, "action": "list"})
    work_one(HANDLERS)
    assert "changes.xlsx" in shown(boss, url)
    assert len(sheets(boss.get(f"{url}/changes.xlsx"))["Điểm"]) == 2


def test_a_list_that_is_no_longer_kept_is_asked_for_anew(boss, sat):
    answered = boss.get(f"{page(boss)}/changes.xlsx", follow_redirects=True)
    assert "Xin bấm “Xem trước thay đổi” để lập lại" in answered.get_data(as_text=True)


def test_a_preview_from_before_other_marks_changed_says_so(boss, sat, large):
    url = page(boss)
    boss.submit(url, {**NEW_KEY, "action": "preview"})
    work_one(HANDLERS)
    assert "Áp dụng và chấm lại" in shown(boss, url)
    with transaction():
        session.scalars(select(Contest)).one().remarkings += 1
    told = shown(boss, url)
    assert "có thể không còn đúng" in told
    assert "Áp dụng và chấm lại" not in told


def test_another_wish_waits_until_the_preview_is_made(boss, sat, large):
    url = page(boss)
    boss.submit(url, {**NEW_KEY, "action": "preview"})
    assert boss.submit(url, {"verdict": "void", "reason": REASON}).status_code == 409


def test_a_job_puts_a_key_right_and_takes_it_back(boss, sat, large):
    boss.submit(page(boss), {**NEW_KEY, "action": "apply", "notice": "Thông báo."})
    assert "Đang chấm lại các lượt thi" in shown(boss, URL)
    assert corrections() == []
    assert marks() == [500, 400]
    assert work_one(HANDLERS)
    assert marks() == [400, 500]
    (made,) = corrections()
    assert (made.attempts, made.notice) == (2, "Thông báo.")
    assert "Đang chấm lại" not in shown(boss, URL)
    boss.submit(f"{URL}/{made.id}/undo", {"reason": "Sửa nhầm câu"})
    assert marks() == [400, 500]
    assert work_one(HANDLERS)
    assert marks() == [500, 400]
    assert corrections()[0].undone_at


def test_what_a_job_could_not_do_is_told(boss, sat, large, clock):
    boss.submit(page(boss), {**NEW_KEY, "action": "apply"})
    with transaction(writes=False):
        contest = session.scalars(select(Contest.id)).one()
        by = session.scalar(select(func.max(Person.id)))
        wish = the_wish()
    applying.correct(contest, wish, text="", by_id=by, now=clock.instant)
    work_one(HANDLERS)
    assert "Lần sửa hoặc hoàn tác gần nhất không làm được" in shown(boss, URL)
    assert len(corrections()) == 1


def test_a_job_whose_worker_died_after_the_work_does_not_do_it_again(boss, sat, large, clock):
    boss.submit(page(boss), {**NEW_KEY, "action": "apply"})
    applying.apply(claim(now=clock.instant), lambda _: clock.instant)
    work = claim(now=clock.at(hours=3))
    assert work.turn == 2
    applying.apply(work, lambda _: clock.instant)
    assert marks() == [400, 500]
    assert len(corrections()) == 1


def test_attempts_handed_in_while_marks_are_reckoned_get_the_new_mark(boss, sat, cast, clock):
    with transaction(writes=False):
        contest = session.scalars(select(Contest)).one()
        reckoned = correcting.reckon_correction(contest, the_wish(), now=clock.at(minutes=20))
    answer(sat[0], cast.person("Phạm Văn Dũng", union=sat[1]), 1, clock, 30)
    assert marks() == [500, 400, 400]
    with transaction():
        contest, by = session.scalars(select(Contest)).one(), session.get_one(Person, sat[0].id)
        made = correcting.correct(contest, the_wish(), reckoned, text="", by=by, now=clock.instant)
        assert made.attempts == 3
    assert marks() == [400, 500, 500]


def test_marks_reckoned_without_another_correction_are_not_written(boss, sat, clock):
    with transaction(writes=False):
        contest = session.scalars(select(Contest)).one()
        reckoned = correcting.reckon_correction(contest, the_wish(), now=clock.instant)
        other = session.scalar(select(func.max(QuestionVersion.id)))
        by = session.scalar(select(func.max(Person.id)))
    applying.correct(contest.id, Wish(other, KeyVerdict.VOID, (), REASON), text="", by_id=by, now=clock.instant)
    before = marks()
    with transaction():
        contest, person = session.get_one(Contest, contest.id), session.get_one(Person, by)
        how = {"text": "", "by": person, "now": clock.instant}
        with pytest.raises(ChangedMeanwhile):
            correcting.correct(contest, the_wish(), reckoned, **how)
        session.rollback()
    assert marks() == before
    assert len(corrections()) == 1


def test_workbooks_are_forgotten_after_a_day(boss, sat, large, clock):
    url = page(boss)
    boss.submit(url, {**NEW_KEY, "action": "preview"})
    work_one(HANDLERS)
    for span, is_kept in ((timedelta(days=1), True), (timedelta(days=1, seconds=1), False)):
        with transaction():
            forget_finished(now=clock.instant + span)
        with boss.get(f"{url}/changes.xlsx") as answer:
            assert (answer.status_code == 200) is is_kept
