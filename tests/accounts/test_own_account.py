"""One's own data, devices and password; what the privacy page promises."""

import pytest

from quizapp.models import LogInSession, Person
from quizapp.vocabulary import Role
from quizapp.web.passwords import is_password
from tests.accounts.conftest import HASH, PHONE, change, stored, text
from tests.cast import PASSWORD

NEW = "quán phở đầu ngõ"


@pytest.fixture
def mine(client, cast, worker):
    return cast.log_in(client, worker)


@pytest.fixture
def elsewhere(app, cast, worker):
    return cast.log_in(app.test_client(), worker)


def is_in(browser):
    return browser.get("/account").status_code == 200


def test_the_page_shows_ones_own_data(mine):
    page = text(mine.get("/account"))
    for fact in ("Nguyễn Thị Hoa", "01/01/1990", PHONE, "CĐCS May Mẫu", "Đoàn viên"):
        assert fact in page


def test_roles_are_shown_with_the_union_over_which_they_hold(cast, cdcs, client):
    organiser = cast.person("Trần Văn Tổ", roles=[(Role.ORGANISER, cdcs)])
    assert "CĐCS May Mẫu và các đơn vị bên dưới" in text(cast.log_in(client, organiser).get("/account"))


def test_a_person_of_whom_little_is_known_has_a_page_too(cast, client):
    somebody = cast.person()
    change(somebody, birth_date=None, phone=None, member_number="M1")
    page = text(cast.log_in(client, somebody).get("/account"))
    assert page.count("Chưa ghi") == 2
    assert "Không thuộc công đoàn nào" in page


def test_a_changed_password_holds_and_ends_log_ins_elsewhere(mine, elsewhere, worker):
    answer = mine.submit("/account/password", {"old": PASSWORD, "password": NEW}, page="/account")
    assert answer.headers["Location"] == "/account"
    assert "Đã đổi mật khẩu" in text(mine.get("/account"))
    assert not is_in(elsewhere)
    [person] = stored(Person, Person.id == worker.id)
    assert is_password(person.password_hash, NEW)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("sai rồi nhé", NEW, "Mật khẩu hiện nay không phải như vậy"),
        ("", NEW, "Xin điền mục này"),
        (PASSWORD, "ngắn", "ít nhất 8 ký tự"),
        (PASSWORD, "matkhau123", "nhiều người dùng"),
        (PASSWORD, "hoanguyen90", "không nói về bạn"),
    ],
)
def test_a_password_is_changed_only_with_the_old_one_to_a_good_one(old, new, sentence, mine, elsewhere, worker):
    answer = mine.submit("/account/password", {"old": old, "password": new})
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert is_in(elsewhere)
    assert [each.password_hash for each in stored(Person, Person.id == worker.id)] == [HASH]


def test_a_role_needs_the_longer_password_here_too(cast, cdcs, client):
    cast.log_in(client, cast.person("Trần Văn Tổ", password_hash=HASH, roles=[(Role.JUDGE, cdcs)]))
    answer = client.submit("/account/password", {"old": PASSWORD, "password": "quán phở đầu"})
    assert "ít nhất 15 ký tự" in text(answer)


def test_devices_are_listed_and_one_can_be_shut_out(mine, elsewhere):
    page = text(mine.get("/account"))
    assert page.count("Thiết bị này") == 1
    [url] = [part.split('"')[0] for part in page.split('action="') if part.startswith("/account/log-ins/")]
    assert mine.submit(url).headers["Location"] == "/account"
    assert not is_in(elsewhere)
    assert is_in(mine)


def test_a_log_in_that_ended_is_not_listed(mine, elsewhere, worker, clock):
    clock.at(days=40)
    assert stored(LogInSession) != []
    assert not is_in(mine)


def test_shutting_out_the_own_device_is_logging_out(mine):
    [here] = stored(LogInSession)
    assert mine.submit(f"/account/log-ins/{here.token_hash}/end").headers["Location"] == "/"
    assert not is_in(mine)


@pytest.mark.parametrize("key", ["x", "0" * 64, "%00"])
def test_a_log_in_that_is_not_there_cannot_be_ended(key, mine):
    assert mine.submit(f"/account/log-ins/{key}/end").status_code == 404


def test_nobody_ends_the_log_in_of_another(mine, app, cast):
    stranger = cast.log_in(app.test_client(), cast.person("Lê Văn Khác"))
    [key] = [each.token_hash for each in stored(LogInSession) if each.device == "test"][:1]
    assert stranger.submit(f"/account/log-ins/{key}/end").status_code == 404
    assert is_in(mine)


def test_logging_out_everywhere_ends_all(mine, elsewhere, app, cast):
    stranger = cast.log_in(app.test_client(), cast.person("Lê Văn Khác"))
    assert mine.submit("/log-out/everywhere").headers["Location"] == "/"
    assert not is_in(mine)
    assert not is_in(elsewhere)
    assert is_in(stranger)


@pytest.mark.parametrize("url", ["/account/password", "/log-out", "/log-out/everywhere", "/account/log-ins/x/end"])
def test_strangers_are_asked_to_log_in(url, app, client):
    assert client.submit(url).headers["Location"] == "/log-in"


def test_the_privacy_page_is_for_everybody_and_names_the_law(app, client):
    page = text(client.get("/privacy"))
    assert "91/2025/QH15" in page
    assert "bên kiểm soát dữ liệu cá nhân" in page
    assert "60 ngày" in page
    assert "12 giờ" in page
    assert "30 ngày" in page
