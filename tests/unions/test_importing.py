"""Importing unions: by code, all or nothing, only within one's own part of the tree."""

from datetime import date

import pytest
from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.errors import BadFile
from quizapp.formats.union_list import read_unions
from quizapp.models import AuditEvent, MemberCount, Person, TradeUnion
from quizapp.unions.actions import import_unions
from quizapp.unions.planning import plan
from tests.conftest import NOON
from tests.unions.conftest import HEAD

TODAY = date(2026, 12, 1)


def listing(*rows):
    return read_unions((HEAD + "\n".join(rows) + "\n").encode(), today=TODAY)


def person(someone):
    return session.get_one(Person, someone.id) if someone else None


def take(*rows, by=None, expected=None):
    with transaction():
        return import_unions(listing(*rows), by=person(by), now=NOON, expected=expected, file_name="cd.csv")


def refused(*rows, by=None):
    with pytest.raises(BadFile) as error:
        take(*rows, by=by)
    return [str(problem) for problem in error.value.problems]


def stored():
    with transaction(writes=False):
        return {union.code: union for union in session.scalars(select(TradeUnion))}


def counts(code):
    with transaction(writes=False):
        query = select(MemberCount).join(TradeUnion).where(TradeUnion.code == code).order_by(MemberCount.counted_on)
        return [(count.counted_on, count.members) for count in session.scalars(query)]


def kinds_of(made):
    return [each.what for each in made.rows]


def test_a_whole_tree_comes_in_whatever_the_order_of_its_rows(cast):
    made = take("C,CĐCS May,CĐCS,B,,,120,30/06/2026", "B,Công đoàn phường,phường,A", "A,LĐLĐ tỉnh,tỉnh,,01/07/2025")
    assert kinds_of(made) == ["new", "new", "new"]
    unions = stored()
    a, b, c = unions["A"], unions["B"], unions["C"]
    assert (a.path, b.path, c.path) == (f"/{a.id}/", f"/{a.id}/{b.id}/", f"/{a.id}/{b.id}/{c.id}/")
    assert (a.parent_id, b.parent_id, c.parent_id) == (None, a.id, b.id)
    assert (a.valid_from, c.kind, c.name_folded) == (date(2025, 7, 1), "co_so", "cdcs may")
    assert counts("C") == [(date(2026, 6, 30), 120)]


def test_a_second_import_of_the_same_file_changes_nothing(tree):
    rows = ["M1,Mới,CĐCS,HL,01/07/2025,,7,30/06/2026", "HL,Công đoàn phường Hoa Lư,phường,LDLD"]
    assert kinds_of(take(*rows)) == ["new", "unchanged"]
    assert kinds_of(take(*rows)) == ["unchanged", "unchanged"]


def test_a_known_code_is_mended_and_a_blank_cell_keeps_what_is_known(tree):
    take("may,CĐCS Công ty May Mới,CĐCS,,01/07/2025,,,")
    made = take("MAY,CĐCS Công ty May Mới,bộ phận,,,31/12/2026,,")
    assert [(each.what, each.before, each.after) for each in made.rows[0].changes] == [
        ("loại", "Công đoàn cơ sở", "Công đoàn bộ phận"),
        ("đến", "", "31/12/2026"),
    ]
    union = stored()["MAY"]
    assert (union.parent_id, union.valid_from, union.valid_to) == (tree.ward.id, date(2025, 7, 1), date(2026, 12, 31))
    assert (union.name, union.name_folded, union.kind) == ("CĐCS Công ty May Mới", "cdcs cong ty may moi", "bo_phan")


def test_a_moved_parent_takes_its_whole_subtree_along(cast, tree):
    below = cast.union("Tổ may 1", parent=tree.sewing, code="TO1")
    take("HL,Công đoàn phường Hoa Lư,phường,AK", "HL2,Khối mới,phường,HL", "MAY,CĐCS May,CĐCS,HL2")
    unions = stored()
    way = "/".join(str(unions[code].id) for code in ("LDLD", "AK", "HL", "HL2", "MAY"))
    assert unions["MAY"].path == f"/{way}/"
    assert unions["TO1"].path == f"/{way}/{below.id}/"
    assert unions["TRUONG"].path == tree.school.path


def test_each_day_keeps_its_own_count_and_a_corrected_one_replaces(tree):
    take("MAY,CĐCS Công ty May Hòa Bình,CĐCS,,,,110,30/06/2026")
    made = take("MAY,CĐCS Công ty May Hòa Bình,CĐCS,,,,101,01/01/2026")
    assert [(each.what, each.before, each.after) for each in made.rows[0].changes] == [
        ("đoàn viên ngày 01/01/2026", "100", "101")
    ]
    assert counts("MAY") == [(date(2026, 1, 1), 101), (date(2026, 6, 30), 110)]


def test_a_count_of_nobody_is_a_count(tree):
    take("MAY,CĐCS Công ty May Hòa Bình,CĐCS,,,,0,30/06/2026")
    assert counts("MAY")[-1] == (date(2026, 6, 30), 0)


def test_all_problems_of_file_and_tree_are_told_at_once_and_nothing_is_stored(tree):
    before = set(stored())
    problems = refused(
        "N1,Mới,CĐCS,KHONG",
        "N2,Mới,hội,HL",
        "N3,Một,CĐCS,N4",
        "N4,Hai,CĐCS,N3",
        "HL,Công đoàn phường Hoa Lư,phường,MAY",
        "MAY,CĐCS Công ty May Hòa Bình,CĐCS,HL",
    )
    assert [problem.split(";")[0] for problem in problems] == [
        "Dòng 2, cột “Mã cấp trên”: chưa có công đoàn mã “KHONG”",
        "Dòng 3, cột “Loại”: không có “hội”",
        "Dòng 4, cột “Mã cấp trên”: “N3” và cấp trên “N4” thành vòng tròn: mỗi bên lại nằm dưới bên kia. "
        "Xin sửa mã cấp trên.",
        "Dòng 5, cột “Mã cấp trên”: “N4” và cấp trên “N3” thành vòng tròn: mỗi bên lại nằm dưới bên kia. "
        "Xin sửa mã cấp trên.",
        "Dòng 6, cột “Mã cấp trên”: “HL” và cấp trên “MAY” thành vòng tròn: mỗi bên lại nằm dưới bên kia. "
        "Xin sửa mã cấp trên.",
        "Dòng 7, cột “Mã cấp trên”: “MAY” và cấp trên “HL” thành vòng tròn: mỗi bên lại nằm dưới bên kia. "
        "Xin sửa mã cấp trên.",
    ]
    assert set(stored()) == before


def test_an_end_before_the_stored_begin_is_told(tree):
    take("MAY,CĐCS Công ty May Hòa Bình,CĐCS,,01/07/2025")
    (problem,) = refused("MAY,CĐCS Công ty May Hòa Bình,CĐCS,,,30/06/2025")
    assert problem.startswith("Dòng 2, cột “Hiệu lực đến”: hiệu lực đến 30/06/2025 trước hiệu lực từ 01/07/2025")


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("TRUONG,Đổi tên,CĐCS", "cột “Mã công đoàn”: mã “TRUONG” thuộc một công đoàn ngoài phạm vi"),
        ("LDLD,Đổi tên,tỉnh", "cột “Mã công đoàn”: mã “LDLD” thuộc một công đoàn ngoài phạm vi"),
        ("MOI,Mới,CĐCS,AK", "cột “Mã cấp trên”: bạn không phụ trách công đoàn mã “AK”"),
        ("MOI,Mới,CĐCS,", "cột “Mã cấp trên”: công đoàn mới phải có mã cấp trên"),
        ("MAY,CĐCS Công ty May Hòa Bình,CĐCS,AK", "cột “Mã cấp trên”: bạn không phụ trách công đoàn mã “AK”"),
        ("HL,Công đoàn phường Hoa Lư,phường,AK", "cột “Mã cấp trên”: bạn không phụ trách công đoàn mã “AK”"),
    ],
)
def test_an_organiser_touches_only_the_own_part_of_the_tree(tree, row, problem):
    (found,) = refused(row, by=tree.ward_organiser)
    assert found.startswith(f"Dòng 2, {problem}")


def test_an_organiser_adds_and_mends_within_the_own_part(tree):
    rows = ["HL,Công đoàn phường Hoa Lư mới,phường,LDLD", "K1,Khối 1,phường,HL", "K2,CĐCS Khối 1,CĐCS,K1"]
    assert kinds_of(take(*rows, by=tree.ward_organiser)) == ["changed", "new", "new"]
    assert stored()["K2"].path.startswith(tree.ward.path)


def test_what_was_confirmed_is_what_is_done_or_nothing_is(tree):
    row = "MAY,CĐCS Công ty May Mới,CĐCS"
    with transaction(writes=False):
        digest = plan(listing(row), by=None).digest
    take("MAY,CĐCS Công ty May Khác,CĐCS")
    assert take(row, expected=digest).digest != digest
    assert stored()["MAY"].name == "CĐCS Công ty May Khác"


def test_an_import_is_in_the_audit(tree):
    take("MOI,Mới,CĐCS,HL", "HL,Công đoàn phường Hoa Lư,phường,LDLD", by=tree.organiser)
    with transaction(writes=False):
        event = session.scalars(select(AuditEvent)).one()
    assert (event.action, event.actor_id) == ("import_unions", tree.organiser.id)
    assert event.details == {"file": "cd.csv", "new": 1, "changed": 0, "unchanged": 1}


def test_a_workplace_comes_with_the_list_and_a_blank_cell_leaves_it(tree):
    head = HEAD.strip() + ",Loại hình\n"
    for cell in ("Doanh nghiệp", ""):
        row = f"MAY,CĐCS May,CĐCS,HL,,,,,{cell}\n"
        with transaction():
            made = import_unions(read_unions((head + row).encode(), today=TODAY), by=None, now=NOON)
            assert session.scalar(select(TradeUnion.workplace).where(TradeUnion.code == "MAY")) == "doanh_nghiep"
    assert [each.what for each in made.rows] == ["unchanged"]
