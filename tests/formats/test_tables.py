"""Tables in sheets: headings in any order and spelling, typed cells, every problem by row and column."""

from datetime import date, datetime

import pytest

from quizapp.errors import BadFile
from quizapp.formats.tables import Column, Unreadable, choice, day, phone, read_table, text, whole
from quizapp.formats.workbook import Sheet

ROLES = choice({"Đoàn viên": 1, "doan_vien": 1, "Cán bộ": 2})
COLUMNS = (
    Column("name", "Họ và tên", text(20), ("họ tên",), required=True),
    Column("phone", "Số điện thoại", phone, ("điện thoại", "sđt")),
    Column("born", "Ngày sinh", day),
)


def sheet(*rows, name="Trang 1", first=1):
    return Sheet(name, tuple((number, tuple(row)) for number, row in enumerate(rows, start=first)))


def told(table):
    return [str(problem) for problem in table.problems]


def test_headings_are_found_below_a_letterhead_in_any_order_and_spelling():
    made = sheet(
        ["LIÊN ĐOÀN LAO ĐỘNG TỈNH"],
        ["Danh sách", "Họ tên"],
        ["STT", "SĐT", "NGÀY SINH (dd/mm/yyyy)", "  họ  tên *"],
        [1, 912345678, date(1990, 12, 25), " Nguyễn  Văn An "],
        first=2,
    )
    table = read_table([made], COLUMNS)
    assert [(row.number, dict(row.values)) for row in table.rows] == [
        (5, {"name": "Nguyễn Văn An", "phone": "0912345678", "born": date(1990, 12, 25)})
    ]
    assert (table.problems, table.notes) == ([], [])


def test_a_column_that_is_not_there_is_none_and_a_short_row_is_filled():
    (row,) = read_table([sheet(["Họ tên", "SĐT", "Ngày sinh"], ["An"])], COLUMNS).rows
    assert dict(row.values) == {"name": "An", "phone": None, "born": None}


def test_unknown_columns_and_other_sheets_are_notes():
    table = read_table([sheet(["x"], name="Khác"), sheet(["Họ tên", "SĐT", "Cỡ áo", "Ghi chú"], ["An"])], COLUMNS)
    assert table.notes == ["Cột “Cỡ áo” không được dùng đến.", "Chỉ đọc trang “Trang 1”; không đọc trang “Khác”."]


def test_a_missing_or_doubled_column_is_a_problem_of_the_heading_row():
    table = read_table([sheet(["SĐT", "Điện thoại", "Ngày sinh"], ["0912345678"], first=3)], COLUMNS)
    assert told(table) == [
        "Dòng 3, cột “Họ và tên”: thiếu cột bắt buộc này; xem tệp mẫu.",
        "Dòng 3, cột “Điện thoại”: có hai cột cùng ý; xin giữ một.",
    ]


def test_all_problems_of_all_rows_are_told_and_the_rows_stay():
    table = read_table([sheet(["Họ tên", "SĐT", "Ngày sinh"], ["", "12", "1990"], ["An", "0912345678", "x"])], COLUMNS)
    assert [problem.split(":")[0] for problem in told(table)] == [
        "Dòng 2, cột “Họ và tên”",
        "Dòng 2, cột “Số điện thoại”",
        "Dòng 2, cột “Ngày sinh”",
        "Dòng 3, cột “Ngày sinh”",
    ]
    assert [row["phone"] for row in table.rows] == [None, "0912345678"]


def test_rows_without_any_known_cell_are_no_rows():
    table = read_table([sheet(["Họ tên", "SĐT", "Cỡ áo"], [" ", None, "XL"], ["An"])], COLUMNS)
    assert [row.number for row in table.rows] == [3]


def test_headings_alone_are_a_problem():
    assert told(read_table([sheet(["Họ tên", "SĐT"])], COLUMNS)) == [
        "Dòng 1: dưới dòng tiêu đề chưa có dòng dữ liệu nào."
    ]


@pytest.mark.parametrize("sheets", [[], [sheet()], [sheet(["An", "0912345678"])], [sheet(["Họ tên"], ["An"])]])
def test_without_headings_there_is_no_table(sheets):
    with pytest.raises(BadFile) as error:
        read_table(sheets, COLUMNS)
    assert "“Họ và tên”" in str(error.value.problems[0])


@pytest.mark.parametrize(
    ("read", "cell", "value"),
    [
        (text(), 12, "12"),
        (text(), "  a\u200b  b ", "a b"),
        (phone, 912345678, "0912345678"),
        (phone, "+84 912.345.678", "0912345678"),
        (whole(), 1250, 1250),
        (whole(), "1.250", 1250),
        (whole(), "0", 0),
        (day, date(1990, 12, 25), date(1990, 12, 25)),
        (day, datetime(1990, 12, 25, 7, 30), date(1990, 12, 25)),
        (day, "25/12/1990", date(1990, 12, 25)),
        (day, "5-2-1990", date(1990, 2, 5)),
        (day, "25.12.1990", date(1990, 12, 25)),
        (day, "1990-12-25", date(1990, 12, 25)),
        (ROLES, "DOAN  VIEN", 1),
        (ROLES, "cán bộ", 2),
    ],
)
def test_cells_become_values(read, cell, value):
    assert read(cell) == value


@pytest.mark.parametrize(
    ("read", "cell", "sentence"),
    [
        (text(3), "dài quá", "dài 7 ký tự; nhiều nhất 3"),
        (text(), date(1990, 1, 1), "đang là ngày tháng"),
        (text(), True, "đúng/sai"),
        (phone, "0212345678", "“0212345678” không phải số điện thoại di động"),
        (whole(), -1, "không được là số âm"),
        (whole(), 1.5, "phải là số nguyên"),
        (whole(), True, "phải là số nguyên"),
        (whole(), "12 người", "phải là số nguyên"),
        (whole(100), 101, "quá lớn"),
        (day, 1990, "mới có năm 1990; xin ghi đủ ngày, tháng, năm"),
        (day, "1990", "mới có năm 1990"),
        (day, "31/02/1990", "không có trong lịch"),
        (day, "12/25/1990", "không có trong lịch"),
        (day, "hôm nay", "không phải ngày"),
        (day, 33232, "không phải ngày"),
        (day, "25/12/1890", "năm 1890 không hợp lý"),
        (
            choice({"Đoàn viên": 1, "doan_vien": 1, "Cán bộ": 2}),
            "x",
            "không có “x”; xin chọn một trong: Đoàn viên; Cán",
        ),
    ],
)
def test_what_a_cell_cannot_be_is_told_with_the_remedy(read, cell, sentence):
    with pytest.raises(Unreadable) as error:
        read(cell)
    assert sentence in str(error.value)
