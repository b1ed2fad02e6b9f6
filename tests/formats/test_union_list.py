"""The list of unions as a file."""

from datetime import date

import pytest

from quizapp.formats.union_list import UnionRow, read_unions, sample_unions
from quizapp.formats.workbook import read_sheets
from quizapp.vocabulary import UnionKind
from tests.formats.packages import workbook

TODAY = date(2026, 12, 1)
HEAD = ("Mã", "Tên", "Loại", "Mã cấp trên", "Từ", "Đến", "Số đoàn viên", "Ngày thống kê")


def read(*rows):
    return read_unions(workbook(lambda sheet: [sheet.append(row) for row in (HEAD, *rows)]), today=TODAY)


def problems(*rows):
    return [str(problem) for problem in read(*rows).problems]


def test_a_row_is_read_with_its_types():
    (row,) = read([101, "CĐCS May", "cđcs", "P1", date(2025, 7, 1), "31/12/2026", "1.250", date(2026, 6, 30)]).rows
    assert row == UnionRow(
        row=2,
        code="101",
        name="CĐCS May",
        kind="co_so",
        parent_code="P1",
        valid_from=date(2025, 7, 1),
        valid_to=date(2026, 12, 31),
        members=1250,
        counted_on=date(2026, 6, 30),
    )


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("tinh_thanh", UnionKind.PROVINCE),
        ("LĐLĐ TỈNH", UnionKind.PROVINCE),
        ("Công đoàn xã, phường, đặc khu", UnionKind.COMMUNE),
        ("phường", UnionKind.COMMUNE),
        ("KCN", UnionKind.INDUSTRIAL_ZONE),
        ("cong doan co so", UnionKind.GRASSROOTS),
        ("Công đoàn bộ phận", UnionKind.SECTION),
    ],
)
def test_kinds_are_known_by_label_word_and_custom(word, kind):
    assert read(["A", "Tên", word]).rows[0].kind == kind.value


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (["A", "Tên", "hội"], "Dòng 2, cột “Loại”: không có “hội”"),
        (["", "Tên", "cơ sở"], "Dòng 2, cột “Mã công đoàn”: chưa điền"),
        (["A", "Tên", "cơ sở", "A"], "Dòng 2, cột “Mã cấp trên”: công đoàn không thể là cấp trên của chính mình"),
        (
            ["A", "Tên", "cơ sở", "", "02/01/2026", "01/01/2026"],
            "Dòng 2, cột “Hiệu lực đến”: 01/01/2026 trước ngày bắt đầu",
        ),
        (["A", "Tên", "cơ sở", "", "", "", -5, "01/01/2026"], "Dòng 2, cột “Số đoàn viên”: “-5” không được là số âm"),
        (["A", "Tên", "cơ sở", "", "", "", 5], "Dòng 2, cột “Ngày thống kê”: có số đoàn viên thì phải có ngày"),
        (["A", "Tên", "cơ sở", "", "", "", 5, "02/12/2026"], "Dòng 2, cột “Ngày thống kê”: 02/12/2026 chưa đến"),
    ],
)
def test_what_the_file_alone_shows_to_be_wrong(row, problem):
    (found,) = problems(row)
    assert found.startswith(problem)


def test_a_code_stands_once_whatever_its_case():
    assert problems(["A", "Một", "cơ sở"], ["B", "Hai", "cơ sở"], ["a", "Ba", "cơ sở"]) == [
        "Dòng 4, cột “Mã công đoàn”: mã “a” đã có ở dòng 2; xin giữ một dòng."
    ]


def test_the_sample_can_be_read_and_offers_every_kind():
    sample = sample_unions()
    listing = read_unions(sample, today=TODAY)
    assert listing.problems == ()
    assert [row.parent_code for row in listing.rows][1] == listing.rows[0].code
    words = {cells[0] for _, cells in read_sheets(sample)[1].rows}
    assert {kind.label for kind in UnionKind} <= words


@pytest.mark.parametrize(
    ("word", "workplace"),
    [("Doanh nghiệp", "doanh_nghiep"), ("don vi su nghiep", "su_nghiep"), ("nghiep_doan", "nghiep_doan"), ("", None)],
)
def test_the_workplace_has_a_column_of_its_own_and_may_be_left_out(word, workplace):
    head, cells = ("Mã", "Tên", "Loại", "Loại hình"), ("101", "CĐCS May", "CĐCS", word)
    found = read_unions(workbook(lambda sheet: [sheet.append(head), sheet.append(cells)]), today=TODAY)
    assert [(each.kind, each.workplace) for each in found.rows] == [("co_so", workplace)]
    assert not found.problems


def test_a_workplace_that_is_none_is_told_with_those_there_are():
    head, cells = ("Mã", "Tên", "Loại", "Loại hình"), ("101", "CĐCS May", "CĐCS", "Nhà máy")
    found = read_unions(workbook(lambda sheet: [sheet.append(head), sheet.append(cells)]), today=TODAY)
    assert "Dòng 2, cột “Loại hình”: không có “Nhà máy”; xin chọn một trong: Doanh nghiệp;" in str(found.problems[0])


def test_an_older_list_that_writes_the_kind_under_that_heading_is_still_read():
    head, cells = ("Mã", "Tên", "Loại hình"), ("101", "CĐCS May", "CĐCS")
    found = read_unions(workbook(lambda sheet: [sheet.append(head), sheet.append(cells)]), today=TODAY)
    assert [(each.kind, each.workplace) for each in found.rows] == [("co_so", None)]
    assert not found.problems
