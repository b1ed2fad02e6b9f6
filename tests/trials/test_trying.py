"""Judges try on samples before the real work, and how far they were off."""

import re

from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.models import Assessment, JudgeSeat, Round, TrialAssessment, TrialEssay
from tests.trials.conftest import WING

MARKS = {"mark-y-tuong": "2", "mark-cach-viet": "3"}


def words(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_real_essays_are_barred_until_every_sample_is_marked(trial):
    one, other = trial.add(), trial.add("1", "1")
    assert "Chấm thử 0/2" in trial.judge.get("/judge").get_data(as_text=True)
    assert trial.judge.get(trial.real()).location == trial.url(one)
    refused = trial.judge.put(f"{trial.real()}/draft", json=MARKS)
    assert refused.status_code == 409
    assert "2 bài chấm thử" in refused.get_json()["error"]
    assert trial.judge.submit(trial.real(), MARKS).status_code == 422
    trial.mark(one, "2", "1")
    assert trial.judge.get(trial.real()).location == trial.url(other)
    assert trial.judge.get(f"{trial.real()}/criteria/y-tuong").location == trial.url(other)
    assert trial.judge.put(f"{trial.real()}/criteria/y-tuong/draft", json=MARKS).status_code == 409
    trial.mark(other, "2", "1")
    assert trial.judge.get(trial.real()).status_code == 200
    assert trial.judge.submit(trial.real(), MARKS).status_code == 302
    with transaction(writes=False):
        assert session.query(Assessment).one().total == 500


def test_a_judge_who_was_let_off_begins_at_once(trial):
    trial.add()
    seat = trial.seat(trial.jury.an)
    trial.organiser.submit(f"{WING}/seats/{seat}/waive")
    trial.organiser.submit(f"{WING}/seats/{seat}/waive")
    assert trial.judge.get(trial.real()).status_code == 200
    assert trial.judge.submit(trial.real(), MARKS).status_code == 302
    assert trial.jury.browser(trial.jury.binh).get(trial.real(trial.jury.binh)).status_code == 302
    assert trial.jury.events().count("waive_trial") == 1
    assert "Đã bắt đầu" in trial.index()


def test_a_sample_that_comes_later_does_not_hold_up_what_was_begun(trial):
    trial.judge.put(f"{trial.real()}/draft", json={"mark-y-tuong": "1"})
    made = trial.add()
    assert trial.judge.get(trial.real()).status_code == 200
    assert trial.judge.submit(trial.real(), MARKS).status_code == 302
    assert "Chấm thử 0/1" in trial.judge.get("/judge").get_data(as_text=True)  # offered all the same
    assert trial.mark(made, "2", "1").status_code == 302
    other = trial.jury.binh
    assert trial.jury.browser(other).get(trial.real(other)).location == trial.url(made, other)


def test_a_judge_who_came_back_stands_where_the_trial_was_left(trial):
    one, other = trial.add(), trial.add()
    trial.mark(one, "2", "1")
    trial.jury.unseat(trial.jury.an)
    trial.jury.seat(trial.jury.an)
    assert "Chấm thử 1/2" in trial.judge.get("/judge").get_data(as_text=True)
    assert trial.mark(other, "2", "1").status_code == 302


def test_known_marks_and_reasons_are_shown_only_beside_the_own_marks(trial):
    made = trial.add("2", "1,75", reasons="Vì có người phụ trách")
    before = trial.judge.get(trial.url(made)).get_data(as_text=True)
    assert "Vì có người phụ trách" not in before
    assert "1,75" not in before
    assert "3,75" not in before
    trial.mark(made, "1", "2,25")
    after = words(trial.judge.get(trial.url(made)).get_data(as_text=True))
    assert "Vì có người phụ trách" in after
    assert "Ý tưởng 1 2 −1 " in after
    assert "Cách viết 2,25 1,75 +0,5 " in after
    assert "Tổng / 5 3,25 3,75 −0,5 " in after


def test_marks_once_given_never_change(trial):
    made = trial.add()
    trial.mark(made, "2", "1,5")
    trial.mark(made, "0", "0")
    with transaction(writes=False):
        kept = session.query(TrialAssessment).one()
        assert (kept.marks, kept.total) == ({"y-tuong": 200, "cach-viet": 150}, 350)


def test_every_criterion_is_asked_for_and_what_was_typed_stays(trial):
    made = trial.add()
    reply = trial.mark(made, "1", "")
    html = reply.get_data(as_text=True)
    assert reply.status_code == 422
    assert "Cách viết" in html
    assert re.search(r'value="1" checked', html)
    assert trial.mark(made, "1", "3,1").status_code == 422
    with transaction(writes=False):
        assert session.query(TrialAssessment).count() == 0


def test_a_sample_that_was_changed_meanwhile_is_read_again_first(trial):
    made = trial.add()
    with transaction(writes=False):
        seen = session.get_one(TrialEssay, made).made_at.isoformat()
    trial.jury.clock.at(minutes=1)
    fields = {"text": "Bản sửa", "reasons": "Khác", "mark-y-tuong": "0", "mark-cach-viet": "3"}
    trial.organiser.submit(f"{WING}/{made}", fields)
    reply = trial.judge.submit(trial.url(made), {"seen": seen, **MARKS})
    assert reply.status_code == 422
    assert "Bản sửa" in reply.get_data(as_text=True)


def test_samples_of_another_round_are_not_there(trial):
    made = trial.add()
    other = trial.elsewhere("cuoc-thi-hai", trial.jury.province)
    with transaction():
        [round_] = session.scalars(select(Round).where(Round.contest_id == other.id))
        seat = JudgeSeat(round_id=round_.id, person_id=trial.jury.an.id, seated_at=trial.jury.clock.instant)
        session.add(seat)
        session.flush()
        foreign = seat.id
    assert trial.judge.get(f"/judge/seats/{foreign}/trials/{made}").status_code == 404
    assert trial.organiser.get(f"/organise/contests/cuoc-thi-hai/essays/bai-viet/trials/{made}").status_code == 404


def test_the_organiser_sees_how_far_each_judge_was_off(trial):
    one, other = trial.add("2", "1,5"), trial.add("1", "2")
    trial.mark(one, "1", "1")  # -1 and -0,5: 1,5 below
    trial.mark(other, "2", "1,5")  # +1 and -0,5: 0,5 above
    told = words(trial.index())
    # Mean signed -0,5; mean absolute 1; the largest miss -1,5; one of two within the gap of 1.
    assert "Lê An 2/2 −0,5 (1) −1,5 1/2 (50 %) Ý tưởng 0 (1) Cách viết −0,5 (0,5) Được chấm" in told
    assert "Vũ Bình 0/2 — — — — Chờ chấm thử" in told
