"""From an unpublished contest to a public one, and back while nobody has sat."""

import threading

from sqlalchemy import select

from quizapp.attempts.actions import start
from quizapp.attempts.queries import round_of
from quizapp.contests.queries import contest_of
from quizapp.db import database, session, transaction
from quizapp.errors import NotFound
from quizapp.models import AuditEvent, Person, Question, Round
from quizapp.releasing import actions
from quizapp.vocabulary import Purpose
from tests.conftest import NOON
from tests.releasing.conftest import RELEASE, SLUG, stored

READ = {"read": "y"}


def events():
    with transaction(writes=False):
        return [(each.action, each.details) for each in session.scalars(select(AuditEvent).order_by(AuditEvent.id))]


def practice():
    with transaction(writes=False):
        return session.scalars(select(Round.key).where(Round.purpose == Purpose.PRACTICE)).all()


def test_publishing_makes_it_public_from_now_with_its_practice(hidden, organiser, worker, clock):
    clock.at(minutes=5)
    assert "Thể lệ sẽ công bố" in organiser.get(f"{RELEASE}/publication").get_data(as_text=True)
    assert organiser.submit(f"{RELEASE}/publication", READ).status_code == 302
    assert stored()[0] == clock.instant
    assert practice() == ["tuan-1-thi-thu"]
    assert worker.get(f"/contests/{SLUG}").status_code == 200
    assert [action for action, _ in events()] == ["load_contest", "publish_contest"]


def test_publishing_asks_for_a_yes(hidden, organiser):
    assert organiser.submit(f"{RELEASE}/publication").status_code == 422
    assert stored()[0] is None


def test_publishing_twice_keeps_the_first_instant(hidden, organiser, clock):
    organiser.submit(f"{RELEASE}/publication", READ)
    clock.at(hours=1)
    organiser.submit(f"{RELEASE}/publication", READ)
    assert stored()[0] == NOON


def test_what_contradicts_the_rules_keeps_it_from_being_published(hidden, organiser, place):
    with transaction():
        for question in session.scalars(select(Question).where(Question.bank_id == place.bank.id).limit(8)):
            question.current_id = None
    page = organiser.get(RELEASE).get_data(as_text=True)
    assert "Bắt buộc" in page
    assert "Đến bước công bố" not in page
    organiser.submit(f"{RELEASE}/publication", READ)
    assert stored()[0] is None


def test_what_is_advised_is_listed_and_keeps_nothing(hidden, organiser):
    page = organiser.get(RELEASE).get_data(as_text=True)
    assert "Chưa ghi hạn phúc khảo" in page
    assert "Chưa có giải thưởng" in page
    assert "Chưa đơn vị nào có số đoàn viên" in page
    assert "Đến bước công bố" in page


def test_publishing_is_taken_back_with_a_reason_while_nobody_has_sat(hidden, organiser, worker):
    organiser.submit(f"{RELEASE}/publication", READ)
    assert organiser.submit(f"{RELEASE}/withdrawal", {"reason": ""}).status_code == 422
    organiser.submit(f"{RELEASE}/withdrawal", {"reason": "Sai ngày thi"})
    assert stored()[0] is None
    assert practice() == []
    assert worker.get(f"/contests/{SLUG}").status_code == 404
    action, details = events()[-1]
    assert (action, details["reason"]) == ("take_back_contest", "Sai ngày thi")


def test_publishing_is_not_taken_back_once_somebody_has_begun_be_it_for_practice(hidden, organiser, worker):
    organiser.submit(f"{RELEASE}/publication", READ)
    begun = worker.submit(f"/contests/{SLUG}/rounds/tuan-1-thi-thu/attempts", {"code": "280729"})
    assert begun.status_code == 302
    organiser.submit(f"{RELEASE}/withdrawal", {"reason": "Sai ngày thi"})
    assert stored()[0] == NOON
    assert "không thôi công bố được nữa" in organiser.get(RELEASE).get_data(as_text=True)


def test_who_begins_while_it_is_taken_back_waits_and_then_finds_nothing(hidden, organiser, app, cast, place):
    organiser.submit(f"{RELEASE}/publication", READ)
    late, loaded, ended = cast.person(union=place.grassroots), threading.Event(), []

    def begin():
        with app.app_context(), transaction():
            round_ = round_of(SLUG, "tuan-1")
            loaded.set()
            try:
                start(session.get_one(Person, late.id), round_, entry_code="280729", now=NOON)
            except NotFound:
                ended.append("not found")

    thread = threading.Thread(target=begin)
    with transaction():
        by = session.get_one(Person, place.organiser.id)
        actions.take_back(contest_of(SLUG), reason="Sửa thể lệ", by=by, now=NOON)
        thread.start()
        if not database().is_sqlite:  # which has one writer: who begins has read nothing yet
            loaded.wait(timeout=30)
    thread.join()
    assert ended == ["not found"]


def test_a_public_contest_is_changed_from_here_and_its_draft_does_not_say_that_nobody_sees_it(hidden, organiser):
    change = f"/organise/drafts/of/{SLUG}"
    assert f'action="{change}"' in organiser.get(RELEASE).get_data(as_text=True)
    hidden_draft = organiser.submit(change).location
    assert "cuộc thi chưa hiện với ai" in organiser.get(hidden_draft).get_data(as_text=True)
    organiser.submit(f"{RELEASE}/publication", {"read": "y"})
    shown = organiser.get(hidden_draft).get_data(as_text=True)
    assert "bản sửa của cuộc thi đang công bố" in shown
    assert "chưa hiện với ai" not in shown
