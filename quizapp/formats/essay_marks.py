"""The sheets of a workbook with all marks of a round's essays: their headings, widths and kinds, and its cover."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from quizapp.formats.sheet_writing import Book, Column, Kind
from quizapp.rules.wording import number

MADE = (
    Column("Điểm của bài", 10, Kind.MARKS),
    Column("Cách có điểm", 40),
    Column("Lý do", 46),
)
JUDGES = (
    Column("Giám khảo", 28),
    Column("Công đoàn", 36),
    Column("Nhiệm vụ", 20),
    Column("Số bài nhiều nhất", 11, Kind.COUNT),
    Column("Được giao", 10, Kind.COUNT),
    Column("Đã chấm", 10, Kind.COUNT),
    Column("Còn lại", 10, Kind.COUNT),
    Column("Rời Ban Giám khảo lúc", 20, Kind.MOMENT),
)
DECISIONS = (
    Column("Mã bài", 14, Kind.CODE),
    Column("Lớp", 7, Kind.COUNT),
    Column("Điểm", 9, Kind.MARKS),
    Column("Theo", 44),
    Column("Từ các điểm", 22, Kind.CODE),
    Column("Người quyết định", 26),
    Column("Lý do", 50),
    Column("Lúc", 20, Kind.MOMENT),
    Column("Hiệu lực", 14),
)
WRITERS = (
    Column("Mã bài", 14, Kind.CODE),
    Column("Họ và tên", 28),
    Column("Ngày sinh", 12, Kind.DAY),
    Column("Mã đoàn viên", 16, Kind.CODE),
    Column("Số điện thoại", 14, Kind.CODE),
    Column("Mã đơn vị", 14, Kind.CODE),
    Column("Đơn vị", 40),
    Column("Điểm của bài", 10, Kind.MARKS),
)
EXPLANATIONS = (
    "“Giám khảo 1”, “Giám khảo 2”… là điểm của các giám khảo đã chấm độc lập bài đó, theo thứ tự giao bài.",
    "“Chênh lệch” là hiệu giữa điểm cao nhất và thấp nhất của các giám khảo ấy, không kể lần 3 và phúc khảo.",
    "“Điểm từng tiêu chí” có mọi lượt chấm đã xong; lượt “chấm lặp để kiểm tra” không tính vào điểm của bài.",
    "“Quyết định” có mọi lần bài được tính hoặc quyết định điểm; lần sau không xóa lần trước.",
    "Ghi chú riêng của giám khảo và phiếu chấm còn dở không có trong tệp này.",
)
NAMED = "Tệp có trang “Rọc phách” ghi tên người viết: chỉ gửi cho người có trách nhiệm, xóa khi không còn cần."


@dataclass(frozen=True)
class Cover:
    """What the cover says; instants in the contest's zone."""

    contest: str
    slug: str
    organiser: str
    round: str
    window: str
    rule: str
    states: Sequence[tuple[str, int]]
    open: int  # essays without a mark
    with_names: bool
    exported_by: str
    exported_at: datetime


def essay_columns(judges: int) -> tuple[Column, ...]:
    """Return the columns of “Bài” for so many judges of the first turn."""
    return (
        Column("Mã bài", 14, Kind.CODE),
        Column("Số chữ", 9, Kind.COUNT),
        Column("Số ảnh, trang", 9, Kind.COUNT),
        Column("Tình trạng", 20),
        *(Column(f"Giám khảo {place}", 10, Kind.MARKS) for place in range(1, judges + 1)),
        Column("Lần 3", 9, Kind.MARKS),
        Column("Phúc khảo", 9, Kind.MARKS),
        Column("Chênh lệch", 9, Kind.MARKS),
        *MADE,
    )


def criterion_columns(criteria: Sequence[str]) -> tuple[Column, ...]:
    """Return the columns of “Điểm từng tiêu chí” for criteria of these titles."""
    return (
        Column("Mã bài", 14, Kind.CODE),
        Column("Mã giám khảo thấy", 14, Kind.CODE),
        Column("Giám khảo", 28),
        Column("Công đoàn", 34),
        Column("Lượt chấm", 18),
        *(Column(title, 12, Kind.MARKS) for title in criteria),
        Column("Tổng điểm", 10, Kind.MARKS),
        Column("Nhận xét chung", 50),
        Column("Nhận xét từng tiêu chí", 60),
        Column("Phân vân", 9),
        Column("Chấm xong lúc", 20, Kind.MOMENT),
    )


def finish(book: Book, cover: Cover, path: Path) -> None:
    """Write the cover and keep the workbook."""
    book.write_cover(_lines(book, cover), (*EXPLANATIONS, *[NAMED] * cover.with_names))
    book.save(path)


def _lines(book: Book, cover: Cover) -> Iterator[tuple[str, object]]:
    yield "ĐIỂM BÀI TỰ LUẬN", None
    yield "Cuộc thi", cover.contest
    yield "Mã cuộc thi", cover.slug
    yield "Đơn vị tổ chức", cover.organiser
    yield "Đợt thi", f"{cover.round}, {cover.window}"
    yield "Cách chấm", cover.rule
    yield "", ""
    yield "SỐ LIỆU", None
    if cover.open:
        yield "TẠM TÍNH", f"Còn {number(cover.open)} bài chưa có điểm: chưa phải kết quả cuối"
    yield from cover.states
    yield "Người xuất tệp", cover.exported_by
    yield "Xuất lúc", cover.exported_at
    yield "", ""
    yield "CÁC TRANG TÍNH", None
    for each in book.written:
        yield each.name, f"{each.about} ({each.rows} dòng)"
