"""Samples with known marks, made by organisers."""

from quizapp.db import session, transaction
from quizapp.models import Rubric
from tests.trials.conftest import WING


def sample(trial):
    return trial.samples()[-1]


def test_a_sample_has_the_marks_of_the_rounds_rubric(trial):
    trial.add("1", "2,25")
    made = sample(trial)
    assert (made.marks, made.total, made.text) == ({"y-tuong": 100, "cach-viet": 225}, 325, "Mẫu: họp ngắn mỗi tuần.")
    assert "add_trial_essay" in trial.jury.events()


def test_marks_are_checked_as_at_the_desk_and_what_was_typed_stays(trial):
    fields = {"text": "Một bài mẫu", "reasons": "Lý do dài", "mark-y-tuong": "1,5", "mark-cach-viet": ""}
    reply = trial.organiser.submit(f"{WING}/new", fields)
    html = reply.get_data(as_text=True)
    assert reply.status_code == 422
    assert all(told in html for told in ("“Ý tưởng” chỉ nhận", "“Cách viết”: xin cho điểm", "Một bài mẫu", "Lý do dài"))
    assert trial.samples() == []


def test_text_and_reasons_are_asked_for(trial):
    reply = trial.organiser.submit(f"{WING}/new", {"text": " ", "mark-y-tuong": "1", "mark-cach-viet": "1"})
    html = reply.get_data(as_text=True)
    assert reply.status_code == 422
    assert "Xin dán nội dung bài mẫu" in html
    assert "Xin ghi lý do" in html


def test_a_handed_in_essay_is_copied_by_its_code_without_its_writer(trial):
    writer = trial.jury.cast.person("Phan Thị Mơ", union=trial.jury.cdcs, phone="0912345678")
    trial.jury.write("PH7777", trial.jury.cdcs, text="Tôi là Phan Thị Mơ, 0912 345 678. Xin họp ngắn.", person=writer)
    html = trial.organiser.get(f"{WING}/new?code=ph7777").get_data(as_text=True)
    assert "Xin họp ngắn." in html
    assert "Phan Thị Mơ" not in html
    assert "345 678" not in html


def test_an_essay_of_another_organisers_contest_is_not_copied(trial):
    foreign = trial.jury.cast.union("LĐLĐ tỉnh Khác")
    stranger = trial.jury.cast.person("Ngô Xa", union=foreign)
    own, trial.jury.contest = trial.jury.contest, trial.elsewhere("cuoc-thi-khac", foreign)
    trial.jury.write("PH8888", foreign, text="Bài của nơi khác.", person=stranger)
    trial.jury.contest = own
    for code in ("PH8888", "PH9999"):
        html = trial.organiser.get(f"{WING}/new?code={code}").get_data(as_text=True)
        assert "Bài của nơi khác." not in html
        assert "Không có bài viết nào" in html


def test_a_sample_is_changed_only_until_a_judge_has_marked_it(trial):
    made = trial.add()
    fields = {"text": "Bản sửa", "reasons": "Khác", "mark-y-tuong": "0", "mark-cach-viet": "3"}
    assert trial.organiser.submit(f"{WING}/{made}", fields).status_code == 302
    assert (sample(trial).text, sample(trial).total) == ("Bản sửa", 300)
    assert "change_trial_essay" in trial.jury.events()
    trial.mark(made, "2", "1")
    assert trial.organiser.submit(f"{WING}/{made}", {**fields, "text": "Bản khác nữa"}).status_code == 409
    assert sample(trial).text == "Bản sửa"


def test_the_rubric_is_frozen_once_a_sample_was_marked_by_it(new_jury):
    jury = new_jury()
    desk = jury.browser(jury.organiser)
    with transaction(writes=False):
        assert session.query(Rubric).one().frozen_at is None
    fields = {"text": "Bài mẫu", "reasons": "Ý rõ", "mark-y-tuong": "1", "mark-cach-viet": "1"}
    assert desk.submit(f"{WING}/new", fields).status_code == 302
    with transaction(writes=False):
        assert session.query(Rubric).one().frozen_at is not None


def test_a_withdrawn_sample_is_asked_of_nobody_and_counts_no_more(trial):
    made = trial.add()
    trial.mark(made, "0", "0")
    assert "−3,5" in trial.index()
    trial.organiser.submit(f"{WING}/{made}/withdraw")
    assert "−3,5" not in trial.index()
    assert trial.judge.get(trial.url(made)).status_code == 404
    assert trial.organiser.submit(f"{WING}/{made}/withdraw").status_code == 302  # once more harms nothing
    assert trial.jury.events().count("withdraw_trial_essay") == 1


def test_script_in_a_sample_is_shown_harmless(trial):
    made = trial.add(text="<script>alert(1)</script> Họp ngắn", reasons="<b>Ý</b>")
    trial.mark(made, "1", "1")
    for html in (trial.index(), trial.judge.get(trial.url(made)).get_data(as_text=True)):
        assert "<script>alert" not in html
        assert "<b>Ý" not in html
