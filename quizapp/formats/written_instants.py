"""Instants as the rules of a contest have them: the file's own spelling, or as people write a day and an hour."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

YEARS = range(2000, 2101)
DATE = r"(?P<date>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4})"
HOUR = r"(?P<hour>[0-9]{1,2})[:hg](?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?"
OFFSET = r"(?: ?(?P<offset>Z|[+-][0-9]{2}:?[0-9]{2}))?"
INSTANT = re.compile(rf"{DATE}(?:T|,? |, ?lúc | lúc ){HOUR}{OFFSET}")
CLOCK_FIRST = re.compile(rf"{HOUR},?(?: ngày)? {DATE}")


def read_instant(text: str, zone: ZoneInfo) -> datetime:
    """Return the instant in UTC of a local time, or of one with an offset of its own. Raises ValueError.

    24:00 is the midnight at which that day ends.
    """
    found = INSTANT.fullmatch(text) or CLOCK_FIRST.fullmatch(text)
    if found is None:
        raise ValueError(text)
    day = _midnight(found["date"])
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    if day.year not in YEARS:
        raise ValueError(text)
    if (hour, minute, second) == (24, 0, 0):
        day, hour = day + timedelta(days=1), 0
    offset = found.groupdict().get("offset")
    where = datetime.strptime(offset, "%z").tzinfo if offset else zone
    return day.replace(hour=hour, minute=minute, second=second, tzinfo=where).astimezone(UTC)


def why_no_instant(text: str) -> str:
    """Return why a text is no instant, and what to write."""
    if re.fullmatch(DATE, text):
        return f"chưa có giờ; xin ghi {text}T00:00 (đầu ngày) hoặc {text}T24:00 (nửa đêm cuối ngày)"
    return (
        "không phải ngày giờ; xin viết năm-tháng-ngày, chữ T rồi giờ:phút, "
        "ví dụ 2026-12-01T07:00, nửa đêm cuối ngày là 2026-12-06T24:00"
    )


def _midnight(written: str) -> datetime:
    parts = [int(part) for part in re.split("[-/]", written)]
    return datetime(*(parts if "-" in written else reversed(parts)))
