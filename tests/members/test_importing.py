"""Importing members: nobody twice, nobody taken from elsewhere, passwords stay, all or nothing."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from quizapp.db import session, transaction
from quizapp.errors import BadFile
from quizapp.members.planning import plan
from quizapp.models import AuditEvent, Person
from quizapp.vocabulary import Role
from quizapp.web.passwords import is_code
from tests.members.conftest import TODAY, again, imported, row


def refused(*rows, by=None, unit=None):
    with transaction(writes=False):
        by = session.get_one(Person, by.id) if by else None
        with pytest.raises(BadFile) as error:
            plan(rows, by=by, unit=unit, today=TODAY)
    return [str(each) for each in error.value.problems]


def person(phone="0912345678"):
    with transaction(writes=False):
        return session.scalars(select(Person).where(Person.phone == phone)).one()


def people():
    with transaction(writes=False):
        return session.scalar(select(func.count(Person.id)))


def test_a_new_person_gets_a_code_that_opens_and_is_kept_only_as_a_hash(place):
    [card] = imported(row("Lê Văn Án", number="DV1", born=date(1990, 1, 2), role="can_bo"))
    made = person()
    assert (made.full_name, made.name_folded, made.member_number) == ("Lê Văn Án", "le van an", "DV1")
    assert (made.birth_date, made.union_id, made.entrant_role) == (date(1990, 1, 2), place.sewing.id, "can_bo")
    assert made.password_hash is None
    assert is_code(made.first_code_hash, card.code)
    assert len(card.code) == 11


def test_no_code_stands_in_the_audit(place):
    [card] = imported(row())
    with transaction(writes=False):
        kept = " ".join(str(each.details) for each in session.scalars(select(AuditEvent)))
    assert "'new': 1" in kept
    assert card.code not in kept
    assert card.code.replace("-", "") not in kept


def test_the_same_file_twice_makes_nobody_twice(place):
    imported(row(), row("Lê Văn Bé", None, "DV2", at=3))
    before = people()
    assert imported(row(), row("Lê Văn Bé", None, "DV2", at=3)) == []
    assert people() == before


def test_a_person_is_found_by_member_number_before_phone_and_keeps_the_password(cast, place):
    known = cast.person("Lê Văn An", union=place.sewing, phone="0911111111", password_hash="kept")
    imported(row(phone="0911111111", number="DV1"))
    imported(row(phone="0922222222", number="DV1"))
    now = again(known)
    assert (now.phone, now.member_number, now.password_hash) == ("0922222222", "DV1", "kept")


def test_an_empty_cell_leaves_what_is_known(place):
    imported(row(born=date(1990, 1, 2), number="DV1", role="can_bo"))
    imported(row(phone=None, number="DV1"))
    now = person()
    assert (now.birth_date, now.entrant_role) == (date(1990, 1, 2), "can_bo")


def test_a_change_is_told_with_old_and_new_in_the_audit(place):
    imported(row())
    imported(row(unit="GIAY"), by=place.provincial)
    with transaction(writes=False):
        event = session.scalars(select(AuditEvent).where(AuditEvent.action == "change_member")).one()
    assert event.subject == f"person:{person().id}"
    assert event.actor_id == place.provincial.id
    assert event.details == {"by_file": "ds.xlsx", "unit": ["MAY", "GIAY"]}


def test_an_unchanged_person_leaves_no_event(place):
    imported(row())
    imported(row())
    with transaction(writes=False):
        assert session.scalar(select(func.count()).where(AuditEvent.action == "change_member")) == 0


def test_rows_without_a_unit_take_the_one_of_the_file(place):
    imported(row(unit=None), unit=place.sewing)
    assert person().union_id == place.sewing.id
    assert refused(row("Lê Văn Bé", "0987654321", unit=None)) == [
        "Dòng 2, cột “Mã đơn vị”: chưa có mã đơn vị; xin ghi mã vào ô này hoặc chọn một đơn vị cho cả tệp."
    ]


def test_the_unit_of_the_file_moves_nobody_up_from_below(place):
    imported(row())
    imported(row(unit=None), unit=place.province)
    assert person().union_id == place.sewing.id


@pytest.mark.parametrize("code", ["KHONG-CO", "GIAY", "LDLD", "XA"])
def test_an_unknown_unit_and_a_foreign_one_look_alike(place, code):
    assert refused(row(unit=code), by=place.organiser) == [
        f"Dòng 2, cột “Mã đơn vị”: không có đơn vị mã “{code}” trong phạm vi bạn phụ trách; xin sửa mã."
    ]


def test_a_unit_that_has_ended_takes_nobody_in(place):
    with transaction():
        session.merge(place.sewing).valid_to = date(2026, 11, 30)
    assert "đã ngừng hoạt động từ 30/11/2026" in refused(row())[0]


def test_nobody_is_taken_from_a_union_of_others_and_no_name_is_told(cast, place):
    cast.person("Phạm Bí Mật", union=place.elsewhere, phone="0912345678")
    told = refused(row("Phạm Bí Mật"), by=place.provincial)
    assert told[0].startswith(
        "Dòng 2, cột “Số điện thoại”: số điện thoại này đã có ở một đơn vị mà bạn không phụ trách"
    )
    assert "Bí Mật" not in told[0]
    assert "Tỉnh Khác" not in told[0]


def test_people_without_a_union_are_not_claimed_by_organisers(cast, place):
    known = cast.person("Lê Văn An", phone="0912345678")
    assert "không phụ trách" in refused(row(), by=place.provincial)[0]
    imported(row(), by=place.chief)
    assert again(known).union_id == place.sewing.id


def test_a_phone_that_is_another_persons_is_told_with_the_name(cast, place):
    cast.person("Phạm Thị Khác", union=place.sewing, phone="0912345678")
    assert refused(row(), by=place.organiser)[0].startswith(
        "Dòng 2, cột “Số điện thoại”: số điện thoại này đang là của Phạm Thị Khác (CĐCS May Mẫu)"
    )


def test_a_name_is_mended_only_when_number_and_birth_date_agree(place):
    imported(row("Lê Văn An", number="DV1", born=date(1990, 1, 2)))
    assert "mã đoàn viên này đang là của Lê Văn An" in refused(row("Lê Văn Ẩm", number="DV1"))[0]
    imported(row("Lê Văn Ẩm", number="DV1", born=date(1990, 1, 2)))
    assert person().full_name == "Lê Văn Ẩm"


def test_a_number_and_a_phone_of_two_people_are_refused(place):
    imported(row(number="DV1"), row("Lê Văn Bé", "0987654321", "DV2", at=3))
    assert (
        "Lê Văn An có mã đoàn viên này, Lê Văn Bé có số điện thoại này"
        in refused(row(phone="0987654321", number="DV1"))[0]
    )


def test_a_person_stands_only_once_even_by_two_names(place):
    imported(row(number="DV1"))
    assert "đã có ở dòng 2" in refused(row(number="DV1", phone=None), row(at=3))[0]


def test_whoever_has_a_higher_role_is_not_changed_by_a_file(cast, place):
    boss = cast.person("Lê Văn An", union=place.sewing, phone="0912345678", roles=[(Role.ADMIN, place.province)])
    assert "có vai trò mà bạn không được thay đổi" in refused(row(number="DV9"), by=place.provincial)[0]
    imported(row(), by=place.provincial)  # nothing changes, so there is nothing to refuse
    imported(row(number="DV9"), by=place.admin)
    assert again(boss).member_number == "DV9"


def test_one_bad_row_keeps_all_out(place):
    before = people()
    with pytest.raises(BadFile):
        imported(row(), row("Lê Văn Bé", "0987654321", at=3, unit="X"))
    assert people() == before


def test_all_problems_of_all_rows_are_told(cast, place):
    cast.person("Phạm Thị Khác", union=place.sewing, phone="0912345678")
    told = refused(row(unit="X"), row("Lê Văn Bé", "0987654321", at=3, unit="Y"))
    assert [each.split(":")[0] for each in told] == [
        "Dòng 2, cột “Mã đơn vị”",
        "Dòng 2, cột “Số điện thoại”",
        "Dòng 3, cột “Mã đơn vị”",
    ]


def test_two_thousand_rows(place):
    rows = [row("Lê Văn An", f"08{number:08d}", f"DV{number}", at=number) for number in range(2000)]
    assert len(imported(*rows, by=place.organiser)) == 2000
    moved = [replace(each, unit_code="GIAY") for each in rows]
    assert imported(*moved, by=place.provincial) == []
    with transaction(writes=False):
        assert session.scalar(select(func.count()).where(Person.union_id == place.shoes.id)) == 2000


def test_cards_come_by_union_and_given_name(place):
    cards = imported(
        row("Lê Văn Ớt", "0900000001"),
        row("Lê Văn An", "0900000002", at=3),
        row("Lê Văn Út", "0900000003", at=4, unit="GIAY"),
    )
    assert [card.full_name for card in cards] == ["Lê Văn Út", "Lê Văn An", "Lê Văn Ớt"]
