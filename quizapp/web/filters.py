"""Numbers and instants as Vietnamese readers write them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Flask

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


def vn_time(instant: datetime) -> str:
    """'07:30 ngày 03/02/2027'."""
    return f"{instant.astimezone(VIETNAM):%H:%M ngày %d/%m/%Y}"


def vn_second(instant: datetime) -> str:
    """'07:30:05 ngày 03/02/2027'."""
    return f"{instant.astimezone(VIETNAM):%H:%M:%S ngày %d/%m/%Y}"


def vn_end(instant: datetime) -> str:
    """An end that falls on midnight is written as the union's rules write it: '24:00 ngày 06/12/2026'."""
    local = instant.astimezone(VIETNAM)
    if (local.hour, local.minute) == (0, 0):
        return f"24:00 ngày {local - timedelta(days=1):%d/%m/%Y}"
    return vn_time(instant)


def vn_day(day: date | datetime) -> str:
    return f"{day.astimezone(VIETNAM) if isinstance(day, datetime) else day:%d/%m/%Y}"


def vn_weekday(instant: datetime) -> str:
    return WEEKDAYS[instant.astimezone(VIETNAM).weekday()]


def vn_number(number: int) -> str:
    """'1.060.438'."""
    return f"{number:,}".replace(",", ".")


def vn_hundredths(hundredths: int) -> str:
    """A mark or a rate kept in hundredths: 850 → '8,5'; 2000 → '20'; 106043800 → '1.060.438'."""
    whole, rest = divmod(hundredths, 100)
    return vn_number(whole) + (f",{rest:02d}".rstrip("0") if rest else "")


def vn_span(seconds: int | timedelta) -> str:
    """'12 phút 05 giây'; hours only when there are any."""
    total = int(seconds.total_seconds()) if isinstance(seconds, timedelta) else seconds
    minutes, rest = divmod(total, 60)
    if minutes >= 60:
        return f"{minutes // 60} giờ {minutes % 60:02d} phút" + (f" {rest:02d} giây" if rest else "")
    return (f"{minutes} phút" if minutes else "") + (f" {rest:02d} giây" if rest and minutes else "") or f"{rest} giây"


def init_app(app: Flask) -> None:
    for each in (vn_time, vn_second, vn_end, vn_day, vn_weekday, vn_number, vn_hundredths, vn_span):
        app.jinja_env.filters[each.__name__] = each
