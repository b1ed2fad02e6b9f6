"""The home page, a contest's page and thể lệ, with and without log-in; the desk for contest files."""

import io
import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import func, select

from quizapp.attempts.actions import hand_in, start
from quizapp.db import session, transaction
from quizapp.formats.contest_file import read_contest
from quizapp.models import Attempt, Contest, Person, Round, WindowChange
from quizapp.rules.contest_rules import EntryRule
from quizapp.rules.round_rules import AttemptsRule
from quizapp.vocabulary import Role
from tests.conftest import NOON
from tests.contests.conftest import FILE

DESK = "/organise/contests/new"
WEEK = timedelta(days=7)


def html(client, url):
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def windows(cast, opens, closes):
    return [cast.round_rules(opens_at=NOON + opens, closes_at=NOON + closes)]


def begin(person, now=NOON):
    with transaction():
        round_ = session.scalars(select(Round)).one()
        return start(session.get_one(Person, person.id), round_, entry_code="280729", now=now)


@pytest.fixture
def contest(cast, place):
    return cast.contest("tim-hieu", organiser=place.province, entry=EntryRule(code="280729"))


@pytest.fixture
def worker(cast, place):
    return cast.person("Nguyễn Văn An", union=place.grassroots)


@pytest.fixture
def phone(cast, client, worker):
    return cast.log_in(client, worker)


def test_an_empty_home_page_says_so(app, client, clock):
    assert "Chưa có cuộc thi nào" in html(client, "/")


def test_the_home_page_lists_open_then_coming_then_finished(cast, place, client):
    cast.contest("qua", organiser=place.province, title="Cuộc thi đã qua", rounds=windows(cast, -2 * WEEK, -WEEK))
    cast.contest("toi", organiser=place.province, title="Cuộc thi sắp tới", rounds=windows(cast, WEEK, 2 * WEEK))
    cast.contest("nay", organiser=place.province, title="Cuộc thi hôm nay", rounds=windows(cast, -WEEK, WEEK))
    page = html(client, "/")
    assert page.index("Cuộc thi hôm nay") < page.index("Cuộc thi sắp tới") < page.index("Cuộc thi đã qua")
    assert page.index("Vào thi") < page.index("Xem thể lệ") < page.index("Xem kết quả")
    assert "LĐLĐ tỉnh Mẫu" in page


def test_between_two_rounds_a_contest_is_open_but_not_to_enter(cast, place, client):
    rounds = [
        cast.round_rules("tuan-1", opens_at=NOON - WEEK, closes_at=NOON),
        cast.round_rules("tuan-2", opens_at=NOON + WEEK, closes_at=NOON + 2 * WEEK),
    ]
    cast.contest(organiser=place.province, rounds=rounds)
    page = html(client, "/")
    assert "Đang mở" in page
    assert "Vào thi" not in page


def test_finished_contests_come_in_pages(cast, place, client):
    for number in range(11):
        end = -timedelta(days=number + 1)
        rounds = windows(cast, end - WEEK, end)
        cast.contest(f"c{number}", organiser=place.province, title=f"Cuộc thi số {number}.", rounds=rounds)
    assert "Cuộc thi số 10." not in html(client, "/")
    assert "Cuộc thi số 10." in html(client, "/?page=2")


def test_a_stranger_sees_the_rules_and_the_ways_in(contest, client):
    page = html(client, "/contests/tim-hieu")
    assert "5 câu hỏi, làm trong 20 phút" in page
    assert "/log-in?next=/contests/tim-hieu" in page
    assert "/register?contest=tim-hieu" in page
    assert "Bắt đầu thi" not in page


def test_without_registration_a_stranger_is_only_asked_to_log_in(cast, place, client):
    cast.contest("kin", organiser=place.province, entry=EntryRule(registration=False))
    page = html(client, "/contests/kin")
    assert "/log-in" in page
    assert "/register" not in page


def test_an_unknown_contest_is_not_found(app, client, clock):
    assert client.get("/contests/khong-co").status_code == 404
    assert client.get("/contests/khong-co/rules").status_code == 404


def test_a_contestant_starts_with_the_entry_code(contest, phone):
    page = html(phone, "/contests/tim-hieu")
    assert "Bạn còn 2 lượt thi" in page
    assert 'name="code"' in page
    assert "280729" not in page
    url = "/contests/tim-hieu/rounds/tuan-1/attempts"
    assert phone.submit(url, {"code": "280729"}, page="/contests/tim-hieu").status_code == 302


def test_without_an_entry_code_none_is_asked(cast, place, phone):
    cast.contest("mo", organiser=place.province)
    assert 'name="code"' not in html(phone, "/contests/mo")


def test_a_running_attempt_is_gone_on_with(contest, phone, worker):
    attempt = begin(worker)
    page = html(phone, "/contests/tim-hieu")
    assert f'href="/attempts/{attempt.id}"' in page
    assert "Tiếp tục làm bài" in page
    assert "Bắt đầu thi" not in page


def test_an_attempt_past_its_time_is_ended_without_anybodys_act(contest, phone, worker, clock):
    attempt = begin(worker)
    clock.at(minutes=20, seconds=2)
    page = html(phone, "/contests/tim-hieu")
    assert "Bạn còn 1 lượt thi" in page
    assert f'href="/attempts/{attempt.id}/result"' in page


def test_attempts_used_up_leave_no_button(cast, place, phone, worker):
    cast.contest(
        "mot", organiser=place.province, rounds=[cast.round_rules(attempts=AttemptsRule(limit=1))], entry=EntryRule()
    )
    attempt = begin(worker)
    with transaction():
        hand_in(session.get_one(Attempt, attempt.id), now=NOON)
    page = html(phone, "/contests/mot")
    assert "Bạn đã dùng hết lượt thi của đợt này" in page
    assert "Bắt đầu thi" not in page


def test_people_outside_the_audience_are_told_so(cast, place, contest, client):
    outsider = cast.person(union=cast.union("Công đoàn khác"))
    page = html(cast.log_in(client, outsider), "/contests/tim-hieu")
    assert "dành cho LĐLĐ tỉnh Mẫu" in page
    assert "Công đoàn khác" in page
    assert "Bắt đầu thi" not in page


def test_the_rules_are_public_and_keep_the_code_secret(contest, client):
    page = html(client, "/contests/tim-hieu/rules")
    assert "Điều 1. Đơn vị tổ chức" in page
    assert "LĐLĐ tỉnh Mẫu" in page
    assert "“Ngân hàng luat”" in page
    assert "280729" not in page


def test_the_desk_is_for_organisers(cast, place, client, worker):
    assert client.get(DESK).status_code == 302
    assert cast.log_in(client, worker).get(DESK).status_code == 404


@pytest.fixture
def desk(cast, client, place):
    return cast.log_in(client, place.organiser)


def count_contests():
    with transaction(writes=False):
        return session.scalar(select(func.count(Contest.id)))


def test_checking_tells_what_may_not_be_meant(desk):
    text = FILE + "  standings: [{key: a, order: [submitted_at, marks]}]\n"
    page = desk.submit(DESK, {"text": text, "do": "check"}, page=DESK).get_data(as_text=True)
    assert "Có 1 chỗ vẫn lưu được nhưng nên xem lại" in page
    assert "Dòng 14, standings.1.order" in page


def test_checking_shows_the_rules_and_saves_nothing(desk):
    answer = desk.submit(DESK, {"text": FILE, "do": "check"}, page=DESK)
    assert answer.status_code == 200
    page = answer.get_data(as_text=True)
    assert "Tệp hợp lệ" in page
    assert "Điều 1. Đơn vị tổ chức" in page
    assert count_contests() == 0


def test_what_is_wrong_is_shown_by_line_and_the_text_stays(desk):
    answer = desk.submit(DESK, {"text": FILE.replace("24:00", "25:00"), "do": "save"}, page=DESK)
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "Dòng 10, rounds.1.closes:" in page
    assert "<code>closes: 2026-12-06T25:00</code>" in page
    assert "slug: tim-hieu" in page
    assert count_contests() == 0


def test_a_saved_file_is_a_contest(desk):
    answer = desk.submit(DESK, {"text": FILE.replace("\n", "\r\n"), "do": "save"}, page=DESK)
    assert answer.headers["Location"] == "/contests/tim-hieu"
    assert "Tìm hiểu pháp luật" in html(desk, "/contests/tim-hieu")


def test_an_uploaded_file_goes_before_the_text_and_is_shown(desk):
    upload = (io.BytesIO(FILE.replace("tim-hieu", "?").encode()), "thi.yaml")
    data = {"text": "", "file": upload, "do": "save"}
    answer = desk.submit(DESK, data, page=DESK, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "slug: ?" in answer.get_data(as_text=True)


def test_an_organiser_of_elsewhere_cannot_load_for_this_union(cast, place, client):
    elsewhere = cast.person("Lê Văn Bên", roles=[(Role.ORGANISER, place.grassroots)])
    answer = cast.log_in(client, elsewhere).submit(DESK, {"text": FILE, "do": "save"}, page=DESK)
    assert answer.status_code == 422
    assert "Dòng 4, organiser: bạn không phụ trách" in answer.get_data(as_text=True)
    assert count_contests() == 0


def test_the_home_page_leads_back_into_a_running_attempt(contest, phone, worker, clock):
    attempt = begin(worker)
    assert f'href="/attempts/{attempt.id}"' in html(phone, "/")
    clock.at(minutes=20, seconds=2)
    assert "đang làm dở" not in html(phone, "/")


def test_judges_are_led_to_their_desk(cast, place, client, app, clock):
    judge = cast.person(roles=[(Role.JUDGE, place.province)])
    assert 'href="/judge">Xem các bài giao cho bạn chấm' in html(cast.log_in(client, judge), "/")
    both = cast.person(roles=[(Role.JUDGE, place.province), (Role.ORGANISER, place.province)])
    assert "giao cho bạn chấm" not in html(cast.log_in(client, both), "/")


def test_only_organisers_are_led_from_a_contest_to_how_it_goes(contest, desk):
    assert 'href="/organise/contests/tim-hieu"' in html(desk, "/contests/tim-hieu")


def test_contestants_are_not_led_to_the_desk(contest, phone):
    assert "/organise" not in html(phone, "/contests/tim-hieu")


def textarea(page):
    return unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)[1])


def test_the_file_of_a_contest_can_be_taken_up_and_changed(contest, desk):
    text = textarea(html(desk, f"{DESK}?like=tim-hieu"))
    answer = desk.submit(DESK, {"text": text.replace("slug: tim-hieu", "slug: lan-hai"), "do": "save"}, page=DESK)
    assert answer.headers["Location"] == "/contests/lan-hai"


def test_the_file_of_a_contest_of_others_is_not_shown(cast, place, contest, client):
    elsewhere = cast.person("Lê Văn Bên", roles=[(Role.ORGANISER, place.grassroots)])
    assert cast.log_in(client, elsewhere).get(f"{DESK}?like=tim-hieu").status_code == 404


def test_the_sample_is_a_right_file_of_the_organisers_own_union(place, desk):
    text = textarea(html(desk, f"{DESK}?sample=1"))
    assert read_contest(text.encode()).rules.organiser == place.province.code


def test_a_contest_that_is_not_public_is_there_for_its_organisers_alone(cast, place, client, contest):
    stranger = cast.person("Lê Văn Lạ", union=place.grassroots)
    with transaction():
        session.get_one(Contest, contest.id).published_at = None
    assert "Tìm hiểu pháp luật" not in html(client, "/")
    for person, status in ((None, 404), (stranger, 404), (place.organiser, 200)):
        browser = cast.log_in(client, person) if person else client
        for page in ("/contests/tim-hieu", "/contests/tim-hieu/rules", "/contests/tim-hieu/standings"):
            assert browser.get(page).status_code == status


def test_a_persons_own_hours_are_those_that_the_page_shows(cast, place, contest, phone, worker, clock):
    clock.at(days=7)  # the round is over for all others
    change = {"kind": "extension", "minutes": 60, "reason": "Mất điện", "made_by_id": place.organiser.id}
    with transaction():
        session.add(WindowChange(contest_id=contest.id, person_id=worker.id, made_at=NOON, **change))
    page = html(phone, "/contests/tim-hieu")
    assert "đến 13:00 ngày 08/12/2026" in page
    assert "Bắt đầu thi" in page
    assert begin(worker, now=clock.instant).closes_at == NOON + WEEK + timedelta(minutes=20)


def test_while_all_is_paused_the_page_says_why_and_has_no_button(cast, place, contest, phone):
    pause = {"kind": "pause", "starts_at": NOON, "reason": "Máy chủ đang sửa.", "made_by_id": place.organiser.id}
    with transaction():
        session.add(WindowChange(contest_id=contest.id, made_at=NOON, **pause))
    page = html(phone, "/contests/tim-hieu")
    assert "Cuộc thi đang tạm dừng: Máy chủ đang sửa." in page
    assert "Bắt đầu thi" not in page


def test_the_home_page_goes_by_the_hours_that_rounds_have_by_now(cast, place, client, clock):
    contest = cast.contest(organiser=place.province, rounds=windows(cast, -WEEK, WEEK))
    with transaction():
        session.scalars(select(Round)).one().closes_at = NOON + WEEK + timedelta(days=1)
    clock.at(days=7, hours=1)
    page = html(client, "/")
    assert contest.title in page
    assert "đến 12:00 ngày 09/12/2026" in page
    assert "Đang mở" in html(client, "/contests/cuoc-thi")
