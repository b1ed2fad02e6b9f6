"""The workbook of a jury's figures: one row a judge, and a cover that says what each figure is."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from quizapp.formats.sheet_writing import Book, Column, Kind

JUDGES = (
    Column("Giám khảo", 28),
    Column("Đơn vị", 36),
    Column("Bài đã chấm", 9, Kind.COUNT),
    Column("Điểm trung bình", 10, Kind.MARKS),
    Column("Độ lệch chuẩn", 10, Kind.MARKS),
    Column("Bài chấm chung", 10, Kind.COUNT),
    Column("So với người cùng chấm", 12, Kind.MARKS),
    Column("± (khoảng 95 %)", 11, Kind.MARKS),
    Column("Thay đổi từ đầu đến cuối", 12, Kind.MARKS),
    Column("± (khoảng 95 %) của thay đổi", 13, Kind.MARKS),
    Column("Tương quan giữa các tiêu chí", 12, Kind.MARKS),
    Column("Độ lệch giữa các tiêu chí trong một bài", 13, Kind.RATE),
    Column("Bài có chấm lần ba", 10, Kind.COUNT),
    Column("Lần ba gần người kia hơn", 10, Kind.COUNT),
    Column("Chấm lặp", 8, Kind.COUNT),
    Column("Chấm lặp: lệch trung bình", 11, Kind.MARKS),
)
CAUTIONS = (
    "Số liệu để Ban Giám khảo trao đổi và thống nhất cách chấm, không dùng để xếp loại hay kỷ luật giám khảo.",
    "Ô trống: chưa đủ số liệu để nói, hoặc không tính được vì các điểm bằng nhau.",
    "So với người cùng chấm: dưới 0 là chấm chặt hơn, trên 0 là rộng hơn.",
    "Khoảng 95 % là số ở cột bên trái cộng, trừ số ở cột ±; nếu trong khoảng có số 0 thì có thể do ngẫu nhiên.",
    "Chỉ tính phiếu chấm đã xong của lần chấm thường và lần ba; chấm lặp và chấm phúc khảo không làm ra điểm bài.",
    "Tệp có tên giám khảo: chỉ gửi cho người có trách nhiệm, xóa khi không còn cần.",
)


def workbook(title: str, facts: Iterable[tuple[str, Any]], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return the workbook. facts: label and value of the cover; rows: as `JUDGES`, marks in hundredths."""
    book = Book(title)
    book.add("Giám khảo", "Mỗi giám khảo một dòng", JUDGES, rows)
    book.write_cover([("ĐỘ THỐNG NHẤT CỦA GIÁM KHẢO", None), *facts], CAUTIONS)
    made = BytesIO()
    book.workbook.save(made)
    return made.getvalue()
