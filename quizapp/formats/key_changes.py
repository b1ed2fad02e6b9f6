"""The workbook of all that a corrected key would change: marks of attempts, ranks on boards, prizes."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from quizapp.formats.sheet_writing import Book, Column, Kind

MARKS = (
    Column("Mã biên nhận", 15, Kind.CODE),
    Column("Họ và tên", 28),
    Column("Đơn vị", 40),
    Column("Đợt thi", 18),
    Column("Điểm hiện nay", 10, Kind.MARKS),
    Column("Điểm sau khi sửa", 10, Kind.MARKS),
)
RANKS = (
    Column("Bảng xếp hạng", 36),
    Column("Tên", 36),
    Column("Đơn vị", 40),
    Column("Hạng hiện nay", 10, Kind.COUNT),
    Column("Hạng sau khi sửa", 10, Kind.COUNT),
)
PRIZES = (Column("Thay đổi", 14), Column("Giải và người nhận", 90))
NOTES = (
    "Điểm là điểm phần câu hỏi; điểm bài viết không đổi. Mỗi lượt thi, mỗi hạng, mỗi giải có thay đổi là một dòng.",
    "Hạng để trống: không có trong bảng.",
    "Danh sách tính tại lúc ghi ở trên; chưa có gì thay đổi cho đến khi Ban tổ chức áp dụng.",
    "Tệp có tên người dự thi: chỉ gửi cho người có trách nhiệm, xóa khi không còn cần.",
)

Rows = Iterable[Sequence[Any]]


def write(out: Path, title: str, facts: Iterable[tuple[str, Any]], *, marks: Rows, ranks: Rows, prizes: Rows) -> None:
    """Write the workbook. facts: label and value of the cover; rows: as the columns, marks in hundredths."""
    book = Book(title)
    book.add("Điểm", "Lượt thi đổi điểm", MARKS, marks)
    book.add("Hạng", "Hạng thay đổi", RANKS, ranks)
    book.add("Giải", "Giải thưởng thay đổi", PRIZES, prizes)
    counts = [(each.name, f"{each.about}: {each.rows}") for each in book.written]
    book.write_cover([("XEM TRƯỚC KHI SỬA ĐÁP ÁN", None), *facts, *counts], NOTES)
    book.save(out)
