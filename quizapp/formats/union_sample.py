"""Makes the workbook that an organiser fills in with unions; runs in the child process only."""

import io
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from quizapp.formats.cells import column_letters
from quizapp.formats.union_list import COLUMNS, KIND
from quizapp.vocabulary import UnionKind, Workplace

ROWS = 2_000
WIDTHS = {"name": 44, "kind": 36}
DAYS = {"valid_from", "valid_to", "counted_on"}
EXAMPLE = (
    ("VD-01", "Công đoàn phường Hoa Mai (ví dụ, xin xóa)", UnionKind.COMMUNE, "MÃ-CẤP-TRÊN", date(2025, 7, 1)),
    ("VD-01-001", "CĐCS Công ty May Hoa Mai (ví dụ, xin xóa)", UnionKind.GRASSROOTS, "VD-01", date(2025, 7, 1)),
)
HELP = (
    "Mỗi dòng là một công đoàn. Mã đã có thì thông tin được cập nhật; mã chưa có thì được thêm mới.",
    "Mã cấp trên là mã của một công đoàn đã có hoặc có trong chính tệp này; thứ tự các dòng không quan trọng.",
    "Với công đoàn đã có, ô để trống nghĩa là giữ nguyên. Ngày ghi dạng ngày/tháng/năm, ví dụ 01/07/2025.",
    f"Loại hình không bắt buộc, là một trong: {'; '.join(each.label for each in Workplace)}.",
    "Có số đoàn viên thì phải có ngày thống kê. Xin xóa hai dòng ví dụ trước khi gửi.",
)


def write(_: bytes) -> bytes:
    """Return the workbook's bytes."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "Công đoàn"
    sheet.append([each.heading for each in COLUMNS])
    for code, name, kind, parent, since in EXAMPLE:
        sheet.append([code, name, kind.label, parent, since, None, 250, date(2026, 6, 30)])
    _dress(sheet)
    words = workbook.create_sheet("Hướng dẫn")
    for line in HELP:
        words.append([line])
    words.append([])
    words.append(["Các loại công đoàn:"])
    for each in UnionKind:
        words.append([each.label])
    first, last = len(HELP) + 3, len(HELP) + 2 + len(UnionKind)
    kinds = DataValidation("list", formula1=f"='Hướng dẫn'!$A${first}:$A${last}", allow_blank=True)
    kinds.error, kinds.errorTitle = "Xin chọn một loại trong danh sách.", KIND
    sheet.add_data_validation(kinds)
    kinds.add(f"C2:C{ROWS}")
    words.column_dimensions["A"].width = 100
    made = io.BytesIO()
    workbook.save(made)
    return made.getvalue()


def _dress(sheet: Any) -> None:
    for number, each in enumerate(COLUMNS, start=1):
        letters = column_letters(number)
        head = sheet[f"{letters}1"]
        head.font, head.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="12407F")
        head.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[letters].width = WIDTHS.get(each.key, 18)
        for row in range(2, 4):
            sheet[f"{letters}{row}"].font = Font(italic=True, color="666666")
            if each.key in DAYS:
                sheet[f"{letters}{row}"].number_format = "dd/mm/yyyy"
    sheet.row_dimensions[1].height = 32
    sheet.freeze_panes = "C2"
