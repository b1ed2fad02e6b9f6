"""The desk for members: lists and pages in the own subtree only, the way of a file, codes, roles, and no way up."""

import io
import re

import pytest
from sqlalchemy import func, select

from quizapp.db import session, transaction
from quizapp.models import AuditEvent, LogInSession, Person, RoleGrant
from quizapp.vocabulary import Role
from quizapp.web.passwords import is_code
from tests.members.conftest import again, imported, row

LIST, IMPORT, CONFIRM = "/organise/members", "/organise/members/import", "/organise/members/import/confirm"
CODES = "/organise/members/codes"
FILE = "Họ tên;Số điện thoại;Mã đơn vị\nLê Văn An;0912345678;MAY\nĐỗ Thị Bé;0987654321;MAY\n"
CODE = re.compile(r"[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}")


@pytest.fixture
def worker(cast, place):
    return cast.person("Nguyễn Thị Ánh", union=place.sewing, phone="0912000078", password_hash="kept")


@pytest.fixture
def desk(cast, client, place):
    return cast.log_in(client, place.organiser)


@pytest.fixture
def admin(cast, app, place):
    return cast.log_in(app.test_client(), place.admin)


def html(client, url, status=200):
    answer = client.get(url)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def text(answer, status=200):
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def upload(client, content=FILE, unit=""):
    data = {"file": (io.BytesIO(content.encode()), "ds.csv"), "unit": unit}
    return client.submit(IMPORT, data, page=IMPORT, content_type="multipart/form-data")


def sealed(page):
    return re.search(r'name="sealed"[^>]* value="([^"]+)"', page)[1]


def page_of(person, *rest):
    return "/".join([LIST, str(person.id), *rest])


def count(kind, *conditions):
    with transaction(writes=False):
        return session.scalar(select(func.count()).select_from(kind).where(*conditions))


def cast_of_log_ins(person):
    return count(LogInSession, LogInSession.person_id == person.id)


# The list


def test_the_desk_is_for_organisers(cast, client, worker):
    assert client.get(LIST).status_code == 302
    assert cast.log_in(client, worker).get(LIST).status_code == 404


def test_the_list_has_the_own_subtree_only_and_masks_phones(cast, place, desk, worker):
    cast.person("Phạm Bên Cạnh", union=place.shoes)
    cast.person("Phạm Không Đơn Vị")
    page = html(desk, LIST)
    assert "Nguyễn Thị Ánh" in page
    assert "09******78" in page
    assert "0912000078" not in page
    assert "Bên Cạnh" not in page
    assert "Không Đơn Vị" not in page


def test_names_stand_in_vietnamese_order_of_given_names(cast, place, desk):
    for name in ("Lê Văn Ớt", "Lê Văn Ẩm", "Lê Văn Đỏ", "Bùi Văn Am", "Lê Văn Ấm", "Lê Văn Dỏ"):
        cast.person(name, union=place.sewing)
    found = re.findall(r"<strong>((?:Lê|Bùi) [^<]+)</strong>", html(desk, LIST))
    assert found == ["Bùi Văn Am", "Lê Văn Ẩm", "Lê Văn Ấm", "Lê Văn Dỏ", "Lê Văn Đỏ", "Lê Văn Ớt"]


@pytest.mark.parametrize("search", ["anh nguyen", "ÁNH", "0912000078", "0912 000 078", "dv-77", "may mau"])
def test_search_by_name_without_marks_phone_number_and_unit(desk, place, worker, search):
    with transaction():
        session.merge(worker).member_number = "DV-77"
    assert "Nguyễn Thị Ánh" in html(desk, f"{LIST}?q={search}")


def test_codes_with_vietnamese_letters_are_found_in_small_letters(cast, client, place):
    union = cast.union("Công đoàn Đường sắt", parent=place.province, code="CĐĐS")
    rider = cast.person("Lê Thị Tàu", union=union)
    with transaction():
        session.merge(rider).member_number = "ĐV-9"
    desk = cast.log_in(client, place.provincial)
    assert "Lê Thị Tàu" in html(desk, f"{LIST}?unit=cđđs")
    assert "Lê Thị Tàu" in html(desk, f"{LIST}?q=đv-9")
    assert "Công đoàn Đường sắt" in html(desk, f"{CODES}?unit=cđđs")


@pytest.mark.parametrize("search", ["%", "_", "xyz", "0999999999"])
def test_search_finds_nothing_else(desk, worker, search):
    assert "Không có ai khớp" in html(desk, f"{LIST}?q={search}")


def test_the_filter_by_unit_takes_the_whole_subtree_and_nothing_foreign(cast, client, place, worker):
    cast.person("Phạm Bên Cạnh", union=place.shoes)
    cast.person("Phạm Tỉnh Khác", union=place.elsewhere)
    desk = cast.log_in(client, place.provincial)
    assert "Nguyễn Thị Ánh" in html(desk, f"{LIST}?unit=may")
    assert "Bên Cạnh" not in html(desk, f"{LIST}?unit=MAY")
    assert "Bên Cạnh" in html(desk, f"{LIST}?unit=tinh mau")
    assert "Phạm Tỉnh Khác" not in html(desk, f"{LIST}?unit=XA")


def test_a_long_list_comes_in_pages(place, desk):
    imported(*(row("Lê Văn An", f"08{number:08d}", at=number) for number in range(60)))
    assert html(desk, LIST).count("Lê Văn An") == 50
    assert html(desk, LIST + "?page=2").count("Lê Văn An") == 10
    assert "Trang 2 / 2" in html(desk, LIST + "?page=99")


# The way of a file


def test_a_file_is_previewed_then_confirmed_and_codes_are_shown(desk, place):
    page = text(upload(desk))
    assert "Lê Văn An" in page
    assert "Tệp “ds.csv”" in page
    assert "thêm 2, sửa 0 người" in page
    assert count(Person, Person.union_id == place.sewing.id) == 1
    sheet = text(desk.submit(CONFIRM, {"sealed": sealed(page)}))
    assert len(CODE.findall(sheet)) == 2
    assert "09******78" in sheet
    assert "0912345678" not in sheet
    assert "http://localhost/" in sheet
    assert count(Person, Person.union_id == place.sewing.id) == 3


def test_confirming_twice_adds_nothing_and_shows_no_code(desk):
    page = text(upload(desk))
    desk.submit(CONFIRM, {"sealed": sealed(page)})
    again_ = text(desk.submit(CONFIRM, {"sealed": sealed(page)}), 409)
    assert "Dữ liệu đã thay đổi sau lần xem trước" in again_
    assert CODE.findall(again_) == []


def test_what_changed_between_preview_and_confirmation_is_shown_anew(cast, place, desk):
    page = text(upload(desk))
    cast.person("Lê Văn An", union=place.sewing, phone="0912345678")
    anew = text(desk.submit(CONFIRM, {"sealed": sealed(page)}), 409)
    assert "thêm 1, sửa 0 người" in anew
    assert CODE.findall(text(desk.submit(CONFIRM, {"sealed": sealed(anew)})))


def test_a_preview_of_somebody_else_or_of_ones_own_making_is_nothing(cast, app, place, desk):
    page = text(upload(desk))
    other = cast.log_in(app.test_client(), place.provincial)
    assert "Xin chọn lại tệp" in text(other.submit(CONFIRM, {"sealed": sealed(page)}), 422)
    assert desk.submit(CONFIRM, {"sealed": sealed(page)[:-2] + "xx"}).status_code == 422
    assert desk.submit(CONFIRM, {}).status_code == 422
    assert count(Person, Person.phone == "0912345678") == 0


def test_an_organiser_who_lost_the_role_meanwhile_confirms_nothing(desk, place):
    page = text(upload(desk))
    with transaction():
        session.delete(session.get_one(RoleGrant, (place.organiser.id, "organiser", place.sewing.id)))
    assert desk.submit(CONFIRM, {"sealed": sealed(page)}).status_code == 404
    assert count(Person, Person.phone == "0912345678") == 0


def test_problems_are_told_by_row_and_column_and_nothing_is_kept(desk):
    page = text(upload(desk, FILE.replace("Bé;0987654321", "Bé;12").replace("12345678;MAY", "12345678;GIAY")), 422)
    assert page.index("Dòng 2, cột “Mã đơn vị”:") < page.index("Dòng 3, cột “Số điện thoại”:")
    assert count(Person, Person.phone == "0912345678") == 0


def test_a_file_is_needed_and_a_unit_of_ones_own(desk):
    assert "Xin điền mục này" in text(desk.submit(IMPORT, {"unit": ""}, page=IMPORT), 422)
    assert "Không có đơn vị mã “GIAY”" in text(upload(desk, unit="GIAY"), 422)


def test_a_preview_tells_nothing_of_foreign_people(cast, place, desk):
    cast.person("Phạm Bí Mật", union=place.shoes, phone="0912345678")
    page = text(upload(desk), 422)
    assert "không phụ trách" in page
    assert "Bí Mật" not in page


# One person


def test_a_foreign_person_is_not_found_on_any_page(cast, place, desk):
    stranger = cast.person("Phạm Bên Cạnh", union=place.shoes, password_hash="kept")
    for rest in ([], ["edit"], ["roles"]):
        assert desk.get(page_of(stranger, *rest)).status_code == 404
    for rest in (["edit"], ["code"], ["disable"], ["enable"], ["roles"]):
        data = {"reason": "x", "full_name": "x", "role": "admin", "unit": "MAY"}
        assert desk.submit(page_of(stranger, *rest), data).status_code == 404
    assert again(stranger).password_hash == "kept"


def test_numbers_that_no_row_can_have_are_not_found(desk):
    assert desk.get(f"{LIST}/{10**18}").status_code == 404
    assert desk.get(f"{LIST}/{10**18 - 1}").status_code == 404
    assert desk.get(f"{LIST}?page={10**30}&q=%00&unit=%00a").status_code == 200


def test_the_page_of_a_person_shows_the_whole_phone(desk, worker):
    page = html(desk, page_of(worker))
    assert "0912000078" in page
    assert "Đã đăng nhập" in page


def test_an_edit_is_kept_with_old_and_new_in_the_audit(cast, place, client, worker):
    desk = cast.log_in(client, place.provincial)
    data = {
        "full_name": "Nguyễn Thị  Ảnh",
        "birth_date": "25/12/1991",
        "phone": "+84 912 000 079",
        "member_number": "dv5",
        "unit": "giay",
        "entrant_role": "can_bo",
    }
    assert desk.submit(page_of(worker, "edit"), data, page=page_of(worker, "edit")).status_code == 302
    now = again(worker)
    assert (now.full_name, now.phone, now.member_number) == ("Nguyễn Thị Ảnh", "0912000079", "DV5")
    assert (now.union_id, now.name_folded, now.password_hash) == (place.shoes.id, "nguyen thi anh", "kept")
    page = html(desk, page_of(worker))
    assert "<del>0912000078</del> → <ins>0912000079</ins>" in page
    assert "<del>MAY</del> → <ins>GIAY</ins>" in page
    assert "Trần Thị Tỉnh" in page


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"phone": "12"}, "10 chữ số"),
        ({"phone": ""}, "Cần có số điện thoại hoặc mã đoàn viên"),
        ({"phone": "0912999999"}, "Đã có người khác dùng"),
        ({"unit": "GIAY"}, "Không có đơn vị mã “GIAY”"),
        ({"unit": ""}, "Xin điền mã đơn vị"),
        ({"full_name": " "}, "Xin điền mục này"),
        ({"birth_date": "31/02/1990"}, "Không có ngày 31/2/1990"),
        ({"birth_date": "1/1/2030"}, "Năm sinh 2030 chưa hợp lý"),
    ],
)
def test_a_wrong_edit_is_told_and_stays_in_the_form(cast, place, desk, worker, wrong, told):
    cast.person("Phạm Có Số", union=place.elsewhere, phone="0912999999")
    data = {"full_name": "Tên Mới", "phone": "0912000078", "unit": "MAY", "entrant_role": "doan_vien"}
    page = text(desk.submit(page_of(worker, "edit"), data | wrong), 422)
    assert told in page
    assert "full_name" in wrong or 'value="Tên Mới"' in page
    assert "Có Số" not in page
    assert again(worker).full_name == "Nguyễn Thị Ánh"


def test_a_disabled_person_is_out_at_once_and_the_reason_is_kept(cast, app, desk, worker):
    phone = cast.log_in(app.test_client(), worker)
    assert desk.submit(page_of(worker, "disable"), {"reason": "Nghỉ việc"}).status_code == 302
    assert phone.get("/my-attempts").status_code in (302, 404)
    assert cast_of_log_ins(worker) == 0
    page = html(desk, page_of(worker))
    assert "Lý do: Nghỉ việc" in page
    assert "Đã khóa" in page
    desk.submit(page_of(worker, "enable"), {"reason": "Đi làm lại"})
    assert again(worker).disabled_at is None


def test_nobody_is_disabled_without_a_reason(desk, worker):
    desk.submit(page_of(worker, "disable"), {"reason": " "})
    assert again(worker).disabled_at is None


def test_nobody_shuts_out_or_resets_oneself(desk, place):
    assert desk.submit(page_of(place.organiser, "disable"), {"reason": "x"}).status_code == 404
    assert desk.submit(page_of(place.organiser, "code")).status_code == 404


# First-time codes


def test_a_new_code_ends_the_password_and_all_log_ins(cast, app, desk, worker):
    cast.log_in(app.test_client(), worker)
    sheet = text(desk.submit(page_of(worker, "code")))
    [code] = CODE.findall(sheet)
    now = again(worker)
    assert now.password_hash is None
    assert is_code(now.first_code_hash, code.lower())
    assert cast_of_log_ins(worker) == 0
    with transaction(writes=False):
        event = session.scalars(select(AuditEvent)).one()
    assert (event.action, event.subject, event.details) == ("issue_code", f"person:{worker.id}", {})


def test_a_code_is_shown_only_once(desk, worker):
    [code] = CODE.findall(text(desk.submit(page_of(worker, "code"))))
    assert code not in html(desk, page_of(worker))
    assert code not in html(desk, LIST)


@pytest.mark.parametrize("role", [Role.ADMIN, Role.JUDGE])
def test_an_organiser_never_resets_edits_or_shuts_out_who_has_more(cast, place, desk, role):
    boss = cast.person("Lê Cấp Cao", union=place.sewing, roles=[(role, place.sewing)], password_hash="kept")
    assert "bạn chỉ xem được" in html(desk, page_of(boss))
    for rest in ("code", "disable", "edit"):
        assert desk.submit(page_of(boss, rest), {"reason": "x"}).status_code == 404
    assert again(boss).password_hash == "kept"


def test_an_organiser_of_the_province_is_not_reset_by_one_of_the_factory(cast, place, desk):
    boss = cast.person("Lê Cấp Cao", union=place.sewing, roles=[(Role.ORGANISER, place.province)])
    assert desk.submit(page_of(boss, "code")).status_code == 404


def test_codes_for_all_of_a_unit_that_never_logged_in(cast, place, desk, worker):
    imported(row(), with_codes=False)
    cast.person("Lê Đã Khóa", union=place.sewing)
    with transaction():
        session.scalars(select(Person).where(Person.full_name == "Lê Đã Khóa")).one().disabled_at = cast.now()
    cast.person("Lê Cấp Cao", union=place.sewing, roles=[(Role.ADMIN, place.sewing)])
    cast.person("Phạm Bên Cạnh", union=place.shoes)
    with transaction():
        session.get_one(Person, place.organiser.id).password_hash = "kept"
    assert "Cấp mã mới cho 1 người" in html(desk, f"{CODES}?unit=may")
    sheet = text(desk.submit(CODES, {"unit": "MAY"}))
    assert len(CODE.findall(sheet)) == 1
    assert "Lê Văn An" in sheet
    assert again(worker).password_hash == "kept"
    assert desk.submit(CODES, {"unit": "GIAY"}).status_code == 422


# Roles


def test_roles_are_for_admins(desk, worker):
    assert desk.get(page_of(worker, "roles")).status_code == 404
    assert desk.submit(page_of(worker, "roles"), {"role": "judge", "unit": "MAY"}).status_code == 404


def test_a_first_role_ends_a_password_that_may_be_short(admin, place, worker):
    assert "ít nhất 15 ký tự" in html(admin, page_of(worker, "roles"))
    sheet = text(admin.submit(page_of(worker, "roles"), {"role": "organiser", "unit": "MAY"}))
    now = again(worker)
    assert [(each.role, each.union_id) for each in now.grants] == [("organiser", place.sewing.id)]
    assert is_code(now.first_code_hash, CODE.findall(sheet)[0])
    with transaction(writes=False):
        acts = session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all()
    assert acts == ["grant_role", "issue_code"]


def test_a_second_role_keeps_the_password(admin, cast, place):
    known = cast.person("Lê Có Vai", union=place.sewing, roles=[(Role.JUDGE, place.sewing)], password_hash="kept")
    assert admin.submit(page_of(known, "roles"), {"role": "organiser", "unit": "GIAY"}).status_code == 302
    assert again(known).password_hash == "kept"
    assert len(again(known).grants) == 2


@pytest.mark.parametrize("unit", ["TLD", "XA", "KHAC", "KHONG-CO"])
def test_no_role_is_given_beyond_the_own_subtree(admin, worker, unit):
    page = text(admin.submit(page_of(worker, "roles"), {"role": "admin", "unit": unit}), 422)
    assert f"Không có đơn vị mã “{unit}”" in page
    assert again(worker).grants == []


def test_only_the_known_roles_are_given(admin, worker):
    assert admin.submit(page_of(worker, "roles"), {"role": "contestant", "unit": "MAY"}).status_code == 422


def test_an_organiser_beside_an_admin_role_elsewhere_gives_no_roles_here(cast, app, place, worker):
    both = cast.person("Lê Hai Vai", roles=[(Role.ORGANISER, place.sewing), (Role.ADMIN, place.shoes)])
    client = cast.log_in(app.test_client(), both)
    page = text(client.submit(page_of(worker, "roles"), {"role": "admin", "unit": "MAY"}), 422)
    assert "Không có đơn vị mã “MAY”" in page


def test_who_has_more_elsewhere_is_given_no_role_for_it_could_bring_a_code(admin, cast, place):
    boss = cast.person("Lê Toàn Quyền", union=place.sewing, roles=[(Role.ADMIN, place.root)], password_hash="kept")
    assert admin.submit(page_of(boss, "roles"), {"role": "judge", "unit": "MAY"}).status_code == 404
    assert again(boss).password_hash == "kept"


def test_a_role_is_taken_away_and_one_beyond_the_own_subtree_is_not(admin, cast, place):
    known = cast.person("Lê Có Vai", union=place.sewing, roles=[(Role.JUDGE, place.sewing), (Role.JUDGE, place.root)])
    assert admin.submit(page_of(known, f"roles/judge/{place.root.id}/revoke")).status_code == 404
    assert admin.submit(page_of(known, f"roles/judge/{place.sewing.id}/revoke")).status_code == 302
    assert [each.union_id for each in again(known).grants] == [place.root.id]


def test_the_last_admin_cannot_step_down(cast, app, place):
    chief = cast.log_in(app.test_client(), place.chief)
    away = page_of(place.chief, f"roles/admin/{place.root.id}/revoke")
    assert "quản trị cuối cùng của Tổng Liên đoàn" in text(chief.submit(away), 409)
    second = cast.person("Lê Thay Thế", roles=[(Role.ADMIN, place.root)])
    with transaction():
        session.get_one(Person, second.id).disabled_at = cast.now()
    assert chief.submit(away).status_code == 409
    with transaction():
        session.get_one(Person, second.id).disabled_at = None
    assert chief.submit(away).status_code == 302
    assert again(place.chief).grants == []
