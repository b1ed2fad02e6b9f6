"""The workbook that organisers fill in with questions: drop-downs, three examples that are skipped, instructions."""

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from quizapp.formats.questions.sheet_bank_writing import (
    FIRST,
    KEY,
    KIND_LABELS,
    LEVEL_LABELS,
    SHEET,
    add_row,
    lay_out,
    options,
)
from quizapp.vocabulary import Level, QuestionKind

EXAMPLE = "Ví dụ"
OPTIONS = 6
LAST_ROW = 2_001
KEYS = ["A", "B", "C", "D", "E", "F", "Đúng", "Sai"]
EXAMPLES = [
    [
        EXAMPLE,
        QuestionKind.SINGLE.label,
        "Thời gian thử việc tối đa đối với công việc của người quản lý doanh nghiệp là bao nhiêu ngày?",
        *["180 ngày", "60 ngày", "30 ngày", None, None, None],
        "A",
        "Khoản 1 Điều 25 quy định không quá 180 ngày.",
        "Bộ luật Lao động 2019, Điều 25 khoản 1",
        "Hợp đồng lao động",
        Level.EASY.label,
        1,
    ],
    [
        EXAMPLE,
        QuestionKind.MULTIPLE.label,
        "Những ngày nào sau đây là ngày nghỉ lễ, tết hưởng nguyên lương?",
        *["Ngày Quốc tế lao động", "Ngày Quốc khánh", "Ngày Nhà giáo Việt Nam", None, None, None],
        "A, B",
        "Khoản 1 Điều 112 liệt kê các ngày nghỉ lễ, tết.",
        "Bộ luật Lao động 2019, Điều 112 khoản 1",
        "Thời giờ nghỉ ngơi",
        Level.MEDIUM.label,
        1,
    ],
    [
        EXAMPLE,
        QuestionKind.TRUE_FALSE.label,
        "Người lao động có quyền đơn phương chấm dứt hợp đồng lao động.",
        *[None] * OPTIONS,
        "Đúng",
        "Điều 35 quy định quyền này của người lao động.",
        "Bộ luật Lao động 2019, Điều 35 khoản 1",
        "Hợp đồng lao động",
        Level.EASY.label,
        1,
    ],
]
GUIDE = [
    ("Cách điền", ""),
    (
        "Mỗi câu một dòng",
        "Điền từ dòng trống đầu tiên. Ba dòng ghi “Ví dụ” ở cột STT được bỏ qua khi nhập.",
    ),
    (
        "Loại câu",
        "Chọn trong danh sách. Để trống: một đáp án là câu chọn một, nhiều đáp án là chọn nhiều.",
    ),
    (
        "Phương án",
        "Ghi nội dung, không ghi chữ A, B, C ở đầu. Câu đúng hay sai, trả lời ngắn, tự luận để trống.",
    ),
    (
        "Đáp án đúng",
        "Ghi chữ cái: A. Nhiều đáp án cách nhau dấu phẩy: A, C. Câu đúng hay sai ghi Đúng hoặc Sai.",
    ),
    ("Câu trả lời ngắn", "Ở cột đáp án, ghi mỗi cách viết được chấp nhận trên một dòng (Alt+Enter để xuống dòng)."),
    ("Câu trả lời bằng số", "Ghi một số ở cột đáp án, phần lẻ sau dấu phẩy: 3,14."),
    ("Câu tự luận", "Cột đáp án là đáp án gợi ý cho giám khảo, có thể để trống."),
    ("Giải thích, nguồn", "Nên ghi điều, khoản của văn bản để người dự thi tra lại được."),
    ("Mức độ", "Dễ, Trung bình hoặc Khó. Để trống được hiểu là Dễ."),
    ("Ảnh", "Ảnh dán trong Excel không đi theo câu hỏi; xin thêm ảnh vào câu sau khi nhập."),
    ("Câu chưa rõ đáp án", "Vẫn được nhập thành bản nháp kèm lý do, để bạn hoàn chỉnh rồi mới dùng được."),
]


def template() -> bytes:
    """Return the workbook to fill in."""
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    lay_out(sheet, [*FIRST, *options(OPTIONS), *KEY])
    for row in EXAMPLES:
        add_row(sheet, row)
    for cells in sheet.iter_rows(min_row=2, max_row=1 + len(EXAMPLES)):
        for cell in cells:
            cell.fill, cell.font = PatternFill("solid", fgColor="F3F3F0"), Font(italic=True, color="566072")
    key = len(FIRST) + OPTIONS + 1
    _offer(sheet, 2, KIND_LABELS)
    _offer(sheet, key, KEYS, strict=False)
    _offer(sheet, key + 4, LEVEL_LABELS)
    _guide(book.create_sheet("Hướng dẫn"))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _offer(sheet: Any, column: int, words: list[str], *, strict: bool = True) -> None:
    """Give a column a drop-down; not strict: other words may be typed, too."""
    offered = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=strict)
    offered.errorTitle, offered.error = "Chưa có trong danh sách", "Xin chọn một mục trong danh sách hoặc để trống."
    letter = get_column_letter(column)
    offered.add(f"{letter}2:{letter}{LAST_ROW}")
    sheet.add_data_validation(offered)


def _guide(sheet: Any) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 26, 96
    for number, (name, text) in enumerate(GUIDE, start=1):
        sheet.cell(row=number, column=1, value=name).font = Font(bold=True, size=11 if text else 14)
        cell = sheet.cell(row=number, column=2, value=text)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
