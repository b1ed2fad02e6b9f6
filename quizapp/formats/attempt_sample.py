"""Makes the workbook that an organiser fills in with results from paper; runs in the child process only."""

import io

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill

HEADINGS = (
    ("Đợt thi", 16, "tuan-1"),
    ("Họ và tên", 30, "Nguyễn Thị Mẫu (ví dụ, xin xóa dòng này)"),
    ("Số điện thoại", 16, "0912345678"),
    ("Mã đoàn viên", 16, ""),
    ("Ngày sinh", 14, "25/12/1990"),
    ("Đơn vị", 24, "MA-CUA-CDCS"),
    ("Bắt đầu", 20, "01/12/2026 07:30"),
    ("Nộp bài", 20, "01/12/2026 07:45"),
    ("Điểm", 10, "18,5"),
    ("Dự đoán", 10, ""),
)
HELP = (
    "Mỗi dòng là một lượt thi. Cột “Đợt thi” ghi khóa hoặc tên đợt; bỏ được khi cuộc thi chỉ có một đợt.",
    "Cột “Đơn vị” ghi mã hoặc tên công đoàn cơ sở. Người chưa có tài khoản sẽ được tạo tài khoản.",
    "Giờ ghi dạng ngày/tháng/năm giờ:phút hoặc giờ:phút:giây. Thay cho “Nộp bài” có thể thêm cột “Số giây” làm bài.",
    "Có thể thêm: “Điểm tự luận”, “Đối tượng”, “Bảng thi”. Với đề cố định, thay cột “Điểm” bằng các cột “Câu 1”, "
    "“Câu 2”… ghi chữ A, B, C, D (nhiều phương án: A,C) và cột “Đề thi” ghi khóa của đề.",
)


def write(_: bytes) -> bytes:
    """Return the workbook's bytes."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "Kết quả"
    for number, (heading, width, example) in enumerate(HEADINGS, start=1):
        head = sheet.cell(1, number, heading)
        head.font, head.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="12407F")
        shown = sheet.cell(2, number, example or None)
        shown.font, shown.number_format = Font(italic=True, color="666666"), "@"
        sheet.column_dimensions[head.column_letter].width = width
    sheet.freeze_panes = "A2"
    words = workbook.create_sheet("Hướng dẫn")
    words.column_dimensions["A"].width = 120
    for line in HELP:
        words.append([line])
    made = io.BytesIO()
    workbook.save(made)
    return made.getvalue()
