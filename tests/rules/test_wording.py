from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from quizapp.rules.wording import decimal, end, hundredths, moment, number, signed, span

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
MIDNIGHT = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)


def test_an_end_at_midnight_belongs_to_the_day_that_ends():
    assert end(MIDNIGHT, VIETNAM) == "24:00 ngày 31/12/2026"
    assert end(MIDNIGHT - timedelta(minutes=1), VIETNAM) == "23:59 ngày 31/12/2026"
    assert moment(MIDNIGHT, VIETNAM) == "00:00 ngày 01/01/2027"


@pytest.mark.parametrize(("value", "written"), [(850, "8,5"), (2000, "20"), (5, "0,05"), (106043800, "1.060.438")])
def test_hundredths_have_a_comma_and_no_idle_zeros(value, written):
    assert hundredths(value) == written


def test_thousands_are_parted_by_dots():
    assert number(1060438) == "1.060.438"


@pytest.mark.parametrize(
    ("seconds", "written"),
    [(0, "0 giây"), (59, "59 giây"), (60, "1 phút"), (725, "12 phút 05 giây"), (3600, "1 giờ 00 phút")],
)
def test_a_span_names_only_the_units_it_needs(seconds, written):
    assert span(seconds) == span(timedelta(seconds=seconds)) == written


@pytest.mark.parametrize(("value", "written"), [(0.716, "0,72"), (-3.5, "−3,50"), (-0.004, "0,00"), (1, "1,00")])
def test_a_figure_has_two_places_and_no_negative_nought(value, written):
    assert decimal(value) == written


@pytest.mark.parametrize(("value", "written"), [(150, "+1,5"), (-50, "−0,5"), (0, "0"), (-125, "−1,25")])
def test_a_difference_tells_its_sign(value, written):
    assert signed(value) == written
