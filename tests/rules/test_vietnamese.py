"""One form of names and numbers, whatever was typed."""

import pytest

from quizapp.rules.vietnamese import canonical_phone, clean, masked, proper_name


@pytest.mark.parametrize("typed", ["0912345678", "0912 345 678", "+84912345678", "84912345678", "0912.345.678"])
def test_a_phone_number_has_one_form(typed):
    assert canonical_phone(typed) == "0912345678"


@pytest.mark.parametrize("typed", ["091234567８", "０９１２３４５６７８", "09123456٧8", "091234567", "0112345678"])
def test_digits_of_other_scripts_make_no_second_number_that_looks_the_same(typed):
    assert canonical_phone(typed) is None


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200d", "\u2060", "\u00ad", "\u200b", "\ufeff", "\U000e0041"])
def test_signs_that_are_not_seen_are_left_out(sign):
    assert clean(f"Trần{sign} Thị {sign}Hoa") == "Trần Thị Hoa"


def test_a_masked_name_tells_the_family_name_only():
    assert masked("Nguyễn Thị Ánh Tuyết") == "Nguyễn T. Á. T***"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("trần văn bình", "Trần Văn Bình"),
        ("TRẦN THỊ ÁNH ĐÀO", "Trần Thị Ánh Đào"),
        ("h'hen niê", "H'Hen Niê"),
        ("Ksor Y-Bem", "Ksor Y-Bem"),
        ("Lê thị Hoa", "Lê thị Hoa"),
    ],
)
def test_a_name_in_one_case_gets_its_capitals_and_any_other_is_left_alone(typed, kept):
    assert proper_name(typed) == kept
