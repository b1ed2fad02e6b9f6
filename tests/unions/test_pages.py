"""The organisers' desk for unions: the tree, a union, its counts, the import with its preview."""

import io
import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.models import AuditEvent, MemberCount, TradeUnion
from quizapp.vocabulary import Role
from tests.formats.packages import packed
from tests.unions.conftest import HEAD

IMPORT = "/organise/unions/import"


def html(client, url):
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def at(union, rest=""):
    return f"/organise/unions/{union.id}{rest}"


def union_of(code):
    with transaction(writes=False):
        return session.scalar(select(TradeUnion).where(TradeUnion.code == code))


@pytest.fixture
def desk(cast, client, tree):
    return cast.log_in(client, tree.organiser)


@pytest.fixture
def ward_desk(cast, app, tree):
    return cast.log_in(app.test_client(), tree.ward_organiser)


def send(client, data, name="cong-doan.csv"):
    upload = {"file": (io.BytesIO(data), name)}
    return client.submit(IMPORT, upload, page=IMPORT, content_type="multipart/form-data")


def sealed(page):
    return page.split('name="sealed"')[1].split('value="')[1].split('"')[0]


def test_the_tree_begins_at_the_own_union_and_opens_level_by_level(desk, tree):
    page = html(desk, "/organise/unions")
    assert "LĐLĐ tỉnh Mẫu" in page
    assert f'href="{at(tree.ward)}"' in page
    assert f'href="{at(tree.sewing)}"' not in page
    assert "140 (cộng từ các công đoàn cấp dưới)" in page
    ward = html(desk, at(tree.ward))
    assert f'href="{at(tree.sewing)}"' in ward
    assert f'href="{at(tree.province)}"' in ward


def test_who_looks_after_several_parts_sees_each_once(cast, tree, client):
    grants = [(Role.ORGANISER, tree.ward), (Role.ADMIN, tree.other), (Role.ORGANISER, tree.school)]
    page = html(cast.log_in(client, cast.person(roles=grants)), "/organise/unions")
    assert f'href="{at(tree.ward)}"' in page
    assert f'href="{at(tree.other)}"' in page
    assert f'href="{at(tree.school)}"' not in page


def test_another_part_of_the_tree_does_not_exist(ward_desk, tree):
    assert ward_desk.get(at(tree.ward)).status_code == 200
    for url in (at(tree.province), at(tree.other), at(tree.school, "/edit"), at(tree.other, "/add")):
        assert ward_desk.get(url).status_code == 404
    for url in (at(tree.school, "/edit"), at(tree.other, "/add"), at(tree.school, "/counts")):
        assert ward_desk.submit(url, {}).status_code == 404
    assert at(tree.province) not in html(ward_desk, at(tree.ward))


def test_the_desk_is_for_organisers(cast, tree, client):
    assert client.get("/organise/unions").status_code == 302
    worker = cast.log_in(client, cast.person(union=tree.sewing))
    assert worker.get("/organise/unions").status_code == 404
    assert worker.get(at(tree.sewing)).status_code == 404


def test_the_search_needs_no_marks_knows_codes_and_stays_in_the_own_part(desk, ward_desk, tree):
    assert at(tree.sewing) in html(desk, "/organise/unions?q=hoa+binh+may")
    assert at(tree.school) in html(desk, "/organise/unions?q=truo")
    assert "Không có công đoàn nào khớp" in html(desk, "/organise/unions?q=%25")
    page = html(ward_desk, "/organise/unions?q=binh")
    assert at(tree.sewing) in page
    assert at(tree.school) not in page


def test_ended_unions_are_marked_come_last_and_count_no_more(desk, tree, clock):
    with transaction():
        session.get_one(TradeUnion, tree.other.id).valid_to = clock.instant.date() - timedelta(days=1)
    page = html(desk, "/organise/unions")
    assert page.index("phường Hoa Lư") < page.index("phường An Khê") < page.index("Đã kết thúc")
    with transaction():
        session.get_one(TradeUnion, tree.school.id).valid_to = clock.instant.date() - timedelta(days=1)
    assert "100 (cộng từ các công đoàn cấp dưới)" in html(desk, "/organise/unions")


def test_many_unions_come_in_pages(cast, desk, tree):
    for number in range(51):
        cast.union(f"CĐCS số {number:02d}.", parent=tree.ward)
    assert "CĐCS số 50." not in html(desk, at(tree.ward))
    assert "CĐCS số 50." in html(desk, at(tree.ward, "?page=2"))
    assert "CĐCS số 50." in html(desk, at(tree.ward, "?page=99"))


def test_people_are_counted_in_the_union_and_below_it(cast, desk, tree):
    cast.person(union=tree.ward)
    cast.person(union=tree.sewing)
    assert "2 người, trong đó 1 người ghi thẳng vào công đoàn này" in html(desk, at(tree.ward))


def test_a_count_is_kept_by_its_day_and_audited(desk, tree):
    for day, members in (("2026-06-30", "110"), ("30/06/2026", "120")):
        data = {"counted_on": day, "members": members}
        assert desk.submit(at(tree.sewing, "/counts"), data, page=at(tree.sewing)).status_code == 302
    with transaction(writes=False):
        assert session.get_one(MemberCount, (tree.sewing.id, date(2026, 6, 30))).members == 120
        events = session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    assert [(event.action, event.subject, event.details["before"]) for event in events] == [
        ("count_members", "union:MAY", None),
        ("count_members", "union:MAY", 110),
    ]
    page = html(desk, at(tree.sewing))
    assert page.index("30/06/2026") < page.index("01/01/2026")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"counted_on": "2026-12-02", "members": "5"}, "Ngày này chưa đến"),
        ({"counted_on": "2026-11-30", "members": "-5"}, "không âm"),
        ({"counted_on": "2026-11-30", "members": "x"}, "Xin nhập một số nguyên"),
        ({"counted_on": "", "members": "5"}, "Xin điền mục này"),
    ],
)
def test_a_count_that_cannot_be_stays_in_the_form(desk, tree, data, sentence):
    answer = desk.submit(at(tree.sewing, "/counts"), data, page=at(tree.sewing))
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert sentence in page
    assert f'value="{data["members"]}"' in page


def test_a_union_is_added_below_another(desk, tree):
    page = at(tree.ward, "/add")
    data = {"code": "MOI", "name": " CĐCS  Mới ", "kind": "co_so", "valid_from": "2026-07-01", "valid_to": ""}
    answer = desk.submit(page, data, page=page)
    made = union_of("MOI")
    assert answer.headers["Location"] == at(made)
    assert (made.name, made.name_folded, made.valid_from) == ("CĐCS Mới", "cdcs moi", date(2026, 7, 1))
    assert made.path == f"{tree.ward.path}{made.id}/"


def test_a_code_in_use_is_refused_and_the_rest_stays_in_the_form(desk, tree):
    page = at(tree.ward, "/add")
    answer = desk.submit(page, {"code": "may", "name": "CĐCS Mới", "kind": "co_so"}, page=page)
    assert answer.status_code == 422
    assert "đã có công đoàn khác dùng" in answer.get_data(as_text=True)
    assert 'value="CĐCS Mới"' in answer.get_data(as_text=True)


@pytest.mark.parametrize(("there", "typed"), [("CĐCS-1", "cđcs-1"), ("CDCS-1", "CDCſ-1"), ("cđcs-1", "CĐCS-1")])
def test_a_code_that_reads_like_one_in_use_is_refused(cast, tree, ward_desk, there, typed):
    cast.union("CĐCS của phường khác", parent=tree.other, code=there)
    data = {"code": typed, "name": "CĐCS Giống", "kind": "co_so"}
    assert ward_desk.submit(at(tree.ward, "/add"), data).status_code == 422


@pytest.mark.parametrize(
    ("rest", "data"),
    [
        ("/add", {"code": "MOI", "name": "CĐCS Mới", "kind": "co_so"}),
        ("/counts", {"counted_on": "2026-11-30", "members": "7"}),
    ],
)
def test_what_two_write_at_once_is_written_once_and_the_other_is_told(app, cast, tree, rest, data):
    browsers = [cast.log_in(app.test_client(), tree.organiser) for _ in range(6)]
    tokens, answers, ready = [each.token() for each in browsers], [], threading.Barrier(6)

    def post(browser, token):
        ready.wait()
        answers.append(browser.post(at(tree.ward, rest), data={"csrf_token": token, **data}))

    threads = [threading.Thread(target=post, args=each) for each in zip(browsers, tokens, strict=True)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert {answer.status_code for answer in answers} <= {302, 409, 422}
    assert 302 in {answer.status_code for answer in answers}


def test_a_union_is_renamed_and_ended(desk, tree):
    page = at(tree.sewing, "/edit")
    data = {"name": "CĐCS May Mới", "kind": "co_so", "valid_from": "2026-01-01", "valid_to": "2025-01-01"}
    assert desk.submit(page, data, page=page).status_code == 422
    assert desk.submit(page, data | {"valid_to": "2026-11-30"}, page=page).status_code == 302
    union = union_of("MAY")
    assert (union.name_folded, union.valid_to) == ("cdcs may moi", date(2026, 11, 30))
    with transaction(writes=False):
        assert session.scalars(select(AuditEvent)).one().details["name"] == [tree.sewing.name, "CĐCS May Mới"]


def test_an_import_is_previewed_then_confirmed(desk, tree):
    data = (HEAD + "MAY,CĐCS May Mới,CĐCS\nMOI,CĐCS Mới,CĐCS,HL\nHL,Công đoàn phường Hoa Lư,phường,LDLD\n").encode()
    answer = send(desk, data)
    assert answer.status_code == 200
    page = answer.get_data(as_text=True)
    assert "<del>CĐCS Công ty May Hòa Bình</del> → <strong>CĐCS May Mới</strong>" in page
    assert "Xác nhận: thêm 1, sửa 1 công đoàn" in page
    assert union_of("MOI") is None
    assert desk.submit(IMPORT + "/confirm", {"sealed": sealed(page)}).status_code == 302
    assert union_of("MOI").path.startswith(tree.ward.path)
    assert union_of("MAY").name == "CĐCS May Mới"


def test_a_tree_that_changed_in_between_is_previewed_again(cast, desk, tree):
    page = send(desk, (HEAD + "MOI,CĐCS Mới,CĐCS,HL\n").encode()).get_data(as_text=True)
    cast.union("Ai đó thêm", code="MOI", parent=tree.ward)
    answer = desk.submit(IMPORT + "/confirm", {"sealed": sealed(page)})
    assert answer.status_code == 409
    assert "Dữ liệu đã thay đổi sau lần xem trước" in answer.get_data(as_text=True)
    assert union_of("MOI").name == "Ai đó thêm"


def test_a_preview_is_for_the_one_who_made_it(desk, ward_desk, tree):
    page = send(desk, (HEAD + "MOI,CĐCS Mới,CĐCS,AK\n").encode()).get_data(as_text=True)
    assert ward_desk.submit(IMPORT + "/confirm", {"sealed": sealed(page)}).status_code == 422
    assert desk.submit(IMPORT + "/confirm", {"sealed": sealed(page)[:-2]}).status_code == 422
    assert union_of("MOI") is None


def test_what_is_wrong_is_told_by_row_and_nothing_is_imported(ward_desk, tree):
    answer = send(ward_desk, (HEAD + "MOI,CĐCS Mới,CĐCS,HL\nSAI,CĐCS Sai,CĐCS,AK\n").encode())
    assert answer.status_code == 422
    assert "Dòng 3, cột “Mã cấp trên”: bạn không phụ trách" in answer.get_data(as_text=True)
    assert union_of("MOI") is None


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (packed('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "ô XFD1048576"),
        (b"", "Xin điền mục này|tệp rỗng"),
        (b"Ho ten,Tuoi\nAn,5\n", "không tìm thấy dòng tiêu đề"),
    ],
)
def test_a_hostile_or_foreign_file_is_refused_with_a_sentence(desk, data, sentence):
    answer = send(desk, data, "x.xlsx")
    assert answer.status_code == 422
    assert any(each in answer.get_data(as_text=True) for each in sentence.split("|"))


def test_the_sample_is_a_workbook(desk):
    answer = desk.get(IMPORT + "/sample.xlsx")
    assert answer.data.startswith(b"PK")
    assert "mau-danh-sach-cong-doan.xlsx" in answer.headers["Content-Disposition"]


def test_the_workplace_is_chosen_and_taken_back_in_the_form(desk, tree):
    page = at(tree.sewing, "/edit")
    data = {"name": tree.sewing.name, "kind": "co_so", "workplace": "doanh_nghiep"}
    assert desk.submit(page, data | {"workplace": "nha_may"}, page=page).status_code == 422
    assert desk.submit(page, data, page=page).status_code == 302
    assert union_of("MAY").workplace == "doanh_nghiep"
    assert '<option selected value="doanh_nghiep">' in html(desk, page)
    assert desk.submit(page, data | {"workplace": ""}, page=page).status_code == 302
    assert union_of("MAY").workplace is None
