"""The wording of numbers and instants for templates; instants in Vietnam's zone."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Flask

from quizapp.rules import wording
from quizapp.rules.typed_answers import TYPED_MOST

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def vn_time(instant: datetime) -> str:
    """'07:30 ngày 03/02/2027'."""
    return wording.moment(instant, VIETNAM)


def vn_second(instant: datetime) -> str:
    """'07:30:05 ngày 03/02/2027'."""
    return f"{instant.astimezone(VIETNAM):%H:%M:%S ngày %d/%m/%Y}"


def vn_end(instant: datetime) -> str:
    """An end that falls on midnight is written as the union's rules write it: '24:00 ngày 06/12/2026'."""
    return wording.end(instant, VIETNAM)


def vn_day(day: date | datetime) -> str:
    return f"{day.astimezone(VIETNAM) if isinstance(day, datetime) else day:%d/%m/%Y}"


def vn_weekday(instant: datetime) -> str:
    return wording.weekday(instant, VIETNAM)


def vn_number(number: int) -> str:
    """'1.060.438'."""
    return wording.number(number)


def vn_hundredths(hundredths: int) -> str:
    """A mark or a rate kept in hundredths: 850 → '8,5'; 2000 → '20'; 106043800 → '1.060.438'."""
    return wording.hundredths(hundredths)


def vn_signed(hundredths: int) -> str:
    """A difference of marks kept in hundredths: 150 → '+1,5'; -50 → '−0,5'."""
    return wording.signed(hundredths)


def vn_decimal(value: float, places: int = 2) -> str:
    """A figure as it was reckoned: 0.716 → '0,72'."""
    return wording.decimal(value, places)


def vn_span(seconds: int | timedelta) -> str:
    """'12 phút 05 giây'; hours only when there are any."""
    return wording.span(seconds)


def init_app(app: Flask) -> None:
    app.jinja_env.globals["typed_most"] = TYPED_MOST  # a field takes no more than the server does
    for each in (
        vn_time,
        vn_second,
        vn_end,
        vn_day,
        vn_weekday,
        vn_number,
        vn_hundredths,
        vn_decimal,
        vn_signed,
        vn_span,
    ):
        app.jinja_env.filters[each.__name__] = each
