"""Papers by tag, section and name, what must be answered whole, guesses, and keys that were put right."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from quizapp.attempts import actions, drawing_papers
from quizapp.attempts.queries import graded_slots, mark_now
from quizapp.db import session, transaction
from quizapp.models import (
    Attempt,
    AuditEvent,
    Contest,
    KeyCorrection,
    Paper,
    PaperSlot,
    Person,
    Question,
    QuestionVersion,
    Round,
)
from quizapp.refusals import NothingToPrepare, PaperNotChosen
from quizapp.rules.round_rules import AttemptsRule, Draw, FixedPaper, PredictionRule, QuestionRef
from quizapp.vocabulary import KeyVerdict, PredictionTarget
from tests.attempts.conftest import Phone, begin

GUESS = PredictionRule(PredictionTarget.PARTICIPANTS, "Có bao nhiêu người dự thi?")


@pytest.fixture
def sit(cast, client, province, worker, clock):
    """Begin an attempt in a contest of one round with these rules; return the phone."""

    def sit(**changed):
        cast.bank(single=8, multiple=2)
        usual = cast.round_rules()
        cast.contest(organiser=province, rounds=[replace(usual, **changed)])
        return Phone(cast.log_in(client, worker), begin(worker, now=clock.instant))

    return sit


def post(phone, part):
    return phone.client.post(
        f"/attempts/{phone.attempt_id}/{part}", json={}, headers={"X-CSRFToken": phone.client.token()}
    )


def submit(phone):
    return post(phone, "submission")


def guess(phone, value, opening=0):
    return phone.client.put(f"/attempts/{phone.attempt_id}/prediction", json={"opening": opening, "prediction": value})


def answer_all(phone, *, but=()):
    phone.put(*(phone.change(slot, at) for slot, at in phone.right_places().items() if slot not in but))


def correct(phone, slot, verdict, options=None):
    with transaction():
        attempt = session.get(Attempt, phone.attempt_id)
        version = session.scalar(
            select(PaperSlot.version_id).where(PaperSlot.paper_id == attempt.paper_id, PaperSlot.number == slot)
        )
        session.add(
            KeyCorrection(
                contest_id=session.scalar(select(Contest.id)),
                version_id=version,
                verdict=verdict.value,
                options=options,
                reason="Đáp án sai.",
                notice="",
                attempts=0,
                made_by_id=session.scalar(select(Person.id)),
                made_at=attempt.started_at,
            )
        )


def marked(phone):
    with transaction(writes=False):
        return mark_now(session.get(Attempt, phone.attempt_id))


def test_a_paper_with_a_blank_is_not_handed_in_where_all_must_be_answered(sit):
    phone = sit(must_answer_all=True)
    answer_all(phone, but={2})
    refused = submit(phone)
    assert refused.status_code == 409
    assert "câu 2" in refused.get_json()["error"]
    assert phone.attempt().submitted_at is None


def test_a_plain_form_with_a_blank_comes_back_to_the_check_page(sit):
    phone = sit(must_answer_all=True, prediction=GUESS)
    answer_all(phone, but={2})
    back = phone.client.submit(f"/attempts/{phone.attempt_id}/submission", follow_redirects=True)
    assert back.status_code == 200
    assert back.request.path == f"/attempts/{phone.attempt_id}/review"
    assert "Bài chưa nộp" in back.text
    assert f"/attempts/{phone.attempt_id}#cau-2" in back.text
    assert f"/attempts/{phone.attempt_id}#du-doan" in back.text
    assert phone.attempt().submitted_at is None


def test_the_check_page_says_first_what_is_missing(sit):
    phone = sit(must_answer_all=True, prediction=GUESS)
    answer_all(phone, but={2})
    page = phone.client.get(f"/attempts/{phone.attempt_id}/review").text
    assert "Còn thiếu: câu 2 và câu dự đoán" in page
    assert "/submission" not in page or '<button class="button">Nộp bài' not in page


def test_a_whole_paper_is_handed_in(sit):
    phone = sit(must_answer_all=True, prediction=GUESS)
    answer_all(phone)
    assert submit(phone).status_code == 409
    assert guess(phone, 0).status_code == 200
    assert submit(phone).status_code == 302
    assert phone.attempt().mark == phone.attempt().max_mark


def test_a_paper_with_a_blank_has_no_mark_when_its_time_is_over(sit, clock):
    phone = sit(must_answer_all=True)
    answer_all(phone, but={1})
    clock.at(minutes=30)
    with transaction():
        assert actions.close_overdue(now=clock.instant) == 1
    assert phone.attempt().mark == 0
    page = phone.client.get(f"/attempts/{phone.attempt_id}/result").text
    assert "không hợp lệ" in page
    assert "câu 1" in page


def test_a_guess_is_kept_and_shown(sit):
    phone = sit(prediction=GUESS)
    assert GUESS.prompt in phone.client.get(f"/attempts/{phone.attempt_id}").text
    assert guess(phone, 1250).get_json()["taken_over"] is False
    assert phone.attempt().prediction == 1250
    submit(phone)
    assert "1.250" in phone.client.get(f"/attempts/{phone.attempt_id}/result").text


@pytest.mark.parametrize("value", [-1, 1.5, "12", True, 10**9])
def test_a_guess_is_a_whole_number(sit, value):
    phone = sit(prediction=GUESS)
    assert guess(phone, value).status_code == 422
    assert phone.attempt().prediction is None


def test_a_guess_after_the_close_is_refused(sit, clock):
    phone = sit(prediction=GUESS)
    guess(phone, 5)
    clock.at(minutes=30)
    assert guess(phone, 6).status_code == 409
    assert phone.attempt().prediction == 5


def test_a_guess_of_a_page_that_lost_the_attempt_changes_nothing(sit):
    phone = sit(prediction=GUESS)
    base = post(phone, "takeovers").get_json()["base"]
    guess(phone, 7, opening=base)
    assert guess(phone, 8).get_json()["taken_over"] is True
    assert phone.attempt().prediction == 7


def test_a_round_without_a_prediction_takes_none(sit):
    assert guess(sit(), 5).status_code == 422


def test_a_guess_comes_with_the_form_too(sit):
    phone = sit(prediction=GUESS)
    phone.client.submit(f"/attempts/{phone.attempt_id}/form", {"prediction": "1.250", "prediction_was": ""})
    assert phone.attempt().prediction == 1250


def test_sections_stand_in_the_order_of_the_draws_and_are_headed(sit):
    phone = sit(draws=(Draw("luat", 3, section="Phần I"), Draw("luat", 2, section="Phần II", right_mark=300)))
    with transaction(writes=False):
        found = session.execute(select(PaperSlot.section, PaperSlot.right_mark).order_by(PaperSlot.number)).all()
    assert [section for section, _ in found] == ["Phần I"] * 3 + ["Phần II"] * 2
    page = phone.client.get(f"/attempts/{phone.attempt_id}").text
    assert page.count(">Phần I</h2>") == page.count(">Phần II</h2>") == 1
    answer_all(phone)
    assert marked(phone) == phone.attempt().max_mark == 900


def fixed(*keys):
    refs = tuple(QuestionRef("luat", f"luat-{n:03d}") for n in (4, 2, 6))
    return tuple(FixedPaper(key, f"Đề {key}", refs if key == "1" else refs[::-1]) for key in keys)


def test_a_fixed_paper_has_its_questions_in_their_order(sit):
    phone = sit(draws=(), papers=fixed("1"))
    with transaction(writes=False):
        asked = select(Question.ref).join(QuestionVersion, QuestionVersion.question_id == Question.id)
        asked = asked.join(PaperSlot, PaperSlot.version_id == QuestionVersion.id).order_by(PaperSlot.number)
        assert session.scalars(asked).all() == ["luat-004", "luat-002", "luat-006"]
        assert session.get(Attempt, phone.attempt_id).paper.fixed_key == "1"


def test_who_may_choose_gets_the_paper_that_was_chosen(cast, province, worker, clock):
    cast.bank(single=8)
    rules = replace(cast.round_rules(), draws=(), papers=fixed("1", "2"), chooses_paper=True)
    cast.contest(organiser=province, rounds=[rules])
    with transaction():
        round_ = session.scalar(select(Round))
        with pytest.raises(PaperNotChosen):
            actions.start(session.merge(worker), round_, entry_code="", now=clock.instant)
        made = actions.start(session.merge(worker), round_, entry_code="", paper="2", now=clock.instant)
        assert made.paper.fixed_key == "2"


def test_what_was_seen_is_drawn_only_when_the_rest_does_not_reach(cast, province, worker, clock):
    cast.bank(single=10)
    usual = cast.round_rules()
    rules = replace(usual, draws=(Draw("luat", 4),), avoid_seen=True, attempts=AttemptsRule(limit=None))
    cast.contest(organiser=province, rounds=[rules])
    had = []
    for turn in range(3):
        attempt_id = begin(worker, now=clock.instant)
        with transaction():
            attempt = actions.hand_in(session.get(Attempt, attempt_id), now=clock.instant)
            had.append({slot.version_id for slot in attempt.paper.slots})
        clock.at(minutes=1 + turn)
    assert not had[0] & had[1]
    assert len(had[0] | had[1] | had[2]) == 10


def test_a_void_question_counts_for_nobody_and_the_most_stays(sit):
    phone = sit()
    most = phone.attempt().max_mark
    answer_all(phone, but={1})
    assert marked(phone) < most
    correct(phone, 1, KeyVerdict.VOID)
    assert marked(phone) == most


def test_a_question_right_for_all_is_right_for_who_left_it_blank(sit):
    phone = sit()
    answer_all(phone, but={1})
    correct(phone, 1, KeyVerdict.ALL_RIGHT)
    assert marked(phone) == phone.attempt().max_mark


def test_a_new_key_counts_from_now_on(sit):
    phone = sit()
    answer_all(phone)
    correct(phone, 1, KeyVerdict.NEW_KEY, [3])
    assert marked(phone) < phone.attempt().max_mark
    with transaction(writes=False):
        assert graded_slots(phone.attempt().paper_id)[0].key.options == {3}


def prepared(count, now):
    with transaction():
        return drawing_papers.prepare_papers(session.scalar(select(Round)), count, now=now)


def in_reserve():
    with transaction(writes=False):
        return session.scalar(select(func.count()).select_from(Paper).where(Paper.in_reserve))


def test_a_start_takes_a_paper_that_was_made_ahead(worker, contest, clock):
    assert prepared(2, clock.instant) == 2
    begin(worker, now=clock.instant)
    assert in_reserve() == 1
    with transaction(writes=False):
        assert session.scalar(select(func.count()).select_from(Paper)) == 2


def test_a_paper_made_ahead_with_an_old_version_is_thrown_away(worker, contest, clock):
    prepared(2, clock.instant)
    with transaction():
        first = session.scalar(select(PaperSlot.version_id).order_by(PaperSlot.paper_id))
        session.get(Question, session.get(QuestionVersion, first).question_id).current_id = None
    attempt_id = begin(worker, now=clock.instant)
    with transaction(writes=False):
        drawn = {slot.version_id for slot in session.get(Attempt, attempt_id).paper.slots}
    assert first not in drawn


def test_the_command_makes_papers_of_a_round(app, contest, clock):
    ran = app.test_cli_runner().invoke(args=["papers", "prepare", "cuoc-thi", "--round", "tuan-1", "--count", "3"])
    assert ran.exit_code == 0, ran.output
    assert "có sẵn 3 đề" in ran.output
    assert in_reserve() == 3
    with transaction(writes=False):
        event = session.scalars(select(AuditEvent).where(AuditEvent.action == "prepare_papers")).one()
        assert (event.subject, event.at) == ("contest:cuoc-thi", clock.instant)
        assert event.details == {"round": "tuan-1", "made": 3, "in_reserve": 3}


def test_papers_that_depend_on_the_person_are_not_made_ahead(cast, province, clock):
    cast.bank()
    cast.contest(organiser=province, rounds=[replace(cast.round_rules(), avoid_seen=True)])
    with pytest.raises(NothingToPrepare):
        prepared(1, clock.instant)
