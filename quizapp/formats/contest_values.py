"""Values that several parts of a contest file share: names, marks, shares, instants, hours; each read and written."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import TypeVar
from zoneinfo import ZoneInfo

from quizapp.formats.marked_section import Section

W = TypeVar("W", bound=StrEnum)

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SHARE = re.compile(r"(?:([0-9]{1,3})(?:\.([0-9]{1,2}))? ?%)|(?:(0|1)(?:\.([0-9]{1,4}))?)")
HOURS = re.compile(r"([0-9]{1,2})(?:[:hg]([0-9]{2})|[hg]) ?[-–] ?([0-9]{1,2})(?:[:hg]([0-9]{2})|[hg])")
DONG = re.compile(r"[1-9][0-9]{0,2}([., _])[0-9]{3}(\1[0-9]{3})*|[1-9][0-9]*")
WHOLE = 100_00  # hundredths of a per cent
MIDNIGHT = 24 * 60


def name(section: Section, key: str, *, most: int = 40) -> str:
    """Return a name that stands in addresses: lower-case letters without marks, digits, hyphens."""
    found = section.text(key, most=most)
    if found and not NAME.fullmatch(found):
        section.wrong(key, f"“{found}” phải là chữ thường không dấu, chữ số và dấu “-” ở giữa, ví dụ tuan-1")
    return found


def refuse_twins(parts: Sequence[Section], keys: Sequence[str]) -> None:
    for number, (part, key) in enumerate(zip(parts, keys, strict=True)):
        if key and key in keys[:number]:
            part.wrong("key", f"“{key}” đã dùng ở trên; mỗi mục cần một tên riêng")


def is_given(section: Section, key: str) -> bool:
    """Return whether a key is there and says something."""
    return not section.is_none(key) and key in section


def need(section: Section, key: str) -> None:
    if not is_given(section, key) and not section.is_broken:
        section.wrong(key, f"thiếu khóa “{key}”")


def count(section: Section, key: str, *, most: int) -> int | None:
    """Return a whole number from 1; None: none is said."""
    return section.number(key, least=1, most=most) if is_given(section, key) else None


def dong(section: Section, key: str, *, most: int) -> int | None:
    """Return a sum of money, '2000000' or '2.000.000'; None: none is said."""
    written = section.text(key, "") if is_given(section, key) else ""
    if not written:
        return None
    value = int(re.sub(r"\D", "", written)) if DONG.fullmatch(written) else 0
    if not 0 < value <= most:
        section.wrong(key, f"“{written}” không hợp lệ; xin ghi số đồng như 2000000, từ 1 đến {most}")
        return None
    return value


def mark(section: Section, key: str, *, most: int) -> int | None:
    """Return a mark above 0 in hundredths; None: none is said."""
    return section.hundredths(key, most=most) if is_given(section, key) else None


def flag(section: Section, key: str) -> bool:
    """Return true or false, which is what says nothing."""
    return section.flag(key) or False


def sorted_words(section: Section, key: str, kind: type[W]) -> tuple[W, ...]:
    """Return words of a kind in the kind's own order: where they are a set, their order says nothing."""
    found = section.words(key, kind, ())
    return tuple(word for word in kind if word in found)


def share(section: Section, key: str) -> int | None:
    """Return a part of a whole, '0.95' or '95%', in hundredths of a per cent; None: none is said."""
    written = section.text(key, "") if is_given(section, key) else ""
    if not written:
        return None
    found = SHARE.fullmatch(written)
    value = _share(found) if found else 0
    if not 0 < value <= WHOLE:
        section.wrong(key, f"“{written}” không hợp lệ; xin ghi phần trăm như 95% hoặc số như 0.95, lớn hơn 0, tối đa 1")
        return None
    return value


def write_share(value: int) -> str:
    """9500 → '95%', 9525 → '95.25%'."""
    return f"{decimal(value)}%"


def instant(section: Section, key: str, zone: ZoneInfo) -> datetime | None:
    """Return an instant; None: none is said, or what is said is wrong."""
    otherwise = datetime.min.replace(tzinfo=zone)
    found = section.instant(key, zone, otherwise=otherwise) if is_given(section, key) else otherwise
    return None if found is otherwise else found


def hours(section: Section, key: str) -> tuple[tuple[int, ...], ...]:
    """Return spans of a day ('07:00-21:00') in minutes after midnight, sorted; none where none is said."""
    spans = []
    for written in section.texts(key):
        found = HOURS.fullmatch(written)
        hour, minute, end_hour, end_minute = (int(each or 0) for each in found.groups()) if found else (0, 0, 0, 0)
        begins, ends = hour * 60 + minute, end_hour * 60 + end_minute
        if max(minute, end_minute) > 59 or not begins < ends <= MIDNIGHT:
            section.wrong(
                key,
                f"“{written}” không phải khung giờ trong một ngày; xin viết giờ đầu-giờ cuối, ví dụ 07:00-21:00; "
                "khung qua nửa đêm xin tách làm hai, ví dụ [22:00-24:00, 00:00-02:00]",
            )
        else:
            spans.append((begins, ends))
    spans.sort()
    for (_, ends), (begins, _) in pairwise(spans):
        if begins <= ends:
            section.wrong(key, f"có hai khung giờ chạm nhau lúc {_clock(begins)}; xin gộp làm một")
    return tuple(spans)


def write_hours(spans: Sequence[Sequence[int]]) -> list[str]:
    return [f"{_clock(begins)}-{_clock(ends)}" for begins, ends in spans]


def decimal(value: int) -> int | str:
    """Return hundredths as the file writes them: 850 → '8.50', 800 → 8, -25 → '-0.25'."""
    whole, rest = divmod(abs(value), 100)
    if not rest:
        return value // 100
    return f"{'-' if value < 0 else ''}{whole}.{rest:02d}"


def local(at: datetime, zone: ZoneInfo) -> str:
    """Return an instant as the file writes it, in the contest's zone; seconds only where there are any."""
    there = at.astimezone(zone)
    return f"{there:%Y-%m-%dT%H:%M:%S}" if there.second else f"{there:%Y-%m-%dT%H:%M}"


def local_end(at: datetime, zone: ZoneInfo) -> str:
    """A close at midnight is the 24:00 of the day before, as people write it."""
    there = at.astimezone(zone)
    if (there.hour, there.minute, there.second) == (0, 0, 0):
        return f"{there - timedelta(days=1):%Y-%m-%dT24:00}"
    return local(at, zone)


def _share(found: re.Match[str]) -> int:
    per_cent, rest, whole, places = found.groups()
    if per_cent is not None:
        return int(per_cent) * 100 + int((rest or "").ljust(2, "0"))
    return int(whole) * WHOLE + int((places or "").ljust(4, "0"))


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
