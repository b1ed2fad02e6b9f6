"""What writers are told of the marking of their essays, so that no judge can be told by it."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

COUNTS = {1: "Một giám khảo", 2: "Hai giám khảo", 3: "Ba giám khảo", 4: "Bốn giám khảo", 5: "Năm giám khảo"}
APART = "Hai giám khảo cho điểm lệch nhau quá mức thể lệ cho phép"


@dataclass(frozen=True)
class Given:
    """A judge's finished total in hundredths; `key` names the assessment."""

    key: int
    total: int
    is_third: bool = False


def in_an_order_of_its_own(given: Iterable[Given], code: str) -> list[Given]:
    """Return totals in an order that tells nothing of seats: the highest first, equal ones by the essay's code.

    The third judge comes last: that there was one is told anyway.
    """

    def order(each: Given) -> tuple[bool, int, str]:
        return each.is_third, -each.total, hashlib.sha256(f"{code}/{each.key}".encode()).hexdigest()

    return sorted(given, key=order)


def counted(totals: Sequence[int], used: Iterable[int]) -> list[bool]:
    """Return for each total whether the mark was made of it; of equal ones, as many as were used."""
    left = Counter(used)
    found = []
    for total in totals:
        found.append(left[total] > 0)
        left[total] -= 1
    return found


def in_words(rule: str, *, judges: int, has_third: bool, is_decision: bool) -> str:
    """Return how an essay got its mark. rule: as the settlement keeps it; judges: of the first turn."""
    if is_decision:
        return f"{APART}. {rule}." if rule.startswith("Trưởng Ban") else f"{rule}."
    if has_third:
        return f"{APART}, nên giám khảo thứ ba chấm độc lập. Điểm bài viết là {rule}."
    if judges == 1:
        return "Một giám khảo chấm; điểm bài viết là điểm của giám khảo đó."
    return f"{COUNTS.get(judges, f'{judges} giám khảo')} chấm độc lập. Điểm bài viết là {rule}."
