"""Numbers with units, as the law writes them."""

import pytest

from quizapp.rules.quantities import quantities


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Không quá 180 ngày; báo trước 03 ngày làm việc", ["180 ngày", "3 ngày làm việc"]),
        ("từ 10 đến dưới 50 người lao động", ["10 người", "50 người"]),
        ("ít nhất bằng 300%, chưa kể 30 phần trăm", ["300%", "30%"]),
        ("1.000.000 đồng; 13,50 triệu đoàn viên", ["1000000 đồng", "13,5 triệu"]),
        ("đủ 15 tuổi; 61 tuổi 3 tháng", ["15 tuổi", "61 tuổi", "3 tháng"]),
        ("con dưới 12 tháng tuổi", ["12 tháng tuổi"]),
        ("từ 22 giờ đến 06 giờ", ["22 giờ", "6 giờ"]),
        ("từ ngày 01 tháng 7 năm 2025, tức 01/7/2025, đến năm 2030", ["1/7/2025", "1/7/2025", "2030"]),
        ("mỗi tháng 02 ngày; tháng 6/2021", ["6/2021", "2 ngày"]),
        ("theo các khoản 1, 2 và 3 Điều 13 của Luật số 45/2019/QH14; khoản 2 và 30 ngày", ["30 ngày"]),
        ("hai năm một lần", []),
        ("không có số nào", []),
    ],
)
def test_numbers_are_read_with_their_units(text, found):
    assert [str(each) for each in quantities(text)] == found


def test_numbers_in_words_count_only_when_asked_for_and_before_a_unit():
    assert [str(each) for each in quantities("hai năm một lần, một nửa, mười hai tháng", spelt=True)] == [
        "2 năm",
        "1 lần",
    ]


def test_a_number_that_was_written_reads_back_as_itself():
    for each in quantities("180 ngày, 85%, 13,5 triệu, 01/7/2025, năm 2030, 03 ngày làm việc"):
        assert quantities(str(each)) == [each]
