"""When a row was sat: its instants, held against the round's window, its sittings and the limits of attempts."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from quizapp.attempt_imports.queries import Known, Sat
from quizapp.attempt_imports.wrong import Wrong
from quizapp.formats.attempts import SECONDS, STARTED, SUBMITTED, ResultRow
from quizapp.models import Round
from quizapp.rules.deadlines import closing_time
from quizapp.rules.sittings import is_in_sitting
from quizapp.rules.spans import span_of
from quizapp.rules.windows import Window, time_allowed
from quizapp.vocabulary import LimitPer

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
Hours = tuple[datetime, datetime, datetime]  # started, submitted, closes


def sat_hours(row: ResultRow, round_: Round, window: Window, zone: ZoneInfo) -> Hours:
    """Return when a row's attempt began, ended, and would have closed. Raises Wrong.

    window: when the round was open for that person.

    What was written to the minute may be up to a minute late, what was written to the second a second: it counts as
    handed in at the close.
    """
    started, submitted = _written(row, zone)
    if submitted < started:
        column = SUBMITTED if row.submitted_at else SECONDS
        raise Wrong(column, f"nộp bài lúc {_at(submitted, zone)} là trước khi bắt đầu; xin sửa một trong hai ô.")
    if not window.opens_at <= started < window.closes_at:
        hours = f"mở từ {_at(window.opens_at, zone)} đến {_at(window.closes_at, zone)}"
        raise Wrong(STARTED, f"bắt đầu lúc {_at(started, zone)} là ngoài “{round_.title}” ({hours}); xin kiểm tra lại.")
    if not is_in_sitting(round_.rules.sittings, started, zone):
        raise Wrong(STARTED, f"bắt đầu lúc {_at(started, zone)} là ngoài các ca thi của “{round_.title}”.")
    closes = closing_time(started, time_allowed(round_.rules), window.closes_at)
    to_the_minute = started.second == submitted.second == 0
    if submitted > closes + (MINUTE if to_the_minute else SECOND):
        column = SUBMITTED if row.submitted_at else SECONDS
        raise Wrong(column, f"nộp bài lúc {_at(submitted, zone)} là sau khi hết giờ ({_at(closes, zone)}).")
    return started, min(submitted, closes), closes


class History:
    """What people have sat: before, and in earlier rows. Attempts whose import was taken back keep only their number.

    overlapping: may an attempt lie over another one of the same person and round.
    """

    def __init__(self, before: Iterable[Sat], rounds: dict[int, Round], zone: ZoneInfo, *, overlapping: bool):
        self.rounds, self.zone, self.overlapping = rounds, zone, overlapping
        self.used: Counter[tuple[object, ...]] = Counter()
        self.hours: dict[tuple[int, int], list[tuple[datetime, datetime]]] = {}
        self.last: dict[tuple[int, int], int] = {}
        for each in before:
            key = each.person_id, each.round_id
            self.last[key] = max(each.number, self.last.get(key, 0))
            if each.stands:
                self._note(each.person_id, rounds[each.round_id], each.started_at, each.ended_at)

    def take(self, person: Known, round_: Round, started: datetime, submitted: datetime) -> None:
        """Note one more attempt. Raises Wrong where the rules allow none."""
        rule = round_.rules.attempts
        if not self.overlapping:
            self._check_apart(person, round_, started, submitted)
        if rule.limit is not None and self.used[self._span(person.id, round_, started)] >= rule.limit:
            text = (
                f"{person.full_name} đã đủ {rule.limit} lượt {rule.per.label}; thể lệ không cho thêm, xin bỏ dòng này."
            )
            raise Wrong(STARTED, text)
        self._note(person.id, round_, started, submitted)

    def _check_apart(self, person: Known, round_: Round, started: datetime, submitted: datetime) -> None:
        wait = round_.rules.attempts.wait or timedelta(0)
        for begun, ended in self.hours.get((person.id, round_.id), ()):
            if begun == started:
                raise Wrong(STARTED, f"{person.full_name} đã có lượt thi bắt đầu đúng lúc này; xin bỏ dòng trùng.")
            if started < ended + wait and begun < submitted + wait:
                other = f"lượt thi từ {_at(begun, self.zone)} đến {_at(ended, self.zone)}"
                why = f"phải cách nhau {int(wait.total_seconds() // 60)} phút" if wait else "không thể trùng giờ"
                raise Wrong(STARTED, f"{person.full_name} đã có {other}; hai lượt {why}.")

    def _note(self, person_id: int, round_: Round, started: datetime, ended: datetime) -> None:
        self.hours.setdefault((person_id, round_.id), []).append((started, ended))
        for each in self.rounds.values():  # a limit may be of the whole contest in one round and not in another
            if each.id == round_.id or each.rules.attempts.per is LimitPer.CONTEST:
                self.used[self._span(person_id, each, started)] += 1

    def _span(self, person_id: int, round_: Round, started: datetime) -> tuple[object, ...]:
        rule = round_.rules.attempts
        if rule.limit is None:
            return ()
        return person_id, round_.id, span_of(rule.per, started, self.zone, round_.rules.sittings)


def _written(row: ResultRow, zone: ZoneInfo) -> tuple[datetime, datetime]:
    started, submitted = _aware(row.started_at, zone), _aware(row.submitted_at, zone)
    used = None if row.seconds is None else timedelta(seconds=row.seconds)
    if started is None and submitted and used is not None:
        started = submitted - used
    if started is None:
        raise Wrong(STARTED, "chưa ghi bắt đầu lúc nào; xin ghi ngày và giờ, ví dụ 01/12/2026 07:30.")
    if submitted is None and used is not None:
        submitted = started + used
    if submitted is None:
        raise Wrong(SUBMITTED, "chưa ghi nộp bài lúc nào; xin ghi ngày giờ, hoặc ghi số giây làm bài ở cột “Số giây”.")
    if used is not None and abs(submitted - started - used) > MINUTE:
        raise Wrong(SECONDS, f"{row.seconds} giây không khớp với giờ bắt đầu và nộp bài; xin sửa một trong ba ô.")
    return started, submitted


def _aware(written: datetime | None, zone: ZoneInfo) -> datetime | None:
    return written.replace(tzinfo=zone) if written and written.tzinfo is None else written


def _at(instant: datetime, zone: ZoneInfo) -> str:
    return f"{instant.astimezone(zone):%H:%M:%S ngày %d/%m/%Y}"
