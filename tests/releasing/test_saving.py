"""A draft becomes a contest, and changes it: a public one only after what changes was read."""

import re
import threading

from sqlalchemy import select

from quizapp.contests.queries import contest_of
from quizapp.db import database, session, transaction
from quizapp.drafting.actions import draft_changes
from quizapp.models import Contest, ContestDraft, Person
from tests.conftest import NOON
from tests.contests.conftest import FILE
from tests.releasing.conftest import RELEASE, SLUG, draft_for, load, stored


def url(draft_id):
    return f"/organise/drafts/{draft_id}/release"


def change(draft_id, **tree):
    with transaction():
        draft = session.get_one(ContestDraft, draft_id)
        draft.tree = draft.tree | tree


def slugs():
    with transaction(writes=False):
        return session.scalars(select(Contest.slug).order_by(Contest.id)).all()


def test_a_draft_becomes_a_contest_that_only_organisers_see(place, organiser):
    draft = draft_for(place, FILE)
    answer = organiser.submit(url(draft))
    assert answer.location.endswith(RELEASE)
    assert stored() == (None, "Tìm hiểu pháp luật", ["tuan-1"])


def test_saving_again_changes_the_same_contest_even_under_another_address(place, organiser):
    draft = draft_for(place, FILE)
    organiser.submit(url(draft))
    change(draft, slug="ten-khac", title="Tên khác")
    organiser.submit(url(draft))
    assert slugs() == ["ten-khac"]
    assert stored("ten-khac")[:2] == (None, "Tên khác")


def test_a_draft_never_takes_the_place_of_another_contest(hidden, place, organiser):
    draft = draft_for(place, FILE.replace("Tìm hiểu pháp luật", "Kẻ lạ"))
    answer = organiser.submit(url(draft))
    assert answer.status_code == 422
    assert "cuộc thi khác" in answer.get_data(as_text=True)
    assert stored()[1] == "Tìm hiểu pháp luật"


def test_what_the_banks_do_not_have_comes_back_with_its_place(place, organiser):
    answer = organiser.submit(url(draft_for(place, FILE.replace("count: 5", "count: 50"))))
    assert answer.status_code == 422
    told = answer.get_data(as_text=True)
    assert "<strong>Đợt thi “Tuần 1”" in told
    assert "rounds.1" not in told
    assert stored() is None


def test_an_incomplete_draft_is_refused_with_what_is_missing(place, organiser):
    draft = draft_for(place, FILE)
    change(draft, rounds=[])
    answer = organiser.submit(url(draft))
    assert answer.status_code == 422
    assert stored() is None


def test_a_public_contest_changes_only_after_its_changes_were_read(place, organiser):
    load(FILE, is_public=True)
    draft = draft_for(place, FILE.replace("Tuần 1", "Tuần lễ 1").replace("12-06T24", "12-07T24"), slug=SLUG)
    page = organiser.submit(url(draft)).get_data(as_text=True)
    assert "24:00 ngày 06/12/2026" in page
    assert "24:00 ngày 07/12/2026" in page
    assert stored()[0] == NOON
    seen = re.search(r'name="seen"[^>]* value="([^"]+)"', page)[1]
    assert organiser.submit(url(draft), {"action": "apply", "seen": "another"}).status_code == 200
    with transaction(writes=False):
        assert session.scalars(select(Contest)).one().rounds[0].title == "Tuần 1"
    assert organiser.submit(url(draft), {"action": "apply", "seen": seen}).status_code == 302
    with transaction(writes=False):
        contest = session.scalars(select(Contest)).one()
        assert (contest.rounds[0].title, contest.published_at) == ("Tuần lễ 1", NOON)


def test_the_address_of_a_public_contest_stays(place, organiser):
    load(FILE, is_public=True)
    answer = organiser.submit(url(draft_for(place, FILE.replace("slug: tim-hieu", "slug: khac"), slug=SLUG)))
    assert answer.status_code == 422
    assert slugs() == [SLUG]


def test_what_is_begun_changes_only_as_amending_lets(place, organiser, worker):
    load(FILE, is_public=True)
    worker.submit(f"/contests/{SLUG}/rounds/tuan-1/attempts", {"code": "280729"})
    answer = organiser.submit(url(draft_for(place, FILE.replace("limit: 2", "limit: 3"), slug=SLUG)))
    assert answer.status_code == 422
    assert "đã có người bắt đầu thi" in answer.get_data(as_text=True)


def test_a_draft_of_others_does_not_exist(place, worker, neighbour, lower):
    draft = draft_for(place, FILE)
    assert [client.submit(url(draft)).status_code for client in (worker, neighbour, lower)] == [404, 404, 404]


def test_loading_the_file_of_a_hidden_contest_again_does_not_publish_it(hidden, organiser):
    load(FILE.replace("Tìm hiểu pháp luật", "Tên mới"), is_public=True)
    assert stored()[:2] == (None, "Tên mới")


def test_what_a_draft_has_and_the_contest_has_not_is_told(place, organiser):
    draft = draft_for(place, FILE)
    organiser.submit(url(draft))
    assert "chưa lưu vào cuộc thi" not in organiser.get(RELEASE).get_data(as_text=True)
    change(draft, title="Tên mới")
    assert "chưa lưu vào cuộc thi" in organiser.get(RELEASE).get_data(as_text=True)


def test_of_two_who_begin_to_change_a_contest_at_once_the_second_finds_the_draft_of_the_first(app, place):
    load(FILE, is_public=True)
    loaded, found = threading.Event(), []

    def begin(*, after=lambda: None):
        with app.app_context(), transaction():
            contest, by = contest_of(SLUG), session.get_one(Person, place.organiser.id)
            loaded.set()
            found.append(draft_changes(contest, by=by, now=NOON).id)
            after()

    second = threading.Thread(target=begin)

    def meanwhile():
        loaded.clear()
        second.start()
        if not database().is_sqlite:  # which has one writer: the second has read nothing yet
            loaded.wait(timeout=30)

    begin(after=meanwhile)
    second.join()
    assert len(found) == 2
    assert len(set(found)) == 1
