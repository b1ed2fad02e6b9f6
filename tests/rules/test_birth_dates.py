"""Birth dates as people type them."""

from datetime import date

import pytest

from quizapp.rules.birth_dates import age_on, read_birth_date

TODAY = date(2026, 12, 1)


@pytest.mark.parametrize("typed", ["05/09/1990", "5/9/1990", "5-9-1990", "05.09.1990", " 5 / 9 / 1990 ", "05091990"])
def test_the_day_comes_first_however_it_is_parted(typed):
    assert read_birth_date(typed, TODAY) == date(1990, 9, 5)


@pytest.mark.parametrize("typed", ["", "1990", "1990-09-05", "mồng năm tháng chín", "5/9/1990x", "٥/٩/١٩٩٠"])
def test_what_is_no_date_is_answered_with_an_example(typed):
    with pytest.raises(ValueError, match="ví dụ 25/12/1990"):
        read_birth_date(typed, TODAY)


@pytest.mark.parametrize("typed", ["30/2/1990", "12/25/1990", "0/1/1990", "29/02/2001"])
def test_a_day_that_the_calendar_lacks_is_named(typed):
    with pytest.raises(ValueError, match="Không có ngày"):
        read_birth_date(typed, TODAY)


@pytest.mark.parametrize("typed", ["02/12/2016", "01/12/1925", "01/01/2030", "01/01/0001"])
def test_an_age_outside_ten_to_a_hundred_is_doubted(typed):
    with pytest.raises(ValueError, match="chưa hợp lý"):
        read_birth_date(typed, TODAY)


@pytest.mark.parametrize("typed", ["01/12/2016", "02/12/1925"])
def test_the_edges_of_the_ages_are_taken(typed):
    assert read_birth_date(typed, TODAY)


def test_one_is_a_year_older_on_the_day_itself():
    assert age_on(date(2000, 12, 2), TODAY) == 25
    assert age_on(date(2000, 12, 1), TODAY) == 26


@pytest.mark.parametrize(
    ("typed", "meant"), [("5-3-74", "5/3/1974"), ("05.03.16", "05/03/2016"), ("5/3/17", "5/3/1917")]
)
def test_a_year_of_two_digits_is_answered_with_the_year_that_is_meant(typed, meant):
    with pytest.raises(ValueError, match=f"năm sinh đủ bốn chữ số, ví dụ {meant}"):
        read_birth_date(typed, TODAY)
