"""What a judge's browser is told, and what it is never told."""

from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.models import Allocation, Assessment, Essay

TEXT = "Tôi là Phan Thị Mơ, Công đoàn cơ sở Dệt Bình Minh, số 0912 345 678. <script>alert(1)</script> Xin họp ngắn."


def given(jury, code="PH3333"):
    """An essay in which the writer names herself; the first judge who has it, the address, and a browser."""
    writer = jury.cast.person("Phan Thị Mơ", union=jury.cdcs, phone="0912345678")
    jury.attempt = jury.write(code, jury.cdcs, text=TEXT, person=writer)
    jury.allocate()
    people = {each.full_name: each for each in (jury.an, jury.binh, jury.chi)}
    judges = [people[name] for each, name in jury.given() if each == code]
    return judges, f"/judge/essays/{jury.allocation(code, judges[0])}", jury.browser(judges[0])


def fields(idea="2", style="1,5", **more):
    return {"mark-y-tuong": idea, "mark-cach-viet": style, **more}


def test_no_page_of_a_judge_tells_who_wrote(jury):
    _, url, browser = given(jury)
    with transaction(writes=False):
        seat = session.scalar(select(Allocation.seat_id).where(Allocation.id == int(url.split("/")[-1])))
    for page in (url, "/judge", f"/judge/seats/{seat}"):
        html = browser.get(page).get_data(as_text=True)
        for identity in ("Phan Thị Mơ", "Bình Minh", "0912", "345 678", f"attempts/{jury.attempt}"):
            assert identity not in html, (page, identity)
    html = browser.get(url).get_data(as_text=True)
    assert "Bài PH3333" in html
    assert "họp ngắn" in html
    assert "<script>alert" not in html


def test_a_judge_never_sees_the_others_marks(jury):
    judges, url, browser = given(jury)
    jury.finish("PH3333", judges[1], 200, 275)
    browser.submit(url, fields("1", "3"))
    html = browser.get(url).get_data(as_text=True)
    assert jury.essay_mark("PH3333") == 438
    assert not any(told in html for told in ("4,75", "2,75", "4,38", judges[1].full_name))
    assert "chỉ xem lại được" in html


def test_an_essay_is_only_for_the_judge_who_has_it(jury):
    judges, url, _ = given(jury)
    assert jury.browser(judges[1]).get(url).status_code == 404
    jury.unseat(judges[0])
    assert jury.browser(judges[0]).get(url).status_code == 404


def test_finishing_asks_for_every_criterion_and_keeps_what_was_typed(jury):
    _, url, browser = given(jury)
    reply = browser.submit(url, fields("2", "", comment="Ý rất hay"))
    html = reply.get_data(as_text=True)
    assert reply.status_code == 422
    assert "Cách viết" in html
    assert "Ý rất hay" in html
    assert browser.submit(url, fields("1,5", "1")).status_code == 422  # no level has that mark
    assert browser.submit(url, fields("2", "3,25")).status_code == 422
    assert jury.totals("PH3333") == []


def test_a_draft_is_kept_by_script_and_by_form(jury):
    _, url, browser = given(jury)
    kept = browser.put(f"{url}/draft", json={"mark-y-tuong": "2", "mark-cach-viet": "9", "notes": "Xem lại"}).get_json()
    assert not kept["finished"]
    assert list(kept["problems"]) == ["cach-viet"]
    browser.submit(url, fields("1", "", notes="Để sau", doubt="1", action="later"))
    with transaction(writes=False):
        draft = session.get_one(Assessment, int(url.split("/")[-1]))
        assert (draft.marks, draft.notes, draft.is_in_doubt, draft.total) == ({"y-tuong": 100}, "Để sau", True, None)


def test_saving_leads_to_the_next_essay_and_at_last_back_to_the_list(jury):
    judges, url, browser = given(jury)
    mine = len(jury.given(judges[0]))
    places = []
    for _ in range(mine):
        reply = browser.submit(url, fields())
        url = reply.location
        places.append(url)
    assert all(place.startswith("/judge/essays/") for place in places[:-1])
    assert places[-1].startswith("/judge/seats/")


def test_an_essay_without_a_word_goes_to_nobody(jury):
    jury.write("PH4444", jury.cdcs, text="")
    jury.allocate()
    assert {code for code, _ in jury.given()} == {"PH2222"}


def test_essays_are_given_after_the_close_unless_the_organiser_insists(jury):
    desk, url = jury.browser(jury.organiser), "/organise/contests/cuoc-thi/essays/bai-viet/allocate"
    jury.clock.at(hours=-2)
    desk.submit(url)
    assert jury.given() == []
    desk.submit(url, {"early": "1"})
    assert len(jury.given()) == 2


def test_the_rubric_in_use_is_frozen_and_its_change_is_the_next_version(jury):
    jury.allocate()
    desk = jury.browser(jury.organiser)
    row = {"criteria-0-key": "y-tuong", "criteria-0-title": "Ý tưởng", "criteria-0-max_mark": "5"}
    data = {"title": "Sáng kiến mới", "code": "x", "unit": str(jury.province.id), "action": "save", **row}
    assert desk.submit("/organise/rubrics/sang-kien/edit", data).status_code == 302
    assert "Phiên bản 2" in desk.get("/organise/rubrics/sang-kien").get_data(as_text=True)
    jury.write("PH5555", jury.cdcs)
    jury.allocate()
    with transaction(writes=False):
        assert {each.rubric.version for each in session.scalars(select(Allocation).join(Essay))} == {1}
