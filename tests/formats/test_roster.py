"""A file of members by itself: what is read, and each thing that can be wrong, by row and column."""

import io
from datetime import date

import pytest
from openpyxl import Workbook

from quizapp.errors import BadFile
from quizapp.formats.roster import NAME, PHONE, RosterRow, read_roster, sample_roster

TODAY = date(2026, 12, 1)
HEADINGS = "Họ và tên;Ngày sinh;Số điện thoại;Mã đoàn viên;Mã đơn vị;Đối tượng"


def read(*lines, headings=HEADINGS):
    return read_roster("\n".join([headings, *lines]).encode(), today=TODAY)


def problems(*lines, headings=HEADINGS):
    try:
        found = read(*lines, headings=headings).problems
    except BadFile as refused:
        found = refused.problems
    return [(each.row, each.column.strip("cột “”"), each.text) for each in sorted(found)]


def test_a_row_is_read_with_its_number():
    roster = read("Nguyễn Thị Ánh;25/12/1990;+84 912.345.678;dv-1;MAY;Người lao động")
    assert roster.rows == (
        RosterRow(2, "Nguyễn Thị Ánh", date(1990, 12, 25), "0912345678", "DV-1", "MAY", "nguoi_lao_dong"),
    )


def test_a_workbook_with_a_letterhead_real_dates_and_eaten_zeros():
    book = Workbook()
    for line in (
        ["LIÊN ĐOÀN LAO ĐỘNG TỈNH MẪU"],
        [],
        ["STT", "Họ tên", "Ngày tháng năm sinh", "SĐT", "Số thẻ đoàn viên", "Ghi chú"],
        [1, "  Trần   Văn Bình ", date(1985, 3, 1), 912345678, 123456, "x"],
    ):
        book.active.append(line)
    kept = io.BytesIO()
    book.save(kept)
    roster = read_roster(kept.getvalue(), today=TODAY)
    assert roster.rows == (RosterRow(4, "Trần Văn Bình", date(1985, 3, 1), "0912345678", "123456", None, None),)


def test_what_is_left_out_of_the_file_is_told():
    roster = read("An Văn;0912345678;x", headings="Họ tên;Điện thoại;Lương")
    assert roster.notes == ("Cột “Lương” không được dùng đến.",)


@pytest.mark.parametrize(
    ("said", "meant"),
    [("cán bộ CĐ", "can_bo"), ("ĐOÀN VIÊN", "doan_vien"), ("doan_vien", "doan_vien"), ("Cong nhan", "nguoi_lao_dong")],
)
def test_the_role_of_an_entrant_may_be_written_in_many_ways(said, meant):
    assert read(f"Lê Văn An;;0912345678;;;{said}").rows[0].entrant_role == meant


@pytest.mark.parametrize(
    ("line", "column", "text"),
    [
        (";01/01/1990;0912345678;;;", "Họ và tên", "bắt buộc"),
        ("0912345678;;0912345678;;;", "Họ và tên", "không phải họ tên"),
        ("=cmd;;0912345678;;;", "Họ và tên", "không phải họ tên"),
        ("Lê Văn An;31/02/1990;0912345678;;;", "Ngày sinh", "không có trong lịch"),
        ("Lê Văn An;02/12/2026;0912345678;;;", "Ngày sinh", "chưa đến"),
        ("Lê Văn An;02/12/2016;0912345678;;;", "Ngày sinh", "9 tuổi"),
        ("Lê Văn An;01/01/1902;0912345678;;;", "Ngày sinh", "124 tuổi"),
        ("Lê Văn An;1990;0912345678;;;", "Ngày sinh", "mới có năm"),
        ("Lê Văn An;;0212345678;;;", "Số điện thoại", "cần 10 chữ số"),
        ("Lê Văn An;;;;MAY;", "Số điện thoại", "chưa có số điện thoại lẫn mã đoàn viên"),
        ("Lê Văn An;;0912345678;;;giám đốc", "Đối tượng", "xin chọn một trong: Cán bộ công đoàn; Đoàn viên; Người"),
    ],
)
def test_a_wrong_cell_is_told_by_row_and_column(line, column, text):
    found = problems("Trần Thị Đúng;;0987654321;;;", line)
    assert [(row, where) for row, where, _ in found] == [(3, column)]
    assert text in found[0][2]


def test_somebody_of_ten_today_is_old_enough():
    assert read("Lê Văn An;01/12/2016;0912345678;;;").rows


def test_a_phone_or_member_number_stands_only_once():
    found = problems("Lê Văn An;;0912345678;A1;;", "Lê Văn Bé;;0912 345 678;B1;;", "Lê Văn Cả;;;a1;;")
    assert [(row, column) for row, column, _ in found] == [(3, "Số điện thoại"), (4, "Mã đoàn viên")]
    assert "đã có ở dòng 2" in found[0][2]


def test_all_that_is_wrong_is_told_at_once():
    found = problems(";;0912345678;;;", "Lê Văn An;32/01/1990;12;;;")
    assert [(row, column) for row, column, _ in found] == [
        (2, "Họ và tên"),
        (3, "Ngày sinh"),
        (3, "Số điện thoại"),
    ]


def test_a_missing_heading_is_told_once():
    found = problems("01/01/1990;0912345678", "02/01/1990;0912345679", headings="Ngày sinh;Số điện thoại")
    assert [(row, column) for row, column, _ in found] == [(1, "Họ và tên")]


def test_headings_of_another_list_are_refused():
    found = problems("x;y", headings="Sản phẩm;Giá")
    assert found[0][0] == 0
    assert NAME.removeprefix("cột ") in found[0][2]


def test_more_rows_than_a_file_may_have_are_refused():
    lines = [f"Lê Văn An;;09{number:08d};;;" for number in range(20_001)]
    assert "nhiều nhất 20.000 dòng" in problems(*lines)[0][2]


def test_the_sample_can_be_read():
    assert [row.full_name for row in read_roster(sample_roster(), today=TODAY).rows] == ["Nguyễn Thị Mẫu"]
    assert PHONE == "cột “Số điện thoại”"
