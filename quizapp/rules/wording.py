"""Numbers, spans and instants as Vietnamese readers write them; instants in the zone that is handed in."""

import re
from datetime import datetime, timedelta, tzinfo

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


def number(value: int) -> str:
    """'1.060.438'."""
    return f"{value:,}".replace(",", ".")


def hundredths(value: int) -> str:
    """A mark or a rate kept in hundredths: 850 → '8,5'; 2000 → '20'; 106043800 → '1.060.438'."""
    whole, rest = divmod(value, 100)
    return number(whole) + (f",{rest:02d}".rstrip("0") if rest else "")


def signed(value: int) -> str:
    """A difference of marks in hundredths: 150 → '+1,5'; -50 → '−0,5'; 0 → '0'."""
    return ("−" if value < 0 else "+" if value else "") + hundredths(abs(value))


def decimal(value: float, places: int = 2) -> str:
    """A figure as it was reckoned: 0.716 → '0,72'; -3.5 → '−3,50'; never '−0,00'."""
    shown = f"{abs(value):.{places}f}"
    below = value < 0 and any(digit in shown for digit in "123456789")
    return ("−" if below else "") + shown.replace(".", ",")


def read_hundredths(typed: str) -> int | None:
    """Return a typed mark in hundredths, the inverse of `hundredths` up to 999,99: '8,5' or '8.5' → 850; else None."""
    found = re.fullmatch(r"([0-9]{1,3})(?:[.,]([0-9]{1,2}))?", typed.strip())
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else None


def span(length: int | timedelta) -> str:
    """'12 phút 05 giây'; hours only when there are any. A number is of seconds."""
    total = int(length.total_seconds()) if isinstance(length, timedelta) else length
    minutes, rest = divmod(total, 60)
    if minutes >= 60:
        return f"{minutes // 60} giờ {minutes % 60:02d} phút" + (f" {rest:02d} giây" if rest else "")
    return (f"{minutes} phút" if minutes else "") + (f" {rest:02d} giây" if rest and minutes else "") or f"{rest} giây"


def moment(instant: datetime, zone: tzinfo) -> str:
    """'07:30 ngày 03/02/2027'."""
    return f"{instant.astimezone(zone):%H:%M ngày %d/%m/%Y}"


def weekday(instant: datetime, zone: tzinfo) -> str:
    return WEEKDAYS[instant.astimezone(zone).weekday()]


def end(instant: datetime, zone: tzinfo) -> str:
    """An end that falls on midnight is written as the union's rules write it: '24:00 ngày 06/12/2026'."""
    hour, day = _end(instant, zone)
    return f"{hour} ngày {day:%d/%m/%Y}"


def window(opens_at: datetime, closes_at: datetime, zone: tzinfo) -> str:
    """'từ 07:00 Thứ Ba ngày 01/12/2026 đến 24:00 Chủ nhật ngày 06/12/2026'."""
    opens = opens_at.astimezone(zone)
    hour, day = _end(closes_at, zone)
    return (
        f"từ {opens:%H:%M} {WEEKDAYS[opens.weekday()]} ngày {opens:%d/%m/%Y} "
        f"đến {hour} {WEEKDAYS[day.weekday()]} ngày {day:%d/%m/%Y}"
    )


def _end(instant: datetime, zone: tzinfo) -> tuple[str, datetime]:
    local = instant.astimezone(zone)
    if (local.hour, local.minute) == (0, 0):
        return "24:00", local - timedelta(days=1)
    return f"{local:%H:%M}", local
