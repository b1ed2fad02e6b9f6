"""One criterion across all essays, and two pages of one judge on one essay."""

import json

import pytest
from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.models import Allocation, Assessment, Essay, JudgeSeat


@pytest.fixture
def desk(jury):
    """Three essays that both judges have; one judge with the browser, `urls` by code, `seat`."""
    for code in ("PH3333", "PH4444"):
        jury.write(code, jury.cdcs)
    jury.unseat(jury.chi)
    jury.allocate()
    jury.mine = jury.browser(jury.an)
    with transaction(writes=False):
        seat = session.scalars(select(JudgeSeat).where(JudgeSeat.person_id == jury.an.id)).one()
        asked = select(Essay.code, Allocation.id).join(Allocation).where(Allocation.seat_id == seat.id)
        order = session.execute(asked.order_by(Allocation.position)).tuples().all()
    jury.seat_id, jury.order = seat.id, [code for code, _ in order]
    jury.urls = {code: f"/judge/essays/{allocation}" for code, allocation in order}
    return jury


def kept(desk, code):
    with transaction(writes=False):
        return session.get(Assessment, int(desk.urls[code].rsplit("/", 1)[-1]))


def idea(desk, code, mark, **more):
    return desk.mine.submit(f"{desk.urls[code]}/criteria/y-tuong", {"mark-y-tuong": mark, **more})


def style(desk, code, mark):
    return desk.mine.submit(f"{desk.urls[code]}/criteria/cach-viet", {"mark-cach-viet": mark})


def page(desk, path):
    return desk.mine.get(path).get_data(as_text=True)


def hidden(html, name):
    return html.split(f'name="{name}" value="')[1].split('"')[0]


def test_a_criterion_leads_through_all_essays_that_lack_it(desk):
    first, second, third = desk.order
    idea(desk, second, "1")
    assert (
        desk.mine.get(f"/judge/seats/{desk.seat_id}/criteria/y-tuong").location
        == f"{desk.urls[first]}/criteria/y-tuong"
    )
    assert idea(desk, first, "2").location == f"{desk.urls[third]}/criteria/y-tuong"
    assert "Ý tưởng: 2/3" in page(desk, f"{desk.urls[third]}/criteria/y-tuong")
    assert idea(desk, third, "0").location == f"/judge/seats/{desk.seat_id}/criteria"
    assert "3/3 bài có điểm" in page(desk, f"/judge/seats/{desk.seat_id}/criteria")


def test_only_this_criterion_is_kept(desk):
    code = desk.order[0]
    whole = {"mark-cach-viet": "2,5", "comment-cach-viet": "Gọn", "comment": "Hay", "notes": "Xem lại", "doubt": "1"}
    desk.mine.submit(desk.urls[code], {**whole, "action": "later"})
    idea(desk, code, "2", **{"comment-y-tuong": "Mới", "mark-cach-viet": "0", "notes": "khác"})
    found = kept(desk, code)
    assert found.marks == {"y-tuong": 200, "cach-viet": 250}
    assert found.comments == {"y-tuong": "Mới", "cach-viet": "Gọn"}
    assert (found.comment, found.notes, found.is_in_doubt, found.total) == ("Hay", "Xem lại", True, None)


def test_a_criterion_that_is_emptied_goes_unless_the_essay_was_finished(desk):
    one, other, _ = desk.order
    idea(desk, one, "2")
    idea(desk, one, "")
    assert kept(desk, one).marks == {}
    desk.mine.submit(desk.urls[other], {"mark-y-tuong": "1", "mark-cach-viet": "1"})
    idea(desk, other, "")
    assert (kept(desk, other).marks["y-tuong"], kept(desk, other).total) == (100, 200)
    idea(desk, other, "2")
    assert (kept(desk, other).total, kept(desk, other).finished_at is None) == (300, False)


def test_what_is_no_mark_is_told_and_stays_in_the_field(desk):
    reply = style(desk, desk.order[0], "3,5")
    assert reply.status_code == 422
    assert "3,5" in hidden(reply.get_data(as_text=True), "mark-cach-viet")
    assert kept(desk, desk.order[0]) is None


def test_a_criterion_that_the_rubric_lacks_is_not_there(desk):
    assert desk.mine.get(f"{desk.urls[desk.order[0]]}/criteria/khac").status_code == 404
    assert desk.mine.submit(f"{desk.urls[desk.order[0]]}/criteria/khac").status_code == 404


def test_essays_with_all_marks_are_finished_from_one_page_as_the_rule_says(desk):
    one, other, third = desk.order
    for code in (one, other):
        desk.finish(code, desk.binh, 0, 0)
        idea(desk, code, "2")
        style(desk, code, "3" if code == one else "-")
    style(desk, other, "0")
    idea(desk, third, "1")
    address = f"/judge/seats/{desk.seat_id}/complete"
    html = page(desk, address)
    assert "chưa hoàn tất: 2 bài" in html
    assert third not in html
    assert desk.essay_mark(one) is None
    tickets = [part.split('"')[0] for part in html.split('name="essay" value="')[1:]]
    desk.mine.submit(address, {"essay": tickets})
    assert desk.totals(one) == [0, 500]
    assert desk.totals(other) == [0, 200]
    assert kept(desk, third).finished_at is None
    assert desk.events().count("finish_assessment") == 4
    assert "chưa hoàn tất: 0 bài" in page(desk, address)


def test_an_essay_is_not_finished_with_marks_that_the_page_did_not_show(desk):
    code = desk.order[0]
    idea(desk, code, "2")
    style(desk, code, "3")
    address = f"/judge/seats/{desk.seat_id}/complete"
    ticket = hidden(page(desk, address), "essay")
    idea(desk, code, "0")
    desk.mine.submit(address, {"essay": ticket})
    assert kept(desk, code).finished_at is None
    assert "vừa thay đổi" in page(desk, address)


def test_an_older_page_does_not_write_over_a_newer_one(desk):
    url = desk.urls[desk.order[0]]
    old = hidden(page(desk, url), "seen")
    newer = desk.mine.put(f"{url}/draft", json={"seen": old, "mark-y-tuong": "2"})
    refused = desk.mine.put(f"{url}/draft", json={"seen": old, "mark-y-tuong": "0"})
    assert (newer.status_code, refused.status_code) == (200, 409)
    assert "trang khác" in refused.get_json()["error"]
    again = desk.mine.put(f"{url}/draft", json={"seen": newer.get_json()["version"], "mark-y-tuong": "1"})
    assert again.status_code == 200
    assert kept(desk, desk.order[0]).marks == {"y-tuong": 100}


def test_an_older_form_is_shown_what_it_would_write_over_and_may_insist(desk):
    url = desk.urls[desk.order[0]]
    old = hidden(page(desk, url), "seen")
    desk.mine.submit(url, {"seen": old, "mark-y-tuong": "2", "action": "later"})
    typed = {"mark-y-tuong": "1", "comment": "Bản cũ", "action": "later"}
    refused = desk.mine.submit(url, {"seen": old, **typed})
    html = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert "Bản cũ" in html
    assert kept(desk, desk.order[0]).marks == {"y-tuong": 200}
    assert desk.mine.submit(url, {"seen": hidden(html, "seen"), **typed}).status_code == 302
    assert kept(desk, desk.order[0]).marks == {"y-tuong": 100}


def test_a_save_whose_answer_was_lost_is_not_taken_for_another_pages(desk):
    url = desk.urls[desk.order[0]]
    seen = hidden(page(desk, url), "seen")
    lost = {"mark-y-tuong": "2", "mark-cach-viet": "9"}
    desk.mine.put(f"{url}/draft", json={"seen": seen, **lost})
    later = {"seen": seen, "unheard": json.dumps([lost]), "mark-y-tuong": "2", "mark-cach-viet": "1"}
    assert desk.mine.put(f"{url}/draft", json=later).status_code == 200
    assert desk.mine.put(f"{url}/draft", json={**later, "mark-cach-viet": "2"}).status_code == 409
    assert desk.mine.put(f"{url}/draft", json={**later, "unheard": "[[{"}).status_code == 200  # the same once more


def test_pages_on_different_criteria_do_not_disturb_each_other(desk):
    url = desk.urls[desk.order[0]]
    ideas, styles = (hidden(page(desk, f"{url}/criteria/{key}"), "seen") for key in ("y-tuong", "cach-viet"))
    desk.mine.put(f"{url}/criteria/y-tuong/draft", json={"seen": ideas, "mark-y-tuong": "2"})
    assert (
        desk.mine.put(f"{url}/criteria/cach-viet/draft", json={"seen": styles, "mark-cach-viet": "3"}).status_code
        == 200
    )
    assert desk.mine.put(f"{url}/criteria/y-tuong/draft", json={"seen": ideas, "mark-y-tuong": "0"}).status_code == 409
    assert kept(desk, desk.order[0]).marks == {"y-tuong": 200, "cach-viet": 300}


def test_a_locked_essay_keeps_its_criteria(desk):
    code = desk.order[0]
    desk.finish(code, desk.an, 200, 300)
    desk.finish(code, desk.binh, 200, 300)
    assert desk.mine.put(f"{desk.urls[code]}/criteria/y-tuong/draft", json={"mark-y-tuong": "0"}).status_code == 409
    assert kept(desk, code).marks["y-tuong"] == 200


def test_each_essay_leads_to_its_neighbours_in_the_queue(desk):
    first, second, third = (desk.urls[code] for code in desk.order)
    html = page(desk, second)
    assert f'rel="prev" href="{first}"' in html
    assert f'rel="next" href="{third}"' in html
    assert 'rel="prev"' not in page(desk, first)
    assert f'rel="prev" href="{second}/criteria/y-tuong"' in page(desk, f"{third}/criteria/y-tuong")
