"""Birth dates as people type them."""

import re
from datetime import date

_WRITTEN = re.compile(r"(\d{1,2}) ?[/.\- ] ?(\d{1,2}) ?[/.\- ] ?(\d{4})|(\d{2})(\d{2})(\d{4})", re.ASCII)
_SHORT = re.compile(r"(\d{1,2}) ?[/.\- ] ?(\d{1,2}) ?[/.\- ] ?(\d{2})", re.ASCII)
YOUNGEST, OLDEST = 10, 100  # years


def read_birth_date(typed: str, today: date) -> date:
    """Return the date of '5/9/1990', '05-09-1990', '05.09.1990' or '05091990': the day first, always.

    Raises ValueError with a Vietnamese sentence that says what to type.
    """
    found = _WRITTEN.fullmatch(typed.strip())
    if not found:
        short = _SHORT.fullmatch(typed.strip())
        if short:
            day, month, year = short.groups()
            century = 19 if 2000 + int(year) > today.year - YOUNGEST else 20
            raise ValueError(f"Xin ghi năm sinh đủ bốn chữ số, ví dụ {day}/{month}/{century}{year}.")
        raise ValueError("Xin nhập ngày/tháng/năm, năm đủ bốn chữ số, ví dụ 25/12/1990.")
    day, month, year = (int(part) for part in found.groups() if part)
    try:
        born = date(year, month, day)
    except ValueError:
        raise ValueError(f"Không có ngày {day}/{month}/{year}. Xin xem lại; ngày đứng trước tháng.") from None
    if not YOUNGEST <= age_on(born, today) <= OLDEST:
        raise ValueError(f"Năm sinh {year} chưa hợp lý. Xin xem lại; ví dụ 25/12/1990.")
    return born


def age_on(born: date, day: date) -> int:
    """Return the full years on a day; negative when not yet born."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
