"""Numbers and days as a Vietnamese spreadsheet shows them: value and number format → text."""

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    14: "dd/mm/yyyy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm",
    19: "h:mm:ss",
    20: "h:mm",
    21: "h:mm:ss",
    22: "dd/mm/yyyy h:mm",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    45: "mm:ss",
    47: "mm:ss",
    49: "@",
}
LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]-]*)[^\]]*\]|\[(?!h|m|s)[^\]]*\]', re.IGNORECASE)
DAYS = re.compile(r"yyyy|yy|mmmmm?|mmm|mm|m|dddd?|dd|d|hh|h|ss|s|AM/PM|\[h+\]|\[m+\]|\[s+\]", re.IGNORECASE)
DIGITS = re.compile(r"[#0?][#0?,.]*")


def is_day(code: str) -> bool:
    """Return whether a number format shows days or hours."""
    bare = LITERAL.sub("", code.split(";")[0])
    return bare.lower() != "general" and bool(re.search(r"[ydhs]|m", bare, re.IGNORECASE))


def day_of(serial: float, *, since_1904: bool) -> datetime | None:
    """Return the instant that a serial number stands for; None: none that a calendar has."""
    start = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)
    try:
        found = start + timedelta(seconds=round(serial * 86_400))
    except OverflowError:
        return None
    return found if serial >= 0 else None


def shown_day(moment: datetime, code: str) -> str:
    """Return an instant in a format of days, hours."""
    code = code.split(";")[0]
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        literals.append(match[1] or match[2] or match[3] or "")
        return f"\0{chr(0xE000 + len(literals) - 1)}"

    bare = LITERAL.sub(keep, code)
    parts: list[str] = []
    place, last = 0, ""
    for match in DAYS.finditer(bare):
        parts.append(bare[place : match.start()])
        word = match[0].lower()
        following = bare[match.end() :].lstrip(":").lower()
        parts.append(_part(moment, word, minutes=last.startswith(("h", "[h")) or following.startswith("s")))
        place, last = match.end(), word if word[0] != "m" else last
    text = "".join([*parts, bare[place:]])
    return re.sub("\0(.)", lambda match: literals[ord(match[1]) - 0xE000], text).strip()


def _part(moment: datetime, word: str, *, minutes: bool) -> str:
    if word.startswith("["):  # all hours, minutes or seconds that passed
        passed = int((moment - datetime(1899, 12, 30)).total_seconds())
        return str(passed // {"h": 3_600, "m": 60, "s": 1}[word[1]]).zfill(len(word) - 2)
    if word[0] == "m" and minutes and len(word) <= 2:
        return f"{moment.minute:02}"
    plain = {"yyyy": f"{moment.year}", "yy": f"{moment.year % 100:02}", "d": f"{moment.day}", "dd": f"{moment.day:02}"}
    plain |= {"m": f"{moment.month}", "mm": f"{moment.month:02}", "mmm": f"Thg{moment.month}"}
    plain |= {"h": f"{moment.hour}", "hh": f"{moment.hour:02}", "s": f"{moment.second}", "ss": f"{moment.second:02}"}
    return plain.get(word, f"Tháng {moment.month}" if word[0] == "m" else "")


def shown_number(value: float, code: str) -> str:
    """Return a number in a format, with a comma before decimals: 0.5 → '0,5', 1060438 in '#,##0' → '1.060.438'."""
    sections = code.split(";")
    negative = value < 0
    section = sections[1] if negative and len(sections) > 1 and sections[1] else sections[0]
    if negative and section is not sections[0]:
        value = -value
    bare = LITERAL.sub(lambda match: re.sub(r"[#0?%]", "", match[1] or match[2] or match[3] or ""), section)
    digits = DIGITS.search(LITERAL.sub("", section))
    if digits is None or "general" in section.lower() or "E" in section or "/" in section:
        return general(value)
    reckoned = Decimal(repr(value)) * (100 if "%" in LITERAL.sub("", section) else 1)
    shown = _in_digits(reckoned, digits[0])
    place = DIGITS.search(bare)
    return (bare[: place.start()] + shown + bare[place.end() :]).strip() if place else shown


def _in_digits(value: Decimal, pattern: str) -> str:
    whole, _, part = pattern.partition(".")
    most, least = len(re.sub("[^#0?]", "", part)), part.count("0")
    rounded = value.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP) if abs(value) < Decimal("1e20") else value
    text = f"{abs(rounded):f}"
    head, _, tail = text.partition(".")
    while len(tail) > least and tail.endswith("0"):
        tail = tail[:-1]
    head = head.zfill(whole.count("0"))
    if "," in whole:
        head = re.sub(r"(?<=\d)(?=(\d{3})+$)", ".", head)
    return ("-" if rounded < 0 else "") + head + ("," + tail if tail else "")


def general(value: float) -> str:
    """Return a number as a cell without a format shows it, but never with an exponent: 2021.0 → '2021'."""
    if value == int(value) and abs(value) < 1e22:
        return str(int(value))
    digits = f"{Decimal(repr(value)):.10g}" if 1e-5 <= abs(value) < 1e10 else f"{value!r}"
    text = f"{Decimal(digits):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
