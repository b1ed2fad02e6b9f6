"""The sheets of a contest's result workbook: their headings, widths and kinds, and what its cover says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from quizapp.formats.sheet_writing import Book, Column, Kind
from quizapp.rules.wording import number

PEOPLE = (
    Column("Hạng", 8, Kind.COUNT),
    Column("Họ và tên", 28),
    Column("Ngày sinh", 12, Kind.DAY),
    Column("Mã đoàn viên", 16, Kind.CODE),
    Column("Số điện thoại", 14, Kind.CODE),
    Column("Mã đơn vị", 14, Kind.CODE),
    Column("Đơn vị", 36),
    Column("Công đoàn cấp trên", 32),
    Column("Điểm", 10, Kind.MARKS),
    Column("Thời gian (giây)", 11, Kind.COUNT),
    Column("Nộp lúc", 20, Kind.MOMENT),
    Column("Số lượt thi", 9, Kind.COUNT),
)
UNIONS = (
    Column("Hạng", 8, Kind.COUNT),
    Column("Mã đơn vị", 14, Kind.CODE),
    Column("Đơn vị", 40),
    Column("Công đoàn cấp trên", 36),
    Column("Người dự thi", 11, Kind.COUNT),
    Column("Đoàn viên", 11, Kind.COUNT),
    Column("Tỷ lệ tham gia", 11, Kind.RATE),
    Column("Lượt thi", 11, Kind.COUNT),
    Column("Điểm trung bình", 11, Kind.MARKS),
)
ATTEMPTS = (
    Column("Mã đợt", 12, Kind.CODE),
    Column("Đợt thi", 16),
    Column("Lượt", 7, Kind.COUNT),
    Column("Mã đoàn viên", 16, Kind.CODE),
    Column("Số điện thoại", 14, Kind.CODE),
    Column("Họ và tên", 28),
    Column("Ngày sinh", 12, Kind.DAY),
    Column("Mã đơn vị", 14, Kind.CODE),
    Column("Đơn vị", 34),
    Column("Công đoàn cấp trên", 30),
    Column("Bắt đầu lúc", 20, Kind.MOMENT),
    Column("Nộp lúc", 20, Kind.MOMENT),
    Column("Thời gian (giây)", 11, Kind.COUNT),
    Column("Điểm", 9, Kind.MARKS),
    Column("Điểm tối đa", 9, Kind.MARKS),
    Column("Mã biên nhận", 15, Kind.CODE),
    Column("Trạng thái", 12),
    Column("Hình thức", 15),
    Column("Được tính", 10),
)
ESSAY_MARKS = (Column("Điểm câu hỏi", 9, Kind.MARKS), Column("Điểm bài viết", 9, Kind.MARKS))
LATE = (
    Column("Mã đợt", 12, Kind.CODE),
    Column("Lượt", 7, Kind.COUNT),
    Column("Mã đoàn viên", 16, Kind.CODE),
    Column("Số điện thoại", 14, Kind.CODE),
    Column("Họ và tên", 28),
    Column("Mã đơn vị", 14, Kind.CODE),
    Column("Đơn vị", 34),
    Column("Mã biên nhận", 15, Kind.CODE),
    Column("Câu", 7, Kind.COUNT),
    Column("Mã câu", 16, Kind.CODE),
    Column("Đã lưu kịp giờ", 10, Kind.CODE),
    Column("Đến muộn", 10, Kind.CODE),
    Column("Lượt kết thúc lúc", 20, Kind.MOMENT),
    Column("Điện thoại ghi lúc", 20, Kind.MOMENT),
    Column("Máy chủ nhận lúc", 20, Kind.MOMENT),
    Column("Tình trạng", 16),
    Column("Lý do", 40),
)
QUESTIONS = (
    Column("Ngân hàng", 20, Kind.CODE),
    Column("Mã câu", 16, Kind.CODE),
    Column("Phiên bản", 8, Kind.COUNT),
    Column("Chủ đề", 22),
    Column("Mức độ", 11),
    Column("Câu hỏi", 60),
    Column("Số lần rút", 9, Kind.COUNT),
    Column("Số lần đúng", 9, Kind.COUNT),
    Column("Tỷ lệ đúng", 9, Kind.RATE),
    Column("Bỏ trống", 9, Kind.COUNT),
    Column("Đáp án", 9, Kind.CODE),
)
DIVISION = Column("Bảng thi", 16)
PREDICTION = (Column("Dự đoán", 10, Kind.COUNT), Column("Chênh với số đúng", 10, Kind.COUNT))
SCORES = (
    Column("Điểm xếp hạng", 11, Kind.MARKS),
    Column("Tổng điểm", 11, Kind.MARKS),
    Column("Số giải cá nhân", 9, Kind.COUNT),
)
PRIZE = Column("Giải thưởng", 24)
BARRED = Column("Lý do không tính", 40)
MEAN = Column("Điểm trung bình", 9, Kind.MARKS)
PUT_RIGHT = Column("Sửa đáp án", 24)
PRIZES = (
    Column("Giải", 24),
    Column("Bảng xếp hạng", 30),
    DIVISION,
    Column("Hạng", 8, Kind.COUNT),
    Column("Người hoặc đơn vị đoạt giải", 34),
    Column("Đơn vị", 36),
    Column("Trị giá (đồng)", 14, Kind.COUNT),
    Column("Ghi chú", 40),
)
RIGHT = "✓ "
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
EXPLANATIONS = (
    "Người dự thi là số người có ít nhất một lượt thi đã nộp; lượt thi là số lần thi. Hai số này khác nhau.",
    "Tỷ lệ tham gia = người dự thi ÷ đoàn viên theo số liệu gần nhất; nhiều người dự thi hơn đoàn viên thì tính 100 %.",
    "Người đổi đơn vị giữa cuộc thi được tính cho đơn vị ghi ở lượt nộp sau cùng; mỗi người chỉ tính cho một đơn vị.",
    "Lượt thi hết giờ mà chưa bấm nộp được tính theo những câu đã lưu, nộp lúc hết giờ.",
    "Thứ tự trong “Tất cả lượt thi”: theo tên, rồi họ, rồi tên đệm; tiếp theo là đợt thi và lượt.",
    "“Được tính” theo thể lệ của từng đợt (lượt tốt nhất, đầu, cuối, tổng hay trung bình); “Không” thì không vào hạng.",
    "“Câu trả lời” chỉ tính các lượt thi đã nộp và không bị loại; phương án có dấu ✓ là đáp án, kể cả đáp án đã sửa.",
    "Tệp có dữ liệu cá nhân: chỉ gửi cho người có trách nhiệm, xóa khi không còn cần.",
)


@dataclass(frozen=True)
class Cover:
    """What the cover says; instants in the contest's zone, windows as the thể lệ words them."""

    title: str
    slug: str
    organiser: str
    audience: str
    rounds: Sequence[tuple[str, str]]  # title and window
    made_at: datetime
    published: str
    entrants: int
    attempts: int
    unfinished: int
    provisional: int  # essays without a mark
    exported_by: str
    exported_at: datetime


def people_columns(*, divided: bool, guessed: bool, prized: bool) -> tuple[Column, ...]:
    """Return the columns of a board of people, with those that its contest has beyond the usual ones."""
    return (PEOPLE[0], *[DIVISION] * divided, *PEOPLE[1:], *PREDICTION * guessed, *[PRIZE] * prized)


def union_columns(*, divided: bool, scored: bool, prized: bool) -> tuple[Column, ...]:
    """Return the columns of a board of unions, with those that its contest has beyond the usual ones."""
    return (UNIONS[0], *[DIVISION] * divided, *UNIONS[1:], *SCORES * scored, *[PRIZE] * prized)


def attempt_columns(*, divided: bool, with_essay: bool, guessed: bool, barred: bool) -> tuple[Column, ...]:
    """Return the columns of “Tất cả lượt thi”: where there are essays, “Điểm” is the total of the two before it."""
    before = {
        "Bắt đầu lúc": (DIVISION,) * divided,
        "Điểm": ESSAY_MARKS * with_essay,
        "Mã biên nhận": PREDICTION * guessed,
    }
    columns = (one for column in ATTEMPTS for one in (*before.get(column.heading, ()), column))
    return (*columns, *[BARRED] * barred)


def question_columns(most_options: int, *, graded: bool, put_right: bool) -> tuple[Column, ...]:
    """Return the columns of “Câu trả lời” with two for each option: its text and how often it was taken.

    graded: do answers give other marks than all or nothing; put_right: was a key put right.
    """
    options = [
        column
        for letter in LETTERS[:most_options]
        for column in (Column(f"Phương án {letter}", 30), Column(f"Số lần chọn {letter}", 9, Kind.COUNT))
    ]
    return (*QUESTIONS, *[MEAN] * graded, *[PUT_RIGHT] * put_right, *options)


def finish(book: Book, cover: Cover, path: Path) -> None:
    """Write the cover and keep the workbook."""
    book.write_cover(_lines(book, cover), EXPLANATIONS)
    book.save(path)


def _lines(book: Book, cover: Cover) -> Iterator[tuple[str, object]]:
    yield "KẾT QUẢ CUỘC THI", None
    yield "Cuộc thi", cover.title
    yield "Mã cuộc thi", cover.slug
    yield "Đơn vị tổ chức", cover.organiser
    yield "Đối tượng dự thi", cover.audience
    yield "Phạm vi của tệp", "Toàn bộ cuộc thi: mọi đợt, mọi đơn vị, không lọc"
    yield "", ""
    yield "ĐỢT THI", None
    yield from cover.rounds
    yield "", ""
    yield "SỐ LIỆU", None
    yield "Kết quả tính lúc", cover.made_at
    yield "Công bố", cover.published
    if cover.provisional:
        yield (
            "Tạm tính",
            f"Còn {number(cover.provisional)} bài viết chưa có điểm, tạm tính 0 điểm: chưa phải kết quả cuối",
        )
    yield "Người dự thi", cover.entrants
    yield "Lượt thi đã nộp", cover.attempts
    yield "Lượt thi chưa nộp", cover.unfinished
    yield "Người xuất tệp", cover.exported_by
    yield "Xuất lúc", cover.exported_at
    yield "", ""
    yield "CÁC TRANG TÍNH", None
    for each in book.written:
        yield each.name, f"{each.about} ({each.rows} dòng)"
