"""Makes the workbook of a contest's appeals about marks of questions."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from quizapp.formats import mark_appeals as sheets
from quizapp.mark_appeals import queries
from quizapp.models import Contest, MarkAppeal, Person
from quizapp.rules.wording import end


def write(contest: Contest, out: Path, *, by: Person | None, now: datetime) -> int:
    """Write all appeals of a contest with their answers, as .xlsx; return how many."""
    zone, found = ZoneInfo(contest.rules.timezone), queries.all_of(contest)
    counts, until = queries.count_by_state(contest), contest.rules.appeals_until
    facts: list[tuple[str, Any]] = [
        ("Cuộc thi", contest.title),
        ("Đơn vị tổ chức", contest.organiser.name),
        ("Thời hạn đề nghị", f"trước {end(until, zone)}" if until else "Thể lệ không có phúc khảo"),
        ("Đề nghị", len(found)),
        *((queries.STATES[state], count) for state, count in counts.items()),
        ("Người xuất tệp", by.full_name if by else "Máy chủ"),
        ("Xuất lúc", now.astimezone(zone)),
    ]
    return sheets.write(out, contest.title, facts, _rows(found, zone))


def _rows(found: Sequence[MarkAppeal], zone: ZoneInfo) -> Iterator[tuple[Any, ...]]:
    for number, each in enumerate(found, start=1):
        attempt, person = each.attempt, each.attempt.person
        yield (
            *(number, person.full_name, person.birth_date, person.member_number),
            attempt.union.name if attempt.union else None,
            *(attempt.round.title, attempt.number, attempt.receipt, each.asked_at.astimezone(zone)),
            *(f"Câu {each.slot}" if each.slot else "Cả bài", each.reason),
            *(each.mark_before, attempt.mark, attempt.questions_max_mark),
            *(queries.STATES[queries.state_of(each)], each.answer),
            each.decided_by.full_name if each.decided_by else None,
            each.decided_at.astimezone(zone) if each.decided_at else None,
        )
