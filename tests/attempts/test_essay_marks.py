"""The mark of an essay: none while it waits for judges, then part of the attempt, seen as the rules say."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from quizapp.attempts import actions
from quizapp.db import session, transaction
from quizapp.errors import StillWriting
from quizapp.models import Attempt, Contest, Essay
from quizapp.rules.round_rules import EssayRule, ShowRule
from quizapp.vocabulary import ShownWhen
from tests.attempts.conftest import Phone, begin

ESSAY = EssayRule("Đề xuất một ý tưởng", 500)


@pytest.fixture
def make(cast, province):
    """A contest whose round has an essay of five marks beside its five questions; keywords change the round."""
    cast.bank(single=8, multiple=2)

    def made(**changed):
        return cast.contest(organiser=province, rounds=[cast.round_rules(**({"essay": ESSAY} | changed))])

    return made


@pytest.fixture
def sit(cast, client, worker, clock):
    """Begin; what is given is written as the essay, and the questions of the slots are answered right."""

    def sat(text=None, right=()):
        phone = Phone(cast.log_in(client, worker), begin(worker, now=clock.instant))
        if text is not None:
            with transaction():
                words = len(text.split())
                row = {"code": f"P{phone.attempt_id}", "number": 1, "text": text, "words": words}
                session.add(Essay(attempt_id=phone.attempt_id, saved_at=clock.instant, **row))
        places = phone.right_places()
        if right:
            phone.put(*(phone.change(slot, places[slot]) for slot in right))
        return phone

    return sat


def hand_in(phone):
    phone.client.submit(f"/attempts/{phone.attempt_id}/submission")


def settle(phone, mark, now):
    with transaction():
        actions.set_essay_mark(session.get_one(Attempt, phone.attempt_id), mark, now=now)


def remarkings():
    with transaction(writes=False):
        return session.scalar(select(Contest.remarkings))


def page(phone, path=None):
    answer = phone.client.get(path or f"/attempts/{phone.attempt_id}/result")
    assert answer.status_code == 200
    return " ".join(answer.get_data(as_text=True).split())


def test_an_attempt_at_an_essay_alone_lasts_until_the_round_closes(make, sit, clock):
    contest = make(draws=(), time_limit=None)
    phone = sit()
    attempt = phone.attempt()
    assert (attempt.closes_at, attempt.max_mark) == (contest.rules.closes_at, 500)
    clock.at(days=6)
    assert phone.put().status_code == 200
    assert phone.put(phone.change(1, "1")).status_code == 422
    page(phone, f"/attempts/{phone.attempt_id}")
    page(phone, f"/attempts/{phone.attempt_id}/review")
    hand_in(phone)
    assert (phone.attempt().mark, phone.attempt().essay_mark) == (0, 0)


@pytest.mark.parametrize(("text", "mark"), [(None, 0), ("", 0), (" \n ", 0), ("Một ý tưởng", None)])
def test_only_what_was_written_waits_for_judges(make, sit, text, mark):
    make()
    phone = sit(text)
    hand_in(phone)
    assert phone.attempt().essay_mark == mark


def test_a_round_without_an_essay_waits_for_nothing(make, sit):
    make(essay=None)
    phone = sit()
    hand_in(phone)
    with transaction(writes=False):
        attempt = session.get_one(Attempt, phone.attempt_id)
        assert (attempt.essay_mark, attempt.waits_for_essay) == (None, False)
    assert "Bài viết" not in page(phone)
    with pytest.raises(ValueError, match="100"):
        settle(phone, 100, None)


def test_boards_grow_old_by_each_change_of_the_mark_and_by_nothing_else(make, sit, clock):
    make()
    phone = sit("Một ý tưởng")
    hand_in(phone)
    counts = []
    for mark in (350, 350, 400, None, None, 0):
        settle(phone, mark, clock.instant)
        assert phone.attempt().essay_mark == mark
        counts.append(remarkings())
    assert counts == [1, 1, 2, 3, 3, 4]


def test_a_mark_is_refused_while_the_essay_may_still_be_written_and_hands_in_what_is_overdue(make, sit, clock):
    make()
    phone = sit("Một ý tưởng", right=(1, 2))
    with pytest.raises(StillWriting):
        settle(phone, 100, clock.at(minutes=20))  # the grace
    settle(phone, 100, clock.at(minutes=20, seconds=2))
    attempt = phone.attempt()
    assert (attempt.mark, attempt.essay_mark, attempt.total) == (200, 100, 300)
    assert attempt.submitted_at == attempt.closes_at


@pytest.mark.parametrize("mark", [-1, 501])
def test_a_mark_outside_the_rules_is_refused(make, sit, clock, mark):
    make()
    phone = sit("Một ý tưởng")
    hand_in(phone)
    with pytest.raises(ValueError, match=str(mark)):
        settle(phone, mark, clock.instant)


def test_the_result_shows_both_marks_apart_and_is_provisional_until_the_essay_has_one(make, sit, clock):
    make()
    phone = sit("Một ý tưởng", right=(1, 2, 3))
    hand_in(phone)
    shown = page(phone)
    assert '<strong class="num">3</strong><span> / 10 điểm</span> <span class="badge badge--warn">Tạm tính' in shown
    assert "3 / 5 điểm" in shown
    assert "đang chấm (tối đa 5 điểm)" in shown
    assert "3</strong> / 10 điểm (tạm tính, bài viết đang chấm)" in page(phone, "/me/attempts")
    settle(phone, 425, clock.instant)
    shown = page(phone)
    assert '<strong class="num">7,25</strong><span> / 10 điểm</span></p>' in shown
    assert "4,25 / 5 điểm" in shown
    assert "ạm tính" not in shown
    assert "7,25</strong> / 10 điểm</p>" in page(phone, "/me/attempts")


def test_an_essay_alone_is_being_marked_and_not_nought_of_five(make, sit, clock):
    make(draws=(), time_limit=None)
    phone = sit("Một ý tưởng")
    hand_in(phone)
    shown = page(phone)
    assert "Bài viết: <strong>đang chấm</strong>" in shown
    assert "/ 5 điểm" not in shown
    assert "Đáp án" not in shown
    assert "Bài viết đang chấm" in page(phone, "/me/attempts")
    settle(phone, 0, clock.instant)
    assert '<strong class="num">0</strong><span> / 5 điểm</span></p>' in page(phone)


def test_no_mark_is_shown_before_the_rules_show_results(make, sit, clock):
    make(show=ShowRule(result=ShownWhen.AFTER_ROUND))
    phone = sit("Một ý tưởng", right=(1,))
    hand_in(phone)
    settle(phone, 425, clock.instant)
    for path in (None, "/me/attempts"):
        shown = page(phone, path)
        assert not [word for word in ("5,25", "4,25", "/ 5 điểm") if word in shown]
    clock.instant += timedelta(days=7, seconds=2)
    assert "5,25" in page(phone)
