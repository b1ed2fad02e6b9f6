"""Making an account for a contest."""

import threading
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from quizapp.accounts.actions import Entrant, register
from quizapp.db import session, transaction
from quizapp.errors import PhoneTaken
from quizapp.models import AuditEvent, Contest, Person, TradeUnion
from quizapp.rules.contest_rules import EntrantsRule, EntryRule
from quizapp.unions.queries import pickable
from quizapp.vocabulary import IdentityField, UnionKind
from tests.accounts.conftest import HASH, PHONE, stored, text
from tests.attempts.conftest import begin

URL = "/register?contest=cuoc-thi"
PASSWORD = "quán phở đầu ngõ"
TODAY = date(2026, 12, 1)


@pytest.fixture
def province(cast):
    return cast.union("LĐLĐ tỉnh Mẫu", kind=UnionKind.PROVINCE)


@pytest.fixture
def contest(cast, province):
    for name in ("CĐCS May Thắng Lợi", "CĐCS May Bình An", "CĐCS Trường Hùng Vương"):
        cast.union(name, parent=province)
    return cast.contest(organiser=province)


def typed(**changed):
    return {
        "full_name": "Trần Văn Bình",
        "birth_date": "5/9/1990",
        "phone": "0912 345 678",
        "union": "CĐCS Trường Hùng Vương",
        "union_id": "",
        "union_asked": "",
        "entrant_role": "nguoi_lao_dong",
        "password": PASSWORD,
        "consent": "y",
    } | changed


def people():
    return stored(Person)


def test_who_registers_is_logged_in_and_at_the_contest(contest, client, clock):
    assert client.submit(URL, typed(), page=URL).headers["Location"] == "/contests/cuoc-thi"
    assert client.get("/account").status_code == 200
    [person] = people()
    assert (person.full_name, person.birth_date, person.phone) == ("Trần Văn Bình", date(1990, 9, 5), PHONE)
    assert person.name_folded == "tran van binh"
    assert person.entrant_role == "nguoi_lao_dong"
    assert person.consented_at == clock.instant
    assert [each.name for each in stored(TradeUnion, TradeUnion.id == person.union_id)] == ["CĐCS Trường Hùng Vương"]


ALONE = typed(union="", without_union="y")


@pytest.fixture
def open_to_all(contest):
    """The contest takes people who belong to no union."""
    with transaction():
        found = session.get_one(Contest, contest.id)
        found.rules = replace(found.rules, entrants=EntrantsRule(without_unit=True))
    return found


def test_who_belongs_to_no_union_registers_where_the_contest_takes_them(open_to_all, client):
    assert "Tôi không thuộc công đoàn cơ sở nào" in text(client.get(URL))
    assert client.submit(URL, ALONE).headers["Location"] == "/contests/cuoc-thi"
    assert [each.union_id for each in people()] == [None]


def test_a_union_is_asked_for_where_the_contest_takes_nobody_without(contest, client):
    assert "without_union" not in text(client.get(URL))
    answer = client.submit(URL, ALONE)
    assert answer.status_code == 422
    assert people() == []


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [({"without_union": None}, "Xin điền mục này"), ({"union": "CĐCS May Bình An"}, "Xin xóa tên công đoàn")],
)
def test_one_of_union_and_none_is_said(open_to_all, client, changed, sentence):
    fields = {name: value for name, value in (ALONE | changed).items() if value is not None}
    answer = client.submit(URL, fields)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert people() == []


def test_who_had_no_union_names_it_once(open_to_all, client):
    client.submit(URL, ALONE)
    assert "/account/union" in text(client.get("/account"))
    several = client.submit("/account/union", {"union": "may"})
    assert several.status_code == 422
    assert "CĐCS May Thắng Lợi" in text(several)
    assert client.submit("/account/union", {"union": "cdcs may binh an"}).status_code == 302
    assert "CĐCS May Bình An" in text(client.get("/account"))
    assert "/account/union" not in text(client.get("/account"))
    assert client.submit("/account/union", {"union": "CĐCS May Thắng Lợi"}).status_code == 409
    with transaction(writes=False):
        assert session.scalars(select(AuditEvent.action)).all() == ["join_union"]


def test_nobody_joins_a_union_that_takes_no_strangers(open_to_all, client, cast):
    cast.union("CĐCS Ngoài Tỉnh")
    client.submit(URL, ALONE)
    assert client.submit("/account/union", {"union": "CĐCS Ngoài Tỉnh"}).status_code == 422


def test_a_union_that_an_attempt_locked_is_named_no_more(open_to_all, client, cast, clock):
    cast.bank()
    client.submit(URL, ALONE)
    begin(people()[0], now=clock.instant)
    assert "/account/union" not in text(client.get("/account"))
    assert client.get("/account/union").status_code == 302
    assert client.submit("/account/union", {"union": "CĐCS May Bình An"}).status_code == 409
    assert [each.union_id for each in people()] == [None]
    with transaction():
        found = session.get_one(Contest, open_to_all.id)
        found.rules = replace(found.rules, identity=(IdentityField.PHONE,))
    assert client.get("/account/union").status_code == 200


def test_the_new_account_can_log_in_again(contest, client):
    client.submit(URL, typed())
    client.submit("/log-out")
    assert client.submit("/log-in", {"login": PHONE, "password": PASSWORD}).status_code == 302


def test_the_box_of_consent_is_not_ticked_beforehand(contest, client):
    assert "checked" not in text(client.get(URL))


WRONG = [
    ({"full_name": ""}, "Xin điền mục này"),
    ({"full_name": "Bình"}, "đủ họ và tên"),
    ({"full_name": "Trần Văn B1nh"}, "đủ họ và tên"),
    ({"birth_date": "5/9/90"}, "đủ bốn chữ số, ví dụ 5/9/1990"),
    ({"birth_date": "31/2/1990"}, "Không có ngày 31/2/1990"),
    ({"birth_date": "1/1/2020"}, "chưa hợp lý"),
    ({"phone": "0212345678"}, "10 chữ số"),
    ({"union": ""}, "Xin điền mục này"),
    ({"union": "Xí nghiệp không có"}, "Không có đơn vị nào của cuộc thi có tên “Xí nghiệp không có”"),
    ({"entrant_role": ""}, "Xin chọn một mục"),
    ({"entrant_role": "admin"}, "không có trong danh sách"),
    ({"password": "ngắn"}, "ít nhất 8 ký tự"),
    ({"password": "0912345678"}, "không nói về bạn"),
    ({"password": "tranvanbinh"}, "không nói về bạn"),
    ({"password": "05091990"}, "không nói về bạn"),
    ({"consent": ""}, "Bảo vệ dữ liệu cá nhân” rồi đánh dấu"),
]


@pytest.mark.parametrize(("changed", "sentence"), WRONG)
def test_what_is_wrong_is_said_and_what_was_typed_stays_but_the_password(changed, sentence, contest, client):
    fields = typed(**changed)
    if not fields["consent"]:
        del fields["consent"]
    answer = client.submit(URL, fields)
    page = text(answer)
    assert answer.status_code == 422
    assert sentence in page
    for name in ("full_name", "birth_date", "phone", "union"):
        assert f'value="{fields[name]}"' in page
    assert PASSWORD not in page
    assert people() == []


def test_a_part_of_a_name_brings_a_list_to_choose_from(contest, client):
    answer = client.submit(URL, typed(union="may"))
    page = text(answer)
    assert answer.status_code == 422
    assert "CĐCS May Bình An" in page
    assert "CĐCS May Thắng Lợi" in page
    assert "Trường Hùng Vương" not in page
    wanted = union_named("CĐCS May Bình An")
    assert f'type="radio" name="union_id" value="{wanted.id}"' in page
    client.submit(URL, typed(union="may", union_asked="may", union_id=wanted.id))
    assert people()[0].union_id == wanted.id


def test_one_match_that_is_not_exact_is_asked_too(contest, client):
    assert "Đơn vị của bạn là" in text(client.submit(URL, typed(union="truong hung")))


def test_the_whole_name_is_enough_with_or_without_accents_and_so_is_the_code(contest, client):
    client.submit(URL, typed(union="cđcs truong hung vuong"))
    client.submit("/log-out")
    code = union_named("CĐCS Trường Hùng Vương").code
    client.submit(URL, typed(union=code.lower(), phone="0987654321"))
    assert len({person.union_id for person in people()}) == 1
    assert len(people()) == 2


def test_a_choice_made_for_another_text_does_not_count(contest, client):
    wanted = union_named("CĐCS May Bình An")
    client.submit(URL, typed(union_asked="may", union_id=wanted.id))
    assert people()[0].union_id == union_named("CĐCS Trường Hùng Vương").id


def test_two_unions_of_one_name_are_told_apart_by_a_choice(contest, client, cast, province):
    cast.union(
        "CĐCS Trường Hùng Vương", parent=cast.union("Công đoàn phường Bên", kind=UnionKind.COMMUNE, parent=province)
    )
    page = text(client.submit(URL, typed()))
    assert page.count("<small") == 2
    assert "Công đoàn phường Bên" in page


@pytest.mark.parametrize("key", ["999999", "-1", "x", "9" * 30, "²"])
def test_a_union_that_is_not_there_is_not_taken(key, contest, client):
    answer = client.submit(URL, typed(union="may", union_asked="may", union_id=key))
    assert answer.status_code == 422


def foreign_union(cast, province, what):
    if what == "of elsewhere":
        return cast.union("CĐCS Lạ")
    if what == "above":
        return province
    made = cast.union("CĐCS Lạ", parent=province)
    with transaction():
        kept = session.get_one(TradeUnion, made.id)
        if what == "ended":
            kept.valid_to = date(2026, 11, 30)
        else:
            kept.valid_from = date(2026, 12, 2)
    return kept


@pytest.mark.parametrize("what", ["of elsewhere", "above", "ended", "not yet there"])
def test_only_unions_of_the_contest_that_exist_today_and_have_members_are_taken(what, contest, client, cast, province):
    union = foreign_union(cast, province, what)
    picked = {"union": union.name, "union_asked": union.name, "union_id": union.id}
    assert client.submit(URL, typed(**picked)).status_code == 422
    assert people() == []


def test_whatever_is_offered_while_typing_is_taken(contest, client, cast, province):
    cast.union("Công đoàn phường May Không", kind=UnionKind.COMMUNE, parent=province)
    with transaction(writes=False):
        offered = pickable("cuoc-thi", "may", today=TODAY)
    assert len(offered) == 3
    for place, union in enumerate(offered):
        picked = {"union": union.name, "union_asked": union.name, "union_id": union.id}
        answer = client.submit(URL, typed(phone=f"091234567{place}", **picked))
        assert answer.status_code == 302
        client.submit("/log-out")


def test_a_phone_number_that_is_known_is_told_with_the_remedy(contest, client, cast):
    cast.person("Lê Văn Khác", phone=PHONE)
    answer = client.submit(URL, typed())
    assert answer.status_code == 422
    assert "Số điện thoại này đã có tài khoản. Xin đăng nhập" in text(answer)
    assert "Lê Văn Khác" not in text(answer)
    assert len(people()) == 1


def test_two_who_register_one_number_at_once_make_one_account(contest, app):
    browsers, answers = [app.test_client(), app.test_client()], []
    tokens = [each.token() for each in browsers]
    ready = threading.Barrier(2)

    def post(browser, token):
        ready.wait()
        answers.append(browser.post(URL, data=typed(csrf_token=token)))

    threads = [threading.Thread(target=post, args=each) for each in zip(browsers, tokens, strict=True)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(answer.status_code for answer in answers) == [302, 422]
    assert len(people()) == 1


def test_a_number_taken_in_the_last_moment_spoils_nothing_else(contest, cast):
    entrant = Entrant("Trần Văn Bình", date(1990, 9, 5), PHONE, union_named("CĐCS May Bình An").id, "doan_vien")
    with transaction():
        register(entrant, HASH, now=cast.now())
    with transaction():
        with pytest.raises(PhoneTaken):
            register(entrant, HASH, now=cast.now())
        session.get_one(Person, people()[0].id).full_name = "Vẫn Ghi Được"
    assert [person.full_name for person in people()] == ["Vẫn Ghi Được"]


@pytest.mark.parametrize("url", ["/register", "/register?contest=khong-co", "/register?contest=%00"])
def test_without_a_contest_the_page_explains(url, app, client):
    page = text(client.get(url))
    assert "chọn cuộc thi" in page
    assert client.submit(url, typed()).status_code == 409


def test_a_contest_without_registration_takes_nobody(cast, province, client):
    cast.contest(organiser=province, entry=EntryRule(registration=False))
    assert "chọn cuộc thi" in text(client.get(URL))
    assert client.submit(URL, typed()).status_code == 409
    assert people() == []


def test_a_contest_that_is_over_takes_nobody_more(contest, client, clock):
    clock.at(days=7, seconds=-1)
    assert "Ngày sinh" in text(client.get(URL))
    clock.at(days=7)
    assert "chọn cuộc thi" in text(client.get(URL))
    assert client.submit(URL, typed()).status_code == 409


def test_who_is_logged_in_is_sent_on_to_the_contest(contest, client, cast):
    cast.log_in(client, cast.person())
    assert client.get(URL).headers["Location"] == "/contests/cuoc-thi"


def test_without_the_token_nobody_registers(contest, client):
    assert client.post(URL, data=typed()).status_code == 400
    assert people() == []


def union_named(name):
    return stored(TradeUnion, TradeUnion.name == name)[0]


def test_who_registered_is_told_how_to_come_back(contest, client):
    page = text(client.get(client.submit(URL, typed(full_name="trần văn bình")).headers["Location"]))
    assert "Lần sau, xin đăng nhập bằng số 0912345678" in page
    assert people()[0].full_name == "Trần Văn Bình"


def test_the_union_that_was_taken_is_shown_while_something_else_is_mended(contest, client):
    wanted = union_named("CĐCS May Bình An")
    page = text(client.submit(URL, typed(union="may", union_asked="may", union_id=wanted.id, birth_date="")))
    assert 'value="CĐCS May Bình An"' in page
    assert "Xin gõ lại mật khẩu" in page
    again = typed(union=wanted.name, union_asked=wanted.name, union_id=wanted.id)
    client.submit(URL, again)
    assert people()[0].union_id == wanted.id
