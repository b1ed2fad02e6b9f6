"""Days as people type them, of laws and their validity: the day first, always."""

import re
from datetime import date

_WRITTEN = re.compile(r"(\d{1,2})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?(\d{4})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


def read_day(typed: str) -> date | None:
    """Return the date of '1/7/2025' or '2025-07-01', None for nothing. Raises ValueError with what to type."""
    text = typed.strip()
    if not text:
        return None
    written, iso = _WRITTEN.fullmatch(text), _ISO.fullmatch(text)
    parts = [int(part) for part in (written.groups()[::-1] if written else iso.groups() if iso else ())]
    if not parts:
        raise ValueError("Xin nhập ngày/tháng/năm, năm đủ bốn chữ số, ví dụ 01/07/2025.")
    try:
        return date(*parts)
    except ValueError:
        raise ValueError(f"Không có ngày {text}. Xin xem lại; ngày đứng trước tháng.") from None
