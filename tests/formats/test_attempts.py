"""A file of results by itself: what is read, and each thing that can be wrong, by row and column."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from openpyxl import Workbook

from quizapp.errors import BadFile
from quizapp.formats.attempts import ResultRow, moment, read_results
from quizapp.formats.tables import Unreadable

TODAY = date(2026, 12, 1)
ENGLISH = "round;phone;full_name;birth_date;unit;started_at;submitted_at;mark;prediction"
HALF_PAST_SEVEN = datetime(2026, 12, 1, 7, 30)


def read(*lines, headings=ENGLISH):
    return read_results("\n".join([headings, *lines]).encode(), today=TODAY)


def problems(*lines, headings=ENGLISH):
    return [(each.row, each.column.strip("cột “”"), each.text) for each in read(*lines, headings=headings).problems]


def test_a_row_with_english_headings():
    [row] = read("tuan-1;912345678;Lê Văn An;2/9/1990;MAY;2026-12-01 07:30;2026-12-01T07:41:05;8,5;1.250").rows
    assert row == ResultRow(
        2,
        "Lê Văn An",
        round="tuan-1",
        phone="0912345678",
        birth_date=date(1990, 9, 2),
        unit="MAY",
        started_at=HALF_PAST_SEVEN,
        submitted_at=datetime(2026, 12, 1, 7, 41, 5),
        mark=850,
        prediction=1250,
    )


def test_a_workbook_with_vietnamese_headings_numbers_of_questions_and_real_instants():
    book = Workbook()
    for line in (
        ["HỘI THI TRÊN GIẤY"],
        ["STT", "HỌ VÀ TÊN", "SĐT", "Bắt đầu (giờ)", "Nộp bài", 1, 2, "Câu 3", "Ghi chú"],
        [1, "Lê Văn An", 912345678, HALF_PAST_SEVEN, HALF_PAST_SEVEN + timedelta(minutes=9), "A", "A,C", 12, ""],
    ):
        book.active.append(line)
    kept = io.BytesIO()
    book.save(kept)
    results = read_results(kept.getvalue(), today=TODAY)
    assert results.notes == results.problems == ()
    [row] = results.rows
    assert (row.row, row.phone, row.answers) == (3, "0912345678", ("A", "A,C", "12"))
    assert row.started_at == HALF_PAST_SEVEN


@pytest.mark.parametrize(
    "written", ["01/12/2026 07:30", "7h30 ngày 1/12/2026", "2026-12-01 07:30:00", "07:30:00, 01-12-2026"]
)
def test_an_instant_may_be_written_in_many_ways(written):
    assert moment(written) == HALF_PAST_SEVEN


def test_an_offset_that_is_written_is_kept():
    assert moment("2026-12-01T00:30:00Z") == HALF_PAST_SEVEN.replace(hour=0, tzinfo=UTC)


def test_the_hour_24_is_the_next_midnight():
    assert moment("01/12/2026 24:00") == datetime(2026, 12, 2)


def test_an_instant_that_excel_keeps_as_a_fraction_is_rounded_to_the_second():
    assert moment(HALF_PAST_SEVEN - timedelta(microseconds=200)) == HALF_PAST_SEVEN


@pytest.mark.parametrize("written", ["01/12/2026", "07:30", "25:00 01/12/2026", "24:01 01/12/2026", "sáng thứ Ba"])
def test_an_instant_without_day_or_hour_is_refused(written):
    with pytest.raises(Unreadable, match="01/12/2026 07:30"):
        moment(written)


@pytest.mark.parametrize("written", ["-1", "tám", "8,555", "nan", "1e9"])
def test_a_mark_that_is_none_is_named_with_its_row(written):
    [(row, column, _)] = problems(f"tuan-1;0912345678;Lê Văn An;;MAY;2026-12-01 07:30;2026-12-01 07:40;{written}")
    assert (row, column) == (2, "Điểm")


def test_every_problem_is_told_at_once():
    found = problems("x;123;Lê Văn An;31/2/1990;MAY;hôm qua;2026-12-01 07:40;9", "x;0912345678;;;MAY;;;")
    assert [(row, column) for row, column, _ in found] == [
        (2, "Số điện thoại"),
        (2, "Ngày sinh"),
        (2, "Bắt đầu"),
        (3, "Họ và tên"),
    ]


def test_a_file_without_names_is_no_file_of_results():
    with pytest.raises(BadFile) as refused:
        read("0912345678;8", headings="phone;mark")
    assert [each.column for each in refused.value.problems] == ["cột “Họ và tên”"]


def test_columns_that_nobody_uses_are_told():
    assert read("Lê An;0912345678;x", headings="Họ tên;SĐT;Lương").notes == ("Cột “Lương” không được dùng đến.",)
