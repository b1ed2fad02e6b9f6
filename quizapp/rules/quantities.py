"""Numbers with units as Vietnamese law writes them: '03 ngày làm việc', '85%', 'từ 10 đến 50 người', '01/7/2025'."""

import re
from dataclasses import dataclass

UNITS = (
    *("ngày làm việc", "ngày", "giờ", "phút", "giây", "tuần", "quý", "tháng tuổi", "tháng", "năm"),
    *("tuổi", "triệu đồng", "nghìn đồng", "đồng", "triệu", "nghìn", "tỷ", "%", "người", "thành viên", "đại biểu"),
    *("công nhân", "lao động", "lần", "ca", "bản", "mức", "nhóm", "hình thức", "cấp", "phiên", "quyển", "kg"),
)
_SAME_UNIT = {"lao động": "người", "công nhân": "người"}
_UNIT = "|".join(UNITS)
_BARE_WORD = r"(?![\wÀ-ỹ])"
_NUMBER = r"\d+(?:\.\d{3})*(?:,\d+)?"
_DOCUMENT = re.compile(r"\b\d+[\w.]*(?:[/-][A-ZĐ][\w-]*|/\d{4}/[A-ZĐ][\w-]*)")
_PLACE = r"(?:điều|khoản|mục|chương|phần|số|điểm|phụ lục|mẫu số|nhóm|loại|bậc|vùng|hạng|đại hội|khóa)"
_PLACES = re.compile(
    rf"\b{_PLACE} \d+[a-zđ]?\b(?:(?:,| và| hoặc|;| đến| và khoản) \d+[a-zđ]?\b(?! ?(?:{_UNIT}){_BARE_WORD}))*", re.I
)
_DAY = re.compile(r"\b(?:ngày )?(\d{1,2}) tháng (\d{1,2}) năm (\d{4})\b|\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b", re.I)
_MONTH = re.compile(r"\btháng (\d{1,2})(?: năm |/)(\d{4})\b|\b(\d{1,2})/(\d{4})\b", re.I)
_DAY_OF_YEAR = re.compile(r"\bngày (\d{1,2})(?:/| tháng )(\d{1,2})\b|\b(\d{1,2})/(\d{1,2})\b", re.I)
_YEAR = re.compile(r"\b(?:năm )?((?:19|20)\d\d)\b(?!\.)", re.I)
_SPELT = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_SPELT_NUMBER = re.compile(rf"\b(?<!mươi )(?<!mười )({'|'.join(_SPELT)}) (?=(?:{_UNIT}){_BARE_WORD})", re.I)
_QUANTITY = re.compile(rf"({_NUMBER})(?: ?({_UNIT}){_BARE_WORD}| ?(phần trăm)\b)?", re.I)
_TO_NEXT = re.compile(r" ?(?:đến|tới|hoặc|và|-|–|,|đến dưới|đến không quá) ?(?:dưới |đủ )?\Z", re.I)


@dataclass(frozen=True)
class Quantity:
    """`number` without leading zeros and signs of thousands; `unit` '': none that is known, or a date."""

    number: str
    unit: str = ""

    def __str__(self) -> str:
        return f"{self.number}{'' if self.unit in ('', '%') else ' '}{self.unit}"


def quantities(text: str, *, spelt: bool = False) -> list[Quantity]:
    """Return the numbers of a text in their order; places ('khoản 1 Điều 25') and numbers of documents are none.

    spelt: 'hai năm' counts as '2 năm', too. Dates are '1/7/2025', '7/2025' and '1/7', years numbers without a unit.
    """
    found: list[Quantity] = []
    rest = _DOCUMENT.sub(" ; ", text)
    rest = _PLACES.sub(" ; ", rest)
    for pattern in (_DAY, _MONTH, _DAY_OF_YEAR, _YEAR):
        found += [
            Quantity("/".join(str(int(part)) for part in each.groups() if part)) for each in pattern.finditer(rest)
        ]
        rest = pattern.sub(" ; ", rest)
    if spelt:
        rest = _SPELT_NUMBER.sub(lambda each: f"{_SPELT[each[1].lower()]} ", rest)
    return found + _counted(rest)


def _counted(text: str) -> list[Quantity]:
    """Return numbers with the unit that follows; of 'từ 10 đến 50 người' the first has that of the second."""
    found: list[Quantity] = []
    matches = [*_QUANTITY.finditer(text)]
    unit = ""
    for place in range(len(matches) - 1, -1, -1):
        each = matches[place]
        own = "%" if each[3] else (each[2] or "").lower()
        own = _SAME_UNIT.get(own, own)
        follows = place + 1 < len(matches) and _TO_NEXT.fullmatch(text[each.end() : matches[place + 1].start()])
        unit = own or (unit if follows else "")
        found.append(Quantity(_plain(each[1]), unit))
    return found[::-1]


def _plain(number: str) -> str:
    whole, _, part = number.replace(".", "").partition(",")
    part = part.rstrip("0")
    return f"{int(whole)}{',' if part else ''}{part}"
