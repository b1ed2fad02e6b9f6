"""A list of members as an .xlsx or CSV file: rows, and all that is wrong with the file by itself."""

from dataclasses import dataclass
from datetime import date

from quizapp.errors import BadFile, RowProblem
from quizapp.formats.tables import Column, Reader, Row, Unreadable, choice, day, phone, read_table, text
from quizapp.formats.workbook import Cell, read_sheets, refused
from quizapp.rules.birth_dates import OLDEST, YOUNGEST, age_on
from quizapp.vocabulary import EntrantRole

MOST_ROWS = 20_000
ROLES = {
    "Cán bộ công đoàn": EntrantRole.OFFICER,
    "Đoàn viên": EntrantRole.MEMBER,
    "Người lao động": EntrantRole.WORKER,
    "Cán bộ": EntrantRole.OFFICER,
    "CBCĐ": EntrantRole.OFFICER,
    "Cán bộ CĐ": EntrantRole.OFFICER,
    "Đoàn viên công đoàn": EntrantRole.MEMBER,
    "ĐV": EntrantRole.MEMBER,
    "ĐVCĐ": EntrantRole.MEMBER,
    "Lao động": EntrantRole.WORKER,
    "NLĐ": EntrantRole.WORKER,
    "CNLĐ": EntrantRole.WORKER,
    "Công nhân": EntrantRole.WORKER,
    "Công nhân lao động": EntrantRole.WORKER,
} | {each.value: each for each in EntrantRole}
NAME, PHONE, MEMBER_NUMBER = "cột “Họ và tên”", "cột “Số điện thoại”", "cột “Mã đoàn viên”"
UNIT = "cột “Mã đơn vị”"
SAMPLE = (
    "Họ và tên;Ngày sinh;Số điện thoại;Mã đoàn viên;Mã đơn vị;Đối tượng\r\n"
    "Nguyễn Thị Mẫu;25/12/1990;0912 345 678;DV-000123;MA-CUA-CDCS;Đoàn viên\r\n"
)


@dataclass(frozen=True)
class RosterRow:
    """A row by the number that Excel shows; what its cells leave out is None."""

    row: int
    full_name: str
    birth_date: date | None
    phone: str | None
    member_number: str | None
    unit_code: str | None
    entrant_role: str | None


@dataclass(frozen=True)
class Roster:
    rows: tuple[RosterRow, ...]
    notes: tuple[str, ...]  # what of the file was left out
    problems: tuple[RowProblem, ...] = ()  # of the file by itself; the rest is found where people and unions are known


def read_roster(data: bytes, *, today: date) -> Roster:
    """Return the rows of a file of members and what is wrong with them. Raises BadFile when it is no such file.

    today: against which birth dates are checked.
    """
    table = read_table(read_sheets(data), _columns(today))
    if len(table.rows) > MOST_ROWS:
        raise refused(f"tệp có {len(table.rows)} dòng; nhiều nhất 20.000 dòng. Xin chia thành nhiều tệp.")
    rows = tuple(_row(each) for each in table.rows)
    if not rows or any(each.row < rows[0].row for each in table.problems):
        raise BadFile(table.problems)  # the headings; without them every row would tell the same again
    return Roster(rows, tuple(table.notes), (*table.problems, *_names(table.rows, table.problems), *_twice(rows)))


def sample_roster() -> bytes:
    """Return a file to begin with; Excel takes it for UTF-8 by its mark."""
    return SAMPLE.encode("utf-8-sig")


def _columns(today: date) -> list[Column]:
    names = ("Họ tên", "Họ và tên đoàn viên", "Họ tên đoàn viên", "Tên", "Tên đoàn viên", "Họ và tên người lao động")
    phones = (
        "Điện thoại",
        "SĐT",
        "Số ĐT",
        "ĐT",
        "Di động",
        "Số di động",
        "Điện thoại di động",
        "Số điện thoại di động",
    )
    numbers = ("Số thẻ đoàn viên", "Mã số đoàn viên", "Mã ĐV", "Mã thẻ", "Số thẻ", "Mã thẻ đoàn viên", "Mã số thẻ")
    units = ("Mã CĐCS", "Mã công đoàn cơ sở", "Mã công đoàn", "Mã đơn vị công đoàn", "Đơn vị", "CĐCS")
    roles = ("Đối tượng dự thi", "Là", "Loại", "Phân loại", "Chức danh")
    return [
        Column("full_name", "Họ và tên", full_name, names, required=True),
        Column("birth_date", "Ngày sinh", birth_date(today), ("Ngày tháng năm sinh", "Sinh ngày", "NTNS")),
        Column("phone", "Số điện thoại", phone, phones),
        Column("member_number", "Mã đoàn viên", member_number, numbers),
        Column("unit_code", "Mã đơn vị", text(60), units),
        Column("entrant_role", "Đối tượng", choice(ROLES), roles),
    ]


def full_name(cell: Cell) -> str:
    """Return a name of at least two letters and no digits. Raises Unreadable."""
    found = str(text(100)(cell))
    if sum(map(str.isalpha, found)) < 2 or not found[0].isalpha() or any(map(str.isdigit, found)):
        raise Unreadable(f"“{found}” không phải họ tên; xin ghi đủ họ và tên bằng chữ.")
    return found


def member_number(cell: Cell) -> str:
    return str(text(40)(cell)).upper()


def birth_date(today: date) -> Reader:
    """Return a reader of birth dates that people who are alive on a day may have."""

    def read(cell: Cell) -> date:
        found = day(cell)
        if found > today:
            raise Unreadable(f"{found:%d/%m/%Y} là ngày chưa đến; xin kiểm tra lại.")
        age = age_on(found, today)
        if not YOUNGEST <= age <= OLDEST:
            raise Unreadable(f"{found:%d/%m/%Y} là {age} tuổi; xin kiểm tra lại năm sinh.")
        return found

    return read


def _row(row: Row) -> RosterRow:
    role = row["entrant_role"]
    return RosterRow(
        row.number,
        row["full_name"] or "",
        row["birth_date"],
        row["phone"],
        row["member_number"],
        row["unit_code"],
        role.value if role else None,
    )


def _names(rows: list[Row], problems: list[RowProblem]) -> list[RowProblem]:
    """A row needs something to log in with; a cell that could not be read was something."""
    unread = {(each.row, each.column) for each in problems}
    return [
        RowProblem(
            row.number,
            PHONE,
            "chưa có số điện thoại lẫn mã đoàn viên; xin điền ít nhất một ô để người này đăng nhập được.",
        )
        for row in rows
        if not row["phone"]
        and not row["member_number"]
        and not {(row.number, PHONE), (row.number, MEMBER_NUMBER)} & unread
    ]


def _twice(rows: tuple[RosterRow, ...]) -> list[RowProblem]:
    found: list[RowProblem] = []
    first: dict[tuple[str, str], int] = {}
    for row in rows:
        for column, value in ((PHONE, row.phone), (MEMBER_NUMBER, row.member_number)):
            if value and (at := first.setdefault((column, value), row.row)) != row.row:
                found.append(RowProblem(row.row, column, f"“{value}” đã có ở dòng {at}; xin sửa hoặc bỏ một dòng."))
    return found
