"""Results of paper and in-person sittings as an .xlsx or CSV file: rows, and what is wrong with the file by itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from quizapp.errors import BadFile, RowProblem
from quizapp.formats.apart import run_apart
from quizapp.formats.roster import ROLES, birth_date, full_name, member_number
from quizapp.formats.tables import FIRST_ROWS, Column, Row, Unreadable, choice, day, phone, read_table, text, whole
from quizapp.formats.workbook import Cell, Sheet, read_sheets, refused
from quizapp.rules.vietnamese import clean, fold

MOST_ROWS = 20_000
MOST_ANSWERS = 200
LEAST_HEADINGS = 2  # in words: then a number in the same row is the number of a question, not somebody's answer
ANSWER = re.compile(r"(?:cau hoi|cau|question|q|c)? ?(\d{1,3})")
CLOCK = re.compile(r"(\d{1,2})(?::|h|g)(\d{2})?(?::(\d{2}))?")
ISO = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?")
WHEN = "xin ghi ngày và giờ, ví dụ 01/12/2026 07:30 hoặc 01/12/2026 07:30:15."
HALF_A_SECOND = timedelta(milliseconds=500)
NAMES = ("full name", "Họ tên", "Họ và tên thí sinh", "Tên", "Thí sinh", "Người dự thi")

PERSON = "cột “Họ và tên”"
PHONE, MEMBER_NUMBER, UNIT = "cột “Số điện thoại”", "cột “Mã đoàn viên”", "cột “Đơn vị”"
ROUND, DIVISION, ROLE, BORN = "cột “Đợt thi”", "cột “Bảng thi”", "cột “Đối tượng”", "cột “Ngày sinh”"
STARTED, SUBMITTED, SECONDS = "cột “Bắt đầu”", "cột “Nộp bài”", "cột “Số giây”"
MARK, ESSAY_MARK, PREDICTION, PAPER = "cột “Điểm”", "cột “Điểm tự luận”", "cột “Dự đoán”", "cột “Đề thi”"


@dataclass(frozen=True)
class ResultRow:
    """A row by the number that Excel shows; what its cells leave out is None. Marks in hundredths.

    Instants without an offset are in the contest's zone. answers: by the numbers of the questions, '' where blank;
    none: the file has no columns for answers.
    """

    row: int
    full_name: str
    round: str | None = None
    phone: str | None = None
    member_number: str | None = None
    birth_date: date | None = None
    unit: str | None = None
    role: str | None = None
    division: str | None = None
    started_at: datetime | None = None
    submitted_at: datetime | None = None
    seconds: int | None = None
    mark: int | None = None
    essay_mark: int | None = None
    prediction: int | None = None
    paper: str | None = None
    answers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Results:
    rows: tuple[ResultRow, ...]
    notes: tuple[str, ...]  # what of the file was left out
    problems: tuple[RowProblem, ...] = ()  # of the file by itself; the rest is found where the contest is known


def read_results(data: bytes, *, today: date) -> Results:
    """Return the rows of a file of results and what is wrong with them. Raises BadFile when it is no such file.

    today: against which birth dates are checked.
    """
    sheets = [_with_numbers_as_headings(each, _spellings(today)) for each in read_sheets(data)]
    asked = max((number for sheet in sheets for number in _answer_headings(sheet)), default=0)
    if asked > MOST_ANSWERS:
        raise refused(f"tệp có cột cho câu {asked}; nhiều nhất {MOST_ANSWERS} câu.")
    table = read_table(sheets, [*_columns(today), *map(_answer_column, range(1, asked + 1))])
    if len(table.rows) > MOST_ROWS:
        raise refused(f"tệp có {len(table.rows)} dòng; nhiều nhất 20.000 dòng. Xin chia thành nhiều tệp.")
    rows = tuple(_row(each, asked) for each in table.rows)
    if not rows or any(each.row < rows[0].row for each in table.problems):
        raise BadFile(table.problems)  # the headings; without them every row would tell the same again
    return Results(rows, tuple(table.notes), tuple(table.problems))


def sample_results() -> bytes:
    """Return a workbook to fill in: headings, an example, a page of advice."""
    return run_apart("quizapp.formats.attempt_sample:write")


def answer_column(number: int) -> str:
    """Return how a problem names the column of a question's answers."""
    return f"cột “Câu {number}”"


def bare(words: str) -> str:
    """Return what keys, titles and headings are compared by: 'Tuần 1' and 'tuan-1' → 'tuan 1'."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", fold(words)).split())


def moment(cell: Cell) -> datetime:
    """Return the instant of a date cell, or of '01/12/2026 07:30:15', '7h30 01/12/2026', '2026-12-01T07:30+07:00'.

    To the second; '24:00' is the next midnight. It has an offset only where one is written.
    """
    if isinstance(cell, datetime):
        found = cell + HALF_A_SECOND  # Excel keeps days as fractions: 07:30 may come as 07:29:59.999
        return found.replace(microsecond=0)
    if isinstance(cell, date):
        return datetime.combine(cell, time())
    written = clean(str(cell))
    if ISO.fullmatch(written):
        try:
            return datetime.fromisoformat(written.replace(" ", "T", 1)).replace(microsecond=0)
        except ValueError:
            pass
    parts = [each for each in written.replace(",", " ").split() if fold(each) not in ("ngay", "luc")]
    clocks = [match for each in parts if (match := CLOCK.fullmatch(each.lower()))]
    days = [each for each in parts if not CLOCK.fullmatch(each.lower())]
    if len(clocks) != 1 or len(days) != 1:
        raise Unreadable(f"“{written}” không phải ngày giờ; {WHEN}")
    hours, minutes, seconds = (int(each or 0) for each in clocks[0].groups())
    if hours > 24 or minutes > 59 or seconds > 59 or (hours == 24 and minutes + seconds):
        raise Unreadable(f"“{written}” có giờ không đúng; {WHEN}")
    at = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return datetime.combine(day(days[0]), time()) + at


def hundredths(cell: Cell) -> int:
    """Return a mark from 0 in hundredths: '8,5' → 850."""
    written = clean(str(cell))
    wrong = Unreadable(f"“{written}” không phải điểm; xin ghi một số, ví dụ 18 hoặc 8,5.")
    if isinstance(cell, bool | date):
        raise wrong
    try:
        found = Decimal(repr(round(cell, 6)) if isinstance(cell, float) else written.replace(",", ".")) * 100
    except InvalidOperation:
        raise wrong from None
    if not found.is_finite() or found < 0:
        raise wrong
    if found != found.to_integral_value():
        raise Unreadable(f"“{written}” có quá hai chữ số sau dấu phẩy; xin làm tròn.")
    if found > 100_000_00:
        raise Unreadable(f"“{written}” quá lớn; xin kiểm tra lại.")
    return int(found)


def _columns(today: date) -> list[Column]:
    return [
        Column("round", "Đợt thi", text(100), ("round", "Đợt", "Vòng thi", "Vòng", "Tuần thi", "Tuần", "Kỳ thi", "Kỳ")),
        Column("phone", "Số điện thoại", phone, ("phone", "Điện thoại", "SĐT", "Số ĐT", "ĐT", "Di động", "Số di động")),
        Column("full_name", "Họ và tên", full_name, NAMES, True),
        Column(
            "birth_date", "Ngày sinh", birth_date(today), ("birth date", "Ngày tháng năm sinh", "Sinh ngày", "NTNS")
        ),
        Column(
            "member_number", "Mã đoàn viên", member_number, ("member number", "Số thẻ đoàn viên", "Mã ĐV", "Số thẻ")
        ),
        Column("unit", "Đơn vị", text(200), ("unit", "Mã đơn vị", "Tên đơn vị", "CĐCS", "Mã CĐCS", "Công đoàn cơ sở")),
        Column("role", "Đối tượng", choice(ROLES), ("role", "Đối tượng dự thi", "Phân loại")),
        Column("division", "Bảng thi", text(100), ("division", "Bảng", "Khối", "Khối thi")),
        Column("started_at", "Bắt đầu", moment, ("started at", "Giờ bắt đầu", "Bắt đầu lúc", "Thời gian bắt đầu")),
        Column("submitted_at", "Nộp bài", moment, ("submitted at", "Giờ nộp bài", "Nộp bài lúc", "Thời gian nộp bài")),
        Column("seconds", "Số giây", whole(10_000_000), ("seconds", "Số giây làm bài", "Thời gian làm bài")),
        Column("mark", "Điểm", hundredths, ("mark", "marks", "Điểm thi", "Điểm trắc nghiệm", "Số điểm")),
        Column("essay_mark", "Điểm tự luận", hundredths, ("essay mark", "Điểm bài viết")),
        Column("prediction", "Dự đoán", whole(), ("prediction", "Câu dự đoán", "Câu hỏi dự đoán", "Số người dự đoán")),
        Column("paper", "Đề thi", text(100), ("paper", "Đề", "Đề số", "Mã đề")),
    ]


def _spellings(today: date) -> frozenset[str]:
    return frozenset(bare(each) for column in _columns(today) for each in (column.heading, *column.also))


def _answer_column(number: int) -> Column:
    also = (str(number), f"C{number}", f"Q{number}", f"C {number}", f"Câu hỏi {number}", f"Question {number}")
    return Column(f"answer_{number}", f"Câu {number}", text(200), (*also, f"Câu{number}"))


def _with_numbers_as_headings(sheet: Sheet, spellings: frozenset[str]) -> Sheet:
    """Excel keeps the heading '1' as a number: in a row of headings it is a heading all the same."""

    def headed(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        if sum(bare(each) in spellings for each in cells if isinstance(each, str)) < LEAST_HEADINGS:
            return cells
        return tuple(str(each) if type(each) is int else each for each in cells)

    top = tuple((number, headed(cells)) for number, cells in sheet.rows[:FIRST_ROWS])
    return Sheet(sheet.name, (*top, *sheet.rows[FIRST_ROWS:]))


def _answer_headings(sheet: Sheet) -> Iterator[int]:
    """Give the numbers of the questions that the row with most of them has columns for; a lone number is none."""
    found: list[list[int]] = [[]]
    for _, cells in sheet.rows[:FIRST_ROWS]:
        words = [bare(each) for each in cells if isinstance(each, str)]
        if any(word in (bare(each) for each in ("Họ và tên", *NAMES)) for word in words):
            found.append([int(match[1]) for word in words if (match := ANSWER.fullmatch(word))])
    most = max(found, key=len)
    return iter(most)


def _row(row: Row, asked: int) -> ResultRow:
    role = row["role"]
    kept = {name: row[name] for name in ResultRow.__dataclass_fields__ if name in row.values}
    answers = tuple(row[f"answer_{number}"] or "" for number in range(1, asked + 1))
    more = {"full_name": row["full_name"] or "", "role": role.value if role else None, "answers": answers}
    return ResultRow(**{**kept, "row": row.number, **more})
