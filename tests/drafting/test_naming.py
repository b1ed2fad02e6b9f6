"""Unions are found by their names, with or without marks; what is not clear is told and kept."""

import pytest

from tests.drafting.desk import begin, stored, write


@pytest.fixture
def general(desk, province, cast):
    cast.union("CĐCS Công ty May Mẫu", parent=province, code="MAY-MAU")
    cast.union("CĐCS Công ty May Đông", parent=province, code="MAY-DONG")
    cast.union("CĐCS Công ty May Ngoài tỉnh", code="MAY-NGOAI")
    return f"{begin(desk, province, 'mot-dot')}/parts/general"


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("may mau", ["MAY-MAU"]),
        ("Công ty May Đông, MAY-MAU", ["MAY-DONG", "MAY-MAU"]),
        ("MAY-DONG MAY-MAU", ["MAY-DONG", "MAY-MAU"]),
        ("công ty may", ["công ty may"]),
        ("ngoài tỉnh", ["ngoài tỉnh"]),
    ],
)
def test_a_name_of_one_union_looked_after_becomes_its_code(desk, general, typed, codes):
    write(desk, general, audience__units=typed)
    assert stored().tree["audience"]["units"] == codes


def test_the_names_of_codes_are_shown_and_the_likely_ones_of_what_is_no_code(desk, general):
    write(desk, general, audience__units="MAY-MAU, công ty may")
    page = desk.get(general).text
    assert "<strong>MAY-MAU</strong>: CĐCS Công ty May Mẫu" in page
    assert "CĐCS Công ty May Đông (mã MAY-DONG)" in page
    assert "Ngoài tỉnh" not in page
