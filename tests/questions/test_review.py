"""Draft, reviewed, in use, retired: who may do what with which version."""

from dataclasses import replace

import pytest

from quizapp.banks.queries import bank_of
from quizapp.db import transaction
from quizapp.errors import ChangedMeanwhile, QuestionRefused
from quizapp.questions import actions
from quizapp.rules.question_review import Standing, state_of
from quizapp.vocabulary import QuestionState
from tests.conftest import NOON
from tests.questions.conftest import CONTENT


def act(what, desk, question_id, by, **more):
    with transaction():
        return what(bank_of(desk.bank), question_id, by=by, now=NOON, **more)


@pytest.mark.parametrize(
    ("standing", "state"),
    [
        (Standing(newest=1, in_use=None), QuestionState.DRAFT),
        (Standing(newest=2, in_use=None, is_reviewed=True), QuestionState.REVIEWED),
        (Standing(newest=2, in_use=2), QuestionState.IN_USE),
        (Standing(newest=3, in_use=2, is_reviewed=True), QuestionState.REVISED),
        (Standing(newest=3, in_use=None, is_retired=True, is_reviewed=True), QuestionState.RETIRED),
    ],
)
def test_the_state_follows_from_what_is_stored(standing, state):
    assert state_of(standing) is state


def test_nobody_reviews_what_they_made_themselves(desk):
    desk.wants_review()
    kept = desk.make()
    with pytest.raises(QuestionRefused, match="người thứ hai"):
        act(actions.review, desk, kept, desk.author, number=1)
    with pytest.raises(QuestionRefused, match="duyệt"):
        act(actions.use, desk, kept, desk.author, number=1)
    act(actions.review, desk, kept, desk.reviewer, number=1)
    assert desk.stands(kept).state is QuestionState.REVIEWED
    act(actions.use, desk, kept, desk.author, number=1)
    assert desk.stands(kept).state is QuestionState.IN_USE


def test_a_review_is_of_one_version_only(desk):
    desk.wants_review()
    kept = desk.make()
    act(actions.review, desk, kept, desk.reviewer, number=1)
    act(actions.save, desk, kept, desk.author, content=replace(CONTENT, prompt="Khác?"), base=1)
    with pytest.raises(QuestionRefused):
        act(actions.use, desk, kept, desk.author, number=2)
    with pytest.raises(ChangedMeanwhile):
        act(actions.use, desk, kept, desk.author, number=1)


def test_what_is_flagged_is_neither_reviewed_nor_used(desk):
    kept = desk.make(replace(CONTENT, options=tuple(replace(each, right=False) for each in CONTENT.options)))
    for what, by in ((actions.review, desk.reviewer), (actions.use, desk.author)):
        with pytest.raises(QuestionRefused, match="Chưa chọn đáp án đúng"):
            act(what, desk, kept, by, number=1)


def test_retired_questions_are_not_drawn_and_come_back_as_drafts(desk):
    kept = desk.make(use=True)
    act(actions.retire, desk, kept, desk.author)
    there = desk.stands(kept)
    assert (there.state, there.question.current_id) == (QuestionState.RETIRED, None)
    act(actions.restore, desk, kept, desk.author)
    assert desk.stands(kept).state is QuestionState.DRAFT
    act(actions.use, desk, kept, desk.author, number=1)
    assert desk.stands(kept).state is QuestionState.IN_USE


def test_the_page_offers_a_review_to_the_second_person_alone(desk, author, reviewer):
    desk.wants_review()
    kept = desk.make()
    page = f"/organise/banks/rieng/questions/{kept}"
    assert 'value="review"' not in author.get(page).get_data(as_text=True)
    assert 'value="review_use"' in reviewer.get(page).get_data(as_text=True)
    reviewer.submit(f"{page}/state", {"action": "review_use", "number": "1"})
    stands = desk.stands(kept)
    assert stands.state is QuestionState.IN_USE
    assert stands.version.reviewed_by_id == desk.reviewer.id


def test_the_second_person_is_led_from_one_waiting_question_to_the_next(desk, author, reviewer):
    desk.wants_review()
    one, two, three = (desk.make() for _ in range(3))
    base = "/organise/banks/rieng/questions"
    page = reviewer.get(base).get_data(as_text=True)
    assert "Duyệt 3 câu đang chờ bạn" in page
    assert f'href="{base}/{one}">Duyệt 3' in page
    assert f'href="{base}/{two}">Câu chờ duyệt tiếp theo' in reviewer.get(f"{base}/{one}").get_data(as_text=True)
    reviewer.submit(f"{base}/{two}/state", {"action": "review", "number": "1"})
    page = reviewer.get(f"{base}/{three}").get_data(as_text=True)
    assert f'href="{base}/{one}">Câu chờ duyệt tiếp theo' in page
    assert "còn 1 câu khác" in page
    assert "chờ bạn" not in author.get(base).get_data(as_text=True)


def test_whoever_may_review_is_not_told_to_ask_somebody_else(desk, author, reviewer):
    desk.wants_review()
    url = f"/organise/banks/rieng/questions/{desk.make()}"
    assert "nhờ người" in author.get(url).get_data(as_text=True)
    assert "nhờ người" not in reviewer.get(url).get_data(as_text=True)
