"""Texts of law by number, and whether one is in force on a day."""

from dataclasses import dataclass
from datetime import date

from quizapp.rules.vietnamese import clean


@dataclass(frozen=True)
class LawSpan:
    """Since when and until when, that day included, a text is in force; `replaced_by`: number of its successor."""

    number: str
    in_force_from: date | None = None
    in_force_to: date | None = None
    replaced_by: str = ""


def law_key(number: str) -> str:
    """Return what two spellings of one number share: '45/2019/QH14' and 'Số 45/2019/qh14' alike."""
    return "".join(clean(number).upper().removeprefix("SỐ").split())


def why_not_in_force(law: LawSpan, on: date) -> str:
    """Return in Vietnamese why a text does not hold on a day, or '' when it does."""
    if law.in_force_to and law.in_force_to < on:
        instead = f", đã được thay bằng {law.replaced_by}" if law.replaced_by else ""
        return f"{law.number} hết hiệu lực sau ngày {law.in_force_to:%d/%m/%Y}{instead}"
    if law.in_force_from and law.in_force_from > on:
        return f"{law.number} đến ngày {law.in_force_from:%d/%m/%Y} mới có hiệu lực"
    return ""
