"""The Excel form on which a judge brings marks back: one row an essay, one column a criterion, only allowed marks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from quizapp.formats.paper_marks import CODE, COMMENT, DOUBT, MOST_COMMENT, YES, heading
from quizapp.formats.sheet_writing import A4, plain
from quizapp.rules.rubrics import Criterion
from quizapp.rules.wording import hundredths

HEAD = 4  # the row of the headings
HELP = (
    "Mỗi dòng một bài, đúng mã số in trên bài. Ghi điểm bằng số (1,5). Bài chưa chấm: để trống cả dòng. Ô nhận xét để "
    "trống thì giữ nhận xét đã ghi trên máy. Còn phân vân: ghi x. Không sửa dòng tiêu đề."
)
SHADE = PatternFill("solid", fgColor="E6EEFA")
THIN = Border(**{side: Side(style="thin", color="B8C0CC") for side in ("left", "right", "top", "bottom")})


@dataclass(frozen=True)
class FormRow:
    """An essay, with what the judge has given so far: marks in hundredths by criterion key."""

    code: str
    marks: Mapping[str, int]
    comment: str = ""
    is_in_doubt: bool = False


def write(title: str, judge: str, criteria: Sequence[Criterion], rows: Sequence[FormRow], path: Path) -> None:
    """Write the form."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("Phiếu điểm")
    book.properties.title = plain(title)
    _head(sheet, title, judge, criteria)
    for number, row in enumerate(rows, start=HEAD + 1):
        marks = [row.marks.get(each.key) for each in criteria]
        values = [row.code, *marks, row.comment, YES if row.is_in_doubt else ""]
        for column, value in enumerate(values, start=1):
            _put(sheet, number, column, value)
    _validate(book, sheet, criteria, max(len(rows), 1))
    _lay_out(sheet, len(criteria))
    book.save(path)


def _head(sheet: Any, title: str, judge: str, criteria: Sequence[Criterion]) -> None:
    last = len(criteria) + 3
    for number, (text, font) in enumerate(
        ((f"{title} – Giám khảo: {judge}", Font(bold=True, size=13)), (HELP, Font(italic=True))), start=1
    ):
        sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=last)
        _text(sheet.cell(number, 1), text)
        sheet.cell(number, 1).font = font
        sheet.cell(number, 1).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 36, 48
    for column, criterion in enumerate(criteria, start=2):
        _text(sheet.cell(HEAD - 1, column), _allowed(criterion))
        sheet.cell(HEAD - 1, column).font = Font(italic=True, color="566072", size=9)
        sheet.cell(HEAD - 1, column).alignment = Alignment(wrap_text=True, vertical="bottom")
    headings = [CODE, *(heading(criteria, each.key) for each in criteria), COMMENT, DOUBT]
    for column, name in enumerate(headings, start=1):
        cell = sheet.cell(HEAD, column)
        _text(cell, name)
        cell.font, cell.fill, cell.border = Font(bold=True), SHADE, THIN
        cell.alignment = Alignment(wrap_text=True, vertical="center")


def _put(sheet: Any, number: int, column: int, value: Any) -> None:
    cell = sheet.cell(number, column)
    cell.border = THIN
    if isinstance(value, str):
        if value:
            _text(cell, value)
        cell.number_format = "@"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    else:
        cell.value = None if value is None else value / 100
        cell.number_format = "0.00"
        cell.alignment = Alignment(vertical="top")


def _text(cell: Any, text: str) -> None:
    cell.value = plain(text)
    cell.data_type = "s"  # what begins with '=' stays text


def _validate(book: Any, sheet: Any, criteria: Sequence[Criterion], rows: int) -> None:
    lists = book.create_sheet("Mức điểm")
    lists.sheet_state = "hidden"
    for column, criterion in enumerate(criteria, start=2):
        letter = get_column_letter(column)
        if criterion.levels:
            marks = sorted({level.mark for level in criterion.levels})
            for number, mark in enumerate(marks, start=1):
                lists.cell(number, column, mark / 100)
            rule = DataValidation("list", formula1=f"'Mức điểm'!${letter}$1:${letter}${len(marks)}")
        else:
            first, most = f"{letter}{HEAD + 1}", criterion.max_mark
            step = f"OR(MOD(ROUND({first}*100,0),{criterion.step})=0,ROUND({first}*100,0)={most})"
            rule = DataValidation("custom", formula1=f"AND(ISNUMBER({first}),{first}>=0,{first}<={most / 100},{step})")
        rule.allow_blank, rule.showErrorMessage, rule.showDropDown = True, True, False
        rule.errorTitle, rule.error = "Điểm chưa đúng", _allowed(criterion)[:250]
        rule.add(f"{letter}{HEAD + 1}:{letter}{HEAD + rows}")
        sheet.add_data_validation(rule)
    long = DataValidation("textLength", operator="lessThanOrEqual", formula1=str(MOST_COMMENT), allow_blank=True)
    long.showErrorMessage, long.error = True, "Nhận xét dài nhất 5.000 ký tự."
    letter = get_column_letter(len(criteria) + 2)
    long.add(f"{letter}{HEAD + 1}:{letter}{HEAD + rows}")
    sheet.add_data_validation(long)


def _lay_out(sheet: Any, criteria: int) -> None:
    sheet.freeze_panes = f"B{HEAD + 1}"
    sheet.print_title_rows = f"{HEAD}:{HEAD}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    for column, width in enumerate([14, *[16] * criteria, 60, 11], start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def _allowed(criterion: Criterion) -> str:
    if criterion.levels:
        return "Nhận: " + "; ".join(hundredths(mark) for mark in sorted({level.mark for level in criterion.levels}))
    return f"Từ 0 đến {hundredths(criterion.max_mark)}, lẻ đến {hundredths(criterion.step)}"
