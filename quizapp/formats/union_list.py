"""The list of unions as a file: its columns, and what stands in each row."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from quizapp.errors import RowProblem
from quizapp.formats.apart import run_apart
from quizapp.formats.tables import Column, Row, choice, day, read_table, text, whole
from quizapp.formats.workbook import read_sheets
from quizapp.vocabulary import UnionKind, Workplace

KINDS = {
    **{kind.label: kind for kind in UnionKind},
    **{kind.value: kind for kind in UnionKind},
    "TLĐ": UnionKind.CONFEDERATION,
    "Tổng LĐLĐ Việt Nam": UnionKind.CONFEDERATION,
    "Tổng Liên đoàn Lao động Việt Nam": UnionKind.CONFEDERATION,
    "LĐLĐ tỉnh": UnionKind.PROVINCE,
    "LĐLĐ thành phố": UnionKind.PROVINCE,
    "LĐLĐ tỉnh, thành phố": UnionKind.PROVINCE,
    "Liên đoàn Lao động tỉnh": UnionKind.PROVINCE,
    "Liên đoàn Lao động thành phố": UnionKind.PROVINCE,
    "Tỉnh": UnionKind.PROVINCE,
    "Thành phố": UnionKind.PROVINCE,
    "Tỉnh, thành phố": UnionKind.PROVINCE,
    "Công đoàn ngành": UnionKind.SECTOR,
    "Tổng công ty": UnionKind.SECTOR,
    "Công đoàn tổng công ty": UnionKind.SECTOR,
    "Ngành, tổng công ty": UnionKind.SECTOR,
    "Xã": UnionKind.COMMUNE,
    "Phường": UnionKind.COMMUNE,
    "Đặc khu": UnionKind.COMMUNE,
    "Xã, phường": UnionKind.COMMUNE,
    "Xã, phường, đặc khu": UnionKind.COMMUNE,
    "Công đoàn xã": UnionKind.COMMUNE,
    "Công đoàn phường": UnionKind.COMMUNE,
    "Công đoàn xã, phường": UnionKind.COMMUNE,
    "Công đoàn đặc khu": UnionKind.COMMUNE,
    "Khu công nghiệp": UnionKind.INDUSTRIAL_ZONE,
    "Công đoàn KCN": UnionKind.INDUSTRIAL_ZONE,
    "Công đoàn các KCN": UnionKind.INDUSTRIAL_ZONE,
    "Công đoàn các khu công nghiệp": UnionKind.INDUSTRIAL_ZONE,
    "CĐCS": UnionKind.GRASSROOTS,
    "Cơ sở": UnionKind.GRASSROOTS,
    "Công đoàn bộ phận": UnionKind.SECTION,
    "Bộ phận": UnionKind.SECTION,
    "CĐBP": UnionKind.SECTION,
}
WORKPLACES = {
    **{each.label: each for each in Workplace},
    **{each.value: each for each in Workplace},
    "Công ty": Workplace.ENTERPRISE,
    "Sự nghiệp": Workplace.PUBLIC_SERVICE,
    "Đơn vị sự nghiệp công lập": Workplace.PUBLIC_SERVICE,
    "Cơ quan hành chính": Workplace.AGENCY,
    "Khác": Workplace.OTHER,
}
CODE, NAME, KIND, PARENT = "Mã công đoàn", "Tên công đoàn", "Loại", "Mã cấp trên"
WORKPLACE = "Loại hình"
VALID_FROM, VALID_TO, MEMBERS, COUNTED_ON = "Hiệu lực từ", "Hiệu lực đến", "Số đoàn viên", "Ngày thống kê"
COLUMNS = (
    Column("code", CODE, text(40), ("mã", "mã đơn vị", "mã cđ", "mã cđcs"), required=True),
    Column("name", NAME, text(200), ("tên", "tên đơn vị", "tên cđ", "đơn vị", "tên cđcs"), required=True),
    Column("kind", KIND, choice(KINDS), ("loại công đoàn", "cấp"), required=True),
    Column("parent_code", PARENT, text(40), ("mã công đoàn cấp trên", "mã đơn vị cấp trên", "cấp trên")),
    Column("valid_from", VALID_FROM, day, ("từ ngày", "từ", "ngày thành lập", "có hiệu lực từ")),
    Column("valid_to", VALID_TO, day, ("đến ngày", "đến", "có hiệu lực đến", "ngày kết thúc")),
    Column("members", MEMBERS, whole(), ("đoàn viên", "tổng số đoàn viên", "số đv")),
    Column("counted_on", COUNTED_ON, day, ("ngày thống kê đoàn viên", "ngày số liệu", "tính đến ngày")),
    Column("workplace", WORKPLACE, choice(WORKPLACES), ("loại hình đơn vị", "loại hình cơ sở")),
)
# Lists from before "Loại hình" had a column of its own write the kind under it.
ONLY_KINDS = tuple(
    replace(each, also=(*each.also, WORKPLACE)) if each.key == "kind" else each
    for each in COLUMNS
    if each.key != "workplace"
)


@dataclass(frozen=True)
class UnionRow:
    """A row of the list; None where a cell is blank, could not be read or has no column."""

    row: int
    code: str | None
    name: str | None
    kind: str | None
    parent_code: str | None
    valid_from: date | None
    valid_to: date | None
    members: int | None
    counted_on: date | None
    workplace: str | None = None


@dataclass(frozen=True)
class UnionList:
    """What a file says, whatever is wrong in it, and notes on what was not read."""

    rows: tuple[UnionRow, ...]
    problems: tuple[RowProblem, ...] = ()
    notes: tuple[str, ...] = ()


def read_unions(data: bytes, *, today: date) -> UnionList:
    """Return the rows of an .xlsx or CSV file with all problems that the file alone shows.

    Raises BadFile when the file cannot be read as a table at all.
    """
    sheets = read_sheets(data)
    table = read_table(sheets, COLUMNS)
    if not any(row["kind"] for row in table.rows):
        older = read_table(sheets, ONLY_KINDS)
        table = older if any(row["kind"] for row in older.rows) else table
    rows = tuple(_union_row(row) for row in table.rows)
    problems = [*table.problems, *_duplicates(rows), *(each for row in rows for each in _impossible(row, today))]
    return UnionList(rows, tuple(problems), tuple(table.notes))


def sample_unions() -> bytes:
    """Return a workbook to fill in: headings, an example, the kinds as a drop-down."""
    return run_apart("quizapp.formats.union_sample:write")


def column(heading: str) -> str:
    """Return how a problem names a column."""
    return f"cột “{heading}”"


def _union_row(row: Row) -> UnionRow:
    found = {key: row.values.get(key) for key in ("kind", "workplace")}
    words = {key: word.value if word else None for key, word in found.items()}
    others = {each.key: row[each.key] for each in COLUMNS if each.key not in words}
    return UnionRow(row=row.number, **words, **others)


def _duplicates(rows: tuple[UnionRow, ...]) -> Iterator[RowProblem]:
    first: dict[str, int] = {}
    for row in rows:
        if row.code is None:
            continue
        # Codes that differ only in case are one code to everybody who reads them aloud.
        earlier = first.setdefault(row.code.casefold(), row.row)
        if earlier != row.row:
            yield RowProblem(row.row, column(CODE), f"mã “{row.code}” đã có ở dòng {earlier}; xin giữ một dòng.")


def _impossible(row: UnionRow, today: date) -> Iterator[RowProblem]:
    if row.valid_from and row.valid_to and row.valid_to < row.valid_from:
        yield RowProblem(
            row.row, column(VALID_TO), f"{row.valid_to:%d/%m/%Y} trước ngày bắt đầu hiệu lực; xin sửa lại."
        )
    if row.members is not None and row.counted_on is None:
        yield RowProblem(row.row, column(COUNTED_ON), "có số đoàn viên thì phải có ngày thống kê.")
    if row.counted_on and row.counted_on > today:
        yield RowProblem(row.row, column(COUNTED_ON), f"{row.counted_on:%d/%m/%Y} chưa đến; xin ghi ngày đã thống kê.")
    if row.parent_code is not None and row.parent_code == row.code:
        yield RowProblem(row.row, column(PARENT), "công đoàn không thể là cấp trên của chính mình; xin sửa mã.")
