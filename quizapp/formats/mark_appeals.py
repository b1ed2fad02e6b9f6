"""The workbook of a contest's appeals about marks of questions, as the minutes are written from it."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from quizapp.formats.sheet_writing import Book, Column, Kind

APPEALS = (
    Column("STT", 6, Kind.COUNT),
    Column("Họ và tên", 28),
    Column("Ngày sinh", 12, Kind.DAY),
    Column("Mã đoàn viên", 16, Kind.CODE),
    Column("Đơn vị", 34),
    Column("Đợt thi", 16),
    Column("Lượt", 7, Kind.COUNT),
    Column("Mã biên nhận", 15, Kind.CODE),
    Column("Đề nghị lúc", 20, Kind.MOMENT),
    Column("Về", 9),
    Column("Lý do đề nghị", 46),
    Column("Điểm khi gửi", 9, Kind.MARKS),
    Column("Điểm nay", 9, Kind.MARKS),
    Column("Điểm tối đa", 9, Kind.MARKS),
    Column("Tình trạng", 14),
    Column("Trả lời", 46),
    Column("Người trả lời", 26),
    Column("Trả lời lúc", 20, Kind.MOMENT),
)
EXPLANATIONS = (
    "Điểm là điểm các câu hỏi, không gồm bài viết.",
    "“Điểm nay” là điểm khi xuất tệp: khác “Điểm khi gửi” là do chấm lại hoặc do đáp án được sửa cho mọi người.",
    "Tệp có dữ liệu cá nhân: chỉ gửi cho người có trách nhiệm, xóa khi không còn cần.",
)


def write(path: Path, title: str, facts: Iterable[tuple[str, Any]], rows: Iterable[Sequence[Any]]) -> int:
    """Write the workbook; return how many rows. facts: label and value of the cover; rows: as `APPEALS`."""
    book = Book(title)
    book.add("Phúc khảo", "Mỗi đề nghị một dòng, theo thứ tự gửi", APPEALS, rows)
    book.write_cover([("PHÚC KHẢO ĐIỂM CÂU HỎI", None), *facts], EXPLANATIONS)
    book.save(path)
    return sum(each.rows for each in book.written)
